"""Messages read from a csv file as other platforms export it, and clusters written to one."""

import csv
import datetime as dt
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from huiyin.texts.clusters import Cluster, Message

ENCODINGS = ("utf-8-sig", "gb18030")
LONGEST_FIELD = 20_000_000
_TIMES = (
    "%Y/%m/%d %H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y/%m/%d %H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d",
    "%Y-%m-%d",
)


class UnreadableFile(Exception):
    """The file cannot be used as it is; says where and what to do, in Chinese and in English."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")


def read_messages(path: Path) -> list[Message]:
    """All messages of a csv with the columns id, title, text and, where given, time and place."""
    lines = _decoded(path).splitlines(keepends=True)
    try:
        return list(_messages(path, csv.reader(lines)))
    except csv.Error as error:
        raise UnreadableFile(
            f"{path}：不是完整的 csv 表格（{error}）。请在电子表格软件里打开，另存为“CSV UTF-8”后再试。",
            f"{path}: not a whole csv table ({error}). Open it in a spreadsheet program and save it as CSV UTF-8.",
        ) from error


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


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFile(
        f"{path}：文字编码不是 UTF-8，也不是 GB18030（GBK）。请另存为“CSV UTF-8”后再试。",
        f"{path}: the text is neither UTF-8 nor GB18030 (GBK). Save it as CSV UTF-8 and try again.",
    )


def _messages(path: Path, table: Iterator[list[str]]) -> Iterator[Message]:
    csv.field_size_limit(LONGEST_FIELD)
    columns = _columns(path, next(table, []))
    seen: dict[str, int] = {}
    for number, cells in enumerate(table, start=2):
        if any(cell.strip() for cell in cells):
            row = {
                name: cells[place].strip() for name, place in columns.items() if place < len(cells)
            }
            _check_key(path, number, row.get("id", ""), seen)
            yield Message(
                row["id"],
                row.get("title", ""),
                row.get("text", ""),
                _moment(row),
                row.get("place", ""),
            )


def _columns(path: Path, header: list[str]) -> dict[str, int]:
    columns = {name.strip().casefold(): place for place, name in enumerate(header)}
    if "id" not in columns:
        raise _missing(path, header, "“id”", "id")
    if not {"title", "text"} & columns.keys():
        raise _missing(path, header, "“title”（标题）或“text”（正文）", "title or text")
    return columns


def _missing(path: Path, header: list[str], chinese: str, english: str) -> UnreadableFile:
    found = ", ".join(header)[:200] or "-"
    return UnreadableFile(
        f"{path} 第 1 行：缺少列{chinese}（现有列：{found}）。请把第一行改成列名：id,title,text,time。",
        f"{path}, row 1: no column {english} (found: {found}). The first row must name the columns: id,title,text,time.",
    )


def _check_key(path: Path, number: int, key: str, seen: dict[str, int]) -> None:
    if not key:
        raise UnreadableFile(
            f"{path} 第 {number} 行 id 列：是空的。请给这一行填上编号，或删掉这一行。",
            f"{path}, row {number}, column id: empty. Give the row a number or delete it.",
        )
    if key in seen:
        raise UnreadableFile(
            f"{path} 第 {number} 行 id 列：编号 {key} 与第 {seen[key]} 行重复。请改成不同的编号，或删掉一行。",
            f"{path}, row {number}, column id: {key} is already in row {seen[key]}. Change one or delete one.",
        )
    seen[key] = number


def _moment(row: dict[str, str]) -> dt.datetime | None:
    """The time of a message if it can be read; clustering does without."""
    for form in _TIMES:
        try:
            return dt.datetime.strptime(row.get("time", ""), form)  # noqa: DTZ007 -- local time without a zone
        except ValueError:
            continue
    return None
