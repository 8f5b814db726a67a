"""The published tables: what each holds, and what every column means."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock
from huiyin.suggestions.choices import ReplyState
from huiyin.suggestions.models import Promise, Publication, Reply

CHUNK, YEARS_BACK = 500, 5
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Column:
    """`kind` is a type of Frictionless Table Schema."""

    name: str
    kind: str
    words: Any


@dataclass(frozen=True)
class Dataset:
    name: str
    title: Any
    columns: tuple[Column, ...]
    rows: Callable[[], Iterator[Row]]


def _suggestions() -> Iterator[Row]:
    """The redacted copies a clerk approved."""
    copies = Publication.objects.published().for_page().order_by("suggestion__number", "pk")
    for copy in copies.iterator(CHUNK):
        item = copy.suggestion
        yield (
            *(item.number, copy.title, copy.text, copy.reply, item.lead.person.name),
            *(item.n_cosigners, item.subject, item.state),
            item.lead_unit.name if item.lead_unit else None,
            *(day(item.submitted_at), day(item.handed_over_at), day(item.replied_at)),
            *(item.round, day(copy.published_at)),
            *(item.congress.region.code, item.congress.name),
        )


def _replies() -> Iterator[Row]:
    """Facts of every signed letter; its words stand in the copy that was read over."""
    rows = Reply.objects.filter(state=ReplyState.SIGNED, suggestion__is_published=True)
    needed = rows.select_related("suggestion__congress__region", "assignment__unit")
    needed = needed.defer("suggestion__search")
    for reply in needed.order_by("suggestion__number", "round", "pk").iterator(CHUNK):
        yield (
            *(reply.suggestion.number, reply.round, reply.assignment.unit.name),
            *(reply.result_class, reply.document_number, day(reply.signed_at)),
            reply.suggestion.congress.region.code,
        )


def _promises() -> Iterator[Row]:
    rows = Promise.objects.public().for_public_list().order_by("promised_on", "pk")
    for promise in rows.iterator(CHUNK):
        yield (
            *(promise.suggestion.number, promise.public_text, promise.unit.name),
            *(promise.kind, promise.promised_on, promise.state, day(promise.checked_at)),
            promise.suggestion.congress.region.code,
        )


def _rates() -> Iterator[Row]:
    this_year = clock.today().year
    for congress in Congress.objects.select_related("region").order_by("region__code"):
        for year in range(this_year, this_year - YEARS_BACK, -1):
            for figure in figures.rates(figures.Tally(Scope(congress, year))):
                yield (
                    *(congress.region.code, str(congress), year, figure.key, figure.name),
                    *(figure.count, figure.of, figure.definition, figure.excluded, figure.source),
                )


def day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None


_NUMBER = Column(
    "suggestion", "string", _("建议编号；和 region 一起，与建议表的 number、region 对应")
)
_REGION = Column("region", "string", _("行政区划代码；编号只在一个人大里唯一"))
_UNIT = Column("unit", "string", _("承办单位"))
DATASETS = (
    Dataset(
        "suggestions",
        _("已公开的代表建议"),
        (
            Column("number", "string", _("建议编号")),
            Column("title", "string", _("公开的标题")),
            Column("text", "string", _("公开的正文，个人信息已隐去")),
            Column("reply", "string", _("公开的答复正文，个人信息已隐去")),
            Column("lead", "string", _("领衔代表")),
            Column("cosigners", "integer", _("联名代表人数，不含领衔")),
            Column("subject", "string", _("类别代码")),
            Column("state", "string", _("办理状态代码")),
            _UNIT,
            Column("submitted_on", "date", _("提出日期")),
            Column("handed_over_on", "date", _("首次交办日期")),
            Column("replied_on", "date", _("首次答复日期")),
            Column("round", "integer", _("办理轮次")),
            Column("published_on", "date", _("公开日期")),
            _REGION,
            Column("congress", "string", _("人大")),
        ),
        _suggestions,
    ),
    Dataset(
        "replies",
        _("已公开建议的答复"),
        (
            _NUMBER,
            Column("round", "integer", _("办理轮次")),
            _UNIT,
            Column("result_class", "string", _("结果类别")),
            Column("document_number", "string", _("答复文号")),
            Column("signed_on", "date", _("签发日期")),
            _REGION,
        ),
        _replies,
    ),
    Dataset(
        "promises",
        _("承诺台账"),
        (
            _NUMBER,
            Column("text", "string", _("承诺事项，个人信息已隐去")),
            _UNIT,
            Column("kind", "string", _("承诺类型代码")),
            Column("promised_on", "date", _("承诺完成日期")),
            Column("state", "string", _("承诺状态代码")),
            Column("checked_on", "date", _("核实日期")),
            _REGION,
        ),
        _promises,
    ),
    Dataset(
        "rates",
        _("办理情况各项比率"),
        (
            Column("region", "string", _("行政区划代码")),
            Column("congress", "string", _("人大")),
            Column("year", "integer", _("交办年份")),
            Column("key", "string", _("指标代码")),
            Column("name", "string", _("指标名称")),
            Column("count", "number", _("分子；没有分母的是数值本身")),
            Column("of", "integer", _("分母")),
            Column("definition", "string", _("算法")),
            Column("excluded", "string", _("不计入的")),
            Column("source", "string", _("出处")),
        ),
        _rates,
    ),
)
