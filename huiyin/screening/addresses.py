"""Addresses as they are compared: below the town, figures for numerals, dashes for buildings and flats."""

from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from huiyin.screening import names
from huiyin.screening.characters import CODE_POINTS, Codes, Flags, Text, of_kind, text

# Each of them ends or joins the number of a group, a house, a building, a stairway or a flat.
BUILDING_WORDS: Final = "号楼栋幢座单元院室户门弄组队#-－—―~～"
DASH: Final = ord("-")
NOTHING: Final = 0
AREA_ENDS: Final = "省市州盟区县旗镇乡"
AREAS_WITHIN: Final = 24  # characters
NO_AREA_BEFORE: Final = "社小园片宅"  # 社区, 小区, 园区, 片区, 住宅区
NO_AREA_AFTER: Final = "场政民医中小路街巷道府委第-0123456789"  # 市场, 县政府, 市民路
# Roles a character can play, as bits; 街道 is a part of a city.
ENDS, NOT_BEFORE, NOT_AFTER, STREET, OFFICE = 1, 2, 4, 8, 16
GROUP: Final = ord("社")  # of a village, behind its number
NUMERALS: Final = "一二三四五六七八九"
TEN: Final = ord("十")
LONGEST_NUMERAL: Final = 3  # 二十三
ORDINAL: Final = ord("第")
ZERO: Final = ord("0")


def address_keys(typed: pa.Array) -> pa.StringArray:
    """Below the town, letters and digits only: …城关区张掖路3号楼2单元501室 is 张掖路3-2-501."""
    encoded = typed.dictionary_encode()  # a household has one address
    plain = text(encoded.dictionary).mapped(_letters())
    plain = _grouped(_in_figures(plain.only(plain.codes != NOTHING)))
    return _without_last_dash(_below_town(plain)).strings().take(encoded.indices)


def _in_figures(plain: Text) -> Text:
    """二组 and 第二组 as 2, 十二号 as 12; numerals that number nothing stay what they are."""
    counted = _counting(plain)
    at = np.flatnonzero(counted)
    if not len(at):
        return plain
    begins = _begins(plain)
    codes, drop = plain.codes.copy(), np.zeros(len(counted), dtype=np.bool_)
    ten = at[codes[at] == TEN]
    codes[at] = _figures()[codes[at]]
    before = (ten > 0) & counted[ten - 1] & ~begins[ten]
    after = counted[np.minimum(ten + 1, len(counted) - 1)] & (ten + 1 < len(counted))
    codes[ten] = np.where(before, ZERO, ZERO + 1)
    drop[ten[before & after]] = True
    first = at[(at > 0) & ~begins[at]]
    drop[first[codes[first - 1] == ORDINAL] - 1] = True
    alone = ten[~before & ~after]  # 十组 is 10
    longer = plain.lengths + np.bincount(plain.row[alone], minlength=len(plain.lengths))
    kept = np.insert(~drop, alone + 1, True)
    return Text(np.insert(codes, alone + 1, ZERO), longer, plain.null).only(kept)


def _counting(plain: Text) -> Flags:
    """Numerals right before a word for a group, a building or a flat."""
    codes = plain.codes
    numeral, counted = _is_numeral()[codes], np.zeros(len(codes), dtype=np.bool_)
    ends = (codes == DASH) | (codes == GROUP)
    at = np.flatnonzero(numeral[:-1] & ends[1:])
    if len(at):
        begins = _begins(plain)
        at = at[~begins[at + 1]]
        for _ in range(LONGEST_NUMERAL):
            counted[at] = True
            at = at[(at > 0) & ~begins[at]] - 1
            at = at[numeral[at]]
    return counted


def _begins(plain: Text) -> Flags:
    """Which characters are the first of their text."""
    table = np.zeros(len(plain.codes), dtype=np.bool_)
    table[plain.starts[plain.lengths > 0]] = True
    return table


def _grouped(plain: Text) -> Text:
    """五社 is a group like 五组, 社区 is none."""
    groups = np.flatnonzero(plain.codes == GROUP)
    groups = groups[groups > 0]
    before = plain.codes[groups - 1]
    codes = plain.codes.copy()
    codes[groups[(before >= ZERO) & (before <= ZERO + 9)]] = DASH
    return Text(codes, plain.lengths, plain.null)


def _below_town(plain: Text) -> Text:
    """Without province, city, county and town, which one form writes and the next leaves out, and
    with single dashes, none in front."""
    codes, row, place = plain.codes, plain.row, plain.place
    role = _roles()[codes]
    ends = (role & ENDS) > 0
    ends[1:] &= (role[:-1] & NOT_BEFORE) == 0
    ends[1:] |= ((role[1:] & OFFICE) > 0) & ((role[:-1] & STREET) > 0)
    ends[:-1] &= (role[1:] & NOT_AFTER) == 0
    ends &= (place < AREAS_WITHIN) & (place > 0)
    cut = np.full(len(plain.lengths), -1)
    cut[row[ends]] = place[ends]  # the last one in each counts
    begins = cut[row]
    dash = codes == DASH
    double = dash.copy()
    double[:1] = False
    double[1:] &= dash[:-1]
    return plain.only((place > begins) & ~(dash & ((place == begins + 1) | double)))


def _without_last_dash(plain: Text) -> Text:
    last = np.cumsum(plain.lengths)[plain.lengths > 0] - 1
    dashes = last[plain.codes[last] == DASH]
    if not len(dashes):
        return plain
    keep = np.ones(len(plain.codes), dtype=np.bool_)
    keep[dashes] = False
    return plain.only(keep)


@cache
def _roles() -> npt.NDArray[np.uint8]:
    """What a character says of a county's or town's end at it, before it or behind it."""
    table = np.zeros(CODE_POINTS, dtype=np.uint8)
    for role, marks in (
        (ENDS, AREA_ENDS),
        (NOT_BEFORE, NO_AREA_BEFORE),
        (NOT_AFTER, NO_AREA_AFTER),
        (STREET, "街"),
        (OFFICE, "道"),
    ):
        for mark in marks:
            table[ord(mark)] |= role
    return table


@cache
def _letters() -> Codes:
    """One script; words for buildings and flats as dashes, spaces and punctuation as nothing."""
    table = names.simplified().copy()
    table[~of_kind("L", "N")[table]] = NOTHING
    for mark in BUILDING_WORDS:
        table[ord(mark)] = DASH
    return table


@cache
def _is_numeral() -> Flags:
    table = _figures() != np.arange(CODE_POINTS)
    table[TEN] = True
    return table


@cache
def _figures() -> Codes:
    """一 to 九 as 1 to 9."""
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    for value, numeral in enumerate(NUMERALS, start=1):
        table[ord(numeral)] = ZERO + value
    return table
