"""What the other lists make wrong: the dead, the too young, the garrison; copied rows and clerks' phones."""

import random as chance
from typing import Final

import numpy as np
import pyarrow as pa

from huiyin.screening.rolls import drawing, fates, registers, registrations
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.fates import Fates
from huiyin.screening.rolls.people import People
from huiyin.screening.rolls.sheets import ABSENT, COLUMNS, INTACT, OTHER, Sheet

BY_LIST: Final = {
    "E33": fates.MOVED_OUT,
    "E35": fates.DEAD,
    "E36": fates.DEPRIVED,
    "E39": fates.STOPPED,
}
COPIED, WRONG_PLACE = 0.0004, 0.001  # shares of all rows
WITH_A_CERTIFICATE_OF_ANOTHER: Final = 0.0002
CLERKS_WITH_ONE_PHONE: Final = 1 / 40_000  # of all people


def spoil(random: np.random.Generator, sheet: Sheet, everybody: People) -> None:
    """Faults of rows rather than of fields; only of rows without another fault."""
    lots = drawing.Lots(random, len(sheet))
    marked = np.zeros(len(sheet), bool)
    for rows in sheet.marks.rows:
        marked[rows] = True
    lots.without(marked | sheet.name_slipped | sheet.birth_slipped)
    _copy_rows(sheet, lots)
    _misplace(random, sheet, everybody, lots)
    _one_phone(random, sheet, lots)
    _use_spouse_s_number(random, sheet, everybody, lots)
    _use_certificate_of_another(sheet, lots)


def mark(sheet: Sheet, everybody: People, fate: Fates) -> None:
    """What is wrong with whom, whatever was typed."""
    found = (sheet.number_state == INTACT) | ~(sheet.name_slipped | sheet.birth_slipped)
    card = sheet.number_state == ABSENT  # the document says what one is
    _mark(sheet, fate.of(fates.FOREIGN)[sheet.person], found | card, "E42")
    _mark(sheet, fate.of(fates.SOLDIER)[sheet.person], found | card, "E30")
    for code, which in BY_LIST.items():
        _mark(sheet, fate.of(which)[sheet.person], found, code)
    young = (everybody.age < fates.ADULT)[sheet.person]
    _mark(sheet, young, sheet.number_state == INTACT, "E09")
    _mark_staff(sheet, everybody, fate, found)
    twice = np.zeros(len(everybody), bool)
    doubles = np.flatnonzero(everybody.double_of >= 0)
    twice[doubles] = twice[everybody.double_of[doubles]] = True
    rows = np.flatnonzero(twice[sheet.person])
    sheet.marks.add(rows, "E13", "E14", "E16", "E17", "E21", "P01", demanded=False)


def _mark(sheet: Sheet, who: Mask, found: Mask, code: str) -> None:
    sheet.marks.add(np.flatnonzero(who & found), code)
    sheet.marks.add(np.flatnonzero(who & ~found), code, demanded=False)


def _copy_rows(sheet: Sheet, lots: drawing.Lots) -> None:
    """A second row that is the first one to the second and the clerk."""
    second = lots.share(COPIED, sheet.second)
    first = np.full(int(sheet.person.max()) + 1, -1)
    originals = np.flatnonzero(~sheet.second)
    first[sheet.person[originals]] = originals
    source = first[sheet.person[second]]
    clean = sheet.number_state[source] == INTACT
    clean &= ~sheet.name_slipped[source] & ~sheet.birth_slipped[source]
    second, source = second[clean], source[clean]
    for column in COLUMNS:
        if column != "record_id":
            sheet.put(column, second, sheet.columns[column].take(pa.array(source)))
    sheet.place_kind[second] = sheet.place_kind[source]
    _copy_marks(sheet, source, second)
    original = np.zeros(len(sheet), bool)
    original[source] = True
    lots.without(original)
    sheet.marks.add(np.concatenate([second, source]), "E57")


def _copy_marks(sheet: Sheet, source: Whole, second: Whole) -> None:
    """What is said of a row is said of its copy."""
    copy = dict(zip(source.tolist(), second.tolist(), strict=True))
    for index, rows in enumerate(sheet.marks.rows):
        copies = [copy[row] for row in rows.tolist() if row in copy]
        sheet.marks.rows[index] = np.concatenate([rows, np.array(copies, np.int64)])


def _misplace(
    random: np.random.Generator, sheet: Sheet, everybody: People, lots: drawing.Lots
) -> None:
    """Into a constituency of another town, while the address says where one lives."""
    rows = lots.share(WRONG_PLACE, (sheet.place_kind == registrations.HOUSEHOLD) & ~sheet.second)
    names = everybody.places.constituency_names
    home = everybody.places.constituency[everybody.community[sheet.person[rows]]]
    other = (home + random.integers(5, len(names) - 5, len(rows))) % len(names)
    sheet.put("constituency", rows, names.take(pa.array(other)))
    sheet.marks.add(rows, "E50")


def _one_phone(random: np.random.Generator, sheet: Sheet, lots: drawing.Lots) -> None:
    """A clerk gives the same number for everybody who has none."""
    hand = chance.Random(int(random.integers(2**62)))  # noqa: S311 -- invented people, no secret
    for _ in range(max(2, round(CLERKS_WITH_ONE_PHONE * len(sheet)))):
        rows = lots.draw(int(random.integers(9, 30)), ~sheet.second)
        sheet.fill("phone", rows, f"154{hand.randrange(10**8):08d}")
        sheet.marks.add(rows, "E55")


def _use_spouse_s_number(
    random: np.random.Generator, sheet: Sheet, everybody: People, lots: drawing.Lots
) -> None:
    """The line above in the household book."""
    married = everybody.members.role == 1
    rows = lots.share(0.0003, married[sheet.person] & ~sheet.second)
    spouse = sheet.person[rows] - 1
    sheet.put("identity_number", rows, everybody.number.take(pa.array(spouse)))
    sheet.number_state[rows] = OTHER
    sheet.marks.add(rows, "E08")
    other_day = everybody.born[spouse] != everybody.born[sheet.person[rows]]
    sheet.marks.add(rows[other_day], "E07")
    sheet.marks.add(rows, "P01", "E09", "E14", "E17", "E21", demanded=False)
    beside = np.flatnonzero(np.isin(sheet.person, spouse))
    sheet.marks.add(beside, "E14", "E17", "E21", demanded=False)


def _use_certificate_of_another(sheet: Sheet, lots: drawing.Lots) -> None:
    """Two strangers with one certificate."""
    rows = lots.share(
        WITH_A_CERTIFICATE_OF_ANOTHER,
        (sheet.place_kind == registrations.CERTIFICATE) & ~sheet.second,
    )
    half = len(rows) // 2
    sheet.put(
        "certificate_number",
        rows[:half],
        sheet.columns["certificate_number"].take(pa.array(rows[half : 2 * half])),
    )


def give_other_documents(random: np.random.Generator, sheet: Sheet, fate: Fates) -> None:
    """Half the foreigners hold the card for foreigners, the rest gave up their nationality and kept
    the number; half the soldiers are known by their officer's card."""
    for which, kind, write in (
        (fates.FOREIGN, "外国人永久居留身份证", "GBR3100{:08d}"),
        (fates.SOLDIER, "军官证", "军字第{:07d}号"),
    ):
        rows = np.flatnonzero(fate.of(which)[sheet.person] & (sheet.person % 2 == 0))
        sheet.fill("document_kind", rows, kind)
        numbers = [write.format(random.integers(10**7)) for _ in rows]
        sheet.put("identity_number", rows, numbers)
        sheet.number_state[rows] = ABSENT
        sheet.marks.add(rows, "E01", "E03", "E07", "E08", "E11", "P01", demanded=False)


def _mark_staff(sheet: Sheet, everybody: People, fate: Fates, found: Mask) -> None:
    """Staff of a county's organ on a district's roll; of a unit above the county on a township's."""
    unit = fate.unit[sheet.person]
    city = everybody.places
    names = {name: index for index, name in enumerate(city.constituency_names.to_pylist())}
    _, first = np.unique(city.constituency, return_index=True)
    chosen = sheet.columns["constituency"].dictionary_encode()
    order = np.array([names[name] for name in chosen.dictionary.to_pylist()])
    urban = city.urban[first][order][chosen.indices.to_numpy(zero_copy_only=False)]
    seat = city.urban[registrations.community_of_unit(unit, len(city.county))]
    organ = (unit >= 0) & registers.county_organ(unit, fate.units)
    above = (unit >= 0) & registers.not_county_led(unit, fate.units)
    _mark(sheet, organ & seat & urban, found, "E28")
    sheet.marks.add(np.flatnonzero(organ & ~seat), "E28", demanded=False)
    _mark(sheet, above & ~urban, found, "E29")


def is_missing(everybody: People, fate: Fates) -> Mask:
    """Who may vote, stands in the register and on no roll."""
    may = (everybody.age >= fates.ADULT) & fate.in_register
    may &= np.isin(
        fate.fate,
        (
            fates.ORDINARY,
            fates.RESTORED,
            fates.MOVED_IN,
            fates.IN_CUSTODY,
            fates.CERTIFIED,
            fates.SENTENCED,
        ),
    )
    return may & ~fate.registered
