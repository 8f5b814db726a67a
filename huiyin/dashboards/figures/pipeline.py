"""K27: the ten steps as a pipeline. Steps that no app records yet say so and show no zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Scope
from huiyin.kernel import clock
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion

WRITING = [State.DRAFT, State.COLLECTING]
SUPERVISED = [
    State.HANDED_OVER,
    State.MERGED,
    State.DISTRIBUTING,
    State.HANDLING,
    State.RETURN_ASKED,
    State.EXTENSION_ASKED,
    State.DRAFTING,
    State.REVIEWING,
    State.REDOING,
    State.TRACKING,
]


@dataclass(frozen=True)
class PipelineStep:
    """One of the ten: how many suggestions stand in it, how many of them past their time."""

    number: int
    name: str
    count: int | None
    late: int = 0
    href: str = ""


def pipeline(scope: Scope) -> list[PipelineStep]:
    items = Suggestion.objects.filter(congress=scope.congress)
    late = Clock.overdue_q(clock.today(), prefix="clock__")
    rows = items.order_by().values("state").annotate(n=Count("pk"), late=Count("pk", filter=late))
    by_state = {row["state"]: (row["n"], row["late"]) for row in rows}

    def step(number: int, name: str, states: Sequence[str]) -> PipelineStep:
        counts = [by_state.get(state, (0, 0)) for state in states]
        query = "&".join(f"state={state}" for state in states)
        return PipelineStep(
            number,
            name,
            sum(n for n, _late in counts),
            sum(late for _n, late in counts),
            f"{reverse('suggestions:desk')}?{query}",
        )

    return [
        PipelineStep(1, _("培训"), None),
        PipelineStep(2, _("调研"), None),
        step(3, _("撰写"), WRITING),
        PipelineStep(4, _("征集"), None),
        step(5, _("预审"), [State.EXAMINING, State.RETURNED]),
        step(6, _("审查"), [State.REGISTERED]),
        step(7, _("交办"), [State.ASSIGNING]),
        step(8, _("督办"), SUPERVISED),
        step(9, _("评议"), [State.REPLIED, State.RATED, State.COORDINATING]),
        PipelineStep(10, _("评选表彰"), None),
    ]
