"""What a way leaves in the database: walked once, and from then on written there in one go.

Most tests begin where real actions have brought a city: a suggestion handed over, replied to, tracked.
From the same beginning the same way writes the same rows. So it is walked by its actions once in a
process; its statements are kept and sent again as they were, the database's counters standing where
they stood, and its triggers run as they ran. Whoever asks gets a copy of what the way came to.

Only what begins at a known place is remembered: with the first statement that a test writes by itself
the place is not known any more, and ways are walked again.
"""

import datetime as dt
import enum
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field, fields, is_dataclass
from functools import partial, wraps
from itertools import count
from typing import Any

from django.conf import UserSettingsHolder, settings
from django.db import connection, transaction
from django.utils import translation
from psycopg import ClientCursor

from huiyin.kernel import clock

PLACES = count()
EMPTY = next(PLACES)  # where every database begins
READS = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE SAVEPOINT")
COUNTERS = "SELECT quote_ident(sequencename), last_value FROM pg_sequences"
SIMPLE = (str, int, float, type(None), dt.date, enum.Enum)


class NotKnown(Exception):
    """Another test may mean something else by this, or begin elsewhere."""


@dataclass
class Walk:
    """The statements of one way, what then waits for the commit, and the place it leads to."""

    place: int
    statements: list[str] = field(default_factory=list)
    waiting: list[Callable[[], object]] = field(default_factory=list)
    outcome: Any = None
    is_whole: bool = True  # else it was taken back in part, and is walked every time


@dataclass
class Memory:
    """`place` is the number of what the database holds; None when a test wrote something itself."""

    place: int | None = None
    walks: dict[Any, Walk] = field(default_factory=dict)
    open: list[Walk] = field(default_factory=list)
    is_deaf: bool = False  # to the statements of this module
    ground: list[int | None] = field(default_factory=lambda: [EMPTY])  # what tests begin with

    @contextmanager
    def beginning(self, *, is_known: bool = True) -> Iterator[None]:
        """A test begins where the fixtures of its module have left the database."""
        if self.hear not in connection.execute_wrappers:
            connection.execute_wrappers.append(self.hear)
        self.place = self.ground[-1] if is_known else None
        try:
            yield
        finally:
            self.place = None

    @contextmanager
    def standing_on(self, place: int | None) -> Iterator[None]:
        """Until then every test begins at this place; None when it has rows of its own."""
        self.ground.append(place)
        try:
            yield
        finally:
            self.ground.pop()

    def hear(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        answer = execute(sql, params, many, context)
        if not (self.is_deaf or sql.startswith(READS)):
            self.place = None
            for walk in self.open:
                walk.is_whole &= not (many or sql.startswith("ROLLBACK"))
                walk.statements.append(_whole(sql, params))
        return answer

    @contextmanager
    def deaf(self) -> Iterator[Any]:
        before, self.is_deaf = self.is_deaf, True
        try:
            with connection.cursor() as cursor:
                yield cursor
        finally:
            self.is_deaf = before


MEMORY = Memory()


def founded(found: Callable[[], Any]) -> Any:
    """What the function founds, with all the rows it stands on."""
    return _go(found, found, (), {})


def remembered(way: Callable[..., Any]) -> Callable[..., Any]:
    """For a way whose first argument is the city that walks it, and the others plain words."""

    @wraps(way)
    def walk(city: Any, *args: Any, **more: Any) -> Any:
        facts, answer = _go(way, partial(_with_city, way, city, args, more), args, more)
        vars(city).update(facts)
        return answer

    return walk


def _with_city(way: Any, city: Any, args: Any, more: Any) -> Any:
    answer = way(city, *args, **more)
    return vars(city), answer


def _go(way: Any, walk: Callable[[], Any], args: Any, more: Any) -> Any:
    try:
        key = _key(way, args, more)
    except NotKnown:
        return walk()
    known = MEMORY.walks.get(key)
    if known is None:
        known = MEMORY.walks[key] = Walk(next(PLACES))
        _keep(known, walk)
    elif known.is_whole:
        _write_again(known)
    else:
        return walk()
    MEMORY.place = known.place
    return deepcopy(known.outcome)


def _keep(known: Walk, walk: Callable[[], Any]) -> None:
    before, waiting = _counters(), len(connection.run_on_commit)
    MEMORY.open.append(known)
    try:
        known.outcome = deepcopy(walk())
    except BaseException:
        known.is_whole = False
        raise
    finally:
        MEMORY.open.remove(known)
    known.waiting = [function for _, function, _ in connection.run_on_commit[waiting:]]
    after = _counters()
    moved = [(name, value) for name, value in before.items() if after.get(name) != value]
    known.statements.insert(0, _setting(moved))


def _write_again(known: Walk) -> None:
    with connection.connection.cursor() as cursor:  # the driver's own: nobody hears of it
        cursor.execute(";\n".join(known.statements), prepare=False)
    for walk in MEMORY.open:
        walk.statements += known.statements
    for function in known.waiting:
        transaction.on_commit(function)


def _counters() -> dict[str, int | None]:
    with MEMORY.deaf() as cursor:
        cursor.execute(COUNTERS)
        return dict(cursor.fetchall())


def _whole(sql: str, params: Any) -> str:
    """The statement with its values in it. By a cursor of its own: the other has rows to give."""
    return ClientCursor(connection.connection).mogrify(sql, params) if params else sql


def _setting(counters: list[tuple[str, int | None]]) -> str:
    calls = [
        f"setval('{name}', {1 if value is None else value}, {value is not None})"
        for name, value in counters
    ]
    return f"SELECT {', '.join(calls)}" if calls else "SELECT 1"


def _key(way: Any, args: Any, more: Any) -> Any:
    """What makes two ways the same: where they begin, which way it is, the day and the settings."""
    if MEMORY.place is None:
        raise NotKnown
    circumstances = clock.now(), translation.get_language(), _settings()
    return MEMORY.place, way, _plain(args), _plain(more), circumstances


def _plain(value: Any) -> Any:
    if isinstance(value, SIMPLE):
        return value
    if isinstance(value, (list, tuple)):
        return tuple(map(_plain, value))
    if isinstance(value, dict):
        return tuple((name, _plain(each)) for name, each in sorted(value.items()))
    if is_dataclass(value) and not isinstance(value, type):
        return type(value), tuple(_plain(getattr(value, each.name)) for each in fields(value))
    raise NotKnown


def _settings() -> tuple[tuple[str, str], ...]:
    """What tests have changed in the settings."""
    changed: dict[str, str] = {}
    layer = settings._wrapped
    while isinstance(layer, UserSettingsHolder):
        for name, value in vars(layer).items():
            if name.isupper():
                changed.setdefault(name, repr(value))
        layer = layer.default_settings
    return tuple(sorted(changed.items()))
