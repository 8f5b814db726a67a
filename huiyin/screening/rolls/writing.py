"""The files of a roll: registrations in several encodings and forms of dates, the lists, and the truth."""

import codecs
import datetime as dt
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv

from huiyin.screening.rolls import drawing, registrations
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.sheets import COLUMNS, Sheet

EXCEL_DAY_ZERO: Final = dt.date(1899, 12, 30)
HABITS: Final = 7  # forms in which people write a date
# Is the number typed the person's own, another good one, a bad one, or none?
NUMBERS: Final = ("own", "other", "bad", "none")
CHUNK: Final = 1 << 22


def write(table: dict[str, pa.Array], path: Path, encoding: str = "utf-8") -> None:
    """A csv file; GB18030 by way of a second pass, which needs no memory."""
    columns = pa.table(table)
    first = path.with_suffix(".utf8") if encoding != "utf-8" else path
    pyarrow.csv.write_csv(columns, first, pyarrow.csv.WriteOptions(quoting_style="needed"))
    if encoding != "utf-8":
        _recode(first, path, encoding)


def write_registrations(random: np.random.Generator, sheet: Sheet, folder: Path) -> None:
    """Households in UTF-8, units and schools in GB18030 with every form of date, certificates apart."""
    kind = sheet.place_kind
    office = np.isin(kind, (registrations.UNIT, registrations.SCHOOL))
    paper = kind == registrations.CERTIFICATE
    parts = (
        ("registrations-households.csv", ~office & ~paper, "utf-8", 0.02),
        ("registrations-units.csv", office, "gb18030", 0.8),
        ("registrations-certificates.csv", paper, "utf-8", 0.3),
    )
    for name, where, encoding, odd in parts:
        write(_part(random, sheet, where, odd), folder / name, encoding)


def write_truth(
    sheet: Sheet, missing: dict[str, pa.Array], others: dict[str, pa.Array], folder: Path
) -> None:
    """Who each row is, what is wrong with it, what may be said of it, who is on no row, and what is
    true of other lists and of whole constituencies."""
    who = {
        "record_id": sheet.columns["record_id"],
        "person": drawing.joined("P", drawing.digits(sheet.person)),
        "number": drawing.take(NUMBERS, sheet.number_state),
    }
    write(who, folder / "truth_duplicates.csv")
    wrong = _marks(sheet, demanded=True)
    write(wrong, folder / "truth_wrong.csv")
    write(_marks(sheet, demanded=False), folder / "truth_tolerated.csv")
    write(missing, folder / "truth_missing.csv")
    write(others, folder / "truth_others.csv")


def styled(dates: pa.Array, style: Whole) -> pa.Array:
    """Days as YYYYMMDD in the form each row's clerk likes; every distinct day is written once."""
    encoded = dates.dictionary_encode()
    days = encoded.dictionary.to_pylist()
    forms = pa.array([_form(day, form) for form in range(HABITS) for day in days], pa.string())
    known = encoded.indices.is_valid().to_numpy(zero_copy_only=False)
    index = encoded.indices.fill_null(0).to_numpy() + style * len(days)
    return drawing.take(forms, np.where(known, index, -1))


def _part(
    random: np.random.Generator, sheet: Sheet, where: Mask, odd: float
) -> dict[str, pa.Array]:
    """Some rows in their order under the headers of the form."""
    rows = np.flatnonzero(where)
    chosen = pa.array(rows)
    part = {COLUMNS[name]: column.take(chosen) for name, column in sheet.columns.items()}
    style = np.where(random.random(len(rows)) < odd, random.integers(1, HABITS, len(rows)), 0)
    part[COLUMNS["birth_date"]] = styled(part[COLUMNS["birth_date"]], style)
    return part


def _form(day: str, form: int) -> str:
    if len(day) != 8:
        return day
    year, month, date = day[:4], day[4:6], day[6:]
    match form:
        case 0:
            return f"{year}-{month}-{date}"
        case 1:
            return day
        case 2:
            return f"{year}/{int(month)}/{int(date)}"
        case 3:
            return f"{year}年{int(month)}月{int(date)}日"
        case 4:
            return f"{year}.{month}.{date}"
        case 5:
            return f"{year}-{month}-{date} 00:00:00"
    return _serial(day)


def _serial(day: str) -> str:
    """As a spreadsheet counts; the thirtieth of a lunar February is a day to none."""
    try:
        found = dt.date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return day
    return str((found - EXCEL_DAY_ZERO).days)


def _marks(sheet: Sheet, *, demanded: bool) -> dict[str, pa.Array]:
    rows, codes = sheet.marks.table(demanded=demanded)
    return {
        "record_id": sheet.columns["record_id"].take(pa.array(rows)),
        "code": pa.array(codes.astype(str)),
    }


def _recode(source: Path, target: Path, encoding: str) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with source.open("rb") as read, target.open("wb") as written:
        while piece := read.read(CHUNK):
            written.write(decoder.decode(piece).encode(encoding))
    source.unlink()
