"""The rates of handling (docs/practice.md, rates), the six functions (K28), and what each unit was given."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.tally import Group, Tally
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule

# The version of the formulas below: a number counted by another version is another number.
FORMULAS = 4


@dataclass(frozen=True)
class Rate:
    """How one figure is made of the counts, and what a reader must know of it.

    `rule` is the key of the rule whose version binds what is counted.
    """

    key: str
    name: Words
    count: str
    of: str
    definition: Words
    excluded: Words
    source: Words
    rule: str = ""

    @property
    def is_average(self) -> bool:
        return self.count == "days"


WITHDRAWN = _(
    "本期交办的建议，联名的算一件；已撤回、已转作参考、保密办理的不算，旧件缺要用的列的也不算"
)
SILENT = _("未表态 %(silent)d 件不计，逾期才评价的不计，保密办理的不计")
UNANSWERED = _("未答复的不算，保密办理的不算")
CHONGQING = _("重庆市条例第二十九条：未表态不计入")
THE_LAW = _("《代表法》第五十一条")
OURS = _("公式为产品提出，待本地确认")

# fmt: off
RATES = (
    Rate("K10", _("满意率（办理结果，含基本满意）"), "result_good", "rated", _("最近一轮没有代表对结果表示不满意的件数 ÷ 已评价的件数"), SILENT, CHONGQING, Key.RATING_WINDOW),
    Rate("K10b", _("其中全部满意"), "result_full", "rated", _("最近一轮每位代表都对结果表示满意的件数 ÷ 已评价的件数；基本满意不算"), SILENT, CHONGQING, Key.RATING_WINDOW),
    Rate("K10a", _("满意率（办理态度，含基本满意）"), "attitude_good", "rated", _("最近一轮没有代表对态度表示不满意的件数 ÷ 已评价的件数"), SILENT, CHONGQING, Key.RATING_WINDOW),
    Rate("reply", _("办复率"), "replied", "all", _("已有签发答复的件数 ÷ 交办件数"), WITHDRAWN, OURS, Key.REPLY_NORMAL),
    Rate("K11", _("按期办复率"), "in_time", "all_in_time", _("在期限内（含批准的延期）首次答复的件数 ÷ 交办件数；没到期、没答复的也在分母里"), WITHDRAWN, THE_LAW, Key.REPLY_NORMAL),
    Rate("K11b", _("已答复的当中按期的"), "in_time", "replied_in_time", _("在期限内（含批准的延期）首次答复的件数 ÷ 已答复件数"), UNANSWERED, THE_LAW, Key.REPLY_NORMAL),
    Rate("K11a", _("平均办复天数"), "days", "replied", _("首次答复日减首次交办日的平均数"), UNANSWERED, OURS, Key.REPLY_NORMAL),
    Rate("meeting", _("见面率"), "met", "all_talks", _("至少有一次座谈或走访的件数 ÷ 交办件数；代表有异议的不算，没有确认的算不算按本地的规则"), WITHDRAWN, OURS, Key.MEETING_CONFIRMED),
    Rate("contact", _("沟通率"), "contacted", "all_talks", _("首次答复以前至少有一次沟通记录的件数 ÷ 交办件数"), WITHDRAWN, THE_LAW, Key.CONTACT_WINDOW),
    Rate("resolution", _("解决率（已解决或采纳）"), "class_a", "all_classes", _("各单位最近一份答复都属“已解决或采纳”一类的件数 ÷ 交办件数；这一类叫什么，按本地的规则"), WITHDRAWN, OURS, Key.REPLY_CLASSES),
    Rate("finished", _("解决率（加已办成的计划）"), "finished", "all_finished", _("属“已解决或采纳”一类，或者属“正在解决或列入计划”一类而承诺已全部兑现的件数 ÷ 交办件数"), WITHDRAWN, OURS, Key.REPLY_CLASSES),
    Rate("promise", _("承诺按期兑现率"), "kept", "due", _("在承诺日期前完成并经核实的项数 ÷ 本期到期的承诺项数"), _("未到期的不算，保密办理的不算"), OURS, Key.PROMISE_CHECK),
    Rate("redo", _("重新办理率"), "redone", "rated", _("评价过、又进入第二轮的件数 ÷ 已评价的件数"), SILENT, OURS, Key.REDO_WINDOW),
    Rate("return", _("退办率"), "returned", "all_returns", _("同意过退办的件数 ÷ 交办件数"), WITHDRAWN, OURS, Key.RETURN_WINDOW),
)
HERE = _("从旧系统带来的、保密办理的不算")
# K28, the six functions: how much of the work went through this house and not over paper.
FUNCTIONS = (
    Rate("K28a", _("提出"), "submitted", "brought", _("在平台提出的件数 ÷ 本期提出的全部件数，从旧系统带来的算在分母里"), _("保密办理的不算"), OURS),
    Rate("K28b", _("交办"), "handed", "submitted", _("在平台交办的件数 ÷ 在平台提出的件数"), HERE, OURS),
    Rate("K28c", _("办理"), "handled", "handed", _("单位在平台签收的件数 ÷ 在平台交办的件数"), HERE, OURS),
    Rate("K28d", _("答复"), "answered", "handed", _("在平台签发答复的件数 ÷ 在平台交办的件数"), HERE, OURS),
    Rate("K28e", _("反馈"), "judged", "answered", _("代表在平台评价过的件数 ÷ 已答复的件数"), HERE, OURS),
    Rate("K28f", _("查询"), "public", "answered", _("公开可查的件数 ÷ 已答复的件数"), HERE, OURS),
)
# fmt: on
BY_KEY = {rate.key: rate for rate in (*RATES, *FUNCTIONS)}


def rates(tally: Tally) -> list[Figure]:
    """Every rate the chain can feed."""
    return figures_of(tally.totals, tally)


def figures_of(counts: Mapping[str, int], tally: Tally, group: Group | None = None) -> list[Figure]:
    return [_figure(rate, counts, tally, group) for rate in RATES]


def _figure(
    rate: Rate, counts: Mapping[str, int], tally: Tally, group: Group | None = None
) -> Figure:
    count: float | None = counts.get(rate.count, 0)
    of = counts.get(rate.of, 0)
    if rate.is_average:
        count = round(counts.get("days", 0) / of, 1) if of else None
    return Figure(
        rate.key,
        str(rate.name),
        count,
        None if rate.is_average else of,
        unit=gettext("天") if rate.is_average else "",
        definition=str(rate.definition),
        excluded=str(rate.excluded) % {"silent": counts.get("silent", 0)},
        source=str(rate.source),
        rule=_version(tally.rules.get(rate.rule)),
        href=address_of(rate.key, tally.scope, by=tally.by, group=group),
    )


def address_of(key: str, scope: Scope, *, by: str = "", group: Group | None = None) -> str:
    """Where the rows behind a rate are listed."""
    asked: dict[str, Any] = asked_of(scope)
    if group is not None:
        asked |= {"by": by, "group": group.address}
    return f"{reverse('dashboards:rate', args=[key])}?{urlencode(asked)}"


def asked_of(scope: Scope) -> dict[str, Any]:
    """The scope as an address asks for it."""
    asked: dict[str, Any] = {"congress": scope.congress.pk, "year": scope.year}
    if scope.days:
        asked |= {"first": scope.first.isoformat(), "last": scope.last.isoformat()}
    return asked


def _version(rule: Rule | None) -> str:
    """Which wording of which rule: it may have been another one in another year."""
    if rule is None:
        return ""
    named = {
        "rule": rule.label,
        "value": rule.words,
        "source": rule.law_words,
        "day": rule.valid_from.isoformat(),
    }
    return gettext("%(rule)s：%(value)s（%(source)s，%(day)s 起）") % named


def six_functions(tally: Tally) -> list[Figure]:
    """K28: the share of items that went through each function here and not on paper."""
    return [_figure(rate, tally.totals, tally) for rate in FUNCTIONS]


def by_unit(tally: Tally) -> list[dict[str, Any]]:
    """Handling units with what they were given in the period, the busiest first."""
    return [
        {
            "unit": group.key,
            "name": group.words,
            "n": group.counts["all"],
            "replied": group.counts["replied"],
            "on_time": group.counts["in_time"],
            "late": group.counts["late"],
            "href": address_of("reply", tally.scope, by="unit", group=group),
        }
        for group in tally.groups
        if group.counts["all"]
    ]
