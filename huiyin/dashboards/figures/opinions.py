"""Figures of residents' voices (K36) and of the three forms of reception (K29)."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.suggestions import asked_of
from huiyin.dashboards.figures.tally import Tally
from huiyin.opinions.choices import Channel, State, Way
from huiyin.opinions.models import Matter, Voice
from huiyin.venues.choices import Clinic

ANSWERED = [State.ANSWERED, State.CLOSED, State.ELSEWHERE]
IMPORTED = [Channel.PLATFORM, Channel.HOTLINE]
ALL = Q()


@dataclass(frozen=True)
class Line:
    """One line of K36: which of the year's voices it counts, of which; or the matters they speak of."""

    key: str
    name: Words
    definition: Words
    count: Q = field(default_factory=Q)
    of: Q | None = field(default_factory=Q)
    excluded: Words | str = ""
    is_of_matters: bool = False

    def counts(self) -> dict[str, Count]:
        """Numerator and denominator over voices, each under a name of its own."""
        parts = {self.key: self.count, f"{self.key}_of": self.of}
        return {name: self._counted(part) for name, part in parts.items() if part is not None}

    def _counted(self, part: Q) -> Count:
        if not self.is_of_matters:
            return Count("pk", filter=part)
        standing = ~Q(matter__state=State.MERGED)
        return Count("matter", filter=standing & part, distinct=True)


SAME = _("同一件事算一件")
# fmt: off
LINES = (
    Line("K36", _("收到的居民的话"), _("本年收到的居民的话"), of=None),
    Line("K36a", _("从其他平台导入"), _("热线和其他平台导入的条数 ÷ 全部"), Q(channel__in=IMPORTED)),
    Line("K36b", _("有去向"), _("已确定去向的件数 ÷ 全部件数"), ~Q(matter__way=""), excluded=SAME, is_of_matters=True),
    Line("K36c", _("代表跟进"), _("有代表跟进的件数 ÷ 全部件数"), Q(matter__deputy__isnull=False), excluded=SAME, is_of_matters=True),
    Line("K36d", _("写成建议"), _("写成代表建议的件数 ÷ 全部件数"), Q(matter__way=Way.SUGGESTION), excluded=SAME, is_of_matters=True),
    Line("K36e", _("有结果"), _("已有结果的件数 ÷ 全部件数"), Q(matter__state__in=ANSWERED), excluded=SAME, is_of_matters=True),
    Line("solved", _("居民说“解决了”"), _("回答“解决了”的人数 ÷ 回答了的人数"), Q(is_solved=True), Q(is_solved__isnull=False), excluded=_("没有回答的不算")),
)
# fmt: on
LINES_BY_KEY = {line.key: line for line in LINES}


def opinions(scope: Scope) -> list[Figure]:
    """K36: what residents said in the year, and what became of it."""
    counts = {name: count for line in LINES for name, count in line.counts().items()}
    found = _voices(scope).aggregate(**counts)
    return [figure_of(line, scope, found) for line in LINES]


def figure_of(line: Line, scope: Scope, found: dict[str, int] | None = None) -> Figure:
    found = found or _voices(scope).aggregate(**line.counts())
    return Figure(
        line.key,
        str(line.name),
        found[line.key],
        found.get(f"{line.key}_of"),
        unit="" if line.of is not None else str(_("条")),
        definition=str(line.definition),
        excluded=str(line.excluded),
        href=f"{reverse('dashboards:matters', args=[line.key])}?{urlencode(asked_of(scope))}",
    )


def matters_behind(line: Line, scope: Scope, *, is_base: bool = False) -> QuerySet[Matter]:
    """The matters that the counted voices speak of; what was merged stands under its host."""
    voices = _voices(scope).filter((line.of or ALL) if is_base else line.count)
    return Matter.objects.exclude(state=State.MERGED).filter(pk__in=voices.values("matter"))


def _voices(scope: Scope) -> QuerySet[Voice]:
    return Voice.objects.filter(scope.during("received_at"), congress=scope.congress)


def clinics(tally: Tally) -> list[Figure]:
    """K29: receptions that took place, by form (三诊)."""
    timetable, year = reverse("venues:timetable"), tally.scope.year
    return [
        Figure(
            "K29",
            str(label),
            tally.lines[f"clinic:{value}"],
            unit=str(_("次")),
            definition=str(_("本年实际举行的次数")),
            href=f"{timetable}?month={year}&clinic={value}&state=held",
        )
        for value, label in Clinic.choices
    ]
