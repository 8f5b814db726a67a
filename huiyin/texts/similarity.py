"""The messages nearest to a text, with the words that show why."""

from collections.abc import Hashable, Iterable
from typing import NamedTuple

import numpy as np

from huiyin.texts import vectors
from huiyin.texts.words import normalise, shared_words

__all__ = ["Index", "Neighbour", "normalise", "score", "shared_words"]


class Neighbour(NamedTuple):
    key: Hashable
    score: float
    shared: list[str]


class Index:
    """Texts to look among, built once; a look-up among thousands takes milliseconds."""

    def __init__(self, texts: Iterable[tuple[Hashable, str]]) -> None:
        entries = list(texts)
        self._keys = [key for key, _ in entries]
        self._texts = [text for _, text in entries]
        self._corpus = vectors.corpus([""] * len(entries), self._texts)

    def __len__(self) -> int:
        return len(self._keys)

    def nearest(self, text: str, most: int = 5, floor: float = 0.1) -> list[Neighbour]:
        """At most `most` texts with a score (0 to 1) of at least `floor`, best first, ties as given."""
        asked = self._corpus.beside([""], [text])
        everyone = np.arange(len(self))
        scores = vectors.likeness(
            asked, np.zeros(len(self), dtype=np.int64), self._corpus, everyone
        )
        best = np.argsort(-scores, kind="stable")[:most]
        return [
            self._neighbour(place, float(scores[place]), text)
            for place in best
            if scores[place] >= floor
        ]

    def _neighbour(self, place: int, score: float, text: str) -> Neighbour:
        return Neighbour(self._keys[place], round(score, 4), shared_words(text, self._texts[place]))


def score(a: str, b: str) -> float:
    """How alike two texts are by themselves, 0 to 1; among many texts ask an `Index`."""
    return Index([("b", b)]).nearest(a, most=1, floor=0.0)[0].score
