"""Which receiver a text belongs to, learned from texts that found theirs, and the words that decided.

A linear model over runs of one to three characters: what it says of a text is a sum over the runs
that stand in it, so every proposal can be taken apart into words. Learning needs scikit-learn;
proposing needs no more than the arrays that were learned, which are stored without code.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import IO, NamedTuple

import numpy as np

from huiyin.texts.words import comparable, tidy_runs

LONGEST = 3
READ_CHARACTERS = 2_000
# The beginning is the title, or does its work: a run there counts a second time, by itself.
LEAD_CHARACTERS = 40
IN_LEAD = "^"  # no plain text has this sign
MOST_RUNS = 150_000
MOST_WORDS = 4
# Below this share of the strongest place in the text a character is not shown as deciding.
TELLING_SHARE = 0.3
SMOOTHNESS = 5e-5


class Proposal(NamedTuple):
    """A receiver, how far the text lies on its side (above 0: inside), and what speaks for it."""

    receiver: str
    margin: float
    words: list[str]


@dataclass(frozen=True)
class Router:
    """What was learned: a weight for each run of characters and receiver."""

    receivers: list[str]
    runs: np.ndarray  # the runs of characters, in the order of the columns
    rarity: np.ndarray  # how much a run weighs by itself
    weights: np.ndarray  # receivers × runs
    offsets: np.ndarray  # one for each receiver

    def propose(self, text: str, most: int = 3) -> list[Proposal]:
        """At most so many receivers, the likeliest first. A text without a known run: none."""
        plain = _plain(text)
        columns, values = self._seen(plain)
        if not len(columns):
            return []
        margins = self.weights[:, columns] @ values + self.offsets
        best = np.argsort(-margins, kind="stable")[:most]
        return [
            Proposal(
                self.receivers[place],
                round(float(margins[place]), 3),
                self._deciding(
                    plain, dict(zip(columns, self.weights[place, columns] * values, strict=True))
                ),
            )
            for place in best
        ]

    def write(self, file: IO[bytes]) -> None:
        """Arrays only, so that reading a file never runs anything."""
        np.savez_compressed(
            file,
            receivers=np.array(json.dumps(self.receivers)),
            runs=self.runs,
            rarity=self.rarity.astype(np.float32),
            weights=self.weights.astype(np.float16),
            offsets=self.offsets.astype(np.float32),
        )

    @classmethod
    def read(cls, file: IO[bytes]) -> "Router":
        """Raises ValueError when the file is none of ours."""
        with np.load(file, allow_pickle=False) as stored:
            try:
                return cls(
                    json.loads(str(stored["receivers"])),
                    stored["runs"],
                    stored["rarity"],
                    stored["weights"].astype(np.float32),
                    stored["offsets"],
                )
            except KeyError as missing:
                raise ValueError(f"not a stored router: {missing} is missing") from missing

    @cached_property
    def _columns(self) -> dict[str, int]:
        return {run: column for column, run in enumerate(self.runs.tolist())}

    def _seen(self, plain: str) -> tuple[np.ndarray, np.ndarray]:
        """The columns of the runs that stand in the text, and their weights: length one together."""
        counted = Counter(column for _place, _length, column in self._found(plain))
        columns = np.fromiter(counted, dtype=np.int64, count=len(counted))
        counts = np.fromiter(counted.values(), dtype=np.float32, count=len(counted))
        values = (1 + np.log(counts)) * self.rarity[columns] if len(columns) else counts
        length = float(np.sqrt(values @ values))
        return columns, values / length if length else values

    def _found(self, plain: str) -> Iterator[tuple[int, int, int]]:
        """Place, length and column of every known run."""
        for place, run in _runs(plain):
            column = self._columns.get(run)
            if column is not None:
                yield place, len(run.removeprefix(IN_LEAD)), column

    def _deciding(self, plain: str, shares: dict[int, float]) -> list[str]:
        """The stretches of the text where what speaks for the receiver is thickest."""
        heat = np.zeros(len(plain))
        for place, length, column in self._found(plain):
            heat[place : place + length] += shares[column] / length
        heat[[sign == " " for sign in plain]] = 0
        floor = TELLING_SHARE * heat.max(initial=0)
        strength: dict[str, float] = {}
        for first, last in _stretches(heat > max(floor, 0)):
            word = plain[first:last]
            strength[word] = strength.get(word, 0) + float(heat[first:last].sum())
        ranked = sorted(strength, key=lambda word: (-strength[word], word))
        return tidy_runs(ranked)[:MOST_WORDS]


def learn(texts: Sequence[str], receivers: Sequence[str]) -> Router:
    """Learn from texts and where each belonged. Raises ValueError with fewer than two receivers."""
    if len(set(receivers)) < 2:
        raise ValueError("there is nothing to choose between")
    # Loading it takes a second, and no page ever learns.
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415

    counter = TfidfVectorizer(
        analyzer=_analysed,
        min_df=2 if len(texts) > SMALL else 1,
        max_features=MOST_RUNS,
        sublinear_tf=True,
        dtype=np.float32,
    )
    seen = counter.fit_transform(texts)
    machine = SGDClassifier(
        loss="modified_huber", alpha=SMOOTHNESS, class_weight="balanced", random_state=0
    )
    machine.fit(seen, list(receivers))
    return Router(
        [str(name) for name in machine.classes_],
        np.array(counter.get_feature_names_out(), dtype=f"<U{len(IN_LEAD) + LONGEST}"),
        counter.idf_.astype(np.float32),
        _one_row_each(machine.coef_).astype(np.float32),
        _one_row_each(machine.intercept_).astype(np.float32),
    )


def held_back(
    texts: Sequence[str], receivers: Sequence[str], folds: int = 5
) -> tuple[float, float]:
    """How often the first proposal is right, and how often one of three: on texts not learned.

    Texts come in the order of time and are held back in stretches, because what is told twice is
    mostly told in one season.
    """
    right_first = right_among_three = 0
    for fold in range(folds):
        first, last = len(texts) * fold // folds, len(texts) * (fold + 1) // folds
        learned = [*range(first), *range(last, len(texts))]
        if len({receivers[place] for place in learned}) < 2:
            continue
        router = learn([texts[place] for place in learned], [receivers[place] for place in learned])
        for place in range(first, last):
            found = [proposal.receiver for proposal in router.propose(texts[place])]
            right_first += receivers[place] in found[:1]
            right_among_three += receivers[place] in found
    return right_first / len(texts), right_among_three / len(texts)


SMALL = 500  # among so few texts a run that stands in one of them may still be a name


def _one_row_each(learned: np.ndarray) -> np.ndarray:
    """Between two receivers the machine keeps one row, for the second; the first has its mirror."""
    return np.concatenate([-learned, learned]) if len(learned) == 1 else learned


def _plain(text: str) -> str:
    return comparable(text[: 2 * READ_CHARACTERS])[:READ_CHARACTERS]


def _analysed(text: str) -> list[str]:
    return [run for _place, run in _runs(_plain(text))]


def _runs(plain: str) -> Iterator[tuple[int, str]]:
    """Every run of one to three characters without a space, with its place; those of the lead twice."""
    for length in range(1, LONGEST + 1):
        for place in range(len(plain) - length + 1):
            run = plain[place : place + length]
            if " " in run:
                continue
            yield place, run
            if place + length <= LEAD_CHARACTERS:
                yield place, IN_LEAD + run


def _stretches(telling: np.ndarray) -> Iterator[tuple[int, int]]:
    """The first and the last place (not included) of every unbroken stretch."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], telling, [False]]).astype(np.int8)))
    yield from zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True)
