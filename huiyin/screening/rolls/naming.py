"""Names in whole columns: the father's family name, the fashion of the year of birth, each group's pattern."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.rolls import drawing, households, names
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.households import Households

FASHIONS: Final = (-1826, 5479)  # days since 1970: born before 1965, before 1985, after
RELIGIOUS: Final = {"hui": 0.25, "dongxiang": 0.7}  # share of names from the Koran
MIXED: Final = 0.06  # of spouses belong to another group than the head
NAMESAKES: Final = 0.0012
SAME_NAME_AS_FATHER: Final = 0.0006
DOT: Final = "·"


@dataclass(frozen=True)
class Named:
    group: Whole
    name: pa.Array
    namesake_of: Whole  # row whose name was copied, else -1


def name_people(random: np.random.Generator, people: Households) -> Named:
    """Name everybody; then copy some names to strangers, and some fathers' to their sons."""
    group = _groups(random, people)
    pattern = np.array([entry[2] for entry in names.GROUPS])[group]
    name = _with_family_name(random, people, pattern)
    for other, make in _PATTERNS.items():
        rows = np.flatnonzero(pattern == other)
        if len(rows):
            name = drawing.put(name, rows, make(random, len(rows)))
    namesake_of = _namesakes(random, people)
    source = np.where(namesake_of >= 0, namesake_of, np.arange(len(people)))
    return Named(group[source], name.take(pa.array(source)), namesake_of)


def _groups(random: np.random.Generator, people: Households) -> Whole:
    """A household's group is the head's; some marry out."""
    shares = [entry[1] for entry in names.GROUPS]
    of_household = drawing.weighted(random, shares, int(people.household[-1]) + 1)
    group = of_household[people.household]
    mixed = (people.role == households.SPOUSE) & (random.random(len(people)) < MIXED)
    group[mixed] = drawing.weighted(random, shares, int(mixed.sum()))
    return group


def _with_family_name(
    random: np.random.Generator, people: Households, pattern: np.ndarray
) -> pa.Array:
    """A family name and one or two characters, or a name from the Koran."""
    religious = random.random(len(people)) < np.select(
        [pattern == kind for kind in RELIGIOUS], list(RELIGIOUS.values())
    )
    from_koran = drawing.take(names.MUSLIM, drawing.uneven(random, len(names.MUSLIM), len(people)))
    given = pc.if_else(pa.array(religious), from_koran, _given(random, people))
    return drawing.joined(_family_names(random, people, np.isin(pattern, list(RELIGIOUS))), given)


def _family_names(random: np.random.Generator, people: Households, hui: Mask) -> pa.Array:
    """Of the head's line for the head, brothers, children and fathers; of their own for the rest."""
    pool = [*names.COMMON_FAMILY, *names.OTHER_FAMILY, *names.COMPOUND_FAMILY, *names.HUI_FAMILY]
    common = [float(share) for share in names.COMMON_FAMILY.values()]
    others = list(np.geomspace(2.6, 0.2, len(names.OTHER_FAMILY)))
    usual = [*common, *others, *[0.25] * len(names.COMPOUND_FAMILY), *[0.0] * len(names.HUI_FAMILY)]
    muslim = [share / 12 for share in usual]
    muslim[-len(names.HUI_FAMILY) :] = [float(share) for share in names.HUI_FAMILY.values()]
    own = drawing.weighted(random, usual, len(people))
    own[hui] = drawing.weighted(random, muslim, int(hui.sum()))
    return drawing.take(pool, _inherited(random, people, own))


def _inherited(random: np.random.Generator, people: Households, own: Whole) -> Whole:
    """A wife who heads a household does not give her children her name, nine times in ten."""
    head = people.head
    of_head, spouse = own[head], np.minimum(head + 1, len(people) - 1)
    has_husband = (people.sex[head] == households.FEMALE) & (
        people.role[spouse] == households.SPOUSE
    )
    father = np.where(has_husband, own[spouse], of_head)
    role, chance = people.role, random.random(len(people))
    child = (role == households.CHILD) & (chance < 0.94)
    parent = (role == households.PARENT) & (people.sex == households.MALE)
    sibling = role == households.SIBLING
    line = np.where(parent | sibling, of_head, own)
    return np.where(child, father, line)


def _given(random: np.random.Generator, people: Households) -> pa.Array:
    """One or two characters; twins and siblings like to share one."""
    characters, start, length = _character_pools()
    fashion = np.searchsorted(FASHIONS, people.born, side="right")
    pool = fashion * 2 + (people.sex == households.FEMALE)
    size = len(people)
    first, second = (_from_pool(random, start, length, pool) for _ in range(2))
    rare = random.random(size) < 0.004
    second[rare] = random.integers(0, len(names.RARE), int(rare.sum()))
    shared = _shares_character(random, people)
    first[shared] = first[shared - 1]
    clash = (people.twin_of >= 0) & (first == first[people.twin_of])
    clash &= second == second[people.twin_of]
    second[clash] = (second[clash] + 1) % len(characters)
    alone = (random.random(size) < 0.15) & ~_in(shared, size) & ~_in(shared - 1, size)
    second[alone] = -1
    last = pc.fill_null(drawing.take(characters, second), "")
    return drawing.joined(drawing.take(characters, first), last)


def _character_pools() -> tuple[str, Whole, Whole]:
    """All characters in a row, rare ones first, and where each pool starts and how long it is."""
    pools = [
        pool for pair in zip(names.MALE_GIVEN, names.FEMALE_GIVEN, strict=True) for pool in pair
    ]
    length = np.array([len(pool) for pool in pools])
    start = len(names.RARE) + np.concatenate([[0], np.cumsum(length)[:-1]])
    return names.RARE + "".join(pools), start, length


def _from_pool(random: np.random.Generator, start: Whole, length: Whole, pool: Whole) -> Whole:
    skewed = random.random(len(pool)) ** 1.5
    return start[pool] + (skewed * length[pool]).astype(np.int64)


def _shares_character(random: np.random.Generator, people: Households) -> Whole:
    """Rows whose first given character is that of the row before: twins mostly, siblings often."""
    brothers = (people.role[1:] == households.CHILD) & (people.role[:-1] == households.CHILD)
    brothers &= people.household[1:] == people.household[:-1]
    brothers &= people.sex[1:] == people.sex[:-1]
    twin = people.twin_of[1:] >= 0
    return np.flatnonzero(brothers & (random.random(len(brothers)) < np.where(twin, 0.7, 0.3))) + 1


def _namesakes(random: np.random.Generator, people: Households) -> Whole:
    """Strangers of one name, and sons of the father's; whom each is called after."""
    namesake_of = np.full(len(people), -1)
    size = max(drawing.FEWEST * 4, round(NAMESAKES * len(people)))
    both = random.permutation(np.flatnonzero(people.twin_of < 0))[: size * 2]
    one, other = both[: len(both) // 2], both[len(both) // 2 : len(both) // 2 * 2]
    alike = people.sex[one] == people.sex[other]
    namesake_of[one[alike]] = other[alike]
    son = (people.role == households.CHILD) & (people.sex == households.MALE)
    son &= (people.sex[people.head] == households.MALE) & (people.twin_of < 0)
    free = np.flatnonzero(son & (namesake_of < 0) & (namesake_of[people.head] < 0))
    count = max(drawing.FEWEST, round(SAME_NAME_AS_FATHER * len(people)))
    sons = random.permutation(free)[:count]
    namesake_of[sons] = people.head[sons]
    return namesake_of


def _in(rows: Whole, size: int) -> Mask:
    found = np.zeros(size, bool)
    found[rows] = True
    return found


# Patterns of single groups -----------------------------------------------------------------------


def _tibetan(random: np.random.Generator, size: int) -> pa.Array:
    first, second = (
        drawing.take(names.TIBETAN, drawing.uneven(random, len(names.TIBETAN), size)) for _ in "ab"
    )
    single = pa.array(random.random(size) < 0.1)
    return drawing.joined(first, pc.if_else(single, "", second))


def _mongol(random: np.random.Generator, size: int) -> pa.Array:
    first, second = (
        drawing.take(names.MONGOL, random.integers(0, len(names.MONGOL), size)) for _ in "ab"
    )
    style = random.random(size)
    plain = pc.if_else(pa.array(style < 0.4), first, drawing.joined(first, second))
    return pc.if_else(pa.array(style > 0.8), drawing.joined(first, DOT, second), plain)


def _dotted(pool: tuple[str, ...], random: np.random.Generator, size: int) -> pa.Array:
    """One's own name, the father's after the dot, and for three in ten the grandfather's."""
    one, two, three = (drawing.take(pool, random.integers(0, len(pool), size)) for _ in range(3))
    third = drawing.joined(DOT, three)
    return drawing.joined(one, DOT, two, pc.if_else(pa.array(random.random(size) < 0.3), third, ""))


def _uyghur(random: np.random.Generator, size: int) -> pa.Array:
    return _dotted(names.UYGHUR, random, size)


def _kazakh(random: np.random.Generator, size: int) -> pa.Array:
    return _dotted(names.KAZAKH, random, size)


_PATTERNS: Final = {
    "tibetan": _tibetan,
    "mongol": _mongol,
    "uyghur": _uyghur,
    "kazakh": _kazakh,
}
