"""Identity numbers (GB 11643-1999), phones, names: what is valid, how it is written, how it is masked, how it sorts."""

import datetime as dt
import re
import unicodedata
from typing import Final, Literal

Problem = Literal["length", "characters", "birth_date", "checksum"]

WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS: Final = "10X98765432"
OLDEST: Final = 120  # years; above that the birth date is taken for a typing error
NUMBER: Final = re.compile(r"[1-9][0-9]{16}[0-9X]")
OLD_NUMBER: Final = re.compile(r"[1-9][0-9]{14}")
MOBILE: Final = re.compile(r"1[3-9][0-9]{9}")
LANDLINE: Final = re.compile(r"(?:0[1-9][0-9]{1,2})?[2-9][0-9]{6,7}")
SPACES_AND_DASHES: Final = re.compile(r"[\s\-‐‑‒–—−·.()_]+")

# Family names whose reading differs from the usual one of the character.
FAMILY_NAMES: Final = {
    "单于": "chan yu",
    "长孙": "zhang sun",
    "曾": "zeng",
    "单": "shan",
    "仇": "qiu",
    "解": "xie",
    "查": "zha",
    "朴": "piao",
    "区": "ou",
    "盖": "ge",
    "乐": "yue",
    "缪": "miao",
    "折": "she",
    "翟": "zhai",
    "黑": "he",
    "秘": "bi",
    "繁": "po",
    "种": "chong",
    "员": "yun",
    "阚": "kan",
    "贠": "yun",
    "乜": "nie",
    "覃": "qin",
    "隗": "wei",
    "祭": "zhai",
    "都": "du",
    "能": "nai",
    "卜": "bu",
    "薄": "bo",
}


# Identity numbers --------------------------------------------------------------------------------


def normalise_number(text: str) -> str:
    """As typed by people: full width, spaces, small x, the letter O for the digit 0."""
    text = SPACES_AND_DASHES.sub("", unicodedata.normalize("NFKC", text)).upper()
    return text[:-1].replace("O", "0").replace("I", "1") + text[-1:].replace("O", "0")


def check_character(first_seventeen: str) -> str:
    total = sum(int(digit) * weight for digit, weight in zip(first_seventeen, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def upgrade_number(number: str) -> str:
    """The 15 digits of a first-generation card, whose century was always the twentieth."""
    longer = f"{number[:6]}19{number[6:]}"
    return longer + check_character(longer)


def problem(number: str, today: dt.date | None = None) -> Problem | None:
    """The first thing wrong with a normalised number of 18 or 15 characters."""
    if len(number) not in (18, 15):
        return "length"
    if not (NUMBER.fullmatch(number) or OLD_NUMBER.fullmatch(number)):
        return "characters"
    number = number if len(number) == 18 else upgrade_number(number)
    born = _date(number[6:14])
    if born is None or (today and not _plausible(born, today)):
        return "birth_date"
    return None if check_character(number[:17]) == number[17] else "checksum"


def birth_date(number: str) -> dt.date:
    born = _date(number[6:14] if len(number) == 18 else f"19{number[6:12]}")
    if born is None:
        raise ValueError("the number holds no date")
    return born


def sex(number: str) -> Literal["male", "female"]:
    return "male" if int(number[16] if len(number) == 18 else number[14]) % 2 else "female"


def _date(digits: str) -> dt.date | None:
    try:
        return dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None


def _plausible(born: dt.date, today: dt.date) -> bool:
    return born <= today and today.year - born.year <= OLDEST


# Phones ------------------------------------------------------------------------------------------


def normalise_phone(text: str) -> str:
    """Digits only, without the country code of the mainland."""
    text = SPACES_AND_DASHES.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"^(?:\+|00)86(?=[01])|^86(?=1[0-9]{10}$)", "", text)


def is_mobile(text: str) -> bool:
    return MOBILE.fullmatch(normalise_phone(text)) is not None


def is_phone(text: str) -> bool:
    """A mobile or a landline, the latter with or without its area code."""
    return is_mobile(text) or LANDLINE.fullmatch(normalise_phone(text)) is not None


# Masks -------------------------------------------------------------------------------------------


def mask_all(text: str) -> str:
    return "****" if text else ""


def mask_number(number: str) -> str:
    return _middle_masked(number, 4, 2)


def mask_phone(phone: str) -> str:
    return _middle_masked(phone, 3, 4)


def mask_account(account: str) -> str:
    return _middle_masked(account, 0, 4)


def mask_name(name: str) -> str:
    """The family name stays; of names in other scripts, the first character."""
    return name[:1] + "*" * min(len(name) - 1, 2) if len(name) > 1 else "*" * len(name)


def _middle_masked(text: str, head: int, tail: int) -> str:
    """At least four characters are always hidden, whatever was typed."""
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[-tail:] if hidden >= 4 else mask_all(text)


# Sorting -----------------------------------------------------------------------------------------


def sort_key(text: str) -> str:
    """Pinyin of a place or unit, read by phrase: 长沙 is chang sha, 重庆 chong qing."""
    text = unicodedata.normalize("NFKC", text).strip()
    return f"{_reading(text)} {text}".strip()


def person_sort_key(name: str) -> str:
    """Pinyin of a person's name: 单 reads shan, 曾 zeng, 尉迟 yu chi."""
    name = unicodedata.normalize("NFKC", name).strip()
    for length in (2, 1):
        if name[:length] in FAMILY_NAMES:
            reading = f"{FAMILY_NAMES[name[:length]]} {_reading(name[length:])}"
            return f"{reading.strip()} {name}"
    return sort_key(name)


def _reading(text: str) -> str:
    # The dictionary of phrases takes half a second to load, and most processes never sort a name.
    from pypinyin import lazy_pinyin  # noqa: PLC0415
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415

    syllables = (to_normal(syllable) for syllable in lazy_pinyin(text))
    return " ".join(" ".join(syllables).lower().split())
