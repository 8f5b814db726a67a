"""Decisions read back from the workbooks: each applied once, however often it is read; contradictions shown."""

import csv
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from pyarrow import parquet
from python_calamine import CalamineError, CalamineWorkbook

from huiyin.kernel.spreadsheets import neutralised
from huiyin.kernel.spreadsheets.cells import FORMULA_STARTS
from huiyin.screening.lists.sheets import refuse_far_cells
from huiyin.screening.mistakes import BadInput
from huiyin.screening.outputs import handover

LEDGER: Final = "decisions.csv"
DECIDED: Final = "decided.csv"
CONFLICTS: Final = "conflicts.csv"
# What each decision means for the registration; a question put off means nothing yet.
ACTIONS: Final = {
    handover.KEEP: "keep",
    handover.STRIKE: "strike",
    handover.NOT_ONE: "keep",
    handover.CORRECTED: "correct",
    handover.RIGHT: "keep",
    handover.REMOVE: "strike",
}
CHOICES: Final = {"suspect": handover.OF_SUSPECTS, "wrong": handover.OF_WRONG}
SHEETS: Final = {
    handover.SUSPECTS: ("suspect", handover.CLUSTER),
    handover.WRONG: ("wrong", handover.CODE),
}


@dataclass(frozen=True, order=True)
class Decision:
    """One filled cell of the column of decisions. `about` is a group of doubles or a code of error."""

    kind: str
    record_id: str
    about: str
    file: str
    decision: str
    note: str
    clerk: str

    @property
    def matter(self) -> tuple[str, str, str]:
        return self.kind, self.record_id, self.about


@dataclass(frozen=True, order=True)
class Conflict:
    """What cannot be applied, and why, in both languages."""

    record_id: str
    about: str
    files: str
    zh: str
    en: str


@dataclass(frozen=True)
class Outcome:
    new: int  # decisions not read before
    changed: int  # read before from the same file with another decision
    known: int  # read before, the same
    open_: int  # rows without a decision, or put off
    decided: int  # registrations with something to do
    conflicts: tuple[Conflict, ...]


def apply(directory: Path, workbooks: Path | None = None) -> Outcome:
    """Read the workbooks of a screening and keep `decisions.csv`, `decided.csv` and `conflicts.csv` beside it."""
    matters = _matters(directory)
    read, unusable, open_ = _read_all(workbooks or directory / "handover", matters)
    before = {(one.matter, one.file): one for one in _ledger(directory / LEDGER)}
    now = before | {(one.matter, one.file): one for one in read}
    ledger = sorted(now.values())
    conflicts = sorted({*unusable, *_conflicts(ledger)})
    settled = _settled(ledger, conflicts)
    _write(directory / LEDGER, Decision, ledger)
    _write(directory / CONFLICTS, Conflict, conflicts)
    _write_decided(directory / DECIDED, settled)
    old = [before.get((one.matter, one.file)) for one in read]
    return Outcome(
        new=sum(found is None for found in old),
        changed=sum(
            found is not None and found != one for one, found in zip(read, old, strict=True)
        ),
        known=sum(found == one for one, found in zip(read, old, strict=True)),
        open_=open_,
        decided=len(settled),
        conflicts=tuple(conflicts),
    )


# What was asked ----------------------------------------------------------------------------------


def _matters(directory: Path) -> set[tuple[str, str, str]]:
    """Everything this screening asks a person; a workbook of another one is told apart by it."""
    asked = {("wrong", row["record_id"], row["code"]) for row in _rows(directory / "wrong.csv")}
    findings = parquet.read_table(
        directory / "findings.parquet",
        columns=["record_id"],
        filters=[("code", "=", handover.ONE_NUMBER)],
    )
    asked |= {("wrong", one, handover.ONE_NUMBER) for one in findings["record_id"].to_pylist()}
    return asked | {
        ("suspect", row["record_id"], row["cluster_id"])
        for row in _rows(directory / "duplicates.csv")
    }


def _rows(path: Path) -> Iterator[dict[str, str]]:
    if not path.exists():
        raise BadInput(
            "这里没有筛查结果。请指明 huiyin screen --out 所写的文件夹。",
            "There are no results of a screening here. Name the folder that huiyin screen --out wrote.",
            file=str(path),
        )
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: _unwrapped(value or "") for name, value in row.items()}


def _unwrapped(cell: str) -> str:
    """Without the apostrophe that keeps a text from being run as a formula."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in FORMULA_STARTS else cell


# Reading -----------------------------------------------------------------------------------------


def _read_all(
    folder: Path, matters: set[tuple[str, str, str]]
) -> tuple[list[Decision], list[Conflict], int]:
    read, unusable, open_ = [], [], 0
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith("~$"):  # Excel's own mark that somebody has the file open
            continue
        for one in _of_workbook(path):
            if one.decision in ("", handover.LATER):
                open_ += 1
            elif problem := _problem(one, matters):
                unusable.append(problem)
            else:
                read.append(one)
    return read, unusable, open_


def _of_workbook(path: Path) -> Iterator[Decision]:
    refuse_far_cells(path)
    try:
        workbook = CalamineWorkbook.from_path(str(path))
        for name in workbook.sheet_names:
            if name in SHEETS:
                yield from _of_sheet(path, name, workbook.get_sheet_by_name(name).to_python())
    except (CalamineError, OSError, ValueError) as error:
        raise BadInput(
            "打不开这个文件，请确认它是完好的 xlsx。",
            "This file does not open; make sure it is a sound xlsx.",
            file=str(path),
        ) from error


def _of_sheet(path: Path, sheet: str, lines: Sequence[Sequence[object]]) -> Iterator[Decision]:
    kind, about = SHEETS[sheet]
    headings = [_text(cell) for cell in lines[0]] if lines else []
    wanted = (handover.RECORD, about, handover.DECISION, handover.NOTE, handover.CLERK)
    for heading in wanted[:3]:
        if heading not in headings:
            raise BadInput(
                f"工作表“{sheet}”没有“{heading}”一列，请不要改动表头。",
                f"The sheet “{sheet}” has no column “{heading}”; please do not change the headings.",
                file=str(path),
            )
    places = [headings.index(name) if name in headings else None for name in wanted]
    for line in lines[1:]:
        record_id, matter, decision, note, clerk = (
            _text(line[at]) if at is not None and at < len(line) else "" for at in places
        )
        if record_id:
            yield Decision(kind, record_id, matter, path.name, decision, note, clerk)


def _text(cell: object) -> str:
    """Excel makes numbers of ids when a row was typed anew."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()


def _problem(one: Decision, matters: set[tuple[str, str, str]]) -> Conflict | None:
    if one.matter not in matters:
        return Conflict(
            one.record_id,
            one.about,
            one.file,
            "本次筛查没有这一项，文件可能属于另一次筛查",
            "this screening did not ask this; the file may be of another one",
        )
    if one.decision not in CHOICES[one.kind]:
        return Conflict(
            one.record_id,
            one.about,
            one.file,
            f"“{one.decision}”不在可选的决定里",
            f"“{one.decision}” is none of the choices",
        )
    return None


def _ledger(path: Path) -> Iterator[Decision]:
    if path.exists():
        for row in _rows(path):
            yield Decision(**{field.name: row[field.name] for field in fields(Decision)})


# Contradictions ----------------------------------------------------------------------------------


def _conflicts(ledger: Iterable[Decision]) -> Iterator[Conflict]:
    by_matter: dict[tuple[str, str, str], list[Decision]] = defaultdict(list)
    by_record: dict[str, list[Decision]] = defaultdict(list)
    by_group: dict[str, list[Decision]] = defaultdict(list)
    for one in ledger:
        by_matter[one.matter].append(one)
        by_record[one.record_id].append(one)
        if one.kind == "suspect":
            by_group[one.about].append(one)
    for same in by_matter.values():
        yield from _if(
            len({one.decision for one in same}) > 1,
            same,
            "几处的决定不一致",
            "decided differently in several places",
        )
    for same in by_record.values():
        actions = {ACTIONS[one.decision] for one in same}
        yield from _if(
            "strike" in actions and len(actions) > 1,
            same,
            "一处说除名，另一处说保留",
            "struck in one place and kept in another",
        )
    for group in by_group.values():
        yield from _of_group(group)


def _of_group(group: list[Decision]) -> Iterator[Conflict]:
    chosen = {one.decision for one in group}
    one_person = chosen & {handover.KEEP, handover.STRIKE}
    yield from _if(
        bool(one_person) and handover.NOT_ONE in chosen and len({one.record_id for one in group}) == 2,
        group, "同一组里有的说是同一人，有的说不是", "one person for some rows of the group and not for others",
    )  # fmt: skip
    yield from _if(
        chosen == {handover.STRIKE} and len({one.record_id for one in group}) > 1,
        group, "整组都被除名，没有保留一条", "the whole group was struck and nothing kept",
    )  # fmt: skip


def _if(holds: bool, ones: list[Decision], zh: str, en: str) -> Iterator[Conflict]:
    if holds:
        files = "、".join(sorted({one.file for one in ones}))
        yield from (Conflict(one.record_id, one.about, files, zh, en) for one in ones)


def _settled(
    ledger: Iterable[Decision], conflicts: Iterable[Conflict]
) -> Mapping[str, list[Decision]]:
    """Registrations with decisions that nothing speaks against."""
    disputed = {conflict.record_id for conflict in conflicts}
    settled: dict[str, list[Decision]] = defaultdict(list)
    for one in ledger:
        if one.record_id not in disputed:
            settled[one.record_id].append(one)
    return settled


# Writing -----------------------------------------------------------------------------------------


def _write(path: Path, kind: type, rows: Iterable[object]) -> None:
    names = [field.name for field in fields(kind)]
    _write_csv(path, names, ([getattr(row, name) for name in names] for row in rows))


def _write_decided(path: Path, settled: Mapping[str, list[Decision]]) -> None:
    """One line for each registration: strike beats correct beats keep."""
    order = ("strike", "correct", "keep")
    lines = []
    for record_id, ones in sorted(settled.items()):
        action = min((ACTIONS[one.decision] for one in ones), key=order.index)
        notes = "；".join(dict.fromkeys(one.note for one in ones if one.note))
        lines.append(
            [record_id, action, "、".join(dict.fromkeys(one.about for one in ones)), notes]
        )
    _write_csv(path, ["record_id", "action", "because", "note"], lines)


def _write_csv(path: Path, headings: list[str], rows: Iterable[list[str]]) -> None:
    """Whole or not at all."""
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        writer.writerows([neutralised(cell) for cell in row] for row in rows)
    os.replace(part, path)
