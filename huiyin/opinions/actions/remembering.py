"""News of a suggestion reaches merged matters too: an undone merge must not bring back what is over."""

from typing import Any

from huiyin.kernel import steps
from huiyin.kernel.trail import HasActor
from huiyin.opinions.choices import State
from huiyin.opinions.models import Matter


def remember_unlinked(matter: Matter, *, words: str, by: HasActor) -> None:
    """Alone again, it needs another way."""
    changes = {"state_before_merge": State.RECEIVED, "way": ""}
    _remember(matter, "unlink_suggestion", changes, words, by)


def remember_result(matter: Matter, *, words: str, by: HasActor) -> None:
    """Alone again, its residents are still asked."""
    changes = {"state_before_merge": State.ANSWERED, "answer": words}
    _remember(matter, "report_result", changes, words, by)


def _remember(matter: Matter, step: str, changes: dict[str, Any], words: str, by: HasActor) -> None:
    """The matter itself and what it was merged into, as long as that was merged on."""
    path = Matter.objects.with_hosts([matter.pk])
    waiting = path.filter(state=State.MERGED, state_before_merge=State.IN_SUGGESTION)
    changes |= {"own_way": None}
    steps.change_many(steps.lock_all(waiting), step, by=by, changes=changes, words=words)
