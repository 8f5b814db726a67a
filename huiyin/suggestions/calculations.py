"""Numbers, differences between two wordings, and what must not be published. Pure functions."""

import datetime as dt
import difflib
import re
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
