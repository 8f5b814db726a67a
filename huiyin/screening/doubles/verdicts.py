"""What a pattern means: one person for certain, a suspect case, or two people. Rules and vetoes
stand before the score, and each says why."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from huiyin.screening.characters import Flags
from huiyin.screening.doubles.comparing import Levels, levels_of
from huiyin.screening.doubles.levels import (
    ADDRESS,
    BORN,
    FIELDS,
    HOUSEHOLD,
    NAME,
    NUMBER,
    PHONE,
    SEX,
    Field,
)
from huiyin.screening.doubles.training import Weights, belongings

# Scores from which on a pair is worth a person's time, and certain; each as low as a roll allows.
LIKELY: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
EVEN: Final = 0.5
SURE: Final = (0.95, 0.96, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999)
WRONG: Final = 0.025  # of all pairs found, by their scores
WRONG_CERTAIN: Final = 0.0005
# People of one name: so few that hardly two are born the same day, of some twenty thousand days.
FEW: Final = 150


@dataclass(frozen=True)
class Rule:
    name: str
    certain: bool
    zh: str
    en: str
    joins: bool = True  # into a group of doubles; else it is told of only


# fmt: off
RULES: Final = (
    Rule("different", False, "不是同一人", "two people"),
    Rule("same_number", True, "身份证号相同，姓名相同或相近", "same identity number, same or similar name"),
    Rule("one_number_two_names", False, "同一身份证号登记了不同姓名（笔误、改名或重号）", "one identity number under different names (typing error, renamed, or issued twice)"),
    Rule("one_number_two_people", False, "同一身份证号登记在不同的人名下（误填他人号码或重号）", "one identity number on the forms of two people (another's number typed, or issued twice)", joins=False),
    Rule("two_numbers", False, "姓名、出生日期相同而有两个有效的身份证号", "same name and birth date with two valid identity numbers"),
    Rule("namesakes", False, "同名同日出生，身份证号不同：可能是两人", "same name, born the same day, other number: possibly two people"),
    Rule("mistyped_number", True, "身份证号笔误，姓名与出生日期相符", "identity number mistyped, name and birth date agree"),
    Rule("no_number", True, "一方身份证号缺失或有误，姓名、出生日期及住处或电话相符", "an identity number missing or faulty; name, birth date and address, household or phone agree"),
    Rule("rare_name", True, "姓名少见，与出生日期相符", "a rare name and the birth date agree"),
    Rule("same_home", False, "姓名相同或相近，住在一处，出生日期不同", "same or similar name at one home, other birth date"),
    Rule("similar", False, "多项相近，须由人判断", "alike in several fields; a person must decide"),
)
# fmt: on
BY_NAME: Final = {rule.name: place for place, rule in enumerate(RULES)}


@dataclass(frozen=True)
class Verdicts:
    """One for each pattern, in the order asked."""

    score: npt.NDArray[np.float64]  # chance of one person, 0 to 1
    rule: npt.NDArray[np.int64]  # place in RULES; 0: two people

    @property
    def certain(self) -> Flags:
        return np.array([rule.certain for rule in RULES])[self.rule]

    @property
    def joins(self) -> Flags:
        return np.array([rule.joins for rule in RULES])[self.rule] & (self.rule > 0)


@dataclass(frozen=True)
class Bounds:
    """The scores from which on a pair is a suspect case, and certain, where no rule says so."""

    likely: float = EVEN
    sure: float = SURE[-1]


def judge(
    patterns: npt.NDArray[np.int64], weights: Weights, usual: float, bounds: Bounds
) -> Verdicts:
    """`usual` is how many people have the name of one person, in the mean."""
    levels, bands = levels_of(patterns)
    score = np.round(belongings(levels, bands, weights)[:, 0], 4)
    seen = Seen(levels)
    outcomes = [
        *_with_one_number(seen, score, bounds),
        *_with_two_numbers(seen, score, bounds),
        *_without_numbers(seen, score, bounds, few=usual * 2.0**bands <= FEW),
    ]
    rule = np.select(
        [holds for holds, _ in outcomes], [BY_NAME[name] for _, name in outcomes], default=0
    )
    return Verdicts(score, rule)


def bounds_of(
    patterns: npt.NDArray[np.int64], counts: npt.NDArray[np.int64], weights: Weights, usual: float
) -> Bounds:
    """As low as this roll allows: where hardly anybody is registered twice, most of what is alike
    are twins and namesakes, and only what is more alike is worth a look."""
    if not len(patterns):
        return Bounds()

    def wrong(found: Verdicts, chosen: Flags) -> float:
        return float(counts[chosen] @ (1 - found.score[chosen]))

    by_rule = judge(patterns, weights, usual, Bounds(sure=np.inf)).certain
    for sure in SURE:
        found = judge(patterns, weights, usual, Bounds(sure=sure))
        if wrong(found, found.certain & ~by_rule) <= WRONG_CERTAIN * counts[found.certain].sum():
            break
    for likely in LIKELY:
        found = judge(patterns, weights, usual, Bounds(likely, sure))
        if wrong(found, found.joins) <= WRONG * counts[found.joins].sum():
            break
    return Bounds(likely, sure)


class Seen:
    """The levels of many patterns, asked by name."""

    def __init__(self, levels: Levels) -> None:
        self._levels = levels

    def is_(self, field: Field, *names: str) -> Flags:
        return np.isin(self._levels[:, FIELDS.index(field)], [field.at(name) for name in names])

    def unknown(self, field: Field) -> Flags:
        return self._levels[:, FIELDS.index(field)] == 0

    @property
    def two_numbers(self) -> Flags:
        """Both valid and not the same."""
        return self.is_(NUMBER, "twin_like", "same_tail", "near_valid", "other")

    @property
    def close_name(self) -> Flags:
        return self.is_(
            NAME, "same", "sounds_alike", "looks_alike", "reordered", "letter_dropped", "former"
        )

    @property
    def same_name(self) -> Flags:
        return self.is_(NAME, "same")

    @property
    def same_day(self) -> Flags:
        return self.is_(BORN, "same", "same_in_number")

    @property
    def near_day(self) -> Flags:
        return self.is_(BORN, "swapped", "one_part", "near", "year_only")

    @property
    def other_day(self) -> Flags:
        return self.is_(BORN, "other", "generation")

    @property
    def place(self) -> Flags:
        return self.is_(PHONE, "same") | self.is_(ADDRESS, "same") | self.is_(HOUSEHOLD, "same")

    @property
    def home(self) -> Flags:
        return self.is_(ADDRESS, "same") | self.is_(HOUSEHOLD, "same")

    @property
    def building(self) -> Flags:
        """One address, or one that stops at the other's building."""
        return self.home | self.is_(ADDRESS, "same_building")

    @property
    def other_sex(self) -> Flags:
        return self.is_(SEX, "other")


Outcome = tuple[Flags, str]


def _with_one_number(seen: Seen, score: npt.NDArray[np.float64], bounds: Bounds) -> list[Outcome]:
    """A number issued twice belongs to two people born the same day, and another's number is on the
    form of one born another day, so the names decide, and then everything else."""
    one = seen.is_(NUMBER, "same")
    unlike = seen.other_sex & seen.other_day
    slip = seen.is_(NAME, "one_other", "given_only") & seen.is_(SEX, "same")
    slip &= seen.is_(BORN, "same") | (seen.same_day & seen.place)
    slip |= (
        seen.is_(NAME, "one_other", "family_only")
        & seen.is_(BORN, "same")
        & seen.home
        & seen.is_(PHONE, "same")
    )
    misheard = seen.is_(NAME, "given_only") & seen.place  # twins have one family name
    # Whoever shares the birth date and the home as well may have been given another name.
    likely = (score >= bounds.likely) | (seen.same_day & seen.place)
    return [
        (one & seen.close_name & ~unlike & (score >= EVEN), "same_number"),
        (one & slip & (score >= bounds.sure), "same_number"),
        (one & slip & misheard & (score >= SURE[0]), "same_number"),
        (one & ~seen.unknown(NAME) & likely, "one_number_two_names"),
        (one & ~seen.unknown(NAME), "one_number_two_people"),
        (one, "similar"),
    ]


def _with_two_numbers(seen: Seen, score: npt.NDArray[np.float64], bounds: Bounds) -> list[Outcome]:
    """Never certain. Twins have other names and numbers that differ in their sequence only."""
    two = seen.two_numbers
    possible = score >= LIKELY[0]
    # A namesake of the same day has the same three digits of sequence once in five hundred times.
    tail = seen.is_(NUMBER, "same_tail")
    tail &= seen.close_name | (seen.is_(NAME, "one_other") & possible)
    twins = seen.is_(NUMBER, "twin_like") & ~seen.same_name
    alike = two & ~twins & seen.close_name & (seen.same_day | seen.near_day)
    likely = alike & (score >= bounds.likely)
    return [
        (tail, "two_numbers"),
        (alike & seen.same_name & seen.same_day & seen.place & ~seen.other_sex, "two_numbers"),
        (alike & seen.same_day & seen.home, "two_numbers"),
        (likely & seen.place, "two_numbers"),
        (likely & seen.same_day, "namesakes"),
        (two, "different"),
    ]


def _without_numbers(
    seen: Seen, score: npt.NDArray[np.float64], bounds: Bounds, *, few: Flags
) -> list[Outcome]:
    near = seen.is_(NUMBER, "near", "same_broken")
    sequence = seen.is_(NUMBER, "near_sequence")
    same_sex, sure = ~seen.other_sex, score >= bounds.sure
    possible = score >= LIKELY[0]
    # Father and son, or two of one name: a generation apart is no typing error.
    generation = seen.is_(BORN, "generation") & ~near & ~sequence
    a_day = seen.same_day | seen.near_day
    # Another name and a birth date say nothing, unless a place agrees: those born on one day in one
    # county have most of their numbers in common.
    placed = seen.place | seen.building
    plausible = seen.close_name | seen.unknown(NAME)
    plausible |= (near | sequence) & (placed | seen.is_(NAME, "one_other", "given_only"))
    plausible |= placed & seen.is_(NAME, "one_other", "given_only")
    plausible |= placed & seen.is_(NUMBER, "broken") & same_sex  # else a twin without number
    return [
        (near & seen.close_name & seen.same_day & same_sex, "mistyped_number"),
        (near & seen.close_name & seen.same_day & seen.place & sure, "mistyped_number"),
        (near & seen.is_(NAME, "one_other") & seen.same_day & same_sex & sure, "mistyped_number"),
        (near & seen.is_(NAME, "one_other") & seen.same_day & seen.place & sure, "mistyped_number"),
        (near & seen.same_name & seen.same_day, "mistyped_number"),
        (near & seen.same_name & ~seen.other_day & (same_sex | sure), "mistyped_number"),
        (sequence & seen.same_name & seen.same_day & same_sex, "mistyped_number"),
        (generation, "different"),
        (seen.same_name & seen.same_day & placed & same_sex, "no_number"),
        # Nobody lives with another of the same name and birth date: the sex is the slip.
        (seen.same_name & seen.same_day & seen.place, "no_number"),
        (seen.same_name & seen.near_day & seen.home & same_sex, "no_number"),
        (seen.close_name & a_day & seen.place & sure, "no_number"),
        (seen.same_name & seen.same_day & same_sex & sure, "rare_name"),
        (seen.is_(BORN, "other") & seen.other_sex & ~near & ~sequence, "different"),
        (possible & seen.same_name & seen.home, "same_home"),
        (possible & seen.close_name & a_day & seen.home & same_sex, "same_home"),
        (seen.is_(BORN, "other") & ~near & ~sequence, "different"),
        (plausible & (score >= bounds.likely), "similar"),
        (possible & seen.same_name & seen.same_day & same_sex & few, "similar"),
    ]
