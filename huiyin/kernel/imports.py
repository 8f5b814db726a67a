"""What every import from a spreadsheet shares: rows read with what is wrong, and a file held between dry run and import.

A file may hold more than is ever read from it, names and numbers of callers: it is kept encrypted, and not for long.
"""

import base64
import datetime as dt
import json
import secrets
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Generic, TypeVar

from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection, connections, transaction
from django.db.models import Model, TextChoices
from django.db.models.fields.files import FieldFile
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy

from huiyin.kernel import crypto, jobs, spreadsheets
from huiyin.kernel.spreadsheets import Columns, Problem, Row, SpreadsheetError, Table
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible

HELD_FOR = 3600
PROMISED_FOR = 24 * 3600  # once confirmed, until a worker is there again
CONTEXT = "kernel.imports.held"
STORED_FOR = dt.timedelta(days=1)
STORED = "kernel.imports.stored"
Item = TypeVar("Item")


class Failure(TextChoices):
    """Why the worker brought nothing in: kept as a code, said in the reader's language."""

    UNREADABLE = "unreadable", gettext_lazy("这个文件读不了了，请再上传一次。")
    ROWS = "rows", gettext_lazy("文件有问题，请再上传一次，看看是哪些行。")
    GONE = "gone", gettext_lazy("文件放得太久，已经删除，请再选一次。")
    BROKEN = "broken", gettext_lazy("系统出了错，已经记入日志；请告诉管理员，过后再上传一次。")

    @classmethod
    def of(cls, error: Exception) -> "Failure":
        if isinstance(error, SpreadsheetError):
            return cls.UNREADABLE
        return cls.ROWS if isinstance(error, NotPossible) else cls.BROKEN


@dataclass(frozen=True)
class Plan(Generic[Item]):
    """What an import would do: one item a good row, and everything that is wrong with the others."""

    table: Table
    columns: Columns
    items: list[Item]
    problems: list[Problem]
    notes: list[str] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """All or nothing: one problem and nothing is imported."""
        return not self.problems and bool(self.items)

    def lines(self, most: int = 20) -> list[tuple[int, str, str]]:
        """The first problems in the reader's language: row, column, words."""
        language = get_language() or "zh"
        return [(p.row, p.column, p.text(language)) for p in self.problems[:most]]

    def errors_workbook(self) -> bytes:
        return spreadsheets.errors_workbook(
            self.table, self.problems, language=get_language() or "zh"
        )


class RowReader:
    """Takes typed values from the rows of a table and notes what is wrong with them."""

    def __init__(
        self,
        table: Table,
        columns: Columns,
        labels: Mapping[str, str | Promise] = MappingProxyType({}),
    ) -> None:
        self.table, self.columns, self.labels = table, columns, labels
        self.problems = list(table.problems)
        self._wrong_rows = {problem.row for problem in self.problems}

    def is_good(self, row: Row) -> bool:
        return row.number not in self._wrong_rows

    def wrong(self, row: Row, name: str, message_zh: str, message_en: str) -> None:
        self.problems.append(Problem(row.number, self.header(name), message_zh, message_en))
        self._wrong_rows.add(row.number)

    def header(self, name: str) -> str:
        """The column as the file calls it, else by our label."""
        at = self.columns.index.get(name)
        return self.table.headers[at] if at is not None else str(self.labels.get(name, ""))

    def text(self, row: Row, name: str, *, longest: int, required: bool = False) -> str:
        value = self.columns.value(row, name).strip()
        if required and not value:
            self.wrong(row, name, "没有填", "is missing")
        if len(value) > longest:
            self.wrong(row, name, f"最多 {longest} 个字", f"at most {longest} characters")
        return value

    def day(self, row: Row, name: str) -> dt.date | None:
        value = self.columns.value(row, name).strip()
        day = spreadsheets.to_date(value)
        if value and day is None:
            self.wrong(row, name, "日期写法不认识，例如 2026-03-05", "is no date, e.g. 2026-03-05")
        return day

    def number(self, row: Row, name: str, *, least: float, most: float) -> float | None:
        value = self.columns.value(row, name).strip()
        if not value:
            return None
        try:
            number = float(value)
        except ValueError:
            number = least - 1
        if not least <= number <= most:
            self.wrong(
                row, name, f"应该在 {least} 到 {most} 之间", f"must be between {least} and {most}"
            )
            return None
        return number

    def choice(self, row: Row, name: str, words: Mapping[str, str], default: str = "") -> str:
        """The value behind the word that stands there; `words` maps words to values."""
        word = self.columns.value(row, name).strip()
        if not word:
            return default
        if word not in words:
            known = "、".join(words)
            self.wrong(row, name, f"只能填：{known}", f"must be one of: {known}")
        return words.get(word, default)

    def twice(self, rows: Iterable[tuple[Row, str]], name: str) -> None:
        """Every later row that repeats an earlier one's value."""
        first: dict[str, int] = {}
        for row, value in rows:
            if not value:
                continue
            if value in first:
                self.wrong(
                    row,
                    name,
                    f"和第 {first[value]} 行重复",
                    f"is the same as in row {first[value]}",
                )
            first.setdefault(value, row.number)


@dataclass(frozen=True)
class Job:
    """How far the worker has come with a held file."""

    state: str  # waiting, running, done or failed
    done: int = 0
    of: int = 0

    @property
    def is_finished(self) -> bool:
        return self.state in {"done", "failed"}


Tell = Callable[[int, int], None]  # how many rows are written, of how many


@dataclass(frozen=True)
class Held:
    content: bytes
    name: str


def hold(content: bytes, name: str, *, owner: int) -> str:
    """Keep an uploaded file for an hour, encrypted, for this person only; the answer opens it."""
    token = secrets.token_urlsafe(18)
    text = json.dumps({"name": name, "content": base64.b64encode(content).decode()})
    sealed = base64.b64encode(crypto.encrypt(text, CONTEXT)).decode()
    cache.set(_key(token, owner), sealed, timeout=HELD_FOR)
    return token


def held(token: str, *, owner: int) -> Held | None:
    sealed = cache.get(_key(token, owner))
    if sealed is None:
        return None
    kept = json.loads(crypto.decrypt(base64.b64decode(sealed), CONTEXT))
    return Held(base64.b64decode(kept["content"]), kept["name"])


def let_go(token: str, *, owner: int) -> None:
    cache.delete(_key(token, owner))


def begin(token: str, *, owner: int, of: int) -> bool:
    """Whether this is the first press of the button; the second finds the job under way."""
    cache.touch(_key(token, owner), timeout=PROMISED_FOR)
    return bool(cache.add(_key(token, owner, "job"), Job("waiting", 0, of), timeout=PROMISED_FOR))


def job(token: str, *, owner: int) -> Job | None:
    found: Job | None = cache.get(_key(token, owner, "job"))
    return found


def work(token: str, *, owner: int, write: Callable[[Held, Tell], int]) -> None:
    """Let the worker write a held file; how far it came and how it ended stays to be read for a day.

    What was written and the note that it is are one transaction: a job that begins again finds it.
    """
    known = job(token, owner=owner) or Job("running")
    if known.state == "waiting":
        _note(token, owner, Job("running", 0, known.of))
    try:
        _write_once(token, owner, write)
    except jobs.LOST:
        raise  # it begins again
    except Exception:
        fail(token, owner=owner)
        raise
    let_go(token, owner=owner)


def fail(token: str, *, owner: int) -> None:
    _note(token, owner, Job("failed"))


@transaction.atomic
def _write_once(token: str, owner: int, write: Callable[[Held, Tell], int]) -> None:
    with connection.cursor() as cursor:  # another worker may still be at it
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [_key(token, owner)])
    if (job(token, owner=owner) or Job("running")).is_finished:
        return
    kept = held(token, owner=owner)
    if kept is None:
        raise NotPossible(_("文件放得太久，已经删除，请再选一次。"))
    n = write(kept, lambda done, of: _note_beside(token, owner, Job("running", done, of)))
    _note(token, owner, Job("done", n, n))


def stored(content: bytes) -> "ContentFile[bytes]":
    """A file that lies beside the database until it is taken in: encrypted, its name tells nothing."""
    sealed = crypto.encrypt(base64.b64encode(content).decode(), STORED)
    return ContentFile(sealed, "import.sealed")


def opened(file: FieldFile) -> bytes:
    """What a stored file holds. Raises SpreadsheetError when it is deleted or was never sealed."""
    try:
        with file.open("rb") as sealed:
            return base64.b64decode(crypto.decrypt(sealed.read(), STORED))
    except (ValueError, OSError, crypto.CryptoError) as error:
        raise SpreadsheetError(
            "文件放得太久，已经删除，请再选一次。",
            "The file was kept too long and is deleted; please choose it again.",
        ) from error


def of_read_columns(table: Table, columns: Columns) -> Table:
    """What may be handed back: the other columns may name whoever called."""
    read = sorted(columns.index.values())
    headers = tuple(table.headers[at] for at in read)
    rows = [Row(row.number, tuple(row.cells[at] for at in read)) for row in table.rows]
    return Table(headers, rows)


def note_beside(row: Model, **values: int) -> None:
    """Progress of a stored file, past the transaction of its import, whose own changes nobody sees."""
    columns = ", ".join(f"{connection.ops.quote_name(name)} = %s" for name in values)
    table = connection.ops.quote_name(row._meta.db_table)
    beside = connection.copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET {columns} WHERE id = %s",  # noqa: S608  our own tables' names
                [*values.values(), row.pk],
            )
    finally:
        beside.close()


def _note(token: str, owner: int, found: Job) -> None:
    cache.set(_key(token, owner, "job"), found, timeout=PROMISED_FOR)


def _note_beside(token: str, owner: int, found: Job) -> None:
    """By a connection of its own: what the import's transaction writes nobody sees until it ends."""

    def note() -> None:
        try:
            _note(token, owner, found)
        finally:
            connections.close_all()

    beside = threading.Thread(target=note)
    beside.start()
    beside.join()


def _key(token: str, owner: int, kind: str = "held") -> str:
    return f"{kind}:{owner}:{crypto.blind_index(token, 'held')[:40]}"
