"""Who was registered where, how often, and what a clerk without a fault would have typed."""

import datetime as dt
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.rolls import drawing, fates, names, numbers, people
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.fates import Fates
from huiyin.screening.rolls.people import People
from huiyin.screening.rolls.sheets import INTACT, Marks, Sheet

HOUSEHOLD, UNIT, SCHOOL, CERTIFICATE = "户籍地", "单位", "学校", "居住地（凭证明）"
TWICE: Final = 0.036  # of the registered are there twice
THRICE: Final = 0.1  # of those a third time
SCHOOLS: Final = 12
GARRISON: Final = "中国人民解放军第3214部队"
FIRMS: Final = ("金川", "陇原", "华宁", "东岗", "西站", "盛达", "永新", "天庆", "长虹", "宏远")
TRADES: Final = (
    "机械厂", "建材有限公司", "商贸有限公司", "供水公司", "印刷厂", "医院", "中学", "小学", "物流公司",
    "电力公司", "粮油公司", "食品厂",
)  # fmt: skip
CLERKS_TO_A_PERSON: Final = 1 / 1500
FIRST_DAY: Final = 50  # days before election day


def register(
    random: np.random.Generator, everybody: People, fate: Fates, election_day: dt.date
) -> Sheet:
    """First registrations, then the second and third ones, in one shuffled order."""
    first = np.flatnonzero(fate.registered)
    again = random.permutation(first)[: max(40, round(TWICE * len(first)))]
    third = again[: max(4, round(THRICE * len(again)))]
    person = np.concatenate([first, again, third])
    second = np.arange(len(person)) >= len(first)
    order = random.permutation(len(person))
    person, second = person[order], second[order]
    kind = _kinds(random, everybody, fate, person, second)
    return Sheet(
        person=person,
        second=second,
        place_kind=kind,
        columns=_columns(random, everybody, fate, person, kind, election_day),
        marks=Marks(),
        number_state=np.full(len(person), INTACT),
        name_slipped=np.zeros(len(person), bool),
        birth_slipped=np.zeros(len(person), bool),
    )


def _kinds(
    random: np.random.Generator, everybody: People, fate: Fates, person: Whole, second: Mask
) -> np.ndarray:
    """Students at school, staff at the unit, strangers by certificate, all others at home; whoever
    comes a second time comes at home, and those already at home anywhere."""
    kind = np.full(len(person), HOUSEHOLD, dtype="<U10")
    kind[(fate.unit[person] >= 0) & ~second] = UNIT
    kind[fate.student[person] & ~second] = SCHOOL
    kind[fate.of(fates.FLOATING)[person]] = CERTIFICATE
    kind[fate.of(fates.CERTIFIED)[person] & ~second] = CERTIFICATE
    retired = second & (everybody.age[person] >= 60) & (fate.unit[person] < 0)
    kind[retired & (random.random(len(person)) < 0.3)] = UNIT
    return kind


def _columns(
    random: np.random.Generator,
    everybody: People,
    fate: Fates,
    person: Whole,
    kind: np.ndarray,
    election_day: dt.date,
) -> dict[str, pa.Array]:
    """Every cell as it should be; empty ones are cells nobody fills in."""
    size, chosen = len(person), pa.array(person)
    groups = drawing.take([entry[0] for entry in names.GROUPS], everybody.named.group)
    unit = _units(random, fate, person, kind)
    community = _communities(everybody, person, kind, unit)
    places = everybody.places
    empty = pa.nulls(size, pa.string())
    return {
        "record_id": drawing.joined("D", drawing.digits(10**8 + random.permutation(size))),
        "name": everybody.name.take(chosen),
        "former_name": empty,
        "sex": people.sex_words(everybody).take(chosen),
        "ethnic_group": groups.take(chosen),
        "birth_date": drawing.digits(numbers.compact(everybody.born[person])),
        "document_kind": pa.array(["居民身份证"] * size),
        "identity_number": everybody.number.take(chosen),
        "address": everybody.address.take(chosen),
        "household_number": everybody.household_number.take(chosen),
        "relation": people.relation(everybody).take(chosen),
        "current_address": _elsewhere(random, everybody, person),
        "community": places.community.take(pa.array(community)),
        "constituency": places.constituency_names.take(pa.array(places.constituency[community])),
        "voter_group": drawing.joined(
            "第", drawing.digits(everybody.members.household[person] % 35 + 1), "选民小组"
        ),
        "place_kind": pa.array(kind),
        "unit": unit_names(unit, fate.units),
        "phone": everybody.phone.take(chosen),
        "change_kind": drawing.blank(
            pa.array(["新满18周岁"] * size), everybody.age[person] > fates.ADULT + 4
        ),
        "source": _sources(kind),
        "certificate_number": _certificates(person, kind),
        "registered_at": _moments(random, size, election_day),
        "registered_by": _clerks(random, size),
        "status": pa.array(["已登记"] * size),
        "reason": empty,
        "note": empty,
    }


def _units(random: np.random.Generator, fate: Fates, person: Whole, kind: np.ndarray) -> Whole:
    """Which unit or school registered a row; schools follow the garrison in the numbering."""
    unit = np.where(kind == UNIT, fate.unit[person], -1)
    retired = (kind == UNIT) & (unit < 0)
    unit[retired] = random.integers(0, fate.units, int(retired.sum()))
    return np.where(kind == SCHOOL, fate.units + 1 + person % SCHOOLS, unit)


def unit_names(unit: Whole, units: int) -> pa.Array:
    """Invented names, one to a number: units, then the garrison, then the schools."""
    known = np.maximum(unit, 0)
    order = drawing.digits(known // 120 + 1)
    trade = drawing.take(TRADES, known // 10 % len(TRADES))
    name = drawing.joined(drawing.take(FIRMS, known % 10), "第", order, trade)
    school = drawing.joined(drawing.take(FIRMS, known % 10), "第", order, "职业学院")
    name = pc.if_else(pa.array(unit > units), school, name)
    name = pc.if_else(pa.array(unit == units), GARRISON, name)
    return drawing.blank(name, unit < 0)


def _communities(everybody: People, person: Whole, kind: np.ndarray, unit: Whole) -> Whole:
    """Of the home, or where the unit or school stands, or where the holder of a certificate lives."""
    count = len(everybody.places.county)
    home = everybody.community[person]
    home = np.where(kind == CERTIFICATE, (home + 7) % count, home)
    return np.where(unit >= 0, community_of_unit(unit, count), home)


def community_of_unit(unit: Whole, communities: int) -> Whole:
    return unit * 7919 % communities


def _elsewhere(random: np.random.Generator, everybody: People, person: Whole) -> pa.Array:
    """Most live where they are registered; one in eight says where else."""
    moved = random.random(len(person)) < 0.12
    other = random.integers(0, len(everybody), len(person))
    where = np.where(moved, other, person)
    return everybody.address.take(pa.array(where))


def _sources(kind: np.ndarray) -> pa.Array:
    return drawing.take(
        ("公安", "单位上报", "学校上报", "本人申请"),
        np.select([kind == UNIT, kind == SCHOOL, kind == CERTIFICATE], [1, 2, 3], 0),
    )


def _certificates(person: Whole, kind: np.ndarray) -> pa.Array:
    return drawing.blank(
        drawing.joined("甘选证", drawing.digits(10**7 + person)), kind != CERTIFICATE
    )


def _moments(random: np.random.Generator, size: int, election_day: dt.date) -> pa.Array:
    """Within twenty working days, office hours."""
    day = people.days(election_day) - FIRST_DAY + random.integers(0, 20, size)
    second = 8 * 3600 + random.integers(0, 9 * 3600, size)
    moment = (day * 86400 + second).astype("datetime64[s]")
    return pc.strftime(pa.array(moment), "%Y-%m-%d %H:%M:%S")


def _clerks(random: np.random.Generator, size: int) -> pa.Array:
    clerks = max(20, round(size * CLERKS_TO_A_PERSON))
    return drawing.joined("登记员", drawing.digits(1001 + random.integers(0, clerks, size)))
