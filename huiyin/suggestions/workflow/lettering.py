"""Guards of the letters: written, agreed, complete, and whether one may still be called back."""

import datetime as dt

from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.workflow import Words
from huiyin.rulebook.choices import Key
from huiyin.suggestions.calculations import class_parts
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Mode,
    ReplyState,
    ResultClass,
    State,
)
from huiyin.suggestions.models import Assignment, Rating, Reply, Suggestion

SILENT = frozenset(
    {
        AssignmentState.HANDED_OVER,
        AssignmentState.HANDLING,
        AssignmentState.RETURN_ASKED,
    }
)


def opinions_are_in(suggestion: Suggestion) -> Words | None:
    """The lead answers for all, so it waits for all (Qingdao art. 24)."""
    missing = suggestion.n_cohandlers - suggestion.n_opinions
    if missing > 0:
        return _("还差%(count)d个会办单位的意见。") % {"count": missing}
    return None


def reply_is_ready(suggestion: Suggestion) -> Words | None:
    """What a leader must not sign: no answer, no class, a class B without a promise (docs/practice.md, classes)."""
    return (
        _is_unwritten(suggestion, suggestion.current_reply)
        or opinions_are_in(suggestion)
        or joint_leads_agree(suggestion)
    )


def part_is_ready(assignment: Assignment) -> Words | None:
    """Each unit of a divided matter answers its own part (Qingdao art. 16)."""
    suggestion = assignment.suggestion
    return _is_unwritten(suggestion, suggestion.reply_of(assignment))


def has_joint_leads(suggestion: Suggestion) -> Words | None:
    """What goes round for agreement is a written letter."""
    if suggestion.mode != Mode.JOINT:
        return _("没有共同主办单位，不用会签。")
    return _is_unwritten(suggestion, suggestion.current_reply)


def joint_leads_agree(suggestion: Suggestion) -> Words | None:
    """Joint leads agree, then answer (Shanghai art. 17)."""
    if suggestion.mode != Mode.JOINT:
        return None
    tasks = [a for a in suggestion.assignments.all() if a.role == AssignmentRole.JOINT]
    if waiting := [str(task.unit) for task in tasks if task.state in SILENT]:
        return _("还要等%(units)s会签。") % {"units": "、".join(waiting)}
    return None


def draft_waits_for_agreement(assignment: Assignment) -> Words | None:
    suggestion = assignment.suggestion
    if suggestion.state != State.DRAFTING:
        return _("主办单位还没有拟好答复稿。")
    return _is_unwritten(suggestion, suggestion.current_reply)


def parts_are_answered(suggestion: Suggestion) -> Words | None:
    tasks = [a for a in suggestion.assignments.all() if a.role == AssignmentRole.SEPARATE]
    over = {
        AssignmentState.REPLIED,
        AssignmentState.RECALL_ASKED,
        AssignmentState.RETURNED,
        AssignmentState.ENDED,
    }
    return None if {task.state for task in tasks} <= over else _("还有分办单位没有答复。")


def has_a_task(suggestion: Suggestion) -> Words | None:
    tasks = [a for a in suggestion.assignments.all() if a.state == AssignmentState.REPLIED]
    return None if tasks else _("没有可以发回的承办单位。")


def nobody_has_rated(suggestion: Suggestion) -> Words | None:
    """A wrong letter comes back only while no deputy has judged it (T33)."""
    ratings = Rating.objects.filter(reply__suggestion=suggestion.pk, reply__round=suggestion.round)
    return _("已有代表评价，不能再收回。") if ratings.exists() else None


def letter_is_ours(suggestion: Suggestion) -> Words | None:
    """A letter brought in was rated in the system it comes from, or left unrated there (ADR 14)."""
    signed = [reply for reply in suggestion.replies.all() if reply.state == ReplyState.SIGNED]
    newest = max(signed, key=lambda reply: reply.round, default=None)
    is_old = newest is not None and newest.is_old
    return _("这份答复是从旧系统导入的，不再评价。") if is_old else None


def reply_is_unrated(assignment: Assignment) -> Words | None:
    if assignment.suggestion.state not in {State.REPLIED, State.HANDLING, State.REDOING}:
        return _("这一轮评价已经结束，不能再收回。")
    return nobody_has_rated(assignment.suggestion)


def extension_is_in_time(assignment: Assignment) -> Words | None:
    """Asked for before the date, and for the first answer only (代表法 art. 51)."""
    running = assignment.clock
    if running is None or running.rule_key != Key.REPLY_NORMAL or not running.is_running:
        return _("只有首次答复的期限可以延长。")
    if clock.today() > min(running.due_on, _whole_due(assignment)):
        return _("延期要在到期以前申请，现在已过期限。")
    return None


def _whole_due(assignment: Assignment) -> dt.date:
    whole = assignment.suggestion.reply_clock
    return whole.due_on if whole else dt.date.max


def _is_unwritten(suggestion: Suggestion, reply: Reply | None) -> Words | None:
    if reply is None or not reply.body.strip():
        return _("还没有写答复正文。")
    if not reply.result_class:
        return _("还没有定结果类别。")
    if reply.result_class == ResultClass.B and not suggestion.promises_of(reply):
        mark, words = class_parts(reply.class_label)
        name = (
            _("%(mark)s 类") % {"mark": mark or reply.result_class} if mark or not words else words
        )
        return _("%(name)s答复至少要列一项承诺，写明日期和责任人。") % {"name": name}
    return None
