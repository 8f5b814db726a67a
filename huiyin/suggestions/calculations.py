"""Numbers, differences between two wordings, and what must not be published. Pure functions."""

import datetime as dt
import difflib
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

BETWEEN_SERIAL = "B{serial:03d}"
MOTION_SERIAL = "议{serial:03d}"
COMPARED = 6_000


def suggestion_number(
    pattern: str, *, term: int, session: int, serial: int, is_between: bool
) -> str:
    """17-3-0126 in session, 17-3-B012 between sessions: two series that never meet."""
    if is_between:
        pattern = re.sub(r"\{serial[^}]*\}", BETWEEN_SERIAL, pattern)
    return pattern.format(term=term, session=session, serial=serial)


def motion_pattern(pattern: str) -> str:
    """17-3-议026: the congress's own format with the sign of a motion before the serial."""
    return re.sub(r"\{serial[^}]*\}", MOTION_SERIAL, pattern)


def class_parts(label: str) -> tuple[str, str]:
    """Mark and words of a result class: 甲 已解决 → 甲, 已解决; a scheme of words has no mark."""
    mark, blank, words = label.partition(" ")
    return (mark, words.strip()) if blank else ("", label)


class Judged(NamedTuple):
    """What is looked at to see whether a rating may have been made under pressure."""

    at: dt.datetime
    is_content: bool  # satisfied with everything
    said_no_contact: bool


def oddities(judged: Sequence[Judged], *, signed_at: dt.datetime, has_met: bool) -> list[str]:
    """Signs that ratings of one letter were not given freely: "together", "at_once", "no_contact".

    They prove nothing; the committee looks into them (重庆38, 青岛39: enticing or threatening
    deputies about a rating is an offence in Chongqing 38 and Qingdao 39).
    """
    content = sorted(each.at for each in judged if each.is_content)
    together = any(
        late - early <= ONE_MINUTE
        for early, late in zip(content, content[MOST_ALIKE - 1 :], strict=False)
    )
    found = {
        "together": together,
        "at_once": any(each.at - signed_at <= TO_READ for each in judged),
        "no_contact": has_met and any(each.said_no_contact for each in judged),
    }
    return [name for name, is_so in found.items() if is_so]


ONE_MINUTE = dt.timedelta(minutes=1)
TO_READ = dt.timedelta(minutes=2)  # nobody has read a letter sooner
MOST_ALIKE = 3


class Piece(NamedTuple):
    """A run of text and what became of it: "same", "gone" or "new"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """What changed from one wording to the next, in runs of whole clauses and characters."""
    return _joined(list(_differences(old[:COMPARED], new[:COMPARED])))


def _differences(old: str, new: str) -> Iterator[Piece]:
    before, after = _words(old), _words(new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("gone", "".join(before[start:end]))
        if new_end > new_start:
            yield Piece("new", "".join(after[new_start:new_end]))


def _joined(pieces: list[Piece]) -> list[Piece]:
    """A single character kept between two changes reads worse than one longer change."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and joined[-1].kind == piece.kind:
            joined[-1] = Piece(piece.kind, joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _words(text: str) -> list[str]:
    """Chinese by character, Latin words, numbers and line ends whole."""
    return re.findall(r"[A-Za-z]+|\d+|\r?\n|.", text)


# What may name a person or a home. Order matters: the longest numbers first.
_PATTERNS = (
    # an identity number of 18 or 15 digits
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)"), "［身份证号略］"),
    (re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), "［邮箱略］"),
    # a mobile number, also cut up by blanks or hyphens, also with the country's code
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "［电话略］"),
    (
        re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)"),
        "［电话略］",
    ),
    (re.compile(r"(?<=[话号系机])[:：]?\s*\d{7,8}(?!\d)"), "［电话略］"),
    # a bank card
    (re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?(?!\d)"), "［账号略］"),
    # a number plate, also of a new-energy car
    (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
            r"[A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
        ),
        "［车牌略］",
    ),
    # building, entrance and door of a home: 3号楼2单元501室, 12栋301
    (
        re.compile(
            r"\d{1,4}\s*(?:号楼|栋|幢|座)\s*(?:\d{1,3}\s*(?:单元|门)\s*)?\d{3,4}\s*(?:室|号|户)?"
            r"|\d{1,3}\s*单元\s*\d{1,4}\s*(?:室|号|户)?"
        ),
        "［门牌略］",
    ),
    (
        re.compile(
            r"(?<=[路街巷道弄村里])\s*\d{1,5}(?:-\d{1,4})?\s*号(?:院|楼)?(?:\s*\d{1,4}\s*室)"
        ),
        "［门牌略］",
    ),
    (re.compile(r"(?<!\d)\d{3,4}\s*室"), "［门牌略］"),
)


def redact(text: str) -> str:
    """The text without telephones, identity numbers, cards, plates, doors and e-mail addresses.

    A first pass only: a person reads the result before it is published.
    """
    plain = _narrow(text)
    for pattern, substitute in _PATTERNS:
        plain = pattern.sub(substitute, plain)
    return plain


def _narrow(text: str) -> str:
    """Full-width digits and letters made narrow, so that 一八○ tricks at least cost more effort."""
    return "".join(
        unicodedata.normalize("NFKC", character)
        if "！" <= character <= "～" and character.isalnum()
        else character
        for character in text
    )
