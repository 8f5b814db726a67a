"""Texts as rows of a sparse matrix: character n-grams, rare ones weighing more."""

from collections.abc import Iterator, Sequence

import numpy as np
from scipy import sparse
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.preprocessing import normalize

from huiyin.texts.words import COMPARED_CHARACTERS, normalise

# Hashing keeps memory bounded at any number of texts and needs no vocabulary to be stored.
COLUMNS = 2**22
# Rare n-grams, mostly names of places, count for more than in plain TF-IDF: the name and the
# complaint together make a matter, and the complaint alone is shared by half the city.
RARITY = 1.5
# Among a handful of texts every word looks common; counting as if there were more keeps weights sane.
_FEWEST = 1000
_BLOCK = 512

_hashing = HashingVectorizer(
    analyzer="char",
    ngram_range=(2, 4),
    n_features=COLUMNS,
    lowercase=False,
    alternate_sign=False,
    norm=None,
    dtype=np.float32,
)


def counts(texts: Sequence[str]) -> sparse.csr_matrix:
    """How often each n-gram stands in each text, damped by the logarithm."""
    if not texts:
        return sparse.csr_matrix((0, COLUMNS), dtype=np.float32)
    found = _hashing.transform([normalise(text)[:COMPARED_CHARACTERS] for text in texts])
    np.log1p(found.data, out=found.data)
    return found


def rarity(seen: sparse.csr_matrix) -> np.ndarray:
    """The weight of each column by the number of texts that have it."""
    frequency = np.bincount(seen.indices, minlength=COLUMNS)
    texts = max(seen.shape[0], _FEWEST)
    return (np.log((texts + 1) / (frequency + 1)) ** RARITY).astype(np.float32)


def weigh(found: sparse.csr_matrix, weights: np.ndarray) -> sparse.csr_matrix:
    """Rows of length one."""
    weighed = found.copy()
    weighed.data *= weights[weighed.indices]
    return normalize(weighed, copy=False)


def products(rows: sparse.csr_matrix) -> Iterator[tuple[int, sparse.csr_matrix]]:
    """The similarities of all rows with all rows, a block of rows at a time: (first row, block)."""
    columns = rows.T.tocsr()
    for first in range(0, rows.shape[0], _BLOCK):
        yield first, rows[first : first + _BLOCK] @ columns
