"""The messages nearest to a text, with the words that show why."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

import numpy as np

from huiyin.texts import vectors
from huiyin.texts.spots import Spot, Spots
from huiyin.texts.words import normalise, shared_words

__all__ = ["Entry", "Index", "Neighbour", "normalise", "score", "shared_words"]


class Neighbour(NamedTuple):
    key: Hashable
    score: float
    shared: list[str]


class Entry(NamedTuple):
    """A text to be found again, with what was said of its place, and the street or town if known."""

    key: Hashable
    text: str
    place: str = ""
    town: str = ""


class Index:
    """Texts to look among, built once; a look-up among thousands takes milliseconds."""

    def __init__(self, texts: Iterable[tuple[Hashable, str] | Entry]) -> None:
        self._entries = [Entry(*one) for one in texts]
        self._corpus = vectors.corpus(
            [""] * len(self._entries),
            [entry.text for entry in self._entries],
            [entry.place for entry in self._entries],
        )

    def __len__(self) -> int:
        return len(self._entries)

    def nearest(
        self, text: str, most: int = 5, floor: float = 0.1, *, place: str = "", town: str = ""
    ) -> list[Neighbour]:
        """At most `most` texts with a score (0 to 1) of at least `floor`, best first, ties as given.

        Naming the same place makes a text more alike, naming another or another town less.
        """
        asked = self._corpus.beside([""], [text], [place])
        everyone = np.arange(len(self))
        scores = vectors.likeness(
            asked, np.zeros(len(self), dtype=np.int64), self._corpus, everyone
        )
        scores *= self._in_town(town)
        best = np.argsort(-scores, kind="stable")[:most]
        told = f"{text} {place}"
        return [
            self._neighbour(number, float(scores[number]), told)
            for number in best
            if scores[number] >= floor
        ]

    def _in_town(self, town: str) -> np.ndarray:
        spots = Spots([Spot(town=one) for one in (town, *(entry.town for entry in self._entries))])
        asked = np.zeros(len(self), dtype=np.int64)
        return spots.left_of(asked, np.arange(len(self)) + 1, None)

    def _neighbour(self, number: int, score: float, told: str) -> Neighbour:
        entry = self._entries[number]
        shared = shared_words(told, f"{entry.text} {entry.place}")
        return Neighbour(entry.key, round(score, 4), shared)


def score(a: str, b: str) -> float:
    """How alike two texts are by themselves, 0 to 1; among many texts ask an `Index`."""
    return Index([("b", b)]).nearest(a, most=1, floor=0.0)[0].score
