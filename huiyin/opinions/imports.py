"""Voices of a hotline or another platform, read from csv or xlsx: checked first, then taken in whole."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.kernel import clock, jobs, spreadsheets
from huiyin.kernel.imports import Failure, opened
from huiyin.kernel.spreadsheets import Columns, Problem, Row, Table
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions import actions
from huiyin.opinions.actions import Received
from huiyin.opinions.actions.bulk import Progress
from huiyin.opinions.choices import Channel, Subject
from huiyin.opinions.models import Matter, Voice, VoiceImport
from huiyin.regions.models import Gazetteer
from huiyin.texts.redacting import redact

SYNONYMS = {
    "external_id": {"id", "编号", "工单号", "工单编号", "留言编号", "序号", "原编号"},
    "title": {"title", "标题", "主题", "留言主题", "事项", "诉求标题"},
    "text": {"text", "内容", "留言详情", "诉求内容", "正文", "详情", "content", "问题描述"},
    "received_at": {"time", "时间", "留言时间", "来电时间", "受理时间", "日期", "date"},
    "place": {"place", "地点", "地址", "事发地点"},
    "region": {
        "area",
        "region",
        "区域",
        "所属区域",
        "县区",
        "区县",
        "街道",
        "区划",
        "行政区划",
        "区划代码",
    },
    "subject": {"class", "类别", "分类", "诉求类别", "一级分类"},
    "status": {"status", "状态", "办理状态", "工单状态", "处理状态", "办结状态"},
}
LABELS = {
    "external_id": _("编号"),
    "title": _("标题"),
    "text": _("内容"),
    "received_at": _("时间"),
    "place": _("地点"),
    "region": _("县区街道"),
    "subject": _("类别"),
    "status": _("状态"),
}
# What becomes of a word that no table knows: the row comes in all the same, and the dry run says so.
UNKNOWN = {
    "region": _("本地没有这个名称或代码，或者不止一个：当作地点的文字收下，按县区查不到"),
    "subject": _("没有这个类别：收下来，先不分类"),
    "status": _("不认识的状态：当作还没有办结收下，开始计时"),
}
SHOWN_WORDS = 5
LONGEST_TITLE, LONGEST_PLACE, LONGEST_ID, LONGEST_TEXT = 120, 120, 60, 32_767
SUBJECTS = {str(label): value for value, label in Subject.choices}
# How platforms say that a ticket is done, and that it is not.
CLOSED = [
    "已办结",
    "办结",
    "已完结",
    "完结",
    "已结案",
    "结案",
    "已办理",
    "已完成",
    "完成",
    "已答复",
    "已回复",
    "已解决",
    "已关闭",
    "关闭",
    "已归档",
    "closed",
    "done",
    "resolved",
]
OPEN = [
    "待受理",
    "待处理",
    "待办理",
    "待办",
    "待分类",
    "待回复",
    "未处理",
    "未办理",
    "未办结",
    "未回复",
    "受理",
    "已受理",
    "已转办",
    "转办中",
    "处理中",
    "办理中",
    "在办",
    "open",
    "new",
    "pending",
]
IS_CLOSED = dict.fromkeys(CLOSED, True) | dict.fromkeys(OPEN, False)
# A mobile number, or an identity number of 18 places, standing by itself.
PERSONAL = re.compile(r"(?<![0-9])(?:1[3-9][0-9]{9}|[1-9][0-9]{16}[0-9Xx])(?![0-9Xx])")


@dataclass
class Checked:
    """What a dry run found: the voices as they would come in, and everything wrong with the file."""

    columns: Columns
    voices: list[Received] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    n_rows: int = 0
    n_repeated: int = 0
    n_personal: int = 0
    unknown: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in UNKNOWN}
    )

    @property
    def n_closed(self) -> int:
        return sum(voice.is_closed for voice in self.voices)

    def notes(self) -> list[tuple[str, int, str, list[str]]]:
        """Of every column with unknown words: its label, how many rows, what becomes of them, the commonest."""
        return [
            (
                str(LABELS[name]),
                words.total(),
                str(UNKNOWN[name]),
                [word for word, _n in words.most_common(SHOWN_WORDS)],
            )
            for name, words in self.unknown.items()
            if words
        ]


def check(
    table: Table, *, congress: Congress, source: str, mapping: Mapping[str, str] | None = None
) -> Checked:
    """Read every row; nothing is written. Voices that came before from the same source are left out."""
    columns = spreadsheets.map_columns(table.headers, SYNONYMS, mapping)
    checked = Checked(columns, problems=list(table.problems), n_rows=len(table.rows))
    if "text" not in columns.index and "title" not in columns.index:
        checked.problems.append(
            Problem(
                1,
                "",
                "没有“内容”列，也没有“标题”列。",
                "There is neither a text nor a title column.",
            )
        )
        return checked
    known = _known(congress, source)
    divisions = Gazetteer(congress.region, clock.today())
    seen: dict[str, int] = {}
    for row in table.rows:
        problems = list(_problems(row, columns, seen))
        checked.problems += problems
        if not problems:
            _sort(checked, row, _received(row, columns, divisions), known)
    return checked


def take_in(
    checked: Checked,
    *,
    congress: Congress,
    source: str,
    channel: str = Channel.PLATFORM,
    progress: Progress | None = None,
    by: HasActor,
) -> list[Matter]:
    """Refuses a file with any row in error."""
    if checked.problems:
        raise NotPossible(str(_("文件有问题，没有导入。")))
    return actions.receive_many(
        checked.voices,
        congress=congress,
        source=source,
        channel=channel,
        progress=progress,
        by=by,
    )


def dry_run(voice_import: VoiceImport) -> tuple[Table, Checked]:
    """Read the file, write nothing but what was found. Raises SpreadsheetError."""
    table, checked = _read(voice_import)
    actions.note_check(voice_import, **_found(checked))
    return table, checked


def run(voice_import: VoiceImport) -> None:
    """Take the whole file in, then look for the same matters; what goes wrong is written down.

    Begun again, it goes on where it stood: what is taken in is not taken in twice.
    """
    if voice_import.is_finished:
        return
    states, stages = VoiceImport.State, VoiceImport.Stage
    if voice_import.state != states.RUNNING:
        actions.note_check(voice_import, state=states.RUNNING, stage=stages.WRITING, n_done=0)
    try:
        _take_in_once(voice_import)
    except jobs.LOST:
        raise  # it begins again
    except Exception as error:
        actions.finish_import(voice_import, state=states.FAILED, problem=Failure.of(error))
        raise
    _compare(voice_import)


@transaction.atomic
def _take_in_once(voice_import: VoiceImport) -> None:
    """The voices and the word that they are here come together, or not at all."""
    # Another worker may still be at it. Rows that only point at the congress need not wait.
    Congress.objects.select_for_update(of=("self",), no_key=True).get(pk=voice_import.congress_id)
    if VoiceImport.objects.get(pk=voice_import.pk).is_taken_in:
        return
    _table, checked = _read(voice_import)
    matters = take_in(
        checked,
        congress=voice_import.congress,
        source=voice_import.source,
        channel=voice_import.channel,
        progress=lambda done, of: actions.note_progress(voice_import, done),
        by=voice_import.by,
    )
    stage = VoiceImport.Stage.COMPARING
    actions.note_check(voice_import, **_found(checked), stage=stage, n_done=len(matters))


def _compare(voice_import: VoiceImport) -> None:
    """Where it breaks off, what is in stays, and is compared one by one in the next minutes."""
    states = VoiceImport.State
    n_taken_in = voice_import.n_rows - voice_import.n_repeated
    try:
        made = actions.propose_among(
            voice_import.congress,
            new=actions.uncompared(voice_import),
            is_semantic=voice_import.is_semantic,
            progress=lambda done, of: actions.note_progress(voice_import, done * n_taken_in // of),
        )
    except jobs.LOST:
        raise  # it begins again
    except Exception:
        actions.finish_import(voice_import, state=states.DONE, n_done=n_taken_in)
        raise
    actions.finish_import(
        voice_import, state=states.DONE, stage="", n_done=n_taken_in, n_proposals=made
    )


def give_up(import_id: int) -> None:
    """The file ended one worker after another."""
    found = VoiceImport.objects.get(pk=import_id)
    if found.is_finished:
        return
    if found.is_taken_in:
        actions.finish_import(found, state=VoiceImport.State.DONE)
    else:
        actions.finish_import(found, state=VoiceImport.State.FAILED, problem=Failure.BROKEN)


def _read(voice_import: VoiceImport) -> tuple[Table, Checked]:
    table = spreadsheets.read(opened(voice_import.file), voice_import.name)
    checked = check(
        table,
        congress=voice_import.congress,
        source=voice_import.source,
        mapping=voice_import.mapping or None,
    )
    return table, checked


def _found(checked: Checked) -> dict[str, int]:
    return {
        "n_rows": checked.n_rows,
        "n_problems": len(checked.problems),
        "n_repeated": checked.n_repeated,
        "n_personal": checked.n_personal,
    }


def _sort(checked: Checked, row: Row, voice: Received, known: set[str]) -> None:
    if voice.external_id and voice.external_id in known:
        checked.n_repeated += 1
        return
    checked.voices.append(voice)
    checked.n_personal += PERSONAL.search(f"{voice.title} {voice.text}") is not None
    is_known = {
        "region": voice.region is not None,
        "subject": bool(voice.subject),
        "status": _status(row, checked.columns) in IS_CLOSED,
    }
    for name, words in checked.unknown.items():
        if not is_known[name] and (word := checked.columns.value(row, name).strip()):
            words[word[:LONGEST_PLACE]] += 1


def _status(row: Row, columns: Columns) -> str:
    return columns.value(row, "status").strip().casefold()


def _known(congress: Congress, source: str) -> set[str]:
    before = Voice.objects.filter(congress=congress, source=source).exclude(external_id="")
    return set(before.values_list("external_id", flat=True))


def _problems(row: Row, columns: Columns, seen: dict[str, int]) -> Iterator[Problem]:
    text = columns.value(row, "text") or columns.value(row, "title")
    if not text:
        yield Problem(row.number, str(LABELS["text"]), "内容是空的。", "The text is empty.")
    elif not any(character.isalnum() for character in text):
        yield Problem(row.number, str(LABELS["text"]), "没有文字。", "There are no words in it.")
    elif len(text) > LONGEST_TEXT:
        yield Problem(
            row.number,
            str(LABELS["text"]),
            f"超过 {LONGEST_TEXT} 个字。",
            f"Longer than {LONGEST_TEXT} characters.",
        )
    at = columns.value(row, "received_at")
    if at and spreadsheets.to_datetime(at) is None:
        yield Problem(
            row.number,
            str(LABELS["received_at"]),
            f"看不懂的时间“{at[:30]}”。",
            f"This is no time: “{at[:30]}”.",
        )
    yield from _problems_of_id(row, columns.value(row, "external_id"), seen)


def _problems_of_id(row: Row, key: str, seen: dict[str, int]) -> Iterator[Problem]:
    if len(key) > LONGEST_ID:
        yield Problem(
            row.number,
            str(LABELS["external_id"]),
            f"编号超过 {LONGEST_ID} 个字。",
            f"The number is longer than {LONGEST_ID} characters.",
        )
    elif key and key in seen:
        yield Problem(
            row.number,
            str(LABELS["external_id"]),
            f"编号与第 {seen[key]} 行重复。",
            f"The same number stands in row {seen[key]}.",
        )
    elif key:
        seen[key] = row.number


def _received(row: Row, columns: Columns, divisions: Gazetteer) -> Received:
    title = " ".join(columns.value(row, "title").split())
    text = _clean(columns.value(row, "text"))
    at = spreadsheets.to_datetime(columns.value(row, "received_at"))
    area = columns.value(row, "region").strip()
    region = divisions.find(area) if area else None
    place = " ".join(filter(None, ("" if region else area, columns.value(row, "place"))))
    if len(title) > LONGEST_TITLE:
        text, title = f"{title}\n{text}", f"{title[: LONGEST_TITLE - 1]}…"
    return Received(
        title=redact(_clean(title)) or actions.title_of(text),
        text=text or title,
        at=at.replace(tzinfo=clock.ZONE) if at else None,
        place=_clean(place)[:LONGEST_PLACE],
        region=region,
        is_closed=IS_CLOSED.get(_status(row, columns), False),
        subject=SUBJECTS.get(columns.value(row, "subject"), ""),
        external_id=columns.value(row, "external_id"),
    )


def _clean(text: str) -> str:
    """PostgreSQL refuses a null character; the rest of the words stays as it is."""
    return text.replace("\0", "")
