"""What the pages of suggestions show again and again."""

from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.suggestions.choices import (
    AssignmentState,
    MotionState,
    PromiseState,
    Reason,
    RecordState,
    RemarkState,
    Score,
    State,
)

register = template.Library()

TONES: dict[str, str] = {
    State.COLLECTING: "wait",
    State.EXAMINING: "calm",
    State.RETURNED: "wait",
    State.REFUSED: "late",
    State.REGISTERED: "calm",
    State.ASSIGNING: "calm",
    State.HANDED_OVER: "wait",
    State.MERGED: "calm",
    State.DISTRIBUTING: "wait",
    State.HANDLING: "calm",
    State.RETURN_ASKED: "wait",
    State.EXTENSION_ASKED: "wait",
    State.DRAFTING: "calm",
    State.REVIEWING: "calm",
    State.REPLIED: "go",
    State.RATED: "go",
    State.REDOING: "late",
    State.COORDINATING: "late",
    State.TRACKING: "wait",
    State.CLOSED: "go",
}
TASK_TONES: dict[str, str] = {
    AssignmentState.HANDED_OVER: "wait",
    AssignmentState.HANDLING: "calm",
    AssignmentState.RETURN_ASKED: "wait",
    AssignmentState.EXTENSION_ASKED: "wait",
    AssignmentState.REVIEWING: "calm",
    AssignmentState.AGREED: "go",
    AssignmentState.RECALL_ASKED: "wait",
    AssignmentState.NOTED: "go",
    AssignmentState.OPINION_GIVEN: "go",
    AssignmentState.REPLIED: "go",
}
PROMISE_TONES: dict[str, str] = {
    PromiseState.CLAIMED: "wait",
    PromiseState.KEPT: "go",
    PromiseState.BROKEN: "late",
}
REMARK_TONES: dict[str, str] = {
    RemarkState.NOTED: "wait",
    RemarkState.ASSIGNED: "calm",
    RemarkState.ANSWERED: "go",
    RemarkState.TURNED: "go",
}
MOTION_TONES: dict[str, str] = {
    MotionState.WRITING: "neutral",
    MotionState.SUBMITTED: "wait",
    MotionState.RETURNED: "wait",
    MotionState.DECIDING: "wait",
    MotionState.REFUSED: "late",
    MotionState.REJECTED: "late",
    MotionState.REPORTED: "wait",
    MotionState.ADOPTED: "go",
    MotionState.CLOSED: "go",
    MotionState.WITHDRAWN: "neutral",
}
FACE_TONES: dict[str, str] = {
    RecordState.RECORDED: "wait",
    RecordState.CONFIRMED: "go",
    RecordState.DISPUTED: "late",
}
SCORE_TONES: dict[str, str] = {
    Score.SATISFIED: "go",
    Score.BASICALLY: "calm",
    Score.DISSATISFIED: "late",
}
TAGS = {"same": "{}", "gone": "<del>{}</del>", "new": "<ins>{}</ins>"}


@register.simple_tag
def state_tag(item: Any) -> SafeString:
    """The state as a coloured label; plain HTML for rows."""
    return _tag(TONES.get(item.state, "neutral"), item.get_state_display())


@register.simple_tag
def task_tag(task: Any) -> SafeString:
    return _tag(TASK_TONES.get(task.state, "neutral"), task.get_state_display())


@register.simple_tag
def remark_tag(remark: Any) -> SafeString:
    return _tag(REMARK_TONES.get(remark.state, "neutral"), remark.get_state_display())


@register.simple_tag
def motion_tag(motion: Any) -> SafeString:
    return _tag(MOTION_TONES.get(motion.state, "calm"), motion.get_state_display())


@register.simple_tag
def face_tag(record: Any) -> SafeString:
    return _tag(FACE_TONES[record.state], record.get_state_display())


@register.simple_tag
def promise_tag(promise: Any, tone: str = "") -> SafeString:
    """The traffic light: an open promise takes the colour of its date, and says what the red means."""
    fixed, label = PROMISE_TONES.get(promise.state, ""), promise.get_state_display()
    if not fixed and tone == "late":
        label = _("%(state)s，已过期") % {"state": label}
    return _tag(fixed or tone or "calm", label)


@register.simple_tag
def score_tag(score: str) -> SafeString:
    return _tag(SCORE_TONES.get(score, "neutral"), Score(score).label)


@register.filter
def reason_words(code: str) -> str:
    """The words of an admissibility code."""
    return str(Reason(code).label)


@register.simple_tag
def marked_changes(pieces: list[Any]) -> SafeString:
    """A difference as deleted and inserted words; line ends stay line ends."""
    return format_html_join("", "{}", ((_piece(piece),) for piece in pieces))


def _piece(piece: Any) -> SafeString:
    lines = format_html_join(
        SafeString("<br>"), "{}", ((line,) for line in piece.text.splitlines() or [piece.text])
    )
    ending = SafeString("<br>") if piece.text.endswith("\n") else ""
    return format_html(TAGS[piece.kind] + "{}", lines, ending)


def _tag(tone: str, label: Any) -> SafeString:
    return format_html('<span class="tag tag--{}">{}</span>', tone, label)
