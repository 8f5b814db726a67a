"""Everybody of the invented city, as the police knows them: numbers, phones, addresses and where they work."""

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.rolls import drawing, households, naming, numbers, places
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.households import Households
from huiyin.screening.rolls.naming import Named
from huiyin.screening.rolls.places import Places

EPOCH: Final = dt.date(1970, 1, 1)
SAME_DAY: Final = 0.4  # of the strangers of one name were born the same day
TWICE_ISSUED: Final = 0.00002
NO_PHONE: Final = 0.1
WITHOUT_BIRTHDAYS: Final = 0.02  # of constituencies
BORN_1980: Final = 3652  # days since 1970
HEAD_S_PHONE: Final = 0.25  # of the old and the young give the number of the head
FIRST_PHONE: Final = 154 * 10**8  # no network gives out these numbers


@dataclass(frozen=True)
class People:
    """Columns of everybody, by row; nothing here is ever wrong."""

    members: Households
    named: Named
    places: Places
    age: Whole  # in full years on election day
    community: Whole
    first_seventeen: Whole
    double_of: Whole  # row of somebody else who was given the same number, else -1
    number: pa.Array
    phone: pa.Array
    address: pa.Array
    household_number: pa.Array

    def __len__(self) -> int:
        return len(self.age)

    @property
    def name(self) -> pa.Array:
        return self.named.name

    @property
    def born(self) -> Whole:
        return self.members.born


def days(day: dt.date) -> int:
    return (day - EPOCH).days


def populate(random: np.random.Generator, count: int, election_day: dt.date) -> People:
    """As many people as asked for, with their families and homes."""
    city = places.settle(random, count)
    members = households.found(random, count, days(election_day))
    named = naming.name_people(random, members)
    _move_birthdays(random, members, named)
    home = drawing.weighted(random, list(city.share), int(members.household[-1]) + 1)
    community = home[members.household]
    _forget_birthdays(random, members, named, city.constituency[community])
    first = _numbers(random, members, city.county[community])
    double_of = _issue_twice(random, members, first)
    return People(
        members=members,
        named=named,
        places=city,
        age=ages(members.born, election_day),
        community=community,
        first_seventeen=first,
        double_of=double_of,
        number=numbers.whole(first),
        phone=_phones(random, members),
        address=places.addresses(random, city, home).take(pa.array(members.household)),
        household_number=_household_numbers(city, home).take(pa.array(members.household)),
    )


def ages(born: Whole, day: dt.date) -> Whole:
    """Full years; whoever has the birthday on that day is already counted a year older."""
    born_on = numbers.compact(born)
    return (day.year * 10000 + day.month * 100 + day.day - born_on) // 10000


def _move_birthdays(random: np.random.Generator, members: Households, named: Named) -> None:
    """Some strangers of one name share the day; some people turn eighteen on election day itself."""
    strangers = named.namesake_of >= 0
    strangers &= members.household != members.household[named.namesake_of]
    rows = np.flatnonzero(strangers)
    rows = rows[random.random(len(rows)) < SAME_DAY]
    members.born[rows] = members.born[named.namesake_of[rows]]


def _forget_birthdays(
    random: np.random.Generator, members: Households, named: Named, constituency: Whole
) -> None:
    """In a few places one in four of the older people was given the first of January."""
    places = np.unique(constituency)
    chosen = random.permutation(places)[: max(2, round(WITHOUT_BIRTHDAYS * len(places)))]
    alone = (members.twin_of < 0) & (named.namesake_of < 0)
    for pairs in (members.twin_of, named.namesake_of):
        alone[pairs[pairs >= 0]] = False
    rows = np.flatnonzero(alone & np.isin(constituency, chosen) & (members.born < BORN_1980))
    rows = rows[random.random(len(rows)) < 1 / 4]
    years = members.born[rows].astype("datetime64[D]").astype("datetime64[Y]")
    members.born[rows] = years.astype("datetime64[D]").astype(np.int64)


def _numbers(random: np.random.Generator, members: Households, county: Whole) -> Whole:
    """Given out where one was born: twins one after the other, others anywhere in the day."""
    size = len(members)
    origin = drawing.weighted(random, (76, 15, 9), size)
    own = np.array(numbers.CITY)[county]
    province = np.array(numbers.PROVINCE)[random.integers(0, len(numbers.PROVINCE), size)]
    elsewhere = np.array(numbers.ELSEWHERE)[random.integers(0, len(numbers.ELSEWHERE), size)]
    area = np.choose(origin, [own, province, elsewhere])
    twin = np.flatnonzero(members.twin_of >= 0)
    area[twin] = area[members.twin_of[twin]]
    first = numbers.distinct(random, area, members.born, members.sex)
    beside = first[members.twin_of[twin]]
    apart = np.where(members.sex[twin] == members.sex[members.twin_of[twin]], 2, 1)
    wanted = beside + apart
    possible = (beside % 1000 < 997) & ~_among(wanted, first)
    possible &= wanted % 2 == members.sex[twin] % 2
    first[twin[possible]] = wanted[possible]
    return first


def _issue_twice(random: np.random.Generator, members: Households, first: Whole) -> Whole:
    """A few numbers went to two people of one sex and birth date; who the other is."""
    order = np.lexsort((random.random(len(first)), members.sex, members.born))
    one, other = order[:-1], order[1:]
    possible = (members.born[one] == members.born[other]) & (members.sex[one] == members.sex[other])
    possible &= members.household[one] != members.household[other]
    pairs = random.permutation(np.flatnonzero(possible)[::2])
    pairs = pairs[: max(drawing.FEWEST // 2, round(TWICE_ISSUED * len(first)))]
    double_of = np.full(len(first), -1)
    free = ~np.isin(one[pairs], other[pairs])
    double_of[other[pairs[free]]] = one[pairs[free]]
    first[other[pairs[free]]] = first[one[pairs[free]]]
    return double_of


def _among(wanted: Whole, given: Whole) -> Mask:
    ordered = np.sort(given)
    return ordered[np.minimum(np.searchsorted(ordered, wanted), len(ordered) - 1)] == wanted


def _phones(random: np.random.Generator, members: Households) -> pa.Array:
    size = len(members)
    own = FIRST_PHONE + (np.arange(size) * 7919 + 1234567) % 10**8
    old = members.born < -9000
    young = members.born > 12000
    borrowed = (old | young) & (random.random(size) < HEAD_S_PHONE)
    phone = drawing.digits(np.where(borrowed, own[members.head], own))
    return drawing.blank(phone, random.random(size) < NO_PHONE)


def _household_numbers(city: Places, home: Whole) -> pa.Array:
    area = np.array(numbers.CITY)[city.county[home]]
    return drawing.digits(area * 10**8 + np.arange(len(home)) * 3 + 10**7)


def relation(people: People) -> pa.Array:
    """To the head of household, in the words of the household book."""
    role, sex = people.members.role, people.members.sex
    words = ("户主", "夫", "妻", "子", "女", "父亲", "母亲", "兄弟", "姐妹")
    index = np.where(role == households.HEAD, 0, role * 2 - 1 + (sex == households.FEMALE))
    return drawing.take(words, index)


def sex_words(people: People) -> pa.Array:
    return pc.if_else(pa.array(people.members.sex == households.MALE), "男", "女")
