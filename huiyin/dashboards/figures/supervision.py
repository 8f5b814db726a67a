"""K8 and K9: key items the council decided, units the standing committee heard and voted on."""

import datetime as dt

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.supervision.choices import CandidateState, KeyState
from huiyin.supervision.models import Candidate, KeyItem, Review


def supervision(scope: Scope) -> list[Figure]:
    """Each with the number the rule asks for; three statements and two rules."""
    chosen = KeyItem.objects.chosen().filter(congress=scope.congress, year=scope.year)
    counts = chosen.aggregate(all=Count("pk"), over=Count("pk", filter=Q(state=KeyState.CONCLUDED)))
    heard = Review.objects.counted().filter(congress=scope.congress, year=scope.year).count()
    given = Candidate.objects.filter(
        award__congress=scope.congress, award__year=scope.year, state=CandidateState.AWARDED
    )
    return [
        Figure(
            "K8",
            _("重点督办建议"),
            counts["all"],
            unit=_("件"),
            definition=_("主任会议确定的件数；规则要求不少于%(n)d件")
            % {"n": _rule(Key.KEY_COUNT_MIN, scope)},
            excluded=_("候选和未列入的不算"),
            source=_("《代表法》第五十二条"),
            href=f"{reverse('supervision:key_items')}?year={scope.year}",
        ),
        Figure(
            "K8a",
            _("重点督办办结率"),
            counts["over"],
            counts["all"],
            definition=_("主任会议审议结束的件数 ÷ 确定的件数"),
            source=_("公式为产品提出，待本地确认"),
            href=f"{reverse('supervision:key_items')}?year={scope.year}&state=concluded",
        ),
        Figure(
            "K9",
            _("向常委会报告并测评的单位"),
            heard,
            unit=_("个"),
            definition=_("已公布测评结果的单位数；规则要求%(n)d个")
            % {"n": _rule(Key.REVIEW_UNITS, scope)},
            excluded=_("没有计票的不算"),
            source=_("地方组织法第五十一条"),
            href=f"{reverse('supervision:reviews')}?year={scope.year}",
        ),
        Figure(
            "awards",
            _("表彰的优秀建议和先进单位"),
            given.count(),
            unit=_("个"),
            definition=_("已决定表彰的个数"),
            href=f"{reverse('supervision:awards')}?year={scope.year}",
        ),
    ]


def _rule(key: Key, scope: Scope) -> int:
    """As it held at the end of the year that is counted."""
    value = Rule.objects.value(key, scope.congress.region, dt.date(scope.year, 12, 31))
    return int(value)
