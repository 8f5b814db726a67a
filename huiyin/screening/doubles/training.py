"""Fellegi–Sunter, trained on the rolls themselves: expectation–maximisation over counted patterns.

Five kinds of pairs are told apart, not two: one person, two people of one household (who share
address, phone and often half a name), twins (who share the birth date as well), namesakes, and
strangers born on one day. How many of each there are is learned with the rest, so that a roll with
hardly any doubles and many twins makes few suspects of its twins.
Patterns are counted as integers, so neither order nor engine changes the outcome.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from huiyin.screening.doubles.comparing import Levels, levels_of
from huiyin.screening.doubles.levels import BORN, CLASSES, FIELDS, NAME, NUMBER

Chances = tuple[npt.NDArray[np.float64], ...]  # for each field: classes by levels, level 0 unused

ROUNDS: Final = 60
SETTLED: Final = 1e-5
BELIEF: Final = 200.0  # pairs that what was believed before weighs as much as
START: Final = (0.05, 0.23, 0.02, 0.30, 0.40)
MEETING: Final = CLASSES.index("namesakes")  # from here on by nothing but chance
DECIMALS: Final = 6
LEAST: Final = 1e-6
MOST: Final = {  # a class stays what it is called, whatever the roll
    (NUMBER, "other", "same_person"): 0.03,
    (NUMBER, "twin_like", "same_person"): 0.02,
    (NUMBER, "near_valid", "same_person"): 0.02,
    (NUMBER, "same", "household"): 0.05,  # a parent's number on the child's form
    (NUMBER, "same", "twins"): 0.05,
    (NUMBER, "same", "namesakes"): 0.0002,
    (NUMBER, "same", "strangers"): 0.005,  # one number issued to two people
    (NAME, "other", "same_person"): 0.01,
    (NAME, "family_only", "same_person"): 0.02,
    (NAME, "same", "twins"): 0.01,
    (NAME, "same", "strangers"): 0.01,
    (BORN, "other", "same_person"): 0.02,
    (BORN, "generation", "same_person"): 0.005,
    (BORN, "same", "household"): 0.02,
    (BORN, "same", "namesakes"): 0.05,
}


@dataclass(frozen=True)
class Weights:
    """How often each kind of pair occurs, and how often each level occurs in it."""

    shares: npt.NDArray[np.float64]
    chances: Chances


def believed() -> Weights:
    """Before any roll was seen."""
    chances = tuple(
        _normal(
            np.array(
                [
                    [0.0, *(level.chances[kind] for level in field.levels)]
                    for kind in range(len(CLASSES))
                ]
            )
        )
        for field in FIELDS
    )
    return Weights(np.array(START), chances)


def train(patterns: Levels, counts: npt.NDArray[np.int64]) -> Weights:
    """Learn from how often each pattern occurred among the candidate pairs."""
    before = believed()
    order = np.argsort(patterns)
    levels, bands = levels_of(patterns[order])
    counted = counts[order].astype(np.float64)
    weights = before
    for _ in range(ROUNDS if len(patterns) else 0):
        belonging = belongings(levels, bands, weights) * counted[:, None]
        learned = _learned(levels, belonging, before)
        change = max(
            float(np.abs(new - old).max())
            for new, old in zip(learned.chances, weights.chances, strict=True)
        )
        weights = learned
        if change < SETTLED:
            break
    return weights


def belongings(
    levels: Levels, bands: npt.NDArray[np.int64], weights: Weights
) -> npt.NDArray[np.float64]:
    """For each pattern, the chance of each kind of pair."""
    logs = np.tile(np.log(weights.shares), (len(levels), 1))
    for place, chances in enumerate(weights.chances):
        known = np.log(np.maximum(chances, LEAST))
        known[:, 0] = 0.0
        logs += known[:, levels[:, place]].T
    # Strangers of a common name meet more often.
    logs[:, MEETING:] += bands[:, None] * np.log(2.0)
    logs -= logs.max(axis=1, keepdims=True)
    odds = np.exp(logs)
    return odds / odds.sum(axis=1, keepdims=True)


def _learned(levels: Levels, belonging: npt.NDArray[np.float64], before: Weights) -> Weights:
    chances = []
    for place, field in enumerate(FIELDS):
        counted = before.chances[place] * BELIEF
        for kind in range(len(CLASSES)):
            counted[kind] += np.bincount(levels[:, place], belonging[:, kind], field.size)
        counted[:, 0] = 0.0
        chances.append(np.round(_bounded(_normal(counted), place), DECIMALS))
    total = belonging.sum(axis=0) + np.array(START) * BELIEF
    return Weights(np.round(total / total.sum(), DECIMALS), tuple(chances))


def _bounded(chances: npt.NDArray[np.float64], place: int) -> npt.NDArray[np.float64]:
    for (field, level, kind), most in MOST.items():
        if field is FIELDS[place]:
            at = CLASSES.index(kind), field.at(level)
            chances[at] = min(chances[at], most)
    return _normal(chances)


def _normal(counted: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    return counted / counted.sum(axis=1, keepdims=True)
