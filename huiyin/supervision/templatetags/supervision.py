"""What the pages of supervision show again and again."""

from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from huiyin.supervision.choices import (
    AppraisalState,
    AwardState,
    CallState,
    CandidateState,
    CardState,
    ClueState,
    KeyState,
    PrecheckState,
    ReviewState,
    RulingState,
)

register = template.Library()

TONES: dict[str, str] = {
    KeyState.CANDIDATE: "wait",
    KeyState.DROPPED: "neutral",
    KeyState.DECIDED: "wait",
    KeyState.SUPERVISED: "calm",
    KeyState.REPORTED: "wait",
    KeyState.CONCLUDED: "go",
    AppraisalState.RUNNING: "calm",
    AppraisalState.SHOWN: "wait",
    AppraisalState.FINAL: "go",
    CardState.DRAFT: "calm",
    CardState.SHOWN: "wait",
    CardState.AGREED: "go",
    CardState.FINAL: "go",
    RulingState.OPEN: "wait",
    RulingState.GRANTED: "go",
    RulingState.REFUSED: "neutral",
    ReviewState.CHOSEN: "wait",
    ReviewState.REPORTED: "calm",
    ReviewState.VOTING: "wait",
    ReviewState.COUNTED: "go",
    ReviewState.RECTIFYING: "late",
    ReviewState.RECTIFIED: "wait",
    ReviewState.ENDED: "go",
    AwardState.NOMINATING: "calm",
    AwardState.JUDGING: "wait",
    AwardState.PROPOSED: "wait",
    AwardState.PUBLISHED: "wait",
    AwardState.DECIDED: "go",
    CandidateState.NOMINATED: "calm",
    CandidateState.PROPOSED: "wait",
    CandidateState.AWARDED: "go",
    CallState.OPEN: "wait",
    CallState.CLOSED: "go",
    ClueState.OFFERED: "wait",
    ClueState.TAKEN: "go",
    PrecheckState.ASKED: "wait",
    PrecheckState.COMMENTED: "go",
}


@register.simple_tag
def state_tag(item: Any) -> SafeString:
    """The state as a coloured label."""
    tone = TONES.get(item.state, "neutral")
    return format_html('<span class="tag tag--{}">{}</span>', tone, item.get_state_display())
