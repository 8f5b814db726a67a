"""Missing (漏): eligible people of the population register whom no registration is of, and why.

A registration with a typing error is found by the same comparisons as doubles are; each
registration answers for one person only, and the doubles of a registration for nobody else.
"""

import datetime as dt
from collections.abc import Callable, Set
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from huiyin.screening import dates
from huiyin.screening.characters import Flags
from huiyin.screening.doubles import candidates, features, finding, keys, verdicts
from huiyin.screening.doubles.comparing import levels_of
from huiyin.screening.doubles.explaining import masked
from huiyin.screening.doubles.levels import BORN, NAME, NUMBER, SEX
from huiyin.screening.engines import Engine
from huiyin.screening.meeting import with_register
from huiyin.screening.model import Model
from huiyin.screening.wrong.numbers import last_birth
from huiyin.screening.wrong.standing import NEGATED, OURS, OUT, YEARS_AHEAD, is_true

LIKELY: Final = 0.5
REASONS: Final = {
    "restored": ("剥夺政治权利期满，应恢复登记", "political rights restored", "E37"),
    "moved_in": ("户口迁入，应在新选区登记", "moved in", "E34"),
    "newly_18": ("上届选举后年满18周岁，应新增登记", "turned 18 since the last election", "E10"),
    "never_registered": ("符合条件而没有登记", "eligible and not registered", "P02"),
}


def find(
    engine: Engine,
    given: Set[str],
    model: Model,
    *,
    election_day: dt.date,
    last_election: dt.date,
    birthday_counts: bool,
) -> None:
    """`missing(person_id, reason, explanation)` and `matched(person_n, record_n)`."""
    _match(engine, model)
    _read_days(engine, "left_people", "person_id", ("moved_in_on", "moved_out_on"), election_day)
    _barred(engine, given, election_day)
    born_by = last_birth(election_day, birthday_counts=birthday_counts)
    engine.create("unregistered", UNREGISTERED.format(day=election_day, ours=OURS))
    engine.create(
        "absent",
        f"SELECT u.* FROM unregistered u WHERE NOT {_among('barred', 'u')}",
    )
    _explain(engine, given, election_day, last_election, born_by)


# What the register says of people, beside what is compared.
STATED: Final = "p.person_id, p.name, p.moved_in_on, p.moved_out_on, p.died_on, p.nationality"
UNREGISTERED: Final = """
SELECT p.person_id, p.n, p.number, p.number_problem, p.name, p.name_key, d.moved_in_on,
    coalesce(CASE WHEN p.number_problem IS NULL THEN p.number_born END, p.born, p.number_born) AS birth
FROM left_people p LEFT JOIN left_people_dates d ON d.list_id = p.person_id
LEFT JOIN matched m ON m.person_n = p.n
WHERE m.person_n IS NULL
    AND coalesce(d.moved_out_on, DATE '9999-12-31') > DATE '{day}'
    AND (p.moved_out_on IS NULL OR d.moved_out_on IS NOT NULL)
    AND p.died_on IS NULL
    AND (p.nationality IS NULL OR regexp_matches(lower(p.nationality), '{ours}'))
"""


# Who is registered -------------------------------------------------------------------------------


def _match(engine: Engine, model: Model) -> None:
    """First by number and name, which settles nearly all; the rest by comparison."""
    engine.create(
        "matched",
        f"SELECT person_n, min(n) AS record_n FROM {with_register(engine)} "
        "WHERE sound AND same_name GROUP BY person_n",
    )
    engine.create(
        "left_people",
        f"SELECT {STATED}, {columns_of('p')} FROM population p LEFT JOIN matched m ON m.person_n = p.n WHERE m.person_n IS NULL",
    )
    engine.create("left_records", LEFT_RECORDS.format(columns=columns_of("r")))
    if not engine.count("left_people") or not engine.count("left_records"):
        return
    shared = candidates.shared(engine, "population", model.common)
    candidates.prepare(engine, "left_people", shared, prefix="people_")
    candidates.prepare(engine, "left_records", shared, prefix="rest_")
    _answer(engine, model, _alike)
    for prefix, key in (("people_", "person_n"), ("rest_", "record_n")):
        engine.map_batches(
            f"SELECT f.n, f.packed FROM {prefix}features f LEFT JOIN matched m ON m.{key} = f.n "
            f"WHERE m.{key} IS NULL",
            keys.loosely_keyed,
            keys.KEYS,
            f"{prefix}keys",
        )
    _answer(engine, model, _left_alike)
    engine.drop("people_features", "people_keys", "rest_features", "rest_keys", "people_compared")


def _answer(engine: Engine, model: Model, alike: Callable[[verdicts.Seen], Flags]) -> None:
    """Add to `matched` whom the prepared rows bring together, each person and row once."""
    candidates.between(engine, "people_", "rest_", into="people_compared")
    patterns, _ = candidates.patterns(engine, "people_compared")
    engine.register("answering", _answering(patterns, model, alike))
    found = engine.query(
        "SELECT c.a, c.b, v.score, v.certain FROM people_compared c "
        "JOIN answering v ON v.pattern = c.pattern ORDER BY c.a, c.b"
    )
    people, records = one_to_one(
        *(found[name].to_numpy() for name in ("a", "b", "score", "certain"))
    )
    engine.register("by_comparison", pa.table({"person_n": people, "record_n": records}))
    engine.execute("INSERT INTO matched SELECT person_n, record_n FROM by_comparison")


def columns_of(table: str) -> str:
    """What a comparison needs of the rows of a table."""
    return ", ".join(f"{table}.{column}" for column in features.COLUMNS)


def _answering(
    patterns: npt.NDArray[np.int64], model: Model, alike: Callable[[verdicts.Seen], Flags]
) -> pa.Table:
    """Patterns by which a registration answers for a person of the register: what the doubles go
    by, and after that what is merely alike, since both were left over by all better pairs."""
    found = finding.judgement(patterns, model)
    seen = verdicts.Seen(levels_of(patterns)[0])
    plain = np.isin(found.rule, [verdicts.BY_NAME[name] for name in ("two_numbers", "same_home")])
    likely = (found.rule > 0) & (found.certain | (found.score >= LIKELY) | plain)
    kept = likely | alike(seen)
    return pa.table(
        {
            "pattern": patterns[kept],
            "score": (found.score - ~likely)[kept],
            "certain": (found.certain & likely)[kept],
        }
    )


def _alike(seen: verdicts.Seen) -> Flags:
    """Name or number was spoilt, or both, and what is left agrees. A good number is another's."""
    two, twin = seen.two_numbers, seen.is_(NUMBER, "twin_like")
    one_birth = seen.is_(BORN, "same") | (seen.same_day & ~seen.is_(NUMBER, "other"))
    nearby = seen.place | seen.building
    mistyped = seen.close_name | seen.is_(NAME, "one_other", "given_only")
    same_sex = ~seen.other_sex
    return (
        (seen.home & one_birth & seen.is_(SEX, "same") & ~twin)
        | (mistyped & seen.same_day & nearby & ~two)
        | (seen.close_name & (seen.same_day | seen.near_day) & nearby)
        | (seen.is_(NUMBER, "same") & (seen.same_day | seen.near_day) & same_sex)
        | (mistyped & seen.is_(BORN, "far_year") & nearby & same_sex & ~two)
        | (seen.same_name & (seen.same_day | seen.near_day) & ~two)
        | (mistyped & seen.same_day & same_sex & ~two)
    )


def _left_alike(seen: verdicts.Seen) -> Flags:
    """What is still likely of two whom nobody else fits at all."""
    one_day = seen.same_day | seen.near_day | seen.is_(BORN, "far_year") | seen.unknown(BORN)
    named = seen.close_name | seen.is_(NAME, "one_other", "given_only")
    nearby = seen.place | seen.building
    same_sex, near = ~seen.other_sex, seen.is_(NUMBER, "near", "near_sequence", "same_broken")
    return _alike(seen) | (
        ~seen.two_numbers
        & (
            (named & nearby & one_day & same_sex)
            | (seen.same_name & seen.unknown(BORN) & same_sex)
            | (named & near & one_day)
            | ((named | seen.is_(NAME, "family_only")) & seen.same_day & seen.is_(SEX, "same"))
        )
    )


# Neither a registration that is somebody's already, nor another one of that person.
LEFT_RECORDS: Final = """
SELECT {columns} FROM records r
LEFT JOIN (
    SELECT n FROM same_numbers WHERE sound AND same_name
    UNION
    SELECT o.n FROM members o JOIN members i ON i.cluster = o.cluster
    JOIN matched m ON m.record_n = i.n WHERE o.certain AND i.certain
) AS taken ON taken.n = r.n
WHERE taken.n IS NULL
"""


def one_to_one(
    left: npt.NDArray[np.int64],
    right: npt.NDArray[np.int64],
    score: npt.NDArray[np.float64],
    certain: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Pairs in which each is the other's best, round by round; nobody twice."""
    order = np.lexsort((right, left, -score, ~certain))
    left, right = left[order], right[order]
    kept_left, kept_right = [], []
    while len(left):
        best = np.zeros((2, len(left)), dtype=bool)
        for place, side in enumerate((left, right)):
            best[place, np.unique(side, return_index=True)[1]] = True
        mutual = best.all(axis=0)
        kept_left.append(left[mutual])
        kept_right.append(right[mutual])
        free = ~np.isin(left, left[mutual]) & ~np.isin(right, right[mutual])
        left, right = left[free], right[free]
    if not kept_left:
        return left, right
    return np.concatenate(kept_left), np.concatenate(kept_right)


# Who need not be, and why the others are missing -------------------------------------------------


def _read_days(
    engine: Engine, table: str, key: str, columns: tuple[str, ...], election_day: dt.date
) -> None:
    """`<table>_dates(list_id, …)`: the columns as dates, NULL where none can be read."""
    schema = pa.schema([("list_id", pa.string()), *((name, pa.date32()) for name in columns)])
    ahead = dt.date(election_day.year + YEARS_AHEAD, 12, 31)  # a sentence may end that late

    def read(batch: pa.RecordBatch) -> pa.RecordBatch:
        days = [dates.read_dates(batch[name], ahead)[0] for name in columns]
        return pa.RecordBatch.from_arrays([batch["list_id"], *days], schema=schema)

    filled = " OR ".join(f"{column} IS NOT NULL" for column in columns)
    source = f"SELECT {key} AS list_id, {', '.join(columns)} FROM {table} WHERE {filled}"
    engine.map_batches(source, read, schema, f"{table}_dates")


WHO: Final = "l.number, l.number_problem, l.name_key, coalesce(l.born, l.number_born) AS birth"


def _barred(engine: Engine, given: Set[str], election_day: dt.date) -> None:
    """`barred`: people who may not vote on this roll on election day."""
    parts = [f"SELECT {WHO} FROM population l WHERE FALSE"]
    if "deceased" in given:
        parts.append(f"SELECT {WHO} FROM deceased l")
    if "deprived" in given:
        _read_days(engine, "deprived", "record_id", ("from_on", "until_on"), election_day)
        parts.append(
            f"SELECT {WHO} FROM deprived l LEFT JOIN deprived_dates d ON d.list_id = l.record_id "
            f"WHERE coalesce(d.from_on, DATE '1900-01-01') <= DATE '{election_day}' "
            f"AND coalesce(d.until_on, DATE '9999-12-31') > DATE '{election_day}' "
            f"AND NOT regexp_matches(lower(coalesce(l.kind, '')), '{NEGATED}')"
        )
    if "custody" in given:
        parts.append(f"SELECT {WHO} FROM custody l WHERE {is_true('decision')}")
    if "staff" in given:
        parts.append(f"SELECT {WHO} FROM staff l WHERE {is_true('army')}")
    engine.create("barred", " UNION ALL ".join(parts))


def _among(listed: str, person: str) -> str:
    """SQL: in the list by number; where list or register has none that is sound, by name and birth date.

    Three questions, since one with an “or” inside would compare everybody with everybody.
    """
    alike = f"{{0}}.name_key = {person}.name_key AND {{0}}.birth = {person}.birth"
    return (
        f"(EXISTS (SELECT 1 FROM {listed} AS x WHERE x.number = {person}.number) "
        f"OR EXISTS (SELECT 1 FROM {listed} AS y WHERE (y.number IS NULL OR y.number_problem IS NOT NULL) "
        f"AND {alike.format('y')}) "
        f"OR (({person}.number IS NULL OR {person}.number_problem IS NOT NULL) "
        f"AND EXISTS (SELECT 1 FROM {listed} AS z WHERE {alike.format('z')})))"
    )


def _explain(
    engine: Engine,
    given: Set[str],
    election_day: dt.date,
    last_election: dt.date,
    born_by: dt.date,
) -> None:
    grown = last_birth(last_election, birthday_counts=True)
    restored = "FALSE"
    if "deprived" in given:
        restored = _listed(
            f"SELECT {WHO} FROM deprived l JOIN deprived_dates d ON d.list_id = l.record_id "
            f"WHERE d.until_on <= DATE '{election_day}'"
        )
    moved = f"coalesce(a.moved_in_on, DATE '1900-01-01') > DATE '{last_election}'"
    if "moved" in given:
        came_in = f"NOT regexp_matches(lower(coalesce(l.direction, '')), '{OUT}')"
        moved += f" OR {_listed(f'SELECT {WHO} FROM moved l WHERE {came_in}')}"
    words = " ".join(f"WHEN '{name}' THEN '{zh}'" for name, (zh, _, _) in REASONS.items())
    english = " ".join(f"WHEN '{name}' THEN '{en}'" for name, (_, en, _) in REASONS.items())
    who = f"coalesce(name, '—'), '（', {masked('number')}, '，', coalesce(CAST(birth AS VARCHAR), '—'), '）'"
    engine.create(
        "missing",
        f"""
        SELECT person_id, reason, concat({who}, CASE reason {words} END, ' / ', CASE reason {english} END) AS explanation
        FROM (
            SELECT a.person_id, a.name, a.number, a.birth,
                CASE WHEN {restored} THEN 'restored' WHEN {moved} THEN 'moved_in'
                    WHEN a.birth > DATE '{grown}' THEN 'newly_18' ELSE 'never_registered' END AS reason
            FROM absent a WHERE a.birth <= DATE '{born_by}'
        ) AS judged
        """,
    )


def _listed(source: str) -> str:
    """SQL: the absent person `a` is in this list."""
    return _among(f"({source})", "a")
