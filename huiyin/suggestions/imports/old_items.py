"""A file of old items: tried as often as a person likes, then taken in whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Q

from huiyin.congress.models import Congress
from huiyin.kernel import clock, jobs, spreadsheets
from huiyin.kernel.imports import Failure, RowReader, opened
from huiyin.kernel.spreadsheets import Columns, Problem, Row, Table
from huiyin.kernel.trail import SYSTEM, HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions import actions
from huiyin.suggestions.actions.old_items import OldPaper
from huiyin.suggestions.calculations import class_parts, suggestion_number
from huiyin.suggestions.imports import columns as sheet
from huiyin.suggestions.imports.context import RowContext
from huiyin.suggestions.imports.names import Answers, Names, Question
from huiyin.suggestions.imports.rows import read_row
from huiyin.suggestions.models import NumberSeries, OldItem, OldItemFile, Suggestion, classes_in

BATCH = 500
MARKS = dict(zip("甲乙丙丁", "ABCD", strict=True))
Progress = Callable[[int, int], None]


@dataclass
class Checked:
    """What a dry run found."""

    table: Table
    columns: Columns
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    n_good: int = 0
    n_counted: int = 0
    n_open_promises: int = 0
    samples: list[OldPaper] = field(default_factory=list)

    @property
    def n_bad_rows(self) -> int:
        return len({problem.row for problem in self.problems})

    @property
    def gaps(self) -> list[str]:
        """Which figures will leave these items out, because a whole column is not there."""
        there = self.columns.index
        return [str(gap.label) for column, gap in sheet.TOLD_BY.items() if column not in there]


@dataclass
class Pass:
    """One reading of all rows, with what must not come twice."""

    congress: Congress
    table: Table
    columns: Columns
    names: Names

    def __post_init__(self) -> None:
        self.reader = RowReader(self.table, self.columns, sheet.LABELS)
        classes = class_words(self.congress)
        self.context = RowContext(self.reader, self.names, self.congress, classes)
        self._first: dict[tuple[Any, ...], int] = {}
        self._series = _live_series(self.congress)

    def papers(self) -> Iterator[OldPaper]:
        """The good ones, a batch of rows read at a time; what is wrong is in the reader."""
        for start in range(0, len(self.table.rows), BATCH):
            yield from self.batch(self.table.rows[start : start + BATCH])

    def batch(self, rows: list[Row]) -> Iterator[OldPaper]:
        read = [(row, read_row(self.context, row)) for row in rows]
        papers = [(row, paper) for row, paper in read if paper is not None]
        here = _already_here(self.congress, [paper for _row, paper in papers])
        for row, paper in papers:
            self._refuse_twice(row, paper, here)
            self._refuse_living_number(row, paper)
            if self.reader.is_good(row):
                yield paper

    def _refuse_twice(self, row: Row, paper: OldPaper, here: set[tuple[Any, ...]]) -> None:
        for column, key in _keys(paper):
            if key in here:
                words = (
                    "这一件已经在系统里，不会再导一次",
                    "is here already and does not come in again",
                )
                self.reader.wrong(row, column, *words)
            elif key in self._first:
                first = self._first[key]
                self.reader.wrong(
                    row, column, f"和第 {first} 行重复", f"is the same as in row {first}"
                )
            self._first.setdefault(key, row.number)

    def _refuse_living_number(self, row: Row, paper: OldPaper) -> None:
        """A series that still counts would come to this number one day."""
        last = self._series.get((paper.term_id, paper.session_id, paper.is_between))
        if last is None or not paper.old_number:
            return
        serial = _serial(paper, self.congress, self.names)
        if serial is not None and serial > last:
            self.reader.wrong(
                row,
                "number",
                f"这个编号系统以后还要用（现在编到 {last}）；请在编号前加“旧”字",
                f"this number is still to be given here (the last one was {last}); put 旧 before it",
            )


def check(
    table: Table,
    *,
    congress: Congress,
    mapping: Mapping[str, str] | None = None,
    answers: Answers | None = None,
) -> Checked:
    """Read every row; nothing is written."""
    columns = spreadsheets.map_columns(table.headers, sheet.fields(), mapping)
    checked = Checked(table, columns)
    missing = [
        name for name, c in sheet.COLUMNS.items() if c.is_required and name not in columns.index
    ]
    if missing:
        checked.problems = [_no_column(name) for name in missing]
        return checked
    names = Names(congress, answers or {})
    reading = Pass(congress, table, columns, names)
    for paper in reading.papers():
        checked.n_good += 1
        checked.n_counted += paper.counts
        checked.n_open_promises += sum(promise.is_open for promise in paper.promises)
        if len(checked.samples) < SAMPLES:
            checked.samples.append(paper)
    checked.problems = sorted(reading.reader.problems, key=lambda problem: problem.row)
    checked.questions = names.questions()
    return checked


def take_in(
    table: Table, *, old_file: OldItemFile, progress: Progress | None = None, by: HasActor
) -> int:
    """All rows or none. Refuses a file with any row in error."""
    columns = spreadsheets.map_columns(table.headers, sheet.fields(), old_file.mapping or None)
    with transaction.atomic():
        _hold(old_file.congress)
        names = Names(old_file.congress, old_file.answers)
        first = Pass(old_file.congress, table, columns, names)
        for _paper in first.papers():
            pass  # nothing is kept: what is wrong, and which names are of the past, is known now
        _refuse_problems(first.reader)
        names.keep_former(by=by)
        return _write(Pass(old_file.congress, table, columns, names), old_file, progress, by=by)


def _hold(congress: Congress) -> None:
    """One file of a congress at a time. Rows that only point at the congress need not wait."""
    Congress.objects.select_for_update(of=("self",), no_key=True).get(pk=congress.pk)


def _write(reading: Pass, old_file: OldItemFile, progress: Progress | None, *, by: HasActor) -> int:
    classes = classes_in(old_file.congress.region)
    rows, done = reading.table.rows, 0
    for start in range(0, len(rows), BATCH):
        papers = list(reading.batch(rows[start : start + BATCH]))
        _refuse_problems(reading.reader)
        actions.old_items.bring_in(papers, old_file=old_file, classes=classes, by=by)
        done += len(papers)
        if progress:
            progress(done, len(rows))
    return done


def dry_run(old_file: OldItemFile) -> Checked:
    """Read the file, write nothing but what was found. Raises SpreadsheetError."""
    checked = check_again(old_file)
    actions.old_items.note_file(
        old_file, n_rows=len(checked.table.rows), n_problems=len(checked.problems)
    )
    return checked


def check_again(old_file: OldItemFile) -> Checked:
    """The same without writing anything. Raises SpreadsheetError."""
    mapping, answers = old_file.mapping or None, old_file.answers
    table = read(old_file)
    return check(table, congress=old_file.congress, mapping=mapping, answers=answers)


def read(old_file: OldItemFile) -> Table:
    return spreadsheets.read(opened(old_file.file), old_file.name)


def run(old_file: OldItemFile) -> None:
    """In the worker: take the whole file in; what goes wrong is written down."""
    if old_file.is_finished:
        return  # begun again after all was done
    states = OldItemFile.State
    if old_file.state != states.RUNNING:
        actions.old_items.note_file(old_file, state=states.RUNNING, n_done=0)
    try:
        _take_in_once(old_file)
    except jobs.LOST:
        raise  # it begins again
    except Exception as error:
        actions.old_items.finish_file(old_file, state=states.FAILED, problem=Failure.of(error))
        raise
    actions.old_items.finish_file(old_file)


@transaction.atomic
def _take_in_once(old_file: OldItemFile) -> None:
    """The items and the word that they are here come together, or not at all."""
    _hold(old_file.congress)  # another worker may still be at it
    if OldItemFile.objects.get(pk=old_file.pk).is_finished:
        return
    done = take_in(
        read(old_file),
        old_file=old_file,
        progress=lambda done, _of: actions.old_items.note_progress(old_file, done),
        by=old_file.by or SYSTEM,
    )
    actions.old_items.note_file(old_file, state=OldItemFile.State.DONE, n_done=done)


def give_up(file_id: int) -> None:
    """The file ended one worker after another."""
    old_file = OldItemFile.objects.get(pk=file_id)
    if not old_file.is_finished:
        failed = OldItemFile.State.FAILED
        actions.old_items.finish_file(old_file, state=failed, problem=Failure.BROKEN)


def class_words(congress: Congress) -> dict[str, str]:
    """Every way to write a result class: its letter, its mark, its label, its words."""
    found: dict[str, str] = {}
    for meaning, label in classes_in(congress.region).items():
        mark, words = class_parts(label)
        for word in (meaning, mark, words, label):
            if word:
                found.setdefault(word.lower(), meaning)
    for mark, meaning in MARKS.items():
        found.setdefault(mark, meaning)
    return {word: meaning for word, meaning in found.items() if word}


def _refuse_problems(reader: RowReader) -> None:
    if reader.problems:
        raise NotPossible(_("文件有问题，一行也没有导入。"))


def _no_column(name: str) -> Problem:
    label = str(sheet.COLUMNS[name].label)
    return Problem(1, label, "没有这一列，请在下面选", "There is no such column; choose one below")


def _keys(paper: OldPaper) -> Iterable[tuple[str, tuple[Any, ...]]]:
    if paper.old_id:
        yield "old_id", ("id", paper.term_id, paper.session_id, paper.old_id)
    column = "number" if paper.old_number else "old_id"
    yield column, ("number", paper.number)
    if paper.motion_number:
        yield "motion_number", ("motion", paper.motion_number)


def _already_here(congress: Congress, papers: list[OldPaper]) -> set[tuple[Any, ...]]:
    """Of these numbers and ids, those that the house has: two queries a batch."""
    numbers = [paper.number for paper in papers]
    motions = [paper.motion_number for paper in papers if paper.motion_number]
    taken = Suggestion.objects.filter(
        Q(number__in=numbers) | Q(motion_number__in=motions), congress=congress
    )
    found: set[tuple[Any, ...]] = set()
    for number, motion in taken.order_by().values_list("number", "motion_number"):
        found |= {("number", number), ("motion", motion)}
    ids = [paper.old_id for paper in papers if paper.old_id]
    brought = OldItem.objects.filter(congress=congress, old_id__in=ids)
    told = brought.values_list("term_id", "session_id", "old_id")
    return found | {("id", *key) for key in told}


def _live_series(congress: Congress) -> dict[tuple[int, int | None, bool], int]:
    """The series that may still give numbers, with the last one given."""
    today = clock.today()
    found: dict[tuple[int, int | None, bool], int] = {}
    for term in congress.terms.filter(Q(ends_on=None) | Q(ends_on__gte=today)):
        sessions = list(term.sessions.order_by("number"))
        open_ones = [session for session in sessions if session.ends_on >= today]
        found |= {(term.pk, session.pk, False): 0 for session in open_ones}
        found |= {(term.pk, session.pk, True): 0 for session in sessions[-1:]}
        found[term.pk, None, True] = 0
        given = NumberSeries.objects.filter(congress=congress, term=term, is_motion=False)
        told = given.values_list("session_id", "is_between", "last")
        found |= {(term.pk, session, between): last for session, between, last in told}
    return found


def _serial(paper: OldPaper, congress: Congress, names: Names) -> int | None:
    """The serial behind a number written as this house writes them; None of any other."""
    term = next(term for term in names.terms.values() if term.pk == paper.term_id)
    session = next((s for s in names.sessions.values() if s.pk == paper.session_id), None)
    digits = ""
    for character in reversed(paper.number):
        if not character.isdecimal():
            break
        digits = character + digits
    if not digits or len(digits) > LONGEST_SERIAL:
        return None
    written = suggestion_number(
        congress.number_format,
        term=term.number,
        session=session.number if session else 0,
        serial=int(digits),
        is_between=paper.is_between,
    )
    return int(digits) if written == paper.number else None


SAMPLES = 3
LONGEST_SERIAL = 9
