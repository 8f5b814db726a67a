"""Every write about congresses and their people, by verb."""

from huiyin.congress.actions.appointments import (
    appoint,
    appoint_anew,
    dismiss,
    revoke_token,
    users_with,
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
    open_term,
    open_unit,
)

__all__ = [
    "appoint",
    "appoint_anew",
    "change_person",
    "change_unit",
    "close_term",
    "convene_session",
    "dismiss",
    "end",
    "give_account",
    "name_head",
    "open_term",
    "open_unit",
    "relieve_head",
    "resume",
    "revoke_token",
    "seat",
    "suspend",
    "users_with",
]
