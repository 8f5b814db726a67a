"""Groups of messages about the same matter."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.sparse.csgraph import connected_components
from scipy.spatial.distance import squareform
from sklearn.preprocessing import normalize

from huiyin.texts import vectors
from huiyin.texts.semantic import Embed
from huiyin.texts.words import shared_words

# Two groups become one when their members are on average this alike.
ALIKE = 0.12
# What a title says is the matter; the text tells its story.
TITLE = 0.7
# A dense table of distances is made for a group of candidates, never for more than this many at once.
LARGEST_TABLE = 6000
# How much more alike two messages must be to stay candidates when their group is too large.
STRICTER = 1.2
_NEIGHBOURS = 200
_SHOWN_MEMBERS = 20

Progress = Callable[[int, int], None]


class Message(NamedTuple):
    key: Hashable
    title: str
    text: str
    at: dt.datetime | None = None
    place: str = ""


class Cluster(NamedTuple):
    """Messages about one matter: their keys in order, how alike they are (0 to 1), and words most of them share."""

    keys: tuple[Hashable, ...]
    cohesion: float
    shared: tuple[str, ...]


def cluster(
    messages: Sequence[Message], *, embed: Embed | None = None, progress: Progress | None = None
) -> list[Cluster]:
    """Every message in exactly one cluster, largest first; a message alone is a cluster of one.

    The order of the messages does not matter, and the same messages always give the same clusters.
    """
    ordered = sorted(messages, key=lambda message: (str(message.key), message.title, message.text))
    if not ordered:
        return []
    rows = _rows(ordered)
    groups = [
        group for candidates in _candidates(rows, ALIKE) for group in _split(rows, candidates)
    ]
    found = [_describe(ordered, rows, group) for group in groups]
    return sorted(found, key=lambda cluster: (-len(cluster.keys), str(cluster.keys[0])))


def _rows(messages: Sequence[Message]) -> sparse.csr_matrix:
    titles = vectors.counts(
        [f"{message.place} {message.title or message.text}" for message in messages]
    )
    texts = vectors.counts([message.text or message.title for message in messages])
    weights = vectors.rarity(titles + texts)
    mixed = TITLE * vectors.weigh(titles, weights) + (1 - TITLE) * vectors.weigh(texts, weights)
    return normalize(mixed.tocsr(), copy=False)


def _candidates(rows: sparse.csr_matrix, floor: float) -> list[np.ndarray]:
    """Messages joined by chains of pairs at least `floor` alike.

    At the floor of the clusters this loses nothing: groups that average linkage would join have such a pair.
    A group too large for a table is cut at higher floors until its parts fit.
    """
    near = _near(rows, floor)
    waiting = _parts(near, np.arange(rows.shape[0]), floor)
    fitting = []
    while waiting:
        members, floor = waiting.pop()
        if len(members) <= LARGEST_TABLE:
            fitting.append(members)
        else:
            waiting += _parts(near, members, floor * STRICTER)
    return fitting


def _near(rows: sparse.csr_matrix, floor: float) -> sparse.csr_matrix:
    blocks = [_strongest(block, floor) for _, block in vectors.products(rows)]
    return sparse.vstack(blocks, format="csr")


def _strongest(block: sparse.csr_matrix, floor: float) -> sparse.csr_matrix:
    block.data[block.data < floor] = 0
    block.eliminate_zeros()
    for row in range(block.shape[0]):
        values = block.data[block.indptr[row] : block.indptr[row + 1]]
        if len(values) > _NEIGHBOURS:
            values[values < np.partition(values, -_NEIGHBOURS)[-_NEIGHBOURS]] = 0
    block.eliminate_zeros()
    return block


def _parts(
    near: sparse.csr_matrix, members: np.ndarray, floor: float
) -> list[tuple[np.ndarray, float]]:
    graph = near[members][:, members]
    graph.data[graph.data < floor] = 0
    graph.eliminate_zeros()
    count, labels = connected_components(graph, directed=False)
    by_label = np.argsort(labels, kind="stable")
    bounds = np.searchsorted(labels[by_label], np.arange(1, count))
    return [(members[part], floor) for part in np.split(by_label, bounds)]


def _split(rows: sparse.csr_matrix, members: np.ndarray) -> list[np.ndarray]:
    if len(members) == 1:
        return [members]
    alike = (rows[members] @ rows[members].T).toarray()
    distances = np.clip(1 - alike, 0, 1)
    np.fill_diagonal(distances, 0)
    labels = fcluster(
        linkage(squareform(distances, checks=False), "average"), 1 - ALIKE, "distance"
    )
    return [members[labels == label] for label in np.unique(labels)]


def _describe(messages: Sequence[Message], rows: sparse.csr_matrix, group: np.ndarray) -> Cluster:
    keys = tuple(messages[place].key for place in group)
    if len(group) == 1:
        return Cluster(keys, 1.0, ())
    alike = (rows[group] @ rows[group].T).toarray()
    centre = messages[group[int(np.argmax(alike.sum(axis=1)))]]
    others = [messages[place] for place in group[:_SHOWN_MEMBERS] if messages[place] is not centre]
    cohesion = (alike.sum() - np.trace(alike)) / (len(group) * (len(group) - 1))
    return Cluster(keys, round(float(cohesion), 4), _words_of_most(centre, others))


def _words_of_most(centre: Message, others: Iterable[Message]) -> tuple[str, ...]:
    """Runs the most central message shares with at least half of the others."""
    texts = [f"{other.title} {other.text}" for other in others]
    runs = [shared_words(f"{centre.title} {centre.text}", text, most=12) for text in texts]
    counted = Counter(run for words in runs for run in words)
    common = [run for run, times in counted.items() if 2 * times >= len(texts)]
    return tuple(sorted(common, key=lambda run: (-counted[run] * len(run), run))[:6])
