"""Groups of messages about the same matter."""

import datetime as dt
from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

import numpy as np

from huiyin.texts import vectors
from huiyin.texts.merging import Merging
from huiyin.texts.semantic import Embed
from huiyin.texts.spots import Spot, Spots
from huiyin.texts.vectors import Near
from huiyin.texts.words import words_of_most

# How alike the centres of two groups must be to be one matter, and the mean across them at least.
CENTRES, ACROSS = 0.23, 0.13
# The same when the meaning of the titles is compared too: likenesses are then spread wider.
CENTRES_BY_MEANING, ACROSS_BY_MEANING = 0.35, 0.21
# Pairs below this add nothing that could be noticed.
FLOOR = 0.05
# Partners looked at for each message: bounds memory; a matter larger than this holds together all the same.
PARTNERS = 100

_EMBEDDED_AT_ONCE = 64
_SHOWN_MEMBERS = 30

Progress = Callable[[int, int], None]


class Message(NamedTuple):
    key: Hashable
    title: str
    text: str
    at: dt.datetime | None = None
    place: str = ""
    district: str = ""
    town: str = ""


class Cluster(NamedTuple):
    """Messages about one matter, from the first said on.

    How alike they are (0 to 1), the words that most share, and how like the likest other each one is.
    """

    keys: tuple[Hashable, ...]
    cohesion: float
    shared: tuple[str, ...]
    likeness: tuple[float, ...]


def cluster(
    messages: Sequence[Message],
    *,
    embed: Embed | None = None,
    within: dt.timedelta | None = None,
    progress: Progress | None = None,
) -> list[Cluster]:
    """Every message in exactly one cluster, the largest first; a message alone is a cluster of one.

    The order of the messages does not matter: the same messages always give the same clusters.
    Keys must be unique. With `embed`, the meaning of the titles counts as much as their words.
    Two messages of two districts, or said farther apart than `within`, speak for nothing together.
    """
    ordered = sorted(messages, key=_first_said)
    if not ordered:
        return []
    report = progress or _silent
    near = _near(ordered, report, len(ordered) * (2 if embed else 1))
    limits = {"centres": CENTRES, "across": ACROSS}
    if embed:
        near = _by_meaning(ordered, near, embed, report)
        limits = {"centres": CENTRES_BY_MEANING, "across": ACROSS_BY_MEANING}
    near = _in_place_and_time(ordered, near, within)
    groups = Merging(len(ordered), near, **limits).groups()
    return _described(ordered, near, groups)


def _first_said(message: Message) -> tuple[str, str]:
    return message.at.isoformat() if message.at else "undated, so last", str(message.key)


def _silent(_done: int, _total: int) -> None:
    """Nobody is watching."""


def _near(messages: Sequence[Message], report: Progress, total: int) -> Near:
    """Each pair of messages that may be about one matter, once."""
    texts = vectors.corpus(
        [message.title for message in messages],
        [message.text for message in messages],
        [message.place for message in messages],
    )
    blocks = []
    for done, block in vectors.near(texts, most=PARTNERS, floor=FLOOR):
        blocks.append(block)
        report(done, total)
    left, right, score = (np.concatenate(column) for column in zip(*blocks, strict=True))
    _, once = np.unique(left.astype(np.int64) * len(messages) + right, return_index=True)
    return Near(left[once], right[once], score[once])


def _in_place_and_time(
    messages: Sequence[Message], near: Near, within: dt.timedelta | None
) -> Near:
    """The same pairs, less alike where place or time speak against it."""
    spots = Spots([Spot(message.district, message.town, message.at) for message in messages])
    score = near.score * spots.left_of(near.left, near.right, within)
    kept = score >= FLOOR
    return Near(near.left[kept], near.right[kept], score[kept])


def _by_meaning(messages: Sequence[Message], near: Near, embed: Embed, report: Progress) -> Near:
    """The same pairs, scored by words and meaning alike; only messages that have a partner are embedded."""
    wanted = np.unique(np.concatenate([near.left, near.right]))
    parts = [np.zeros((0, 1), dtype=np.float32)] if not len(wanted) else []
    for first in range(0, len(wanted), _EMBEDDED_AT_ONCE):
        some = wanted[first : first + _EMBEDDED_AT_ONCE]
        parts.append(embed([_headline(messages[place]) for place in some]))
        report(len(messages) + int(some[-1]) + 1, 2 * len(messages))
    meanings = np.concatenate(parts)
    left, right = np.searchsorted(wanted, near.left), np.searchsorted(wanted, near.right)
    close = np.clip(np.einsum("ij,ij->i", meanings[left], meanings[right]), 0, 1)
    return Near(near.left, near.right, np.sqrt(near.score * close))


def _headline(message: Message) -> str:
    return message.title or message.text[: vectors.LEAD_CHARACTERS]


def _described(messages: Sequence[Message], near: Near, groups: list[list[int]]) -> list[Cluster]:
    group_of = np.empty(len(messages), dtype=np.int64)
    for number, group in enumerate(groups):
        group_of[group] = number
    inside = group_of[near.left] == group_of[near.right]
    left, right, score = near.left[inside], near.right[inside], near.score[inside]
    sums = np.bincount(left, score, len(messages)) + np.bincount(right, score, len(messages))
    most = np.zeros(len(messages))
    np.maximum.at(most, left, score)
    np.maximum.at(most, right, score)
    found = [
        _describe([messages[place] for place in group], sums[group], most[group])
        for group in groups
    ]
    return sorted(found, key=lambda cluster: (-len(cluster.keys), str(cluster.keys[0])))


def _describe(members: list[Message], sums: np.ndarray, most: np.ndarray) -> Cluster:
    size = len(members)
    keys = tuple(member.key for member in members)
    if size == 1:
        return Cluster(keys, 1.0, (), (1.0,))
    centre = members[int(np.argmax(sums))]
    told = [
        f"{member.title} {member.place} {member.text}"
        for member in members[:_SHOWN_MEMBERS]
        if member is not centre
    ]
    return Cluster(
        keys,
        round(float(sums.sum()) / (size * (size - 1)), 4),
        tuple(words_of_most(f"{_headline(centre)} {centre.place}", told)),
        tuple(round(float(one), 4) for one in most),
    )
