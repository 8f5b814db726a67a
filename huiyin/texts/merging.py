"""Joins what is alike into groups, from a list of pairs, the most alike first."""

import heapq
from collections.abc import Iterator

from huiyin.texts.vectors import Near


class Merging:
    """Agglomerative clustering that touches only pairs that are somewhat alike.

    Two groups join when their centres are at least `centres` alike: the mean likeness across,
    measured by the mean likeness within. That lets a large matter told in many ways stay whole
    where average linkage would tear it. And the mean likeness across must be at least `across`,
    or groups that hold nothing but a turn of phrase would grow without end.
    """

    def __init__(self, count: int, near: Near, *, centres: float, across: float) -> None:
        self._centres, self._across = centres, across
        self._members: dict[int, list[int]] = {number: [number] for number in range(count)}
        self._within = dict.fromkeys(range(count), 1.0)
        self._sums: dict[int, dict[int, float]] = {number: {} for number in range(count)}
        for left, right, score in zip(
            near.left.tolist(), near.right.tolist(), near.score.tolist(), strict=True
        ):
            self._sums[left][right] = self._sums[right][left] = score

    def groups(self) -> list[list[int]]:
        """Every number in exactly one group."""
        waiting = [
            entry
            for left, sums in self._sums.items()
            for entry in self._entries(left, sums)
            if entry[1] < entry[2]
        ]
        heapq.heapify(waiting)
        while waiting:
            _, left, right, size = heapq.heappop(waiting)
            if self._is_current(left, right, size):
                for entry in self._join(left, right):
                    heapq.heappush(waiting, entry)
        return [sorted(members) for members in self._members.values()]

    def _is_current(self, left: int, right: int, size: int) -> bool:
        members = self._members
        return (
            left in members
            and right in members
            and len(members[left]) + len(members[right]) == size
        )

    def _join(self, left: int, right: int) -> list[tuple[float, int, int, int]]:
        """Put the right group into the left one; the new entries are those of the joined group."""
        between = self._sums[left].pop(right)
        others = self._sums.pop(right)
        del others[left]
        self._members[left] += self._members.pop(right)
        self._within[left] += self._within.pop(right) + 2 * between
        for other, total in others.items():
            del self._sums[other][right]
            self._sums[left][other] = self._sums[left].get(other, 0.0) + total
        for other, total in self._sums[left].items():
            self._sums[other][left] = total
        return list(self._entries(left, self._sums[left]))

    def _entries(self, one: int, sums: dict[int, float]) -> Iterator[tuple[float, int, int, int]]:
        for other, total in sums.items():
            alike = self._alike(one, other, total)
            if alike >= self._centres:
                left, right = min(one, other), max(one, other)
                yield -alike, left, right, len(self._members[left]) + len(self._members[right])

    def _alike(self, one: int, other: int, total: float) -> float:
        size = len(self._members[one]) * len(self._members[other])
        if total / size < self._across:
            return 0.0
        return total / (self._within[one] * self._within[other]) ** 0.5
