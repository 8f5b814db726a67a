"""Every write about venues and their timetable, by verb."""

from huiyin.venues.actions.duties import cancel, close_duty, open_duty, plan_duty, remind
from huiyin.venues.actions.venues import (
    add_officer,
    change_venue,
    open_venue,
    place,
    remove,
    remove_officer,
    remove_officers_of,
)

__all__ = [
    "add_officer",
    "cancel",
    "change_venue",
    "close_duty",
    "open_duty",
    "open_venue",
    "place",
    "plan_duty",
    "remind",
    "remove",
    "remove_officer",
    "remove_officers_of",
]
