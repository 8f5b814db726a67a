"""K8 and K9: key items the council decided, units the standing committee heard and voted on."""

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure
from huiyin.dashboards.figures.tally import Tally
from huiyin.rulebook.choices import Key
from huiyin.supervision.choices import KeyState


def supervision(tally: Tally, *, with_lists: bool = True) -> list[Figure]:
    """Each with the number the rule asks for, where there is one, and the way to its list; awards are open to all."""
    counts = tally.lines
    items, reviews = _lists(tally.scope.year) if with_lists else ("", "")
    return [
        Figure(
            "K8",
            _("重点督办建议"),
            counts["chosen"],
            unit=_("件"),
            definition=_("主任会议确定的件数；规则要求不少于%(n)d件")
            % {"n": _asked(tally, Key.KEY_COUNT_MIN)},
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
            href=items and f"{items}&state={KeyState.CONCLUDED}",
        ),
        Figure(
            "K9",
            _("向常委会报告并测评的单位"),
            counts["heard"],
            unit=_("个"),
            definition=_("已公布测评结果的单位数；规则要求%(n)d个")
            % {"n": _asked(tally, Key.REVIEW_UNITS)},
            excluded=_("没有计票的不算"),
            source=_("地方组织法第五十一条"),
            href=reviews,
        ),
        Figure(
            "awards",
            _("表彰的优秀建议和先进单位"),
            counts["given"],
            unit=_("个"),
            definition=_("已决定表彰的个数"),
            href=f"{reverse('supervision:awards')}?year={tally.scope.year}",
        ),
    ]


def _lists(year: int) -> list[str]:
    pages = ("supervision:key_items", "supervision:reviews")
    return [f"{reverse(page)}?year={year}" for page in pages]


def _asked(tally: Tally, key: Key) -> int:
    """What the rule asked for at the end of the year that is counted; 0 where there is no rule."""
    rule = tally.rules.get(key)
    return int(rule.value) if rule else 0
