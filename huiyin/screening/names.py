"""Names as they are compared: one dot, one script, no spaces; and how they sound."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import opencc
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.characters import (
    CODE_POINTS,
    Codes,
    Flags,
    Text,
    of_kind,
    spaces,
    text,
    upper,
)

STAND_IN: Final = ord("□")
DOT: Final = 0xB7  # the dot of minority names, by the notice 民委发〔2016〕33号
DOTS: Final = ".。•・‧∙⋅･·．●◦⸱ㆍ᛫﹒﹡"
HAN: Final = (range(0x3400, 0xA000), range(0x20000, 0x2FA20))
SHORT: Final = 4  # Han characters; a space in a name up to here is a layout, above it a dot
READINGS: Final = 3  # of one character, that are compared


def name_keys(names: pa.Array) -> pa.StringArray:
    """NFKC, simplified, without layout spaces, every kind of dot as U+00B7."""
    if names.null_count == len(names):
        return names
    plain = _one_script(text(names))
    plain = _trimmed(plain.only(~_invisible()[plain.codes]))
    blank, dotted = spaces()[plain.codes], plain.codes == DOT
    letters = plain.total(~blank & ~dotted)
    drop = blank & (letters <= SHORT)[plain.row]
    plain = plain.only(~drop)
    codes = np.where(spaces()[plain.codes], np.uint32(DOT), plain.codes)
    return _single_dots(Text(codes, plain.lengths, plain.null)).strings()


def letters(keys: pa.Array) -> Text:
    """A name key without its dots: with and without the dot is one name."""
    plain = text(keys)
    return plain.only(plain.codes != DOT)


def compared_letters(keys: pa.Array) -> Text:
    """Letters in which whatever stands for a character nobody could type (□, ?, XIN) is one □."""
    plain = letters(keys)
    strange = ~_han()[plain.codes]
    strange &= (plain.total(~strange) > 0)[plain.row]  # a name all in Latin is no stand-in
    if not strange.any():
        return plain
    again = np.concatenate(([False], strange[1:] & strange[:-1])) & (plain.place > 0)
    codes = np.where(strange, np.uint32(STAND_IN), plain.codes)
    return Text(codes, plain.lengths, plain.null).only(~again)


def load() -> None:
    """Make all tables ready, once and in one thread: imports in several lock one another out."""
    simplified()
    _broad()
    _han()


@cache
def _han() -> Flags:
    table = np.zeros(CODE_POINTS, dtype=np.bool_)
    for block in HAN:
        table[block.start : block.stop] = True
    table[ord("〇")] = True
    return table


def _invisible() -> Flags:
    return of_kind("Cc", "Cf")


def _one_script(plain: Text) -> Text:
    return plain.mapped(simplified())


def _trimmed(plain: Text) -> Text:
    """Without spaces and dots at either end."""
    shown = ~spaces()[plain.codes] & (plain.codes != DOT)
    if shown.all():
        return plain
    before = np.cumsum(shown) - np.repeat((np.cumsum(shown) - shown)[_first(plain)], plain.lengths)
    total = np.repeat(plain.total(shown), plain.lengths)
    return plain.only((before > 0) & ((before < total) | shown))


def _first(plain: Text) -> npt.NDArray[np.int64]:
    """Where the first character of each text stands; of an empty one, any place that exists."""
    return np.minimum(plain.starts, max(len(plain.codes) - 1, 0))


def _single_dots(plain: Text) -> Text:
    dot = plain.codes == DOT
    again = np.concatenate(([False], dot[1:] & dot[:-1])) & (plain.place > 0)
    return plain.only(~again) if len(again) == len(dot) else plain


@cache
def simplified() -> Codes:
    """Folded, dots as one dot, Latin in capitals, traditional and regional forms simplified."""
    table = upper().copy()
    for dot in DOTS:
        table[ord(dot)] = DOT
    han = "\n".join(chr(code) for block in HAN for code in block)
    for way in ("hk2s", "tw2s", "t2s"):
        changed = opencc.OpenCC(way).convert(han)
        for before, after in zip(han[::2], changed[::2], strict=True):
            if before != after:
                table[ord(before)] = ord(after)
    return table[table]  # compatibility forms of traditional characters too


# Sound -------------------------------------------------------------------------------------------


@cache
def _syllables() -> tuple[list[str], npt.NDArray[np.uint16]]:
    """All toneless syllables, and for each code point up to three of them (0: has no reading)."""
    # Both take a second to load and are needed once a run.
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 -- see above
    from pypinyin.contrib.tone_convert import to_normal  # noqa: PLC0415 -- see above

    plain = cache(to_normal)
    numbers: dict[str, int] = {"": 0}
    table = np.zeros((CODE_POINTS, READINGS), dtype=np.uint16)
    for code, readings in PINYIN_DICT.items():
        toneless = dict.fromkeys(plain(reading) for reading in readings.split(","))
        for place, syllable in enumerate(list(toneless)[:READINGS]):
            table[code, place] = numbers.setdefault(syllable, len(numbers))
    return list(numbers), table


def readings(codes: Codes) -> npt.NDArray[np.uint16]:
    """Up to three syllables of each code point, along a new last axis."""
    return _syllables()[1][codes]


@cache
def _broad() -> npt.NDArray[np.uint16]:
    """Syllables that the north-west hardly tells apart get one number: zh/z, ng/n, l/n."""
    syllables = _syllables()[0]
    numbers: dict[str, int] = {"": 0}
    return np.array(
        [numbers.setdefault(_blurred(syllable), len(numbers)) for syllable in syllables],
        dtype=np.uint16,
    )


def _blurred(syllable: str) -> str:
    for exact, loose in (("zh", "z"), ("ch", "c"), ("sh", "s"), ("l", "n")):
        if syllable.startswith(exact):
            syllable = loose + syllable[len(exact) :]
            break
    return syllable[:-1] if syllable.endswith("ng") else syllable


def broad_sound(codes: Codes) -> npt.NDArray[np.uint64]:
    """One number for how a character sounds to a hasty ear; its own code when it has no reading."""
    broad = _broad()[_syllables()[1][codes, 0]].astype(np.uint64)
    return np.where(broad > 0, broad, codes.astype(np.uint64))


def pinyin(keys: pa.Array) -> pa.StringArray:
    """Toneless syllables with spaces between; characters without a reading stay themselves."""
    plain = letters(keys)
    syllables = pa.array(_syllables()[0])
    read = _syllables()[1][plain.codes, 0]
    own = Text(
        plain.codes,
        np.ones(len(plain.codes), dtype=np.int64),
        np.zeros(len(plain.codes), dtype=np.bool_),
    )
    spoken = pc.if_else(pa.array(read > 0), syllables.take(pa.array(read)), own.strings())
    bounds = np.concatenate(([0], np.cumsum(plain.lengths))).astype(np.int32)
    joined = pc.binary_join(pa.ListArray.from_arrays(pa.array(bounds), spoken), " ")
    return pc.if_else(pa.array(plain.lengths == 0), None, joined)
