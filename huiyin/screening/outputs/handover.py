"""One workbook for each constituency, with what a person there must decide and a column to decide in."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from heapq import merge
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.engines import Engine
from huiyin.screening.outputs.sheets import (
    PLAIN,
    TO_FILL,
    WRAPPED,
    Column,
    Sheet,
    cut_out,
    rows_of,
    write_workbook,
)
from huiyin.screening.wrong.findings import masked

HOW: Final = "说明 How to"
SUSPECTS: Final = "疑似重登 Suspect doubles"
WRONG: Final = "待核实 To be checked"
KEEP, STRIKE, NOT_ONE, LATER = "同一人，保留此条", "同一人，除名此条", "不是同一人", "待查"
CORRECTED, RIGHT, REMOVE = "已更正", "登记无误", "应除名"
# A drop-down list takes its choices apart at plain commas; these are Chinese ones.
OF_SUSPECTS: Final = (KEEP, STRIKE, NOT_ONE, LATER)
OF_WRONG: Final = (CORRECTED, RIGHT, REMOVE, LATER)
DECISION: Final = "处理决定 Decision"
NOTE: Final = "更正内容或说明 Correction or note"
CLERK: Final = "经办人 Clerk"
CLUSTER: Final = "组号 Group"
RECORD: Final = "登记编号 Registration"
CODE: Final = "代码 Code"

PERSON: Final = (
    Column("姓名 Name", 14, WRAPPED),
    Column("性别 Sex", 6),
    Column("出生日期 Birth date", 12),
    Column("身份证号 Identity number", 21),
    Column("住址 Address", 34, WRAPPED),
    Column("选区 Constituency", 16, WRAPPED),
    Column("登记地 Place", 12, WRAPPED),
)
TO_DECIDE: Final = (Column(NOTE, 24, TO_FILL), Column(CLERK, 10, TO_FILL))
SUSPECT_COLUMNS: Final = (
    Column(CLUSTER, 15),
    Column(RECORD, 15),
    *PERSON,
    Column("疑点 Why", 52, WRAPPED),
    Column(DECISION, 18, TO_FILL, OF_SUSPECTS),
    *TO_DECIDE,
)
WRONG_COLUMNS: Final = (
    Column(RECORD, 15),
    Column(CODE, 7),
    *PERSON,
    Column("问题 What is wrong", 52, WRAPPED),
    Column(DECISION, 14, TO_FILL, OF_WRONG),
    *TO_DECIDE,
)
SHOWN: Final = (
    f"r.name, r.sex, r.birth_date, {masked('r.number')} AS number, coalesce(r.current_address, r.address) AS address, "
    "r.constituency, coalesce(r.unit, r.place_kind) AS registered_at"
)
EMPTY: Final = "'' AS decision, '' AS note, '' AS clerk"
ROWS: Final = 10_000  # that are made into the text of sheets at a time
PLACES: Final = "SELECT DISTINCT coalesce(constituency, '') AS place FROM records"
# A group stands in the work list of every constituency that has somebody of it.
SUSPECT_ROWS: Final = (
    "SELECT k.place, c.cluster_id, c.record_id, "
    f"{SHOWN}, split_part(c.explanation, ' / ', 1) AS why, {EMPTY} FROM clusters AS c "
    "JOIN (SELECT DISTINCT s.cluster_id, coalesce(q.constituency, '') AS place FROM clusters AS s "
    "JOIN records AS q ON q.record_id = s.record_id WHERE s.cluster_id IN "
    "(SELECT cluster_id FROM clusters WHERE certainty = 'suspect')) AS k ON k.cluster_id = c.cluster_id "
    "JOIN records AS r ON r.record_id = c.record_id ORDER BY k.place, c.cluster_id, c.record_id"
)
ONE_NUMBER: Final = "E21"  # of two people, who are in no group of doubles together
WRONG_ROWS: Final = (
    f"SELECT coalesce(r.constituency, '') AS place, f.record_id, f.code, {SHOWN}, f.explanation_zh AS why, {EMPTY} "
    "FROM findings AS f JOIN records AS r ON r.record_id = f.record_id WHERE (f.category = 'wrong' "
    f"OR f.code = '{ONE_NUMBER}' AND f.record_id NOT IN (SELECT record_id FROM clusters)) "
    "AND f.list = 'registrations' AND f.severity <> 'I' ORDER BY place, f.record_id, f.code, why"
)
UNSAFE: Final = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
LONGEST_NAME: Final = 60  # characters, so that the name fits every file system in UTF-8
NOWHERE: Final = "未分选区"
HOW_TO: Final = (
    ("", "请先看", "Read first"),
    ("1", f"“{SUSPECTS}”：同一组号的几行像是同一个人。请核对后，在每一行的“处理决定”里选择：保留哪一条、除名哪一条，或不是同一人。", "Rows of one group look like one person. Decide for each row: keep it, strike it, or not the same person."),
    ("2", f"“{WRONG}”：登记内容可能有错。核对后选“{CORRECTED}”（并写明更正内容）、“{RIGHT}”或“{REMOVE}”。", "Something in the registration may be wrong. Choose corrected (and write what), right as it is, or to be removed."),
    ("3", f"一时查不清的选“{LATER}”，或先空着；空着的行不会被处理。", "What cannot be settled now is left open: choose later, or leave it empty."),
    ("4", "请不要改动组号、登记编号、代码三列；可以排序、筛选、打印。", "Do not change the columns group, registration and code. Sorting, filtering and printing are fine."),
    ("5", "填好后把文件交回，用 huiyin screen-decisions 读入；重复读入不会重复处理，几处说法不一致的会列出来。", "Hand the file back; it is read by huiyin screen-decisions. Reading twice changes nothing; contradictions are listed."),
    ("6", "身份证号已隐去中间几位。此文件含个人信息，只在选区内部使用，用后请销毁。", "Numbers are masked. The file holds personal information: use it within the constituency only and destroy it afterwards."),
)  # fmt: skip


def write(engine: Engine, directory: Path) -> None:
    """`<constituency>.xlsx` each; constituencies with nothing to decide get none.

    One constituency after the other, so that a whole city's work lists need no memory.
    """
    directory.mkdir()
    names = file_names(sorted(engine.query(PLACES)["place"].to_pylist()))
    lists = (
        _sheets(engine, SUSPECTS, SUSPECT_ROWS, SUSPECT_COLUMNS),
        _sheets(engine, WRONG, WRONG_ROWS, WRONG_COLUMNS),
    )
    for place, found in groupby(merge(*lists, key=_place), key=_place):
        sheets = [_how_to(place), *(sheet for _, sheet in found)]
        write_workbook(directory / f"{names[place]}.xlsx", sheets)


def _place(found: tuple[str, Sheet]) -> str:
    return found[0]


def _sheets(
    engine: Engine, name: str, sql: str, columns: tuple[Column, ...]
) -> Iterator[tuple[str, Sheet]]:
    """A sheet for each constituency, in their order."""
    for place, parts in groupby(_parts(engine, sql, columns), key=itemgetter(0)):
        rows = [part[1:] for part in parts]
        count = sum(stop - start for _, start, stop in rows)
        yield place, Sheet(name, columns, b"".join(cut_out(*part) for part in rows), count)


def _parts(
    engine: Engine, sql: str, columns: tuple[Column, ...]
) -> Iterator[tuple[str, pa.LargeStringArray, int, int]]:
    """Rows of one constituency that came together: the rows of all, from where and to where."""
    for batch in engine.batches(sql):
        for first in range(0, batch.num_rows, ROWS):
            piece = batch.slice(first, ROWS)
            rows = rows_of(pa.table(piece).drop_columns(["place"]), columns)
            for place, start, stop in _runs(piece["place"]):
                yield place, rows, start, stop


def _runs(sorted_places: pa.Array) -> Iterator[tuple[str, int, int]]:
    if not len(sorted_places):
        return
    runs = pc.run_end_encode(sorted_places)
    start = 0
    for place, stop in zip(runs.values.to_pylist(), runs.run_ends.to_pylist(), strict=True):
        yield place, start, stop
        start = stop


def _how_to(place: str) -> Sheet:
    """The same for all but for its title."""
    return replace(_instructions(), titles=(f"{place or NOWHERE} 名册核对 Roll check",))


@cache
def _instructions() -> Sheet:
    columns = (Column("", 5), Column("", 90, WRAPPED), Column("", 70, WRAPPED))
    texts = [list(column) for column in zip(*HOW_TO, strict=True)]
    table = pa.table({str(at): pa.array(column, pa.string()) for at, column in enumerate(texts)})
    rows = rows_of(table, (Column("", 5, PLAIN), *columns[1:]))
    return Sheet(HOW, columns, cut_out(rows, 0, len(rows)), len(rows))


def file_names(places: list[str]) -> dict[str, str]:
    """A name for each constituency that any system can store, and no two alike."""
    names = {place: _safe(place) for place in places}
    alike: dict[str, list[str]] = defaultdict(list)
    for place, name in names.items():
        alike[name.casefold()].append(place)
    for same in alike.values():
        if len(same) > 1:
            names |= {place: f"{names[place]}-{_short_hash(place)}" for place in same}
    return names


def _safe(place: str) -> str:
    name = UNSAFE.sub("_", place).strip(" .")[:LONGEST_NAME].strip(" .")
    return name or NOWHERE


def _short_hash(place: str) -> str:
    return hashlib.sha256(place.encode()).hexdigest()[:6]
