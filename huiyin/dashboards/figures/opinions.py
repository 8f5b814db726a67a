"""Figures of residents' voices (K36) and of the three forms of reception (K29)."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.tally import Tally
from huiyin.opinions.choices import Channel, State, Way
from huiyin.opinions.models import Voice
from huiyin.venues.choices import Clinic


def opinions(scope: Scope) -> list[Figure]:
    """K36: what residents said in the year, and what became of it."""
    voices = Voice.objects.filter(scope.during("received_at"), congress=scope.congress)
    v = voices.aggregate(
        all=Count("pk"),
        imported=Count("pk", filter=Q(channel__in=[Channel.PLATFORM, Channel.HOTLINE])),
        asked=Count("pk", filter=Q(is_solved__isnull=False)),
        solved=Count("pk", filter=Q(is_solved=True)),
        matters=_matters(),
        with_way=_matters(~Q(matter__way="")),
        deputy=_matters(Q(matter__deputy__isnull=False)),
        answered=_matters(Q(matter__state__in=ANSWERED)),
        suggestion=_matters(Q(matter__way=Way.SUGGESTION)),
    )
    queue = reverse("opinions:desk")
    same = _("同一件事算一件")
    # fmt: off
    return [
        Figure("K36", _("收到的居民的话"), v["all"], unit=_("条"), definition=_("本年收到的居民的话"), href=queue),
        Figure("K36a", _("从其他平台导入"), v["imported"], v["all"], definition=_("热线和其他平台导入的条数 ÷ 全部"), href=queue),
        Figure("K36b", _("有去向"), v["with_way"], v["matters"], definition=_("已确定去向的件数 ÷ 全部件数"), excluded=same, href=queue),
        Figure("K36c", _("代表跟进"), v["deputy"], v["matters"], definition=_("有代表跟进的件数 ÷ 全部件数"), excluded=same, href=queue),
        Figure("K36d", _("写成建议"), v["suggestion"], v["matters"], definition=_("写成代表建议的件数 ÷ 全部件数"), excluded=same, href=queue),
        Figure("K36e", _("有结果"), v["answered"], v["matters"], definition=_("已有结果的件数 ÷ 全部件数"), excluded=same, href=queue),
        Figure("solved", _("居民说“解决了”"), v["solved"], v["asked"], definition=_("回答“解决了”的人数 ÷ 回答了的人数"), excluded=_("没有回答的不算"), href=queue),
    ]
    # fmt: on


ANSWERED = [State.ANSWERED, State.CLOSED, State.ELSEWHERE]


def _matters(condition: Q | None = None) -> Count:
    """Matters the voices speak of, each once, without those merged into another."""
    standing = ~Q(matter__state=State.MERGED)
    return Count("matter", filter=standing & (condition or Q()), distinct=True)


def clinics(tally: Tally) -> list[Figure]:
    """K29: receptions that took place, by form (三诊)."""
    timetable = reverse("venues:timetable")
    return [
        Figure(
            "K29",
            str(label),
            tally.lines[f"clinic:{value}"],
            unit=_("次"),
            definition=_("本年实际举行的次数"),
            href=timetable,
        )
        for value, label in Clinic.choices
    ]
