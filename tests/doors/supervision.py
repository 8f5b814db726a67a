"""Supervision's part of the table: who may go through which of its doors, and to which item."""

from collections.abc import Callable
from typing import Any

from tests.doors.door import DEPUTIES, STAFF, UNIT, UNITS, Door, form, post, read
from tests.doors.world import HERE

INSIDE = f"{STAFF} member committee"
PUBLIC = {
    "supervision:public_key_items",
    "supervision:published_key_item",
    "supervision:public_reviews",
    "supervision:public_awards",
}


def _pk(name: str) -> Callable[[Any], list[Any]]:
    return lambda world: [getattr(world, name).pk]


# fmt: off
DOORS: dict[str, Door] = {
    "supervision:home": read(f"{INSIDE} government {UNITS}", own=True),
    # key items
    "supervision:key_items": read(f"{INSIDE} government {UNITS}", own=True),
    "supervision:key_candidates": read(f"{STAFF} committee", own=True),
    "supervision:propose_key_item": form(f"{STAFF} committee", own=True),
    "supervision:key_item": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:deputy_key_item": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:key_notice": read(f"lead {INSIDE} government {UNIT}"),
    "supervision:revise_key_item": form(f"{STAFF} committee", sees="member"),
    "supervision:give_key_opinion": form(INSIDE),
    "supervision:decide_key_item": form("director", sees="clerk member committee"),
    "supervision:drop_key_item": form("director", sees="clerk member committee"),
    "supervision:issue_notice": form("director", sees="clerk member committee government"),
    "supervision:log_act": form(f"{STAFF} committee", sees=f"lead member government {UNIT}"),
    "supervision:report_key_item": form(f"{STAFF} committee", sees=f"lead member government {UNIT}"),
    "supervision:send_back_key_report": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:conclude_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:publish_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
    "supervision:take_back_key_item": form("director", sees=f"lead clerk member committee government {UNIT}"),
    # score sheets
    "supervision:appraisals": form(f"{INSIDE} government {UNITS}", own=True),
    "supervision:appraisal": read(f"{INSIDE} government {UNIT}"),
    "supervision:scorecard": read(f"{INSIDE} government {UNIT}"),
    "supervision:card_rows": read(f"{INSIDE} government {UNIT}"),
    "supervision:recount": form(STAFF, sees="member committee government"),
    "supervision:show_cards": form("director", sees="clerk member committee government"),
    "supervision:finish_appraisal": form("director", sees="clerk member committee government"),
    "supervision:object_to_row": form(UNIT, sees=f"{INSIDE} government"),
    "supervision:agree_card": form("unit_leader", sees=f"{INSIDE} government unit_clerk"),
    "supervision:grant_objection": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:refuse_objection": form("director", sees=f"clerk member committee government {UNIT}"),
    # reports to the standing committee
    "supervision:reviews": read(f"{INSIDE} government {UNITS}", own=True),
    "supervision:choose_unit": form("director", own=True),
    "supervision:review": read(f"{INSIDE} government {UNIT}"),
    "supervision:hand_in_report": form("unit_leader", sees=f"{INSIDE} government unit_clerk"),
    "supervision:open_ballot": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:vote": form("member", sees=f"{STAFF} committee government {UNIT}"),
    "supervision:close_ballot": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:order_rectify": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:report_rectified": form("unit_leader", sees=f"{INSIDE} government unit_clerk"),
    "supervision:rectify_again": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:accept_rectified": form("director", sees=f"clerk member committee government {UNIT}"),
    "supervision:cancel_review": form("director", sees=f"clerk member committee government {UNIT}"),
    # awards
    "supervision:awards": read(" ".join(HERE), own=True),
    "supervision:award": read(INSIDE),
    "supervision:certificate": read(" ".join(HERE)),
    "supervision:nominate": form(f"{STAFF} committee", sees="member"),
    "supervision:appoint_jury": form("director", sees="clerk member committee"),
    "supervision:start_judging": form("director", sees="clerk member committee"),
    "supervision:close_judging": form("director", sees="clerk member committee"),
    "supervision:publish_award": form("director", sees="clerk member committee"),
    "supervision:decide_award": form("director", sees=" ".join(role for role in HERE if role != "director")),
    "supervision:remove_candidate": form("director", sees="clerk member committee"),
    "supervision:score": form("member", sees=f"{STAFF} committee"),
    "supervision:recuse": form("member", sees=f"{STAFF} committee"),
    "supervision:object_to_award": form(" ".join(HERE)),
    "supervision:uphold_objection": form("director", sees="clerk member committee"),
    "supervision:dismiss_objection": form("director", sees="clerk member committee"),
    # the yearly call
    "supervision:calls": read(INSIDE, own=True),
    "supervision:draft_call": form(STAFF, own=True),
    "supervision:call": read(INSIDE),
    "supervision:clue_matters": form(STAFF),
    "supervision:change_call": form(STAFF, sees="member committee"),
    "supervision:issue_call": form("director", sees="clerk member committee"),
    "supervision:offer_clue": form(STAFF, sees=f"member committee {DEPUTIES}"),
    "supervision:close_call": form(STAFF, sees=f"member committee {DEPUTIES}"),
    "supervision:drop_clue": form(STAFF, sees=f"member committee {DEPUTIES}"),
    "supervision:deputy_call_now": read(DEPUTIES, own=True),
    "supervision:deputy_call": read(DEPUTIES),
    "supervision:take_clue": post(DEPUTIES, sees=INSIDE),
    "supervision:offer_draft": form("lead"),
    "supervision:deputy_precheck": read("lead"),
    "supervision:withdraw_precheck": post("lead", sees=STAFF),
    "supervision:prechecks": read(STAFF, own=True),
    "supervision:precheck": read(STAFF),
    "supervision:comment": form(STAFF, sees="lead"),
    # the ten steps
    "dashboards:steps": read(f"{STAFF} government member auditor", own=True),
    "dashboards:step": read(f"{STAFF} government member auditor", own=True),
}

ARGUMENTS: dict[str, Callable[[Any], list[Any]]] = {
    "supervision:published_key_item": _pk("key_public"),
    "supervision:key_item": _pk("key_supervised"),
    "supervision:deputy_key_item": _pk("key_supervised"),
    "supervision:key_notice": lambda world: [world.key_supervised.pk, "docx"],
    "supervision:revise_key_item": _pk("key_candidate"),
    "supervision:give_key_opinion": _pk("key_candidate"),
    "supervision:decide_key_item": _pk("key_candidate"),
    "supervision:drop_key_item": _pk("key_candidate"),
    "supervision:issue_notice": _pk("key_decided"),
    "supervision:log_act": _pk("key_supervised"),
    "supervision:report_key_item": _pk("key_supervised"),
    "supervision:send_back_key_report": _pk("key_reported"),
    "supervision:conclude_key_item": _pk("key_reported"),
    "supervision:publish_key_item": _pk("key_supervised"),
    "supervision:take_back_key_item": _pk("key_public"),
    "supervision:card_rows": lambda world: [world.card.pk, "on_time"],
    "supervision:certificate": lambda world: [world.candidate_given.pk, "docx"],
    "dashboards:step": lambda world: [8],
    **{
        f"supervision:{name}": _pk(item)
        for item, names in {
            "appraisal": "appraisal",
            "card": "scorecard object_to_row agree_card",
            "appraisal_running": "recount show_cards",
            "appraisal_quiet": "finish_appraisal",
            "card_objection": "grant_objection refuse_objection",
            "review": "review hand_in_report cancel_review",
            "review_heard": "open_ballot",
            "review_voting": "vote",
            "review_voted": "close_ballot",
            "review_failed": "order_rectify",
            "review_rectifying": "report_rectified",
            "review_rectified": "rectify_again accept_rectified",
            "award": "award nominate appoint_jury start_judging",
            "candidate": "remove_candidate",
            "candidate_judged": "score recuse",
            "award_scored": "close_judging",
            "award_proposed": "publish_award",
            "award_over": "decide_award",
            "candidate_published": "object_to_award",
            "award_objection": "uphold_objection dismiss_objection",
            "call_draft": "change_call issue_call",
            "call": "call clue_matters offer_clue close_call deputy_call",
            "clue": "drop_clue take_clue",
            "offered": "offer_draft",
            "precheck": "precheck deputy_precheck withdraw_precheck comment",
        }.items()
        for name in names.split()
    },
}
# fmt: on
