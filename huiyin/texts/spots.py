"""Where and when something was said, and what that leaves of a likeness."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

# What is left between two streets or towns of one district: a road may run through both, so a person is asked.
OTHER_TOWN = 0.33
_A_DAY = 86_400


class Spot(NamedTuple):
    """As far as one knows it; what is not known contradicts nothing."""

    district: str = ""
    town: str = ""
    at: dt.datetime | None = None


class Spots:
    """Many of them as columns, so that millions of pairs are weighed at once."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        self._districts = _numbered(spot.district for spot in spots)
        self._towns = _numbered(spot.town for spot in spots)
        self._days = np.array(
            [spot.at.timestamp() / _A_DAY if spot.at else np.nan for spot in spots]
        )

    def left_of(
        self, left: np.ndarray, right: np.ndarray, within: dt.timedelta | None
    ) -> np.ndarray:
        """What is left for each pair: nothing between two districts or farther apart than `within`."""
        left_over = np.where(_differ(self._towns, left, right), OTHER_TOWN, 1.0)
        left_over[_differ(self._districts, left, right)] = 0.0
        if within is not None:
            apart = np.abs(self._days[left] - self._days[right])
            left_over[apart > within / dt.timedelta(days=1)] = 0.0
        return left_over.astype(np.float32)


def _numbered(names: Iterable[str]) -> np.ndarray:
    """Equal names have equal numbers; no name is 0."""
    numbers = {"": 0}
    return np.array([numbers.setdefault(name, len(numbers)) for name in names], dtype=np.int64)


def _differ(names: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    one, other = names[left], names[right]
    return (one != other) & (one > 0) & (other > 0)
