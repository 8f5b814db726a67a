"""Names: how each is written, and how it compares with the same number's name elsewhere (E11–E17)."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Final

import pyarrow as pa

from huiyin.screening import meeting
from huiyin.screening.engines import Engine, Kernel
from huiyin.screening.wrong import likeness, spelling
from huiyin.screening.wrong.findings import Rule, add, masked
from huiyin.screening.wrong.spelling import BYTES_20, CHARACTERS_20, DOT, Fault

FAULTS: Final = pa.schema(
    [(name, pa.string()) for name in ("name", "ethnic_group", "code", "zh", "en")]
)
COMPARED: Final = pa.schema(
    [(name, pa.string()) for name in ("name", "other", "former", "code", "zh", "en")]
    + [("strict", pa.bool_())]
)
# One to three Han characters and none of the words and parts that are looked at more closely.
PLAIN: Final = "^[一-鿿㐀-䶿]{1,3}$"
CURIOUS: Final = (
    "之[子女婴]|[未待][取起定命]|无名|佚名|不详|未知|暂无|某|婴|测试|新生|^无$|["
    + "".join(sorted(spelling.COMPONENTS))
    + "]"
)
COMPARED_KINDS: Final = ("E12", "E13", "E14", "E16", "E17")
MOST_NAMES: Final = 4  # of one number; more is a number everybody uses, not a person


def check_spelling(engine: Engine) -> None:
    """Each different name that is not plainly a name is looked at once."""
    add(engine, Rule(
        "E11", "records", "name IS NULL", "姓名为空", "The name is empty", {"number": masked("number")}
    ))  # fmt: skip
    odd = (
        "SELECT DISTINCT name, coalesce(ethnic_group, '') AS ethnic_group FROM records "
        f"WHERE name IS NOT NULL AND (NOT regexp_matches(name, '{PLAIN}') OR regexp_matches(name, '{CURIOUS}'))"
    )
    engine.map_batches(odd, _faults, FAULTS, "name_faults")
    engine.create(
        "faulty_names",
        "SELECT r.record_id, f.* FROM records AS r JOIN name_faults AS f ON r.name = f.name "
        "AND coalesce(r.ethnic_group, '') = f.ethnic_group",
    )
    for code in ("E11", "E12", "E15", "E16", "E17"):
        add(engine, Rule(
            code, "faulty_names", f"code = '{code}'", "{zh}", "{en}",
            {"name": "name", "zh": "zh", "en": "en"},
        ))  # fmt: skip
    engine.drop("name_faults", "faulty_names")


def _faults(batch: pa.RecordBatch) -> pa.RecordBatch:
    rows = [
        (name, group, *fault)
        for name, group in zip(*(column.to_pylist() for column in batch.columns), strict=True)
        for fault in spelling.faults(name, group)
    ]
    return _batch(rows, FAULTS)


def _batch(rows: Sequence[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    columns = zip(*rows, strict=True) if rows else ([] for _ in schema)
    arrays = [
        pa.array(list(column), field.type) for column, field in zip(columns, schema, strict=True)
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


# E16 without another list ------------------------------------------------------------------------


def check_cuts(engine: Engine, *, has_population: bool) -> None:
    """A name of just the length of a field of twenty, whose last part is the start of a known part."""
    dotted = engine.query(
        f"SELECT name, count(*) AS people FROM records WHERE name LIKE '%{DOT}%' GROUP BY name ORDER BY name"
    ).to_pylist()
    cut = cut_names({row["name"]: row["people"] for row in dotted})
    engine.register("cut_names", pa.table({"cut": pa.array(sorted(cut), pa.string())}))
    known = (
        "NOT EXISTS (SELECT 1 FROM population AS p WHERE p.number = r.number AND p.name = r.name)"
        if has_population
        else "TRUE"
    )
    add(engine, Rule(
        "E16", "records AS r", f"r.name IN (SELECT cut FROM cut_names) AND {known}",
        "姓名“{name}”正好{length}个字，最后一段不完整，像是被截断",
        "“{name}” has just {length} characters and its last part is not whole, as if cut",
        {"name": "name", "length": "length(name)"},
    ))  # fmt: skip
    engine.drop("cut_names")


def cut_names(names: dict[str, int]) -> set[str]:
    """Names of 10 or 20 characters whose last part is no part of other names, but begins one."""
    full = [name for name in names if len(name) in (BYTES_20, CHARACTERS_20)]
    whole: Counter[str] = Counter()
    for name, people in names.items():
        parts = name.split(DOT)
        whole.update(dict.fromkeys(parts[:-1] if name in full else parts, people))
    starts = Counter(part[:length] for part in whole for length in range(1, len(part)))
    endings = {name: name.rpartition(DOT)[2] for name in full}
    return {name for name, last in endings.items() if last and not whole[last] and starts[last]}


# Under one number --------------------------------------------------------------------------------

# The number was somebody else's if neither the birth date typed nor the name agrees.
IS_OTHER: Final = "(r.born IS NOT NULL AND r.born <> r.number_born)"


def compare_with_population(engine: Engine) -> None:
    """The register's name is right; the registration that differs is told of (E12–E14, E16, E17)."""
    numbers = meeting.with_register(engine)
    _compare(
        engine,
        "SELECT r.record_id, r.name, min(p.name) AS other, min(p.former_name) AS former, "
        f"{IS_OTHER} AS strict FROM {numbers} AS s JOIN records AS r ON r.n = s.n "
        "JOIN population AS p ON p.n = s.person_n WHERE s.sound AND NOT s.same_spelling "
        f"AND s.n NOT IN (SELECT n FROM {numbers} WHERE same_spelling) "
        f"GROUP BY r.record_id, r.name, {IS_OTHER}",
        _against_register,
    )


def compare_by_household(engine: Engine) -> None:
    """Where the number leads nowhere (`unknown_numbers`), birth date, sex and household may; only for cut and split names."""
    _compare(
        engine,
        "SELECT r.record_id, r.name, min(p.name) AS other, min(p.former_name) AS former, TRUE AS strict "
        "FROM unknown_numbers AS r JOIN population AS p ON r.household_key = p.household_key "
        "WHERE r.name <> p.name AND r.sex_key = p.sex_key AND r.born = p.born "
        "GROUP BY r.record_id, r.name HAVING min(p.name) = max(p.name)",
        _against_register,
        ("E12", "E16"),
    )


def compare_registrations(engine: Engine, *, has_population: bool) -> None:
    """Nobody knows which name is right: all but the plain form are told of."""
    unknown = (
        f"AND NOT EXISTS (SELECT 1 FROM {meeting.with_register(engine)} AS s WHERE s.n = r.n)"
        if has_population
        else ""
    )
    engine.create(
        "many_names",
        f"SELECT r.number FROM {meeting.repeated(engine)} AS m JOIN records AS r ON r.number = m.number "
        f"WHERE r.number_problem IS NULL AND r.name IS NOT NULL {unknown} "
        f"GROUP BY r.number HAVING count(DISTINCT r.name) BETWEEN 2 AND {MOST_NAMES}",
    )
    _compare(
        engine,
        "SELECT r.record_id, r.name, s.name AS other, min(r.former_name) AS former, TRUE AS strict "
        "FROM many_names AS m JOIN records AS r ON r.number = m.number JOIN records AS s ON s.number = m.number "
        "WHERE r.name <> s.name GROUP BY r.record_id, r.name, s.name",
        _against_another,
    )
    engine.drop("many_names")


def _compare(
    engine: Engine, pairs: str, kernel: Kernel, codes: tuple[str, ...] = COMPARED_KINDS
) -> None:
    engine.create("two_names", pairs)
    distinct = "SELECT DISTINCT name, other, coalesce(former, '') AS former, strict FROM two_names"
    engine.map_batches(distinct, kernel, COMPARED, "compared_names")
    engine.create(
        "unlike_names",
        "SELECT t.record_id, c.* FROM two_names AS t JOIN compared_names AS c ON t.name = c.name "
        "AND t.other = c.other AND t.strict = c.strict AND coalesce(t.former, '') = c.former",
    )
    for code in codes:
        add(engine, Rule(
            code, "unlike_names", f"code = '{code}'", "{zh}", "{en}",
            {"name": "name", "other": "other", "zh": "zh", "en": "en"},
        ))  # fmt: skip
    engine.drop("two_names", "compared_names", "unlike_names")


def _against_register(batch: pa.RecordBatch) -> pa.RecordBatch:
    return _compared(batch, likeness.compared)


def _against_another(batch: pa.RecordBatch) -> pa.RecordBatch:
    return _compared(batch, _without_plain_form)


def _without_plain_form(name: str, other: str, *, former: str | None, strict: bool) -> Fault:
    """Of 張三 and 张三 only the former is told of."""
    fault = likeness.compared(name, other, former=former, strict=strict)
    plain = likeness.is_traditional(other) and not likeness.is_traditional(name)
    return likeness.BLANK if fault.code == "E13" and plain else fault


def _compared(batch: pa.RecordBatch, question: Callable[..., Fault]) -> pa.RecordBatch:
    columns = (batch[name].to_pylist() for name in ("name", "other", "former", "strict"))
    rows = []
    for name, other, former, strict in zip(*columns, strict=True):
        fault = question(name, other, former=former, strict=strict)
        if fault.code:
            rows.append((name, other, former, *fault, strict))
    return _batch(rows, COMPARED)
