"""Messages read from a spreadsheet as other platforms export it, and clusters written to a csv."""

import csv
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import Columns, SpreadsheetError, Table
from huiyin.texts.clusters import Cluster, Message

FIELDS = {
    "id": ("编号", "留言编号"),
    "title": ("标题", "主题", "留言主题"),
    "text": ("正文", "内容", "留言详情"),
    "time": ("时间", "留言时间"),
    "place": ("地点", "地址"),
}


def read_messages(path: Path) -> list[Message]:
    """All messages of a table with a column id and a column title or text, and time and place if given."""
    table = spreadsheets.read(path.read_bytes(), path.name)
    columns = spreadsheets.map_columns(table.headers, FIELDS)
    _check_columns(table, columns)
    _check_rows(table, columns)
    return list(_messages(table, columns))


def write_clusters(path: Path, messages: Iterable[Message], clusters: Iterable[Cluster]) -> None:
    """One row (id, cluster) per message in the order given; a cluster bears the id of its first member.

    The file appears whole or not at all.
    """
    names = {key: cluster.keys[0] for cluster in clusters for key in cluster.keys}
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", newline="", dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(["id", "cluster"])
            writer.writerows([message.key, names[message.key]] for message in messages)
            file.flush()
            os.fsync(file.fileno())
            _publish(Path(file.name), path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise


def _publish(finished: Path, path: Path) -> None:
    mask = os.umask(0)
    os.umask(mask)
    finished.chmod(0o666 & ~mask)  # temporary files are private; the result is an ordinary file
    finished.replace(path)


def _messages(table: Table, columns: Columns) -> Iterator[Message]:
    for row in table.rows:
        key, title, text, time, place = (columns.value(row, field) for field in FIELDS)
        yield Message(key, title, text, spreadsheets.to_datetime(time), place)


def _check_columns(table: Table, columns: Columns) -> None:
    found = ", ".join(table.headers)[:200]
    if "id" in columns.missing:
        raise _no_column("“id”", "id", found)
    if {"title", "text"} <= set(columns.missing):
        raise _no_column("“title”（标题）或“text”（正文）", "title or text", found)


def _no_column(chinese: str, english: str, found: str) -> SpreadsheetError:
    return SpreadsheetError(
        f"缺少列{chinese}，现有列：{found}。请把表头改成 id,title,text,time。",
        f"There is no column {english}, only: {found}. The headers must be id,title,text,time.",
    )


def _check_rows(table: Table, columns: Columns) -> None:
    key_header = table.headers[columns.index["id"]]
    for problem in table.problems:
        # A text cut short or too long can still be compared; a shifted row or a damaged id cannot.
        if problem.column in ("", key_header):
            raise _in_row(problem.row, problem.column, problem.message_zh, problem.message_en)
    seen: dict[str, int] = {}
    for row in table.rows:
        _check_key(row.number, columns.value(row, "id"), key_header, seen)


def _check_key(number: int, key: str, header: str, seen: dict[str, int]) -> None:
    if not key:
        raise _in_row(
            number,
            header,
            "是空的。请填上编号，或删掉这一行。",
            "is empty. Give the row an id or delete it.",
        )
    if key in seen:
        raise _in_row(
            number,
            header,
            f"编号 {key} 与第 {seen[key]} 行重复。请改成不同的编号，或删掉一行。",
            f"{key} is already in row {seen[key]}. Change one of them or delete a row.",
        )
    seen[key] = number


def _in_row(number: int, column: str, chinese: str, english: str) -> SpreadsheetError:
    return SpreadsheetError(
        f"第 {number} 行 {column} 列：{chinese}" if column else f"第 {number} 行：{chinese}",
        f"Row {number}, column {column}: {english}" if column else f"Row {number}: {english}",
        row=number,
        column=column,
    )
