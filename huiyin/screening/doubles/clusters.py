"""From pairs to people: rows that are one person, so that one bad pair does not chain two families.

Pairs are taken from the surest down. Two groups become one only if at least half of all pairs
across them were found, and two groups of certain pairs only if they hold no two valid numbers.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

SUPPORT: Final = 0.5  # of the pairs across two groups

Keys = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Edges:
    """Found pairs: the keys of both rows, how sure, and whether the rows have two valid numbers."""

    a: Keys
    b: Keys
    score: npt.NDArray[np.float64]
    certain: npt.NDArray[np.bool_]
    two_numbers: npt.NDArray[np.bool_]

    def at(self, chosen: npt.NDArray[np.generic]) -> "Edges":
        return Edges(
            self.a[chosen],
            self.b[chosen],
            self.score[chosen],
            self.certain[chosen],
            self.two_numbers[chosen],
        )

    def surest_first(self) -> "Edges":
        return self.at(np.lexsort((self.b, self.a, -self.score, ~self.certain)))


def cluster(edges: Edges) -> pa.Table:
    """A row for each member: `cluster` (the least key in it), `n`, `certain`."""
    edges = edges.surest_first()
    nodes, ends = np.unique(np.concatenate((edges.a, edges.b)), return_inverse=True)
    left, right = ends[: len(edges.a)], ends[len(edges.a) :]
    component = _components(len(nodes), left, right)
    size = np.bincount(component)
    simple = size[component[left]] == 2
    clusters = np.arange(len(nodes))
    clusters[right[simple]] = left[simple]
    certain = np.zeros(len(nodes), dtype=bool)
    for side in (left, right):
        certain[side[simple]] = edges.certain[simple]
    for members in _groups(component[left], np.flatnonzero(~simple)):
        _settle(edges.at(members), left[members], right[members], clusters, certain)
    return _table(nodes, clusters, certain)


def _components(count: int, left: Keys, right: Keys) -> Keys:
    """For each node the least node that it hangs together with."""
    least, before = np.arange(count), np.empty(0, dtype=np.int64)
    while not np.array_equal(least, before):
        before = least.copy()
        np.minimum.at(least, left, before[right])
        np.minimum.at(least, right, before[left])
        least = least[least]
    return least


def _groups(component: Keys, chosen: Keys) -> list[Keys]:
    """The chosen edges by component, each in its order."""
    if not len(chosen):
        return []
    order = chosen[np.argsort(component[chosen], kind="stable")]
    starts = np.flatnonzero(np.diff(component[order])) + 1
    return np.split(order, starts)


def _settle(
    edges: Edges, left: Keys, right: Keys, clusters: Keys, certain: npt.NDArray[np.bool_]
) -> None:
    """Only the few groups of three and more come here: these are grown pair by pair."""
    cores = _Grouping(left, right, edges.two_numbers)
    cores.grow(edges.certain, apart=True)
    core = {node: tuple(group) for node, group in cores.group_of.items()}
    cores.grow(np.ones(len(left), dtype=bool), apart=False)
    for group in {id(group): group for group in cores.group_of.values()}.values():
        clusters[group] = min(group)
        surest = max({core[node] for node in group}, key=lambda nodes: (len(nodes), -min(nodes)))
        if len(surest) > 1:
            certain[list(surest)] = True


class _Grouping:
    """Groups that grow along edges, as far as the other pairs across them bear it out."""

    def __init__(self, left: Keys, right: Keys, two_numbers: npt.NDArray[np.bool_]) -> None:
        self.pairs = list(zip(left.tolist(), right.tolist(), strict=True))
        self.found = {frozenset(pair) for pair in self.pairs}
        self.apart = {
            frozenset(pair) for pair, two in zip(self.pairs, two_numbers, strict=True) if two
        }
        nodes = sorted({node for pair in self.pairs for node in pair})
        self.group_of = {node: [node] for node in nodes}

    def grow(self, wanted: npt.NDArray[np.bool_], *, apart: bool) -> None:
        for (one, other), use in zip(self.pairs, wanted, strict=True):
            first, second = self.group_of[one], self.group_of[other]
            if not use or first is second or not self._borne_out(first, second, apart):
                continue
            joined = sorted(first + second)
            for node in joined:
                self.group_of[node] = joined

    def _borne_out(self, first: list[int], second: list[int], apart: bool) -> bool:
        across = [frozenset((one, other)) for one in first for other in second]
        if apart and any(pair in self.apart for pair in across):
            return False
        return sum(pair in self.found for pair in across) >= SUPPORT * len(across)


def _table(nodes: Keys, clusters: Keys, certain: npt.NDArray[np.bool_]) -> pa.Table:
    members = np.bincount(clusters, minlength=len(nodes))[clusters] > 1
    return pa.table(
        {
            "cluster": nodes[clusters[members]],
            "n": nodes[members],
            "certain": certain[members],
        }
    )
