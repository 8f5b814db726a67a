"""The lists as spreadsheets: headers, and rows that stream."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from huiyin.opinions.models import Matter, MergeProposal, Voice, VoiceImport
from huiyin.opinions.templatetags.matters import public_state


@dataclass(frozen=True)
class Table:
    headers: list[str]
    rows: Iterator[list[Any]]


def matters(queryset: QuerySet[Matter]) -> Table:
    headers = [
        _("标题"),
        _("状态"),
        _("去向"),
        _("类别"),
        _("人数"),
        _("县区街道"),
        _("家、站"),
        _("代表"),
        _("部门"),
        _("工单号"),
        _("期限"),
        _("最近一次"),
    ]
    return Table(headers, map(_matter_row, queryset.iterator(chunk_size=500)))


def _matter_row(matter: Matter) -> list[Any]:
    return [
        matter.title,
        matter.get_state_display(),
        matter.get_way_display(),
        matter.get_subject_display(),
        matter.n_voices,
        matter.region.name if matter.region else "",
        matter.venue.name if matter.venue else "",
        str(matter.deputy) if matter.deputy else "",
        matter.unit.name if matter.unit else "",
        matter.ticket_number,
        matter.clock.due_on if matter.clock else None,
        matter.last_voice_at,
    ]


def handed_matters(queryset: QuerySet[Matter]) -> Table:
    """As a unit reads them."""
    headers = [
        _("标题"),
        _("转办内容"),
        _("状态"),
        _("类别"),
        _("人数"),
        _("部门"),
        _("期限"),
        _("结果"),
        _("最近一次"),
    ]
    return Table(headers, map(_handed_row, queryset.iterator(chunk_size=500)))


def _handed_row(matter: Matter) -> list[Any]:
    return [
        matter.title,
        matter.brief,
        matter.get_state_display(),
        matter.get_subject_display(),
        matter.n_voices,
        matter.unit.name if matter.unit else "",
        matter.clock.due_on if matter.clock else None,
        matter.answer,
        matter.last_voice_at,
    ]


def voices(queryset: QuerySet[Voice]) -> Table:
    """The by-hand list: no name and no number leaves the house in a file."""
    headers = [_("收到"), _("家、站"), _("内容"), _("人数"), _("进展")]
    rows = (
        [
            voice.received_at,
            str(voice.venue or ""),
            voice.text,
            voice.n_people,
            voice.matter.get_state_display(),
        ]
        for voice in queryset.iterator(chunk_size=500)
    )
    return Table(headers, rows)


def proposals(queryset: QuerySet[MergeProposal]) -> Table:
    """One row a group, with the titles of its members."""
    headers = [_("共同的词"), _("件数"), _("相似度"), _("状态"), _("标题"), _("谁"), _("时间")]
    rows = (
        [
            _("、").join(one.shared_words),
            one.n_matters,
            round(one.cohesion, 2),
            one.get_state_display(),
            "\n".join(matter.title for matter in one.matters.all()),
            str(one.decided_by or ""),
            one.decided_at,
        ]
        for one in queryset.iterator(chunk_size=500)
    )
    return Table(headers, rows)


def public_matters(queryset: QuerySet[Matter]) -> Table:
    """What anyone may read of them."""
    headers = [_("标题"), _("进展"), _("人数"), _("县区街道")]
    rows = (
        [m.public_title, public_state(m.state), m.n_voices, m.region.name if m.region else ""]
        for m in queryset.iterator(chunk_size=500)
    )
    return Table(headers, rows)


def imports(queryset: QuerySet[VoiceImport]) -> Table:
    headers = [_("文件"), _("来源名称"), _("行数"), _("状态"), _("谁"), _("时间")]
    rows = (
        [one.name, one.source, one.n_rows, one.get_state_display(), str(one.by), one.created_at]
        for one in queryset.iterator(chunk_size=500)
    )
    return Table(headers, rows)
