"""A cell as text: numbers as people wrote them, dates in ISO form."""

import datetime as dt
import re
import unicodedata
from typing import Final

# Excel keeps 15 digits of a number; the rest of an identity number typed as a number is gone.
EXACT_BELOW: Final = 10**15
LONGEST: Final = 32_767  # characters; Excel's own limit
SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?E\+[0-9]{2,3}", re.IGNORECASE)
FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
DATE: Final = re.compile(r"([12][0-9]{3})\s*[-/.年]\s*([0-9]{1,2})\s*[-/.月]\s*([0-9]{1,2})\s*日?")
COMPACT_DATE: Final = re.compile(r"([12][0-9]{3})([01][0-9])([0-3][0-9])")
# A date that lost its format: days since Excel's day nought, here from 1954 to 2064.
SERIAL: Final = re.compile(r"[2-5][0-9]{4}(?:\.[0-9]+)?")
DAY_NOUGHT: Final = dt.date(1899, 12, 30)
TIME: Final = re.compile(r"[T\s]*([0-9]{1,2})[:：时]([0-9]{1,2})(?:[:：分]([0-9]{1,2})?)?.*")


def as_text(value: object) -> str:
    """calamine gives every number as a float: 19900001234.0 is a phone, not a measure."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, dt.datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return _unwrapped(str(value)).strip() if value is not None else ""


def _unwrapped(text: str) -> str:
    """Undo what programs, ours among them, put round a value to keep it text."""
    if text.startswith('="') and text.endswith('"') and len(text) > 2:
        return text[2:-1]
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_STARTS else text


def lost_digits(value: object) -> bool:
    """Whether the spreadsheet program already threw the last digits away."""
    if isinstance(value, float):
        return value.is_integer() and abs(value) >= EXACT_BELOW
    return isinstance(value, str) and SCIENTIFIC.fullmatch(value.strip()) is not None


def to_date(cell: str) -> dt.date | None:
    """2026-03-05, 2026/3/5, 2026.3.5, 2026年3月5日, 20260305, each with or without a time of day.

    Also in full-width digits, and as the bare number Excel keeps a date as.
    """
    text = unicodedata.normalize("NFKC", cell).strip()
    if SERIAL.fullmatch(text):
        return DAY_NOUGHT + dt.timedelta(days=int(float(text)))
    match = DATE.match(text) or COMPACT_DATE.fullmatch(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def to_datetime(cell: str) -> dt.datetime | None:
    """Without a zone: the caller knows which clock the file was kept by. A mere date is midnight."""
    day = to_date(cell)
    if day is None:
        return None
    match = TIME.fullmatch(DATE.sub("", cell.strip(), count=1))
    hour, minute, second = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    try:
        return dt.datetime.combine(day, dt.time(hour, minute, second))
    except ValueError:
        return None
