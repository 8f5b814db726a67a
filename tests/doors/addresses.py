"""Which item each door is tried with. An address that takes something must be named here."""

from collections.abc import Callable
from typing import Any

from tests.doors.world import World

Arguments = Callable[[World], list[Any]]


def _pk(name: str) -> Arguments:
    return lambda world: [getattr(world, name).pk]


_code = {
    "voice": lambda world: [world.voice.code],
    "venue": lambda world: [world.venue.code],
    "deputy": lambda world: [world.city.lead.code],
}

# fmt: off
ARGUMENTS: dict[str, Arguments] = {
    "dashboards:trace": lambda world: ["suggestions.suggestion", world.handling.pk],
    "dashboards:trace_pdf": lambda world: ["suggestions.suggestion", world.handling.pk],
    "opinions:said": _code["voice"],
    "opinions:voice": _code["voice"],
    "opinions:solved": lambda world: [world.asked.code],
    "opinions:forget_phone": _code["voice"],
    "opinions:own_picture": lambda world: [world.voice.code, world.picture.pk],
    "opinions:say_at_venue": _code["venue"],
    "opinions:say_to_deputy": _code["deputy"],
    "opinions:join": _pk("public"),
    "opinions:matter": _pk("received"),
    "opinions:set_subject": _pk("received"),
    "opinions:publish": _pk("received"),
    "opinions:hide": _pk("public"),
    "opinions:merge": _pk("received"),
    "opinions:unmerge": _pk("merged"),
    "opinions:picture": _pk("picture"),
    "opinions:slip": _pk("voice"),
    "opinions:tell_by_hand": _pk("voice"),
    "opinions:accept_proposal": _pk("proposal"),
    "opinions:reject_proposal": _pk("proposal"),
    "opinions:undo_proposal": _pk("accepted"),
    "opinions:voice_import": _pk("voice_import"),
    "opinions:choose_columns": _pk("voice_import"),
    "opinions:start_import": _pk("voice_import"),
    "opinions:import_progress": _pk("voice_import"),
    "opinions:import_problems": _pk("voice_import"),
    "opinions:deputy_matter": _pk("with_deputy"),
    **{
        f"opinions:{face}{step}": _pk(item)
        for face in ("", "deputy_")
        for step, item in {
            "point_elsewhere": "received",
            "answer_on_the_spot": "received",
            "give_to_deputy": "received",
            "hand_to_department": "received",
            "hand_to_hotline": "received",
            "take_up": "received",
            "deputy_answers": "with_deputy",
            "give_back": "with_deputy",
            "report_back": "with_department",
        }.items()
    },
    "suggestions:calendar_feed": lambda world: [world.people["clerk"].pk, "0" * 40],
    "suggestions:published": lambda world: [world.published.number],
    **{
        f"suggestions:{name}": _pk(item)
        for name, item in {
            "deputy_detail": "collecting",
            "deputy_versions": "collecting",
            "revise": "collecting",
            "invite": "collecting",
            "submit": "draft",
            "resubmit": "returned",
            "rate": "replied",
            "ask_withdrawal": "joint",
            "withdraw": "examining",
            "detail": "handling",
            "versions": "handling",
            "register": "examining",
            "return_for_revision": "examining",
            "treat_as_letter": "examining",
            "refuse": "examining",
            "propose_units": "registered",
            "hand_over": "assigning",
            "add_cohandler": "handling",
            "draft_reply": "handling",
            "send_for_review": "drafted",
            "sign_reply": "reviewing",
            "send_back": "reviewing",
            "close": "rated",
            "propose_publication": "quarrel",
            "decide_redo": "quarrel",
            "decide_accept": "quarrel",
            "decide_track": "coordinating",
            "promise_rate_promise": "kept",
            "promise_claim_done": "open_promise",
            "promise_break_promise": "open_promise",
            "promise_confirm": "claimed",
            "promise_send_back_promise": "claimed",
            "promise_reopen_promise": "kept",
            "publication_publish": "copy",
            "publication_keep_closed": "copy",
            "publication_update_publication": "public_copy",
            "publication_take_back": "public_copy",
        }.items()
    },
    "suggestions:letter": lambda world: [world.returned.pk, "pdf"],
    "suggestions:reply": lambda world: [world.replied.replies.get().pk, "docx"],
    "suggestions:cosign": lambda world: [world.signature(world.collecting, world.city.cosigner)],
    "suggestions:signature_decline": lambda world: [world.signature(world.collecting, world.city.cosigner)],
    "suggestions:signature_remove_signer": lambda world: [world.signature(world.collecting, world.city.cosigner)],
    "suggestions:signature_agree_withdrawal": lambda world: [world.signature(world.joint, world.city.cosigner)],
    "suggestions:assignment_sign_for": lambda world: [world.task(world.handed_over)],
    "suggestions:assignment_log_contact": lambda world: [world.task(world.handling)],
    "suggestions:assignment_give_opinion": lambda world: [world.cotask(world.handling)],
    "suggestions:assignment_ask_return": lambda world: [world.task(world.handed_over)],
    "suggestions:assignment_grant_return": lambda world: [world.returning()],
    "suggestions:assignment_refuse_return": lambda world: [world.returning()],
    "suggestions:assignment_ask_again": lambda world: [world.cotask(world.spoken)],
    "suggestions:assignment_remove_cohandler": lambda world: [world.cotask(world.spoken)],
    "venues:card": _code["venue"],
    "venues:poster": _code["venue"],
    "venues:desk_venue": _pk("venue"),
    "venues:change_venue": _pk("venue"),
    "venues:place": _pk("venue"),
    "venues:remove": lambda world: [world.venue.pk, world.placement.pk],
    "venues:add_officer": _pk("venue"),
    "venues:remove_officer": lambda world: [world.venue.pk, world.officer_row.pk],
    "venues:plan_duty": _pk("venue"),
    "venues:duty": _pk("planned"),
    "venues:open_duty": _pk("planned"),
    "venues:close_duty": _pk("opened"),
    "venues:cancel": _pk("planned"),
    "congress:deputy": _code["deputy"],
    "congress:poster": _code["deputy"],
    "congress:desk_deputy": lambda world: [world.city.lead.pk],
    "congress:change_person": lambda world: [world.city.lead.pk],
    "congress:suspend": lambda world: [world.city.lead.pk],
    "congress:resume": _pk("suspended"),
    "congress:end": lambda world: [world.city.lead.pk],
    "congress:change_unit": lambda world: [world.city.unit.pk],
    "congress:dismiss": _pk("appointment"),
    "congress:convene": lambda world: [world.city.term.pk],
    "notices:read": _pk("message"),
    "notices:send_again": _pk("failed"),
    "rulebook:detail": lambda world: [world.rule_key],
    "rulebook:change": lambda world: [world.rule_key],
    "accounts:unmask": lambda world: ["opinions.voice", world.voice.pk, "phone"],
    "api:voice": _code["voice"],
    "api:suggestion": lambda world: [world.published.number],
    "account_confirm_email": lambda world: ["nothing"],
    "account_reset_password_from_key": lambda world: ["1", "nothing"],
}
# fmt: on

# What an address asks for beside its path.
QUERIES = {"rulebook:change": "?region=620100"}
