"""K27: the ten steps as a pipeline. Steps that no app records yet say so and show no zero.

A step has an owner, a test by which something leaves it, what stands in it by age, and the
rows behind. Age is counted from the last step that was taken on the item. What is handled in
confidence stands in no step, for anybody: a count of one would tell of it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.dashboards.figures.figure import Scope
from huiyin.kernel import clock
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.choices import (
    AwardState,
    CallState,
    ClueState,
    KeyState,
    PrecheckState,
    ReviewState,
)
from huiyin.supervision.models import Award, Clue, KeyItem, Precheck, Review

WEEK, MONTH = 7, 30
AGES = ("week", "month", "older")
COUNTED = ("n", "late", *AGES)
SUPERVISED = [KeyState.CANDIDATE, KeyState.DECIDED, KeyState.SUPERVISED, KeyState.REPORTED]
REVIEWED = [ReviewState.COUNTED, ReviewState.ENDED, ReviewState.CANCELLED]
WRITING = [State.DRAFT, State.COLLECTING]
STATES: dict[int, list[State]] = {
    3: WRITING,
    6: [State.EXAMINING, State.RETURNED],
    7: [State.REGISTERED, State.ASSIGNING],
    8: [
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
    ],
    9: [State.REPLIED, State.RATED, State.COORDINATING],
}

RECORDED = {*STATES, 4, 5, 8, 9, 10}  # steps that some app records


@dataclass(frozen=True)
class Method:
    """What a step is: who does it, and when it is done (docs/practice.md, the ten steps)."""

    name: str | Promise
    owner: str | Promise
    exit_test: str | Promise


# fmt: off
METHODS: dict[int, Method] = {
    1: Method(gettext_lazy("培训"), gettext_lazy("代工委"), gettext_lazy("有课程、到场名单和测验")),
    2: Method(gettext_lazy("调研"), gettext_lazy("代表、代表小组"), gettext_lazy("有走访记录，并连到一份草稿")),
    3: Method(gettext_lazy("撰写"), gettext_lazy("领衔代表"), gettext_lazy("情况和建议都写了，联名的都确认了，已提交")),
    4: Method(gettext_lazy("征集"), gettext_lazy("代工委、县区代工委"), gettext_lazy("线索都认领或撤下了，征集已结束")),
    5: Method(gettext_lazy("预审"), gettext_lazy("代工委、县区代工委"), gettext_lazy("对照十三种情形反馈了意见")),
    6: Method(gettext_lazy("审查"), gettext_lazy("大会秘书处、代工委"), gettext_lazy("立案编号，或者书面告知代表不立案")),
    7: Method(gettext_lazy("交办"), gettext_lazy("代工委负责人、政府办"), gettext_lazy("定了承办单位，已交办，期限开始计算")),
    8: Method(gettext_lazy("督办"), gettext_lazy("常委会领导、专委会、代工委"), gettext_lazy("答复已签发；承诺都兑现或书面说明")),
    9: Method(gettext_lazy("评议"), gettext_lazy("代表、常委会"), gettext_lazy("每位签名代表都评价了，不满意的都处理了；两个单位测评了")),
    10: Method(gettext_lazy("评选表彰"), gettext_lazy("主任会议、常委会"), gettext_lazy("公示期满，异议都核查了，已决定表彰")),
}
# fmt: on


@dataclass(frozen=True)
class Standing:
    """How many stand in a step, how many past their time, and how old: up to a week, a month, older."""

    n: int = 0
    late: int = 0
    ages: tuple[int, int, int] = (0, 0, 0)

    def __add__(self, other: "Standing") -> "Standing":
        week, month, older = (one + two for one, two in zip(self.ages, other.ages, strict=True))
        return Standing(self.n + other.n, self.late + other.late, (week, month, older))


@dataclass(frozen=True)
class PipelineStep:
    """One of the ten: how many stand in it, how old, how many past their time; `count` None says that
    nothing records it yet. Papers being written are counted and not listed: until submission only
    their deputies may read them.
    """

    number: int
    count: int | None
    late: int = 0
    ages: tuple[int, int, int] = (0, 0, 0)
    href: str = ""

    @property
    def name(self) -> str:
        return str(METHODS[self.number].name)

    @property
    def method(self) -> Method:
        return METHODS[self.number]

    @property
    def aged(self) -> list[tuple[str, int, str]]:
        """Each age with its words, its number and the address of its rows."""
        words = (_("一周内"), _("一月内"), _("更久"))
        return [
            (label, n, f"{self.href}&age={age}" if self.number in STATES and self.href else "")
            for label, n, age in zip(words, self.ages, AGES, strict=True)
        ]


def pipeline(scope: Scope) -> list[PipelineStep]:
    """All ten, in one statement: suggestions by state, what supervision holds by step."""
    first, *more = (_by_state(scope), *_by_step(scope))
    found = {name: _standing(*counts) for name, *counts in first.union(*more, all=True)}
    standing = {
        number: sum(
            (found.get(name, Standing()) for name in (*STATES.get(number, ()), str(number))),
            Standing(),
        )
        for number in METHODS
        if number in RECORDED
    }
    return [_step(number, standing.get(number), scope) for number in METHODS]


def rows_in(scope: Scope, number: int, *, age: str = "", late: bool = False) -> QuerySet[Any]:
    """The suggestions that stand in a step, of one age, past their time or all."""
    rows: Any = Suggestion.objects.filter(
        congress=scope.congress, state__in=STATES[number], is_secret=False
    )
    if age in AGES:
        rows = rows.filter(_age(age, clock.today()))
    return rows.filter(Clock.overdue_q(clock.today(), prefix="clock__")) if late else rows


def _step(number: int, standing: Standing | None, scope: Scope) -> PipelineStep:
    if standing is None:
        return PipelineStep(number, None)
    return PipelineStep(number, standing.n, standing.late, standing.ages, _href(number, scope))


def _href(number: int, scope: Scope) -> str:
    """Where the rows are. Drafts are their deputies' alone: there is nothing to open."""
    if number == 10:
        return reverse("supervision:awards")
    if number == 3:
        return ""
    return f"{reverse('dashboards:step', args=[number])}?congress={scope.congress.pk}"


def _by_state(scope: Scope) -> QuerySet[Any, Any]:
    items = Suggestion.objects.filter(congress=scope.congress, is_secret=False)
    items = items.unfinished().order_by()
    return items.values("state").annotate(**_counts()).values_list("state", *COUNTED)


def _by_step(scope: Scope) -> tuple[QuerySet[Any, Any], ...]:
    """What supervision holds: clues, drafts, key items, reviews, awards."""
    own = scope.congress
    clues = Clue.objects.filter(
        call__congress=own, call__state=CallState.OPEN, state=ClueState.OFFERED
    )
    drafts = Precheck.objects.filter(
        suggestion__congress=own, suggestion__is_secret=False, state=PrecheckState.ASKED
    )
    items = KeyItem.objects.filter(congress=own, state__in=SUPERVISED)
    reviews = Review.objects.filter(congress=own).exclude(state__in=REVIEWED)
    awards = Award.objects.filter(congress=own).exclude(state=AwardState.DECIDED)
    return (
        _line(4, clues, late=Q(call__ends_on__lt=clock.today())),
        _line(5, drafts),
        _line(8, items),
        _line(9, reviews),
        _line(10, awards),
    )


def _line(number: int, rows: QuerySet[Any], late: Q | None = None) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(step=Value(str(number))).values("step")
    return named.annotate(**_counts(late)).values_list("step", *COUNTED)


def _counts(late: Q | None = None) -> dict[str, Count]:
    today = clock.today()
    overdue = Clock.overdue_q(today, prefix="clock__") if late is None else late
    ages = {age: Count("pk", filter=_age(age, today)) for age in AGES}
    return {"n": Count("pk"), "late": Count("pk", filter=overdue)} | ages


def _age(age: str, today: dt.date) -> Q:
    """Since the last step: not more than a week, not more than a month, longer."""
    week = clock.at(today - dt.timedelta(days=WEEK), 0)
    month = clock.at(today - dt.timedelta(days=MONTH), 0)
    if age == "week":
        return Q(updated_at__gte=week)
    if age == "month":
        return Q(updated_at__lt=week, updated_at__gte=month)
    return Q(updated_at__lt=month)


def _standing(n: int, late: int, week: int, month: int, older: int) -> Standing:
    return Standing(n, late, (week, month, older))
