"""Fingerprints of texts, taken from their bytes: equal texts have equal ones, on every machine."""

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Prints = npt.NDArray[np.uint64]
Sizes = npt.NDArray[np.int64]

WORDS: Final = 4  # are taken at a time, of eight bytes each
BLOCK: Final = 8 * WORDS
FACTORS: Final = np.array(
    [0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93],
    dtype=np.uint64,
)


@dataclass(frozen=True)
class Bytes:
    """Texts as places in a buffer; NULL has no length."""

    starts: Sizes
    sizes: Sizes
    content: npt.NDArray[np.uint8]  # followed by a block of zeros


def bytes_of(array: pa.Array) -> Bytes:
    _, offsets, content = array.buffers()
    bounds = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
    used = np.frombuffer(content or b"", np.uint8)[bounds[0] : bounds[-1]]
    bounds = (bounds - bounds[0]).astype(np.int64)
    sizes = np.diff(bounds)
    if array.null_count:
        sizes[array.is_null().to_numpy(zero_copy_only=False)] = 0
    return Bytes(bounds[:-1], sizes, np.concatenate((used, np.zeros(BLOCK, np.uint8))))


def fingerprints(texts: Bytes, sizes: Sizes | None = None) -> Prints:
    """Of each text, or of its first bytes; 0 where there is nothing."""
    sizes = texts.sizes if sizes is None else sizes
    found = sizes.astype(np.uint64)
    windows = np.lib.stride_tricks.sliding_window_view(texts.content, BLOCK)
    for begun in range(0, int(sizes.max(initial=0)), BLOCK):
        rows = np.flatnonzero(sizes > begun) if begun else np.arange(len(sizes))
        words = windows[texts.starts[rows] + begun].view("<u8")
        words &= _masks()[np.minimum(sizes[rows] - begun, BLOCK)]
        found[rows] = _mixed(found[rows] + (words * FACTORS).sum(axis=1, dtype=np.uint64))
    return np.where(sizes > 0, found, np.uint64(0))


def _masks() -> npt.NDArray[np.uint64]:
    """For each number of bytes, ones where they are and zeros behind."""
    inside = np.arange(BLOCK) < np.arange(BLOCK + 1)[:, None]
    return (inside * np.uint8(255)).view("<u8")


def _mixed(prints: Prints) -> Prints:
    """Spread over 64 bits, as splitmix64 does."""
    with np.errstate(over="ignore"):
        prints = (prints ^ (prints >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        prints = (prints ^ (prints >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return prints ^ (prints >> np.uint64(31))
