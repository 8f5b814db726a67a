"""Every write about congresses and their people, by verb."""

from huiyin.congress.actions.appointments import (
    appoint,
    appoint_anew,
    dismiss,
    renew_acting_as,
    revoke_token,
    users_of,
    users_with,
)
from huiyin.congress.actions.former import FormerDeputy, keep_former_units, seat_former
from huiyin.congress.actions.founding import (
    Administrator,
    Founded,
    Sitting,
    Wanted,
    found_congress,
)
from huiyin.congress.actions.mandates import (
    end,
    name_head,
    relieve_head,
    resume,
    seat,
    suspend,
)
from huiyin.congress.actions.people import change_person, give_account
from huiyin.congress.actions.structure import (
    change_unit,
    close_term,
    convene_session,
    open_committee,
    open_group,
    open_term,
    open_unit,
)

__all__ = [
    "Administrator",
    "FormerDeputy",
    "Founded",
    "Sitting",
    "Wanted",
    "appoint",
    "appoint_anew",
    "change_person",
    "change_unit",
    "close_term",
    "convene_session",
    "dismiss",
    "end",
    "found_congress",
    "give_account",
    "keep_former_units",
    "name_head",
    "open_committee",
    "open_group",
    "open_term",
    "open_unit",
    "relieve_head",
    "renew_acting_as",
    "resume",
    "revoke_token",
    "seat",
    "seat_former",
    "suspend",
    "users_of",
    "users_with",
]
