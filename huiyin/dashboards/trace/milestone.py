"""One turn of a trace, as its page and its file draw it."""

import datetime as dt
from dataclasses import dataclass

from huiyin.rulebook.models import Clock


@dataclass
class Milestone:
    """One turn of the story; of an old item's the file tells the day and not the hour."""

    heading: str
    state: str  # done, now, next or late
    at: dt.datetime | None = None
    who: str = ""
    words: str = ""
    quote: str = ""
    clock: Clock | None = None
    is_old: bool = False
