"""Households with their structure: who heads them, who married in, whose children and parents live there."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from huiyin.screening.rolls import drawing
from huiyin.screening.rolls.drawing import Mask, Whole

HEAD, SPOUSE, CHILD, PARENT, SIBLING = range(5)
MALE, FEMALE = 1, 2
RELATIONS: Final = ("户主", "配偶", "子女", "父母", "兄弟姐妹")
YEAR: Final = 365.25
YOUNGEST, OLDEST = 16.0, 101.0
MOST_OLD: Final = 99.0
KINDS: Final = (
    # share, members, head's age from and to
    (17, (HEAD,), 18, 92),
    (22, (HEAD, SPOUSE), 23, 88),
    (20, (HEAD, SPOUSE, CHILD), 41, 78),
    (9, (HEAD, SPOUSE, CHILD, CHILD), 42, 76),
    (4, (HEAD, PARENT), 30, 66),
    (12, (HEAD, SPOUSE, CHILD, PARENT), 41, 66),
    (7, (HEAD, CHILD), 40, 80),
    (5, (HEAD, SPOUSE, PARENT), 27, 66),
    (2, (HEAD, SIBLING), 20, 60),
    (2, (HEAD, SPOUSE, CHILD, CHILD, PARENT), 42, 64),
)
TWINS: Final = 0.08  # of households with two grown children; many more than there are
SAME_SEX_TWINS: Final = 0.65


@dataclass
class Households:
    """People in the order of their households; births in days since 1970."""

    household: Whole
    role: Whole
    sex: Whole
    born: Whole
    twin_of: Whole  # row of the elder twin, else -1

    def __len__(self) -> int:
        return len(self.household)

    @property
    def head(self) -> Whole:
        """The row of each person's head of household."""
        first = np.flatnonzero(self.role == HEAD)
        return first[self.household]


def found(random: np.random.Generator, people: int, today: int) -> Households:
    """Households until there are as many people as asked for."""
    kind = drawing.weighted(random, [entry[0] for entry in KINDS], people)
    sizes = np.array([len(entry[1]) for entry in KINDS])[kind]
    enough = int(np.searchsorted(np.cumsum(sizes), people)) + 1
    kind, sizes = kind[:enough], sizes[:enough]
    household = np.repeat(np.arange(enough), sizes)[:people]
    role = _members(kind)[:people]
    age = _ages(random, kind, household, role)
    sex = _sexes(random, household, role)
    born = today - np.round(age * YEAR).astype(np.int64) - random.integers(0, 2, people)
    twin_of = _twins(random, household, role, sex, born)
    return Households(household, role, sex, born, twin_of)


def _members(kind: Whole) -> Whole:
    widest = max(len(entry[1]) for entry in KINDS)
    table = np.full((len(KINDS), widest), -1)
    for row, entry in enumerate(KINDS):
        table[row, : len(entry[1])] = entry[1]
    every = table[kind].ravel()
    return every[every >= 0]


def _ages(random: np.random.Generator, kind: Whole, household: Whole, role: Whole) -> np.ndarray:
    """Ages that fit together: a child is twenty to thirty-six years younger than the head."""
    youngest = np.array([entry[2] for entry in KINDS], float)[kind]
    oldest = np.array([entry[3] for entry in KINDS], float)[kind]
    head = youngest + (oldest - youngest) * random.beta(1.3, 1.6, len(kind))
    size = len(role)
    apart = np.select(
        [role == SPOUSE, role == CHILD, role == PARENT, role == SIBLING],
        [
            random.normal(-1.5, 3, size),
            -random.uniform(20, 36, size),
            random.uniform(20, 34, size),
            random.normal(0, 4, size),
        ],
    )
    age = head[household] + apart
    too_young = age < YOUNGEST
    age[too_young] = random.uniform(YOUNGEST, 24, int(too_young.sum()))
    too_old = age > OLDEST
    age[too_old] = random.uniform(70, MOST_OLD, int(too_old.sum()))
    return age


def _sexes(random: np.random.Generator, household: Whole, role: Whole) -> Whole:
    sex = np.where(random.random(len(role)) < 0.51, MALE, FEMALE)
    heads = role == HEAD
    sex[heads] = np.where(random.random(int(heads.sum())) < 0.72, MALE, FEMALE)
    of_head = sex[heads][household]
    return np.where(role == SPOUSE, MALE + FEMALE - of_head, sex)


def _twins(
    random: np.random.Generator, household: Whole, role: Whole, sex: Whole, born: Whole
) -> Whole:
    """Give some second children the birth date of the first."""
    second = np.flatnonzero((role[1:] == CHILD) & (role[:-1] == CHILD) & _same(household)) + 1
    count = max(drawing.FEWEST, round(TWINS * len(second)))
    second = np.sort(random.permutation(second)[:count])
    born[second] = born[second - 1]
    alike = second[random.random(len(second)) < SAME_SEX_TWINS]
    sex[alike] = sex[alike - 1]
    twin_of = np.full(len(role), -1)
    twin_of[second] = second - 1
    return twin_of


def _same(household: Whole) -> Mask:
    return household[1:] == household[:-1]
