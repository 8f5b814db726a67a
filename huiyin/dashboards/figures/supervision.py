"""K8 and K9: key items the council decided, units the standing committee heard and voted on."""

from typing import Any

from django.db.models import Count, QuerySet, Value
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.rulebook.choices import Key
from huiyin.supervision.choices import CandidateState, KeyState
from huiyin.supervision.models import Candidate, KeyItem, Review


def supervision(scope: Scope) -> list[Figure]:
    """Each with the number the rule asks for, where there is one; two statements."""
    counts, asked = _counts(scope), _asked(scope)
    items = f"{reverse('supervision:key_items')}?year={scope.year}"
    return [
        Figure(
            "K8",
            _("重点督办建议"),
            counts["chosen"],
            unit=_("件"),
            definition=_("主任会议确定的件数；规则要求不少于%(n)d件") % {"n": asked["items"]},
            excluded=_("候选和未列入的不算"),
            source=_("《代表法》第五十二条"),
            href=items,
        ),
        Figure(
            "K8a",
            _("重点督办办结率"),
            counts["over"],
            counts["chosen"],
            definition=_("主任会议审议结束的件数 ÷ 确定的件数"),
            source=_("公式为产品提出，待本地确认"),
            href=f"{items}&state={KeyState.CONCLUDED}",
        ),
        Figure(
            "K9",
            _("向常委会报告并测评的单位"),
            counts["heard"],
            unit=_("个"),
            definition=_("已公布测评结果的单位数；规则要求%(n)d个") % {"n": asked["units"]},
            excluded=_("没有计票的不算"),
            source=_("地方组织法第五十一条"),
            href=f"{reverse('supervision:reviews')}?year={scope.year}",
        ),
        Figure(
            "awards",
            _("表彰的优秀建议和先进单位"),
            counts["given"],
            unit=_("个"),
            definition=_("已决定表彰的个数"),
            href=f"{reverse('supervision:awards')}?year={scope.year}",
        ),
    ]


def _counts(scope: Scope) -> dict[str, int]:
    of_year = {"congress": scope.congress, "year": scope.year}
    items = KeyItem.objects.chosen().filter(**of_year)
    given = Candidate.objects.filter(
        award__congress=scope.congress, award__year=scope.year, state=CandidateState.AWARDED
    )
    tables = {
        "chosen": items,
        "over": items.filter(state=KeyState.CONCLUDED),
        "heard": Review.objects.counted().filter(**of_year),
        "given": given,
    }
    first, *more = (_line(name, rows) for name, rows in tables.items())
    return dict.fromkeys(tables, 0) | dict(first.union(*more, all=True))


def _line(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(line=Value(name)).values("line")
    return named.annotate(n=Count("pk")).values_list("line", "n")


def _asked(scope: Scope) -> dict[str, int]:
    """What the rules asked for at the end of the year that is counted; 0 where there is no rule."""
    keys = {"items": Key.KEY_COUNT_MIN, "units": Key.REVIEW_UNITS}
    return {name: int(scope.rules.get(key, 0)) for name, key in keys.items()}
