"""Drawing at random in whole columns: from pools of strings, by shares, without drawing anybody twice."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Whole = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
FEWEST: Final = 8  # of anything rare, so that a small roll has examples too


def take(pool: Sequence[str] | pa.Array, index: Whole) -> pa.Array:
    """The strings of a small pool, by index; a negative index is an empty cell."""
    strings = pool if isinstance(pool, pa.Array) else pa.array(list(pool), pa.string())
    chosen = strings.take(pa.array(np.maximum(index, 0)))
    return chosen if (index >= 0).all() else blank(chosen, index < 0)


def joined(*parts: pa.Array | str) -> pa.Array:
    """Cells of several columns and fixed words written one after another."""
    return pc.binary_join_element_wise(*parts, "")


def digits(numbers: Whole) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def blank(strings: pa.Array, where: Mask) -> pa.Array:
    return pc.if_else(pa.array(where), pa.scalar(None, pa.string()), strings)


def put(strings: pa.Array, rows: Whole, values: Sequence[str | None] | pa.Array) -> pa.Array:
    """The column with other values in the given rows."""
    where = np.zeros(len(strings), bool)
    where[rows] = True
    ordered = pa.array(list(values), pa.string()) if not isinstance(values, pa.Array) else values
    in_order = ordered.take(pa.array(np.argsort(rows, kind="stable")))
    return pc.replace_with_mask(strings, pa.array(where), in_order)


def weighted(random: np.random.Generator, shares: Sequence[float] | np.ndarray, size: int) -> Whole:
    """Indexes drawn by shares that need not sum to one."""
    edges = np.cumsum(np.asarray(shares, float))
    return np.searchsorted(edges, random.random(size) * edges[-1], side="right")


def uneven(random: np.random.Generator, pool: int, size: int) -> Whole:
    """Indexes into a pool whose first entries are the common ones."""
    return weighted(random, 1 / (np.arange(pool) + 4.0) ** 0.9, size)


class Lots:
    """Hands out rows, each at most once: who is dead is not also the one with the mistyped number."""

    def __init__(self, random: np.random.Generator, size: int) -> None:
        self._order = random.permutation(size)
        self._free = np.ones(size, bool)

    def draw(self, count: int, among: Mask | None = None) -> Whole:
        """Some rows in random order; fewer than asked for if there are no more."""
        free = self._free if among is None else self._free & among
        rows = self._order[free[self._order]][:count]
        self._free[rows] = False
        return rows

    def share(self, share: float, among: Mask | None = None) -> Whole:
        """A share of all rows, but never fewer than the fewest that show anything."""
        return self.draw(max(FEWEST, round(share * len(self._order))), among)

    def without(self, taken: Mask) -> None:
        self._free &= ~taken
