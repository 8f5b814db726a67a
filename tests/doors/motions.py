"""Motions' part of the table of doors."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import DEPUTIES, STAFF, UNIT, UNITS, Door, form, read

PUBLIC = {
    "suggestions:public_motions",
    "suggestions:published_motion",
    "suggestions:motions_feed",
}
INSIDE = f"{STAFF} member committee"


def _pk(name: str) -> Callable[[Any], list[Any]]:
    return lambda world: [getattr(world, name).pk]


# fmt: off
DOORS: dict[str, Door] = {
    "suggestions:write_motion": form(DEPUTIES, own=True),
    "suggestions:motions": read(f"{INSIDE} {UNITS}", own=True),
    "suggestions:motion_paper": read(f"lead {INSIDE} {UNIT}"),
    # the deputies
    "suggestions:record_vote": form("lead"),
    "suggestions:motion_set_kind": form("lead"),
    "suggestions:motion_become_suggestion": form("lead"),
    "suggestions:motion_submit": form("lead"),
    "suggestions:motion_resubmit": form("lead", sees=f"{STAFF} member"),
    "suggestions:motion_ask_withdrawal": form("lead", sees=f"{STAFF} member"),
    "suggestions:signature_ask_reconsideration": form("lead", sees=INSIDE),
    "suggestions:signature_leave_motion": form("cosigner", sees=f"lead {STAFF} member"),
    # the secretariat, the committees
    "suggestions:motion_register": form(STAFF, sees="lead member"),
    "suggestions:motion_ask_revision": form(STAFF, sees="lead member"),
    "suggestions:motion_pass_to_committee": form(STAFF, sees="lead member"),
    "suggestions:motion_give_opinion": form(f"{STAFF} committee", sees="lead member"),
    "suggestions:motion_report": form(f"{STAFF} committee", sees="lead member"),
    # the presidium, the plenary, the standing committee
    "suggestions:motion_put_on_agenda": form("director", sees="lead clerk member committee"),
    "suggestions:motion_refer": form("director", sees="lead clerk member committee"),
    "suggestions:motion_convert": form("director", sees="lead clerk member committee"),
    "suggestions:motion_refuse": form("director", sees="lead clerk member committee"),
    "suggestions:motion_adopt": form("director", sees="lead clerk member committee"),
    "suggestions:motion_hand_to_organ": form("director", sees="lead clerk member committee"),
    "suggestions:motion_conclude": form("director", sees="lead clerk member committee"),
    "suggestions:motion_withdraw": form("director", sees="lead clerk member"),
    "suggestions:motion_publish": form("director", sees="lead clerk member committee"),
    "suggestions:motion_take_back": form("director", sees="lead clerk member committee"),
    "suggestions:motion_answer_again": form("director", sees=f"lead clerk member committee {UNIT}"),
    "suggestions:motion_close": form("director", sees=f"lead clerk member committee {UNIT}"),
    # the organ
    "suggestions:motion_answer": form("unit_leader", sees=f"lead {INSIDE} unit_clerk"),
    # talks
    "suggestions:convene": form(STAFF, sees=f"lead government {UNIT} member committee"),
    "suggestions:face_record_confirm": form("lead", sees=f"{STAFF} government {UNIT} member committee"),
    "suggestions:face_record_dispute": form("lead", sees=f"{STAFF} government {UNIT} member committee"),
}

ARGUMENTS: dict[str, Callable[[Any], list[Any]]] = {
    "suggestions:published_motion": _pk("motion_public"),
    "suggestions:motion_paper": lambda world: [world.motion_handed_over.pk, "docx"],
    "suggestions:record_vote": _pk("motion_voting"),
    "suggestions:signature_ask_reconsideration": _pk("motion_refused_lead"),
    "suggestions:signature_leave_motion": _pk("motion_cosigner"),
    "suggestions:convene": _pk("coordinating"),
    "suggestions:face_record_confirm": _pk("face_record"),
    "suggestions:face_record_dispute": _pk("face_record"),
    **{
        f"suggestions:motion_{step}": _pk(f"motion_{item}")
        for item, steps in {
            "written": "set_kind become_suggestion",
            "signed": "submit",
            "returned": "resubmit",
            "registered": "pass_to_committee ask_withdrawal",
            "submitted": "register ask_revision",
            "examining": "give_opinion",
            "deciding": "put_on_agenda refer convert refuse",
            "on_agenda": "adopt publish",
            "referred": "report",
            "reported": "hand_to_organ conclude",
            "handed_over": "answer",
            "answered": "answer_again close",
            "withdrawal_asked": "withdraw",
            "public": "take_back",
        }.items()
        for step in steps.split()
    },
}
# fmt: on
