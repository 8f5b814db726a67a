"""How an old item was handled, as its row tells it: units, talks, letters, ratings, promises."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from huiyin.kernel.spreadsheets import Row
from huiyin.suggestions.actions.old_items import (
    Extended,
    Judged,
    Letter,
    OldPromise,
    Returned,
    Talked,
)
from huiyin.suggestions.choices import Mode
from huiyin.suggestions.imports import cells
from huiyin.suggestions.imports.context import RowContext

LONGEST_REPLY, LONGEST_DOCUMENT = 32_767, 60
FEWEST = 2
MODES = {
    **dict.fromkeys(("单办", "独办", "single"), Mode.SINGLE),
    **dict.fromkeys(("主办会办", "主会办", "主办协办", "with co-handlers"), Mode.COHANDLED),
    **dict.fromkeys(("分别办理", "分办", "separate"), Mode.SEPARATE),
    **dict.fromkeys(("联合主办", "联合办理", "joint"), Mode.JOINT),
    **dict.fromkeys(("市政府办理", "政府办理", "government"), Mode.GOVERNMENT),
}
Days = Mapping[str, dt.date | None]


@dataclass
class Handling:
    mode: str = Mode.SINGLE
    lead_units: list[int] = field(default_factory=list)
    cohandlers: list[int] = field(default_factory=list)
    returns: list[tuple[int, Returned]] = field(default_factory=list)
    extensions: list[Extended] = field(default_factory=list)
    contacts: list[Talked] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    promises: list[OldPromise] = field(default_factory=list)
    judged: dict[str, list[Judged]] = field(default_factory=dict)

    def fields(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if name != "judged"}


def read(context: RowContext, row: Row, days: Days) -> Handling:
    dealt = Handling()
    _read_units(context, row, days, dealt)
    _read_returns(context, row, days, dealt)
    dealt.extensions = context.each(row, "extensions", cells.extended)
    dealt.contacts = context.each(row, "contacts", cells.talked)
    _read_letters(context, row, days, dealt)
    for column in ("ratings", "again_ratings"):
        dealt.judged[column] = context.each(row, column, cells.judged)
    dealt.promises = context.each(row, "promises", cells.promised)
    _check(context, row, days, dealt)
    return dealt


def _read_units(context: RowContext, row: Row, days: Days, dealt: Handling) -> None:
    leads = cells.units(context.value(row, "lead_units"))
    others = [u for u in cells.units(context.value(row, "cohandlers")) if u not in leads]
    told = context.choice(row, "mode", MODES, "")
    dealt.mode = told or (Mode.COHANDLED if others else Mode.SINGLE)
    if dealt.mode == Mode.SINGLE and others:
        dealt.mode = Mode.COHANDLED
    is_shared = dealt.mode in {Mode.SEPARATE, Mode.JOINT}
    if is_shared and len(leads) < FEWEST:
        context.wrong(
            row, "lead_units", "这种办理方式至少要两个单位", "this mode needs two units at least"
        )
    if not is_shared and len(leads) > 1:
        context.wrong(
            row,
            "lead_units",
            "主办单位只能有一个；分别办理、联合主办的请填办理方式",
            "there is one lead unit; for parts or joint leads fill in the mode",
        )
    if not leads and (days["handed_over_on"] or days["replied_on"] or others):
        context.wrong(
            row,
            "lead_units",
            "交办过、答复过的要写主办单位",
            "who handled and answered must be told",
        )
    dealt.lead_units = _units(context, row, "lead_units", leads)
    dealt.cohandlers = _units(context, row, "cohandlers", others)


def _units(context: RowContext, row: Row, column: str, names: list[str]) -> list[int]:
    found = (_unit(context, row, column, name) for name in names)
    return list(dict.fromkeys(unit for unit in found if unit is not None))


def _unit(context: RowContext, row: Row, column: str, name: str) -> int | None:
    if len(name) > cells.LONGEST_UNIT:
        context.wrong(
            row, column, "单位名称最多 60 个字", "a unit's name has at most 60 characters"
        )
        return None
    found = context.names.unit(name, row.number)
    if found is None:
        context.wrong(
            row,
            column,
            f"系统里没有“{name}”：请选对应的单位，或者保留为已撤销的单位",
            f"“{name}” is not known: choose the unit meant, or keep it as a former one",
        )
    return found


def _read_returns(context: RowContext, row: Row, days: Days, dealt: Handling) -> None:
    for returned in context.each(row, "returns", cells.returned):
        unit = _unit(context, row, "returns", returned.unit)
        if unit is not None:
            dealt.returns.append((unit, returned))
        first, last = days["handed_over_on"], days["replied_on"]
        if (first and returned.on < first) or (last and returned.on > last):
            context.wrong(
                row,
                "returns",
                "退办日期要在交办和答复之间",
                "a return lies between the hand-over and the reply",
            )


def _read_letters(context: RowContext, row: Row, days: Days, dealt: Handling) -> None:
    """The first round's letters, then the second's."""
    parts = context.each(row, "part_replies", lambda line: cells.part_reply(line, context.classes))
    if parts:
        _read_parts(context, row, parts, dealt)
    else:
        _read_letter(context, row, 1, days["replied_on"], FIRST, dealt)
    _read_letter(context, row, 2, days["again_on"], AGAIN, dealt)
    if days["again_on"] and not days["replied_on"]:
        context.wrong(
            row,
            "again_on",
            "有再次答复，就要有首次答复的日期",
            "a second reply needs the first one's date",
        )


FIRST = ("replied_on", "document_number", "result_class", "reply")
AGAIN = ("again_on", "again_number", "again_class", "again_reply")


def _read_letter(
    context: RowContext,
    row: Row,
    number: int,
    on: dt.date | None,
    columns: tuple[str, str, str, str],
    dealt: Handling,
) -> None:
    day, document, result, body = columns
    reader = context.reader
    told = {name: context.value(row, name) for name in (document, result, body)}
    if on is None:
        if any(told.values()) and not context.value(row, day):
            context.wrong(row, day, "有答复就要有答复日期", "a reply needs its date")
        return
    found = context.one(
        row, result, lambda text: cells.known_class(text, context.classes), told[result]
    )
    if not dealt.lead_units:
        return
    dealt.letters.append(
        Letter(
            unit_id=dealt.lead_units[0],
            round=number,
            on=on,
            document_number=reader.text(row, document, longest=LONGEST_DOCUMENT),
            result_class=found or "",
            body=reader.text(row, body, longest=LONGEST_REPLY).replace("\0", ""),
        )
    )


def _read_parts(context: RowContext, row: Row, parts: list[Any], dealt: Handling) -> None:
    leads = cells.units(context.value(row, "lead_units"))
    if dealt.mode != Mode.SEPARATE:
        context.wrong(
            row,
            "part_replies",
            "只有分别办理的才填分办答复",
            "only items in parts have part replies",
        )
    for part in parts:
        unit = _unit(context, row, "part_replies", part.unit)
        if unit is None:
            continue
        is_told = any(unit and unit == letter.unit_id for letter in dealt.letters)
        if part.unit not in leads or is_told:
            context.wrong(
                row,
                "part_replies",
                f"“{part.unit}”不在主办单位里，或者写了两次",
                f"“{part.unit}” is no lead unit, or stands twice",
            )
        letter = Letter(unit, 1, part.on, part.document_number, part.result_class, part.body)
        dealt.letters.append(letter)


def _check(context: RowContext, row: Row, days: Days, dealt: Handling) -> None:
    """What must come after what, and nothing without what it hangs on."""
    submitted, handed = days["submitted_on"], days["handed_over_on"]
    if handed and any(each.until <= handed for each in dealt.extensions):
        context.wrong(
            row,
            "extensions",
            "延期后的日期要晚于交办日期",
            "the new date must lie after the hand-over",
        )
    if dealt.extensions and not handed:
        context.wrong(
            row, "extensions", "有延期就要有交办日期", "an extension needs the hand-over's date"
        )
    if any(
        each.on > context.today or (submitted and each.on < submitted) for each in dealt.contacts
    ):
        context.wrong(
            row,
            "contacts",
            "沟通日期要在提出以后、今天以前",
            "a talk lies between the submission and today",
        )
    if dealt.contacts and not context.value(row, "lead_units"):
        context.wrong(row, "contacts", "有沟通记录就要写主办单位", "talks need the lead unit")
    _check_ratings(context, row, "ratings", days["replied_on"], dealt)
    _check_ratings(context, row, "again_ratings", days["again_on"], dealt)
    _check_promises(context, row, days["replied_on"], dealt)


def _check_ratings(
    context: RowContext, row: Row, column: str, replied: dt.date | None, dealt: Handling
) -> None:
    for judged in dealt.judged[column]:
        if replied is None:
            context.wrong(row, column, "有评价就要有答复日期", "a rating needs the reply's date")
        elif judged.on and not replied <= judged.on <= context.today:
            context.wrong(
                row,
                column,
                "评价要在答复以后、今天以前",
                "a rating lies between the reply and today",
            )


def _check_promises(
    context: RowContext, row: Row, replied: dt.date | None, dealt: Handling
) -> None:
    for promise in dealt.promises:
        if replied is None:
            context.wrong(
                row, "promises", "有承诺就要有答复日期", "a promise needs the reply's date"
            )
        elif promise.due_on < replied:
            context.wrong(
                row, "promises", "承诺日期早于答复日期", "the promised date is before the reply"
            )
        elif promise.done_on and not replied <= promise.done_on <= context.today:
            context.wrong(
                row,
                "promises",
                "完成日期要在答复以后、今天以前",
                "done lies between the reply and today",
            )
