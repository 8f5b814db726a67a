"""Every write about congresses and their people, by verb."""

from huiyin.congress.actions.accounts import (
    AT_ONCE,
    close_account,
    give_account,
    give_accounts,
    give_password,
    link_account,
    propose_usernames,
    reopen_account,
    reset_second_factor,
)
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
from huiyin.congress.actions.people import change_person
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
    "AT_ONCE",
    "Administrator",
    "FormerDeputy",
    "Founded",
    "Sitting",
    "Wanted",
    "appoint",
    "appoint_anew",
    "change_person",
    "change_unit",
    "close_account",
    "close_term",
    "convene_session",
    "dismiss",
    "end",
    "found_congress",
    "give_account",
    "give_accounts",
    "give_password",
    "keep_former_units",
    "link_account",
    "name_head",
    "open_committee",
    "open_group",
    "open_term",
    "open_unit",
    "propose_usernames",
    "relieve_head",
    "renew_acting_as",
    "reopen_account",
    "reset_second_factor",
    "resume",
    "revoke_token",
    "seat",
    "seat_former",
    "suspend",
    "users_of",
    "users_with",
]
