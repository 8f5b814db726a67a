"""What goes wrong while typing: which slips, how often, in whose hands, and what each is called.

First registrations get one slip of one kind each, some a second in another field; second ones are
typed by clerks of three habits, so that two rows of one person differ in many ways and often in
several.
"""

import random as chance
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow.compute as pc

from huiyin.screening.rolls import confusions, drawing, slips
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.sheets import ABSENT, BROKEN, INTACT, OTHER, Sheet
from huiyin.screening.rolls.slips import Random, Slip

KIND_SHARE: Final = 0.0009  # of first registrations have a given slip
SECOND_SLIP: Final = 0.15  # of those have another one in another field
NAME, NUMBER, BIRTH, SEX, PHONE, ADDRESS = (
    "name", "identity_number", "birth_date", "sex", "phone", "address",
)  # fmt: skip


@dataclass(frozen=True)
class Mistake:
    """One way of going wrong. `compared` codes show only beside the person's right name;
    `possible` ones are not wrong to report."""

    field: str
    slip: Slip
    codes: tuple[str, ...] = ()
    compared: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    state: int = INTACT
    share: float = 1.0  # among first registrations, as a factor
    again: float = 1.0  # weight among the slips of one field in second registrations


def _other_sex(random: Random, sex: str) -> str:
    return "女" if sex == "男" else "男"


def _mistakes() -> tuple[Mistake, ...]:
    alike = ("E13", "E14", "E16", "E17", "E21")
    numbers = ("E01", "E03", "E05", "E06", "E07", "E08", "E09", "P01")
    sounds, looks = (
        slips.replaced(confusions.homophones()),
        slips.replaced(confusions.look_alikes()),
    )
    # fmt: off
    return (
        # What few names can suffer comes first, while those names are free.
        Mistake(NAME, slips.other_dot, codes=("E15",), possible=("E11",), share=1.5, again=3),
        Mistake(NAME, slips.cut, codes=("E16",), possible=alike, again=2),
        Mistake(NAME, sounds, compared=("E14",), possible=alike, share=3, again=9),
        Mistake(NAME, looks, compared=("E14",), possible=alike, share=2, again=5),
        Mistake(NAME, slips.swapped_characters, possible=alike, again=2),
        Mistake(NAME, slips.dropped_character, possible=alike, again=2),
        Mistake(NAME, slips.reversed_order, compared=("E17",), possible=alike),
        Mistake(NAME, slips.without_last_part, possible=alike, again=2),
        Mistake(NAME, slips.with_husband_s, compared=("E17",), possible=alike, again=0.5),
        Mistake(NAME, slips.nickname, possible=alike, again=0.3),
        Mistake(NAME, slips.traditional, compared=("E13",), possible=("E14",), share=2, again=3),
        Mistake(NAME, slips.emptied, codes=("E11",), share=0.4, again=0),
        Mistake(NAME, slips.soiled, codes=("E11",), possible=(*alike, "E12")),
        Mistake(NAME, slips.spaced, codes=("E11",), possible=("E15",), share=0.6, again=2),
        Mistake(NAME, slips.lost, codes=("E12",), possible=(*alike, "E11"), again=0.4),
        Mistake(NAME, slips.question_mark, codes=("E12",), possible=(*alike, "E11"), share=0.6, again=0.2),
        Mistake(NAME, slips.private_use, codes=("E11",), possible=(*alike, "E12"), share=0.4, again=0.2),
        Mistake(NAME, slips.in_parts, compared=("E12",), possible=(*alike, "E11", "E12"), again=1),
        Mistake(NAME, slips.placeholder, codes=("E17",), possible=alike, share=0.5, again=0),
        Mistake(NUMBER, slips.other_last, possible=numbers, state=BROKEN, again=2),
        Mistake(NUMBER, slips.one_digit, possible=numbers, state=BROKEN, share=2, again=7),
        Mistake(NUMBER, slips.two_digits, possible=numbers, state=BROKEN, share=0.6, again=2),
        Mistake(NUMBER, slips.swapped_digits, possible=numbers, state=BROKEN, again=5),
        Mistake(NUMBER, slips.dropped_digit, codes=("E01",), possible=numbers, state=BROKEN, again=3),
        Mistake(NUMBER, slips.doubled_digit, codes=("E01",), possible=numbers, state=BROKEN, again=1),
        Mistake(NUMBER, slips.absent, codes=("E01",), state=ABSENT, again=7),
        Mistake(NUMBER, slips.of_old_card, codes=("E02",), again=3),
        Mistake(NUMBER, slips.other_keyboard, codes=("E04",), share=2, again=3),
        Mistake(NUMBER, slips.as_float, possible=(*numbers, "E04"), state=BROKEN, share=0.6, again=0.5),
        Mistake(NUMBER, slips.of_no_county, codes=("E05",), possible=("P01",), state=OTHER, again=0.5),
        Mistake(NUMBER, slips.of_no_day, codes=("E06",), possible=numbers, state=BROKEN, again=0.5),
        Mistake(NUMBER, slips.second_number, possible=("P01",), state=OTHER, share=0.5, again=1),
        Mistake(BIRTH, slips.day_and_month, codes=("E07",), possible=("E09",), again=4),
        Mistake(BIRTH, slips.beside, codes=("E07",), possible=("E09",), again=4),
        Mistake(BIRTH, slips.other_year, codes=("E07",), possible=("E09",), again=3),
        Mistake(BIRTH, slips.lunar, codes=("E07",), possible=("E09",), again=2),
        Mistake(BIRTH, slips.absent, again=2),
        Mistake(SEX, _other_sex, codes=("E08",), share=2, again=4),
        Mistake(SEX, slips.absent, share=0.5, again=1),
        Mistake(PHONE, slips.other_phone, share=4, again=3),
        Mistake(PHONE, slips.new_phone, share=4, again=4),
        Mistake(PHONE, slips.absent, share=4, again=3),
        Mistake(ADDRESS, slips.shorter_address, share=6, again=4),
        Mistake(ADDRESS, slips.other_room, share=3, again=1),
    )
    # fmt: on


# How often a clerk of each habit slips in each field of a second registration.
HABITS: Final = (
    {NUMBER: 0.10, NAME: 0.05, BIRTH: 0.03, SEX: 0.01, PHONE: 0.25, ADDRESS: 0.3},
    {NUMBER: 0.34, NAME: 0.22, BIRTH: 0.12, SEX: 0.04, PHONE: 0.45, ADDRESS: 0.5},
    {NUMBER: 0.55, NAME: 0.40, BIRTH: 0.08, SEX: 0.03, PHONE: 0.15, ADDRESS: 0.4},
)
HABIT_SHARES: Final = (5, 3, 2)


def make(random: np.random.Generator, sheet: Sheet, in_register: Mask) -> None:
    """Slip in the sheet and mark what each slip is called."""
    hand = chance.Random(int(random.integers(2**62)))  # noqa: S311 -- invented people, no secret
    every = _mistakes()
    _in_first(random, hand, sheet, every)
    _in_second(random, hand, sheet, every)
    _mark_comparisons(sheet, in_register)


def _in_first(
    random: np.random.Generator, hand: Random, sheet: Sheet, every: tuple[Mistake, ...]
) -> None:
    lots = drawing.Lots(random, len(sheet))
    lots.without(sheet.second)
    for mistake in every:
        able = _able(sheet, mistake)
        rows = lots.share(KIND_SHARE * mistake.share, able)
        _apply(hand, sheet, rows, mistake)
        others = [other for other in every if other.field != mistake.field and other.again]
        more = rows[random.random(len(rows)) < SECOND_SLIP]
        _apply(hand, sheet, more, others[int(random.integers(len(others)))])


def _able(sheet: Sheet, mistake: Mistake) -> Mask | None:
    """Where a slip shows at all: a dot needs a dotted name, a cut a long one."""
    name = sheet.columns[NAME]
    if mistake.slip in (slips.other_dot, slips.without_last_part):
        return pc.match_substring(name, slips.DOT).to_numpy(zero_copy_only=False)
    if mistake.slip is slips.cut:
        return pc.greater(pc.utf8_length(name), 10).to_numpy(zero_copy_only=False)
    if mistake.slip is slips.in_parts:
        pattern = f"[{''.join(confusions.PARTS)}]"
        return pc.match_substring_regex(name, pattern).to_numpy(zero_copy_only=False)
    return None


def _in_second(
    random: np.random.Generator, hand: Random, sheet: Sheet, every: tuple[Mistake, ...]
) -> None:
    """Field by field by the clerk's habit; never number, name and birth date at once."""
    rows = np.flatnonzero(sheet.second)
    habit = drawing.weighted(random, HABIT_SHARES, len(rows))
    slipped = {
        field: random.random(len(rows)) < np.array([h[field] for h in HABITS])[habit]
        for field in HABITS[0]
    }
    slipped[BIRTH] &= ~(slipped[NUMBER] & slipped[NAME])
    for field, where in slipped.items():
        of_field = [mistake for mistake in every if mistake.field == field]
        chosen = drawing.weighted(random, [m.again for m in of_field], len(rows))
        for index, mistake in enumerate(of_field):
            _apply(hand, sheet, rows[where & (chosen == index)], mistake)


def _apply(hand: Random, sheet: Sheet, rows: Whole, mistake: Mistake) -> None:
    """Type the rows anew, and mark those that really came out differently."""
    if mistake.field == NUMBER:
        rows = rows[sheet.number_state[rows] == INTACT]  # not over another document's number
    before = sheet.values(mistake.field, rows)
    after = [mistake.slip(hand, value) if value else value for value in before]
    changed = np.array([old != new for old, new in zip(before, after, strict=True)], bool)
    rows, after = rows[changed], [new for old, new in zip(before, after, strict=True) if old != new]
    sheet.put(mistake.field, rows, after)
    if mistake.field == NAME:
        sheet.name_slipped[rows] = True
        sheet.compared.append((rows, mistake.compared))
        sheet.marks.add(rows, *mistake.codes)
    elif mistake.field == NUMBER:
        _mark_number(sheet, rows, after, mistake)
    elif mistake.field == BIRTH:
        sheet.birth_slipped[rows] = True
    sheet.marks.add(rows, *mistake.possible, demanded=False)
    if mistake.field in (BIRTH, SEX):
        sheet.by_number.append((rows, mistake.codes))


def _mark_number(sheet: Sheet, rows: Whole, typed: list[str], mistake: Mistake) -> None:
    """Two wrong digits may by chance agree with the check character."""
    sheet.number_state[rows] = mistake.state
    sheet.marks.add(rows, *mistake.codes)
    if mistake.slip is slips.second_number:
        sheet.second_number = np.concatenate([sheet.second_number, rows])
    if mistake.state != BROKEN or mistake.codes:
        return
    readable = np.array([len(number) == 18 and "." not in number for number in typed], bool)
    right = np.array(
        [ok and slips.checked(n[:17]) == n for ok, n in zip(readable, typed, strict=True)], bool
    )
    sheet.number_state[rows[right]] = OTHER
    sheet.marks.add(rows[readable & ~right], "E03")
    sheet.marks.add(rows[right], "E05", "E06", "E07", "E08", demanded=False)


def _mark_comparisons(sheet: Sheet, in_register: Mask) -> None:
    """What is seen only beside the register or the number depends on whether the number was typed well."""
    in_list = in_register[sheet.person]
    recognised = in_list & ~(sheet.name_slipped | sheet.birth_slipped)
    sheet.marks.add(sheet.second_number[recognised[sheet.second_number]], "P01")
    known = in_list & (sheet.number_state == INTACT)
    for rows, codes in sheet.compared:
        sheet.marks.add(rows[known[rows]], *codes)
    right = np.isin(sheet.number_state, (INTACT, OTHER))
    for rows, codes in sheet.by_number:
        sheet.marks.add(rows[right[rows]], *codes)
        sheet.marks.add(rows[~right[rows]], *codes, demanded=False)
    _allow_for_strangers(sheet, in_register)


def _allow_for_strangers(sheet: Sheet, in_register: Mask) -> None:
    """Of two rows of somebody the register does not know, either may be the one with the slip."""
    slipped = np.zeros(len(in_register), bool)
    slipped[sheet.person[sheet.name_slipped]] = True
    rows = np.flatnonzero((slipped & ~in_register)[sheet.person])
    sheet.marks.add(rows, "E13", "E14", "E16", "E17", "E21", demanded=False)
    other = np.flatnonzero(sheet.number_state != INTACT)
    sheet.marks.add(other, "E05", "E07", "E08", "E09", "E21", "P01", demanded=False)
