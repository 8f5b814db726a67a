"""Several items, one handling (并案): each keeps its number, its reply and its ratings (T6, T34)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.suggestions import permissions
from huiyin.suggestions.actions import telling, timing
from huiyin.suggestions.actions.attaching import follow_letter
from huiyin.suggestions.actions.numbering import next_document_number
from huiyin.suggestions.choices import AssignmentState, ReplyState, State
from huiyin.suggestions.models import Assignment, Reply, Suggestion
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION
from huiyin.suggestions.workflow.stages import TAKES_OTHERS


@transaction.atomic
def merge(suggestion: Suggestion, *, into: Suggestion, words: str, by: User) -> Suggestion:
    """Handle this item with another of the same content; its deputies are told (Zhejiang art. 18)."""
    if not words.strip():
        raise NotPossible(_("请写明并案的理由。"))
    lead, locked = _lock_in_order(into, suggestion)
    begun = steps.begin_held(SUGGESTION, "merge", locked, by=by)
    _refuse_odd(locked, lead, by=by)
    for task in steps.lock_all(locked.assignments.filter(state=AssignmentState.PROPOSED)):
        steps.take_held(ASSIGNMENT, "end", task, by=trail.SYSTEM, words=_("并案"))
    changes = {"merged_into": lead}
    reason = _("并入%(number)s：%(words)s") % {"number": lead.number, "words": words.strip()}
    locked = begun.finish(changes=changes, words=reason)
    with notices.gathering():
        subject = _("建议与%(number)s号并案办理，仍会单独答复您") % {"number": lead.number}
        telling.tell_deputies(locked, f"merged:{locked.version}", subject)
        subject = _("%(number)s号建议并入本件办理") % {"number": locked.number}
        telling.tell_deputies(lead, f"took_in:{locked.pk}:{locked.version}", subject)
    if lead.handed_over_at is not None:
        _follow(lead, locked)
    return locked


@transaction.atomic
def unmerge(suggestion: Suggestion, *, words: str, by: User) -> Suggestion:
    """Undo a merging: the item waits for units of its own; a clock that has started runs on."""
    if not words.strip():
        raise NotPossible(_("请写明撤销并案的理由。"))
    changes = {"merged_into": None}
    locked = steps.take(SUGGESTION, "unmerge", suggestion, by=by, changes=changes, words=words)
    telling.tell_deputies(locked, f"unmerged:{locked.version}", _("并案已撤销，建议单独办理"))
    return locked


def release_followers(lead: Suggestion) -> None:
    """The lead item is withdrawn: the others go on by themselves."""
    for follower in _followers(lead, State.MERGED):
        changes = {"merged_into": None}
        words = _("主件%(number)s已撤回") % {"number": lead.number}
        locked = steps.take_held(
            SUGGESTION, "release", follower, by=trail.SYSTEM, changes=changes, words=words
        )
        telling.tell_deputies(locked, f"unmerged:{locked.version}", words)
        telling.tell_desk(locked, f"unmerged:{locked.version}", _("并案主件已撤回，请另行交办"))


def follow_hand_over(lead: Suggestion) -> None:
    """Each item merged in has its own T0 and its own statutory clock (T34)."""
    for follower in _followers(lead, State.MERGED):
        _follow(lead, follower)


def follow_reply(lead: Suggestion, replies: Sequence[Reply]) -> None:
    """Each deputy gets a letter of his own: the same words, another number, another rating."""
    for follower in _followers(lead, State.MERGED):
        own = [_own_letter(follower, reply) for reply in replies]
        for reply, letter in zip(replies, own, strict=True):
            follow_letter(reply, letter)
        earlier = (follower.clock_id, follower.reply_clock_id)
        changes: dict[str, Any] = {
            "clock": timing.start(Key.RATING_WINDOW, follower, _("收到答复")),
            "replied_at": clock.now(),
        }
        words = "、".join(reply.document_number for reply in own)
        steps.take_held(
            SUGGESTION, "follow_reply", follower, by=trail.SYSTEM, changes=changes, words=words
        )
        timing.stop(*earlier)
        for reply in own:
            telling.tell_of_reply(follower, reply)


def follow_recall(lead: Suggestion, *, words: str) -> None:
    """The letter was wrong for all of them; where a deputy has rated already his stays."""
    for follower in _followers(lead, State.REPLIED):
        if SUGGESTION.steps["recall"].reason_against(follower):
            continue
        timing.void(follower.clock_id)
        changes = {"clock": follower.reply_clock, "replied_at": None}
        for reply in follower.replies.filter(state=ReplyState.SIGNED, round=follower.round):
            blank_signature(reply, words=words, by=trail.SYSTEM)
        steps.take_held(
            SUGGESTION, "follow_recall", follower, by=trail.SYSTEM, changes=changes, words=words
        )
        resume(follower.reply_clock)
        telling.tell_deputies(follower, f"recalled:{follower.version}", _("答复有误，已收回重办"))


def blank_signature(reply: Reply, *, words: str, by: Any) -> Reply:
    """A letter called back is a draft again; its number is not used a second time."""
    changes = {
        "state": ReplyState.DRAFT,
        "document_number": "",
        "signed_by": None,
        "signed_at": None,
        "sent_back_words": words[:500],
    }
    said = f"{reply.document_number} {words}"
    return steps.change(steps.lock(reply), "recall", by=by, changes=changes, words=said)


def resume(stopped: Any) -> None:
    if stopped is not None and not stopped.is_running:
        rulebook.resume_clock(stopped)


def _follow(lead: Suggestion, follower: Suggestion) -> None:
    """The follower is held."""
    changes: dict[str, Any] = {"lead_unit": lead.lead_unit, "mode": lead.mode}
    examined = follower.clock_id
    if follower.handed_over_at is None:
        running = timing.start_reply(follower)
        changes |= {"handed_over_at": clock.now(), "reply_clock": running, "clock": running}
        timing.stop(examined)
    steps.take_held(
        SUGGESTION,
        "follow_hand_over",
        follower,
        by=trail.SYSTEM,
        changes=changes,
        words=_("随%(number)s交%(unit)s") % {"number": lead.number, "unit": lead.lead_unit},
    )


def _own_letter(follower: Suggestion, reply: Reply) -> Reply:
    """The unit's task and letter in this item: a second round would begin with them."""
    task = follower.assignments.working().filter(unit=reply.assignment.unit).first()
    if task is None:
        role, now = reply.assignment.role, clock.now()
        task = Assignment(
            suggestion=follower,
            unit=reply.assignment.unit,
            role=role,
            state=AssignmentState.REPLIED,
            handed_over_at=follower.handed_over_at or now,
            signed_at=now,
        )
        task = steps.create(task, "follow_reply", by=trail.SYSTEM, words=reply.document_number)
    fields = {name: getattr(reply, name) for name in _SHARED} | {
        "state": ReplyState.SIGNED,
        "document_number": next_document_number(task.unit),
        "signed_by": reply.signed_by,
        "signed_at": reply.signed_at,
    }
    found = follower.replies.filter(assignment=task, round=follower.round).first()
    if found is not None:
        return steps.change(steps.lock(found), "follow_reply", by=trail.SYSTEM, changes=fields)
    own = Reply(suggestion=follower, assignment=task, round=follower.round, **fields)
    return steps.create(own, "follow_reply", by=trail.SYSTEM)


_SHARED = ("result_class", "class_label", "body", "contact_name", "contact_telephone", "drafted_by")


def _followers(lead: Suggestion, state: str) -> list[Suggestion]:
    """Held, after the lead item; mostly there are none."""
    return steps.lock_all(lead.followers.filter(state=state))


def _lock_in_order(*pair: Suggestion) -> list[Suggestion]:
    """Always the older row first, so that two mergings at once wait in one line."""
    locked = {each.pk: steps.lock(each) for each in sorted(pair, key=lambda each: each.pk)}
    return [locked[each.pk] for each in pair]


def _refuse_odd(follower: Suggestion, lead: Suggestion, *, by: User) -> None:
    if lead.pk == follower.pk:
        raise NotPossible(_("不能并入自己。"))
    if lead.congress_id != follower.congress_id:
        raise NotPossible(_("只能并入本级的建议。"))
    if not permissions.knows(by, lead):
        raise NotPossible(_("没有这个编号的建议，或者它自己已经并入别的建议。"))
    if lead.is_secret != follower.is_secret:
        raise NotPossible(_("保密办理的不能和公开办理的并案。"))
    if lead.state not in TAKES_OTHERS:
        raise NotPossible(_("主件要已立案、还没有答复。"))
    if follower.followers.exists():
        raise NotPossible(_("这件已有别的建议并入，不能再并入另一件。"))
