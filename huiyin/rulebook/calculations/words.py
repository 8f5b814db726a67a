"""The lines of a due date in the reader's language."""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from huiyin.rulebook.calculations.counting import WEEKEND, Duration, Line
from huiyin.rulebook.calculations.shapes import CLASS_NAMES, CLASSES
from huiyin.rulebook.choices import Holiday, Key

Row = tuple[str, str]


def rows(lines: Iterable[Line]) -> list[Row]:
    """One row for each line: what kind of line it is, and what it says."""
    return [_WORDS[line["kind"]](line) for line in lines]


def duration_words(duration: Duration) -> str:
    words = {
        "months": ngettext("%(n)d个月", "%(n)d个月", duration.amount),
        "working_days": ngettext("%(n)d个工作日", "%(n)d个工作日", duration.amount),
        "days": ngettext("%(n)d日", "%(n)d日", duration.amount),
    }
    return words[duration.unit] % {"n": duration.amount}


def value_words(value: Any, key: str = "") -> str:
    """A rule's value as people say it; the key tells what a bare number counts."""
    if key in _COUNTED:
        return _COUNTED[key](value)
    if key in CLASSES:
        return _("；").join(value[name] for name in CLASS_NAMES if name in value)
    if key in _SHEETS:
        return _sheet_words(value, _SHEETS[key])
    if isinstance(value, bool):
        return _("是") if value else _("否")
    try:
        return duration_words(Duration.parse(value))
    except ValueError:
        return _level_words(value) if isinstance(value, dict) else str(value)


def law_words(line: Line) -> str:
    """Where the term is written; without a source nothing."""
    if not line["source"]:
        return ""
    if line.get("default"):  # lines kept before this was told have no such word
        return _("当地文本没有规定，按%(source)s（本地尚未确认）") % {"source": line["source"]}
    place = _("依据《%(source)s》%(article)s") % {
        "source": line["source"].strip("《》"),
        "article": line["article"],
    }
    return place if line["confirmed"] else place + _("（本地尚未确认）")


def _level_words(value: dict[str, Any]) -> str:
    names = {
        "national": _("全国"),
        "province": _("省级"),
        "city": _("市级"),
        "county": _("县级"),
        "township": _("乡级"),
    }
    return _("，").join(
        f"{names.get(level, level)} {value_words(amount)}" for level, amount in value.items()
    )


def sheet_names(key: str) -> dict[str, Any]:
    """What each number of a rule stands for that has several; empty for every other rule."""
    return _SHEETS.get(key, {})


def _sheet_words(value: dict[str, int], names: dict[str, Any]) -> str:
    return _("，").join(f"{names[name]} {value[name]}" for name in names if name in value)


def _start(line: Line) -> Row:
    words = line["words"] and _(line["words"])  # kept in Chinese; most are words of the house
    values = {"date": _long(line["date"]), "words": words}
    return _("起算"), _("%(date)s%(words)s，当日不计入") % values


def _term(line: Line) -> Row:
    parts = [
        _("%(term)s，到%(date)s") % {"term": _duration(line), "date": _long(line["date"])},
        _month_end(line),
        law_words(line),
    ]
    return _("期限"), _("；").join(part for part in parts if part)


def _month_end(line: Line) -> str:
    if "month_end" not in line:
        return ""
    return _("那个月没有%(day)d日，算到月末") % {"day": line["month_end"]}


def _skipped(line: Line) -> Row:
    count = ngettext("%(n)d天", "%(n)d天", line["count"]) % {"n": line["count"]}
    if line["reason"] == WEEKEND:
        return _("跳过"), _("周末%(count)s") % {"count": count}
    values = {"name": _reason(line), "dates": _span(line["dates"]), "count": count}
    return _("跳过"), _("%(name)s放假%(count)s（%(dates)s）") % values


def _moved(line: Line) -> Row:
    days = _("、").join(_short(day) for day in line["dates"])
    return _("调休"), _("%(days)s是调休上班日，计入") % {"days": days}


def _rolled(line: Line) -> Row:
    values = {"date": _short(line["date"]), "reason": _reason(line), "to": _short(line["to"])}
    return _("顺延"), _("%(date)s是%(reason)s，顺延到%(to)s") % values


def _not_rolled(line: Line) -> Row:
    values = {"date": _short(line["date"]), "reason": _reason(line)}
    return _("顺延"), _("%(date)s是%(reason)s，按本市规则不顺延") % values


def _extension(line: Line) -> Row:
    values = {"date": _long(line["date"]), "reason": line["reason"]}
    return _("延期"), _("经同意延到%(date)s；原因：%(reason)s") % values


def _maximum(line: Line) -> Row:
    parts = [
        _("从%(since)s起最长%(term)s，不得晚于%(date)s")
        % {"since": _long(line["since"]), "term": _duration(line), "date": _long(line["date"])},
        _("遇休息日，已顺延") if line["rolled"] else "",
        _("以此为准") if line["reached"] else "",
        law_words(line),
    ]
    return _("上限"), _("；").join(part for part in parts if part)


def _unpublished(line: Line) -> Row:
    years = _("、").join(str(year) for year in line["years"])
    return _("说明"), _("%(years)s年放假安排尚未公布，按周末推算") % {"years": years}


def _due(line: Line) -> Row:
    return _("到期"), _long(line["date"])


_WORDS: dict[str, Callable[[Line], Row]] = {
    "start": _start,
    "term": _term,
    "skipped": _skipped,
    "moved": _moved,
    "rolled": _rolled,
    "not_rolled": _not_rolled,
    "extension": _extension,
    "maximum": _maximum,
    "unpublished": _unpublished,
    "due": _due,
}


_COUNTED: dict[str, Callable[[int], str]] = {
    Key.KEY_COUNT_MIN: lambda n: ngettext("不少于%(n)d件", "不少于%(n)d件", n) % {"n": n},
    Key.RECEPTION_PER_DEPUTY_YEAR: lambda n: (
        ngettext("不少于%(n)d次", "不少于%(n)d次", n) % {"n": n}
    ),
    Key.GROUP_PER_YEAR: lambda n: ngettext("不少于%(n)d次", "不少于%(n)d次", n) % {"n": n},
    Key.ABSENCE_LIMIT: lambda n: ngettext("%(n)d次", "%(n)d次", n) % {"n": n},
    Key.POINTS_LOW: lambda n: ngettext("%(n)d分", "%(n)d分", n) % {"n": n},
    Key.REVIEW_UNITS: lambda n: ngettext("%(n)d个单位", "%(n)d个单位", n) % {"n": n},
    Key.AWARD_SUGGESTIONS: lambda n: ngettext("%(n)d件", "%(n)d件", n) % {"n": n},
    Key.AWARD_UNITS: lambda n: ngettext("%(n)d个单位", "%(n)d个单位", n) % {"n": n},
    Key.AWARD_JURY: lambda n: ngettext("%(n)d位评委", "%(n)d位评委", n) % {"n": n},
    Key.ROUTING_EXAMPLES: lambda n: ngettext("不少于%(n)d件", "不少于%(n)d件", n) % {"n": n},
    Key.DELEGATION_MAJORITY: lambda n: _("超过%(n)d%%") % {"n": n},
    Key.MOTION_RECONSIDER: lambda n: ngettext("%(n)d小时", "%(n)d小时", n) % {"n": n},
    Key.RATES_FEW: lambda n: ngettext("不到%(n)d件", "不到%(n)d件", n) % {"n": n},
    Key.REMINDER_FROM: lambda n: _("%(n)d时") % {"n": n},
    Key.REMINDER_TO: lambda n: _("%(n)d时") % {"n": n},
    Key.DIGEST_AT: lambda n: _("%(n)d时") % {"n": n},
    Key.LEDGER_NOTICE: lambda n: _("每年第%(n)d季度") % {"n": n},
}


# What each number of a score sheet is for.
_SHEETS: dict[str, dict[str, Any]] = {
    Key.APPRAISAL_WEIGHTS: {
        "on_time": gettext_lazy("按期答复"),
        "contact": gettext_lazy("联系代表"),
        "quality": gettext_lazy("答复质量"),
        "satisfaction": gettext_lazy("代表满意"),
        "implementation": gettext_lazy("落实和承诺兑现"),
    },
    Key.APPRAISAL_DEDUCTIONS: {
        "late": gettext_lazy("逾期答复每件"),
        "redo": gettext_lazy("重新办理每件"),
        "broken": gettext_lazy("承诺未兑现每项"),
        "most": gettext_lazy("最多扣"),
    },
}


def _duration(line: Line) -> str:
    return duration_words(Duration(line["unit"], line["amount"]))


def _reason(line: Line) -> str:
    if line["reason"] == WEEKEND:
        return _("周末")
    return holiday_words(line["reason"])


def holiday_words(name: str) -> str:
    """The calendar's name for a holiday in the reader's language; a name given here as it is."""
    return str(Holiday(name).label) if name in Holiday.values else name


def _span(dates: list[str]) -> str:
    first, last = dates[0], dates[-1]
    if first == last:
        return _short(first)
    return _("%(first)s至%(last)s") % {"first": _short(first), "last": _short(last)}


def _long(day: str) -> str:
    return date_format(dt.date.fromisoformat(day), "DATE_FORMAT")


def _short(day: str) -> str:
    # Not MONTH_DAY_FORMAT: Django's own for Chinese writes 05月1日.
    return date_format(dt.date.fromisoformat(day), pgettext("日期格式", "n月j日"))
