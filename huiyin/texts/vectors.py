"""Texts as sparse matrices of character pairs, and how alike two of them are.

Two messages are about the same matter when what the title of each says is also said by the other,
and the rest of their words is of the same kind. Pairs of neighbouring characters carry Chinese
words well enough without a dictionary; rare pairs, mostly from names of places, weigh more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy import sparse

from huiyin.texts import ordinary
from huiyin.texts.places import named_in_address, named_in_title
from huiyin.texts.words import comparable

# The beginning of a text tells the matter; what follows repeats, quotes laws, or was pasted.
BODY_CHARACTERS = 400
LEAD_CHARACTERS = 40
# How much steeper than its logarithm the rarity of a pair of characters counts.
RARITY = 1.5
# The part of the titles in the likeness; the rest is what the whole texts have in common.
LEAD_SHARE = 0.7
# Weights are counted as if these many other texts were there, an ordinary word in each twentieth.
UNSEEN = 1000
UNSEEN_WITH_ORDINARY = 50

# What is left of the likeness when two messages name different places, or different kinds of matter.
ELSEWHERE = 0.25
OTHERWISE = 0.5
# How much more alike they are when they name the same place.
SAME_PLACE = 1.2

_BLOCK = 512
# Less than this of two titles in common is chance.
_LEAST_SAID = 0.03
_PAIRS_AT_ONCE = 20_000


class Near(NamedTuple):
    """Pairs of rows, the smaller number on the left, and how alike they are (0 to 1)."""

    left: np.ndarray
    right: np.ndarray
    score: np.ndarray


class _Written(NamedTuple):
    leads: list[str]
    bodies: list[str]
    places: list[str]


class _Counted(NamedTuple):
    leads: sparse.csr_matrix
    bodies: sparse.csr_matrix
    places: sparse.csr_matrix
    is_placed: np.ndarray
    unknown: np.ndarray  # how many pairs of the lead no column stands for


@dataclass(frozen=True)
class Corpus:
    """Texts ready to be compared; every matrix has a row per text and a column per known pair."""

    known: np.ndarray
    weights: np.ndarray
    leads: sparse.csr_matrix  # what a title says: the row sums to one
    bodies: sparse.csr_matrix  # what the title and the text mention: ones
    profiles: sparse.csr_matrix  # the same, weighed: the row has length one
    places: sparse.csr_matrix  # names of places in the title and where people said it is: ones
    is_placed: np.ndarray  # whether there is any, known to this corpus or not
    kinds: sparse.csr_matrix  # kinds of matter in the title: ones

    def beside(
        self, titles: Sequence[str], texts: Sequence[str], places: Sequence[str] = ()
    ) -> "Corpus":
        """Other texts, seen with the columns and weights of this corpus."""
        written = _written(titles, texts, places)
        return _weighed(_counted(written, self.known), self.known, self.weights)


def corpus(titles: Sequence[str], texts: Sequence[str], places: Sequence[str] = ()) -> Corpus:
    """The fewer of the texts have a pair of characters, the more it weighs.

    `places` are what people wrote into the field for the place, one a text or none at all.
    """
    written = _written(titles, texts, places)
    known = np.unique(_pairs(written.bodies)[1])
    counted = _counted(written, known)
    frequency = (
        _frequency(counted.bodies) + UNSEEN_WITH_ORDINARY * np.isin(known, _ALL_ORDINARY) + 1
    )
    weights = np.log((len(titles) + UNSEEN + 2) / frequency) ** RARITY
    return _weighed(counted, known, weights.astype(np.float32))


def likeness(one: Corpus, left: np.ndarray, other: Corpus, right: np.ndarray) -> np.ndarray:
    """How alike row `left[i]` of one corpus is to row `right[i]` of the other, 0 to 1."""
    scores = np.zeros(len(left), dtype=np.float32)
    for first in range(0, len(left), _PAIRS_AT_ONCE):
        some = slice(first, first + _PAIRS_AT_ONCE)
        a, b = left[some], right[some]
        said = _dots(one.leads, a, other.bodies, b) + _dots(one.bodies, a, other.leads, b)
        kind = _dots(one.profiles, a, other.profiles, b)
        scores[some] = (said / 2) ** LEAD_SHARE * kind ** (1 - LEAD_SHARE)
        told = scores[some]
        placed = one.is_placed[a] & other.is_placed[b]
        told[placed & ~_mentioned(one.places, one.bodies, a, other.places, other.bodies, b)] *= (
            ELSEWHERE
        )
        told[_dots(one.places, a, other.places, b) > 0] *= SAME_PLACE
        kinds = _has_any(one.kinds)[a] & _has_any(other.kinds)[b]
        told[kinds & ~_mentioned(one.kinds, one.bodies, a, other.kinds, other.bodies, b)] *= (
            OTHERWISE
        )
    return np.clip(scores, 0, 1)


def _mentioned(
    names: sparse.csr_matrix,
    bodies: sparse.csr_matrix,
    left: np.ndarray,
    other_names: sparse.csr_matrix,
    other_bodies: sparse.csr_matrix,
    right: np.ndarray,
) -> np.ndarray:
    """Where one message mentions what the other names: two that name something else are at odds."""
    shared = _dots(names, left, other_bodies, right) + _dots(bodies, left, other_names, right)
    return shared > 0


def _has_any(names: sparse.csr_matrix) -> np.ndarray:
    return np.diff(names.indptr) > 0


def near(texts: Corpus, *, most: int, floor: float) -> Iterator[tuple[int, Near]]:
    """Pairs at least `floor` alike among the `most` likeliest partners of each text.

    Yields with the number of texts done. Pairs of characters that very many texts have propose no
    partners, so that the work grows little faster than the texts.
    """
    telling = _frequency(texts.bodies) <= np.clip(texts.bodies.shape[0] // 20, 200, 2000)
    leads, bodies = _chosen(texts.leads, telling), _chosen(texts.bodies, telling)
    leads_across, bodies_across = leads.T.tocsr(), bodies.T.tocsr()
    for first in range(0, leads.shape[0], _BLOCK):
        block = slice(first, first + _BLOCK)
        said = leads[block] @ bodies_across + bodies[block] @ leads_across
        left, right = _strongest(_above(said.tocsr(), _LEAST_SAID), most)
        yield first + said.shape[0], _scored(texts, left + first, right, floor)


def _scored(texts: Corpus, left: np.ndarray, right: np.ndarray, floor: float) -> Near:
    apart = left != right
    low, high = np.minimum(left, right)[apart], np.maximum(left, right)[apart]
    scores = likeness(texts, low, texts, high)
    kept = scores >= floor
    return Near(low[kept], high[kept], scores[kept])


def _above(scores: sparse.csr_matrix, least: float) -> sparse.csr_matrix:
    scores.data[scores.data < least] = 0
    scores.eliminate_zeros()
    return scores


def _strongest(scores: sparse.csr_matrix, most: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the `most` largest values of each row, ties by column."""
    lengths = np.diff(scores.indptr)
    rows = np.repeat(np.arange(scores.shape[0]), lengths)
    order = np.lexsort((scores.indices, -scores.data, rows))
    rank = np.arange(len(order)) - np.repeat(scores.indptr[:-1], lengths)
    kept = order[rank < most]
    return rows[kept], scores.indices[kept]


def _weighed(counted: _Counted, known: np.ndarray, weights: np.ndarray) -> Corpus:
    leads, bodies = counted.leads @ sparse.diags(weights), counted.bodies @ sparse.diags(weights)
    rarest = weights.max(initial=0)
    sums = np.asarray(leads.sum(axis=1)).ravel() + counted.unknown * rarest
    lengths = np.sqrt(np.asarray(bodies.multiply(bodies).sum(axis=1)).ravel())
    return Corpus(
        known,
        weights,
        _divided(leads, sums),
        counted.bodies,
        _divided(bodies, lengths),
        counted.places,
        counted.is_placed,
        _chosen(counted.leads, np.isin(known, _KINDS)),
    )


def _divided(matrix: sparse.csr_matrix, by: np.ndarray) -> sparse.csr_matrix:
    return (sparse.diags(1 / np.where(by > 0, by, 1).astype(np.float32)) @ matrix).tocsr()


def _chosen(matrix: sparse.csr_matrix, columns: np.ndarray) -> sparse.csr_matrix:
    chosen = (matrix @ sparse.diags(columns.astype(np.float32))).tocsr()
    chosen.eliminate_zeros()
    return chosen


def _dots(
    one: sparse.csr_matrix, left: np.ndarray, other: sparse.csr_matrix, right: np.ndarray
) -> np.ndarray:
    return np.asarray(one[left].multiply(other[right]).sum(axis=1), dtype=np.float32).ravel()


def _frequency(bodies: sparse.csr_matrix) -> np.ndarray:
    return np.bincount(bodies.indices, minlength=bodies.shape[1])


def _written(titles: Sequence[str], texts: Sequence[str], places: Sequence[str]) -> _Written:
    told = zip(titles, texts, places or [""] * len(texts), strict=True)
    plain = [
        (_plain(title), _plain(text)[:BODY_CHARACTERS], _plain(place))
        for title, text, place in told
    ]
    leads = [title or text[:LEAD_CHARACTERS] for title, text, _place in plain]
    return _Written(
        leads,
        [" ".join(filter(None, (title, place, text))) for title, text, place in plain],
        [_named(lead, place) for lead, (_title, _text, place) in zip(leads, plain, strict=True)],
    )


def _named(lead: str, place: str) -> str:
    return " ".join([*named_in_title(lead), *named_in_address(place)])


def _plain(text: str) -> str:
    return comparable(text[: 4 * BODY_CHARACTERS])


def _counted(written: _Written, known: np.ndarray) -> _Counted:
    leads, unknown = _presence(written.leads, known)
    bodies, _ = _presence(written.bodies, known)
    places, elsewhere = _presence(written.places, known)
    is_placed = _has_any(places) | (elsewhere > 0)
    return _Counted(leads, bodies, places, is_placed, unknown)


def _presence(texts: Sequence[str], known: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray]:
    """A one for each known pair of characters that stands in a text; how many others stand there."""
    rows, codes = _pairs(texts)
    columns = np.searchsorted(known, codes)
    found = columns < len(known)
    found[found] = known[columns[found]] == codes[found]
    ones = np.ones(int(found.sum()), dtype=np.float32)
    shape = (len(texts), len(known))
    presence = sparse.csr_matrix((ones, (rows[found], columns[found])), shape=shape)
    presence.sum_duplicates()
    presence.data[:] = 1
    return presence, np.bincount(rows[~found], minlength=len(texts))


def _pairs(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
    """Every two neighbouring characters without a space, as the number of the text and one code."""
    joined = "".join(f"{text} " for text in texts)
    characters = np.frombuffer(joined.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    rows = np.repeat(np.arange(len(texts)), [len(text) + 1 for text in texts])
    first, second = characters[:-1], characters[1:]
    whole = (first != ord(" ")) & (second != ord(" "))
    return rows[:-1][whole], (first[whole] << np.uint64(32)) | second[whole]


_KINDS = np.unique(_pairs(ordinary.KINDS.splitlines())[1])
_ALL_ORDINARY = np.union1d(_KINDS, _pairs(ordinary.OTHERS.splitlines())[1])
