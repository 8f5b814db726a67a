"""How well found clusters agree with clusters people made."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple


class Scores(NamedTuple):
    precision: float
    recall: float
    f: float


def b_cubed(truth: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]) -> Scores:
    """B³ (Bagga and Baldwin 1998) over the keys of `truth`; a key missing from `found` stands alone.

    Keys that only `found` knows are left out: see `strangers` for what they cost.
    """
    clusters = {key: (True, found[key]) if key in found else (False, key) for key in truth}
    together = Counter((clusters[key], truth[key]) for key in truth)
    cluster_sizes = Counter(clusters.values())
    topic_sizes = Counter(truth.values())
    precision = _mean(
        together[clusters[key], topic] / cluster_sizes[clusters[key]]
        for key, topic in truth.items()
    )
    recall = _mean(
        together[clusters[key], topic] / topic_sizes[topic] for key, topic in truth.items()
    )
    return Scores(precision, recall, _harmonic(precision, recall))


def b_cubed_strict(
    truth: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]
) -> Scores:
    """B³ where a stranger in a scored cluster is an error: precision counts everyone in the cluster."""
    outsiders = {key: ("outside", key) for key in strangers(truth, found)}
    everyone = {key: ("topic", topic) for key, topic in truth.items()} | outsiders
    together = Counter((found.get(key), everyone[key]) for key in everyone)
    sizes = Counter(found.get(key) for key in everyone)
    precision = _mean(
        together[found.get(key), everyone[key]] / sizes[found.get(key)] for key in truth
    )
    recall = b_cubed(truth, found).recall
    return Scores(precision, recall, _harmonic(precision, recall))


def strangers(
    truth: Mapping[Hashable, Hashable], found: Mapping[Hashable, Hashable]
) -> list[Hashable]:
    """The keys outside every topic that lie in a cluster with a key of a topic."""
    scored = {found[key] for key in truth if key in found}
    return [key for key, cluster in found.items() if cluster in scored and key not in truth]


def _mean(values: Iterable[float]) -> float:
    listed = list(values)
    return sum(listed) / len(listed) if listed else 1.0


def _harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
