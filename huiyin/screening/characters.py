"""Text as arrays of code points: what a million names need, without a loop over names."""

import unicodedata
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Codes = npt.NDArray[np.uint32]
Numbers = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

CODE_POINTS: Final = 0x110000
COMPATIBILITY: Final = (range(0xA0, 0x10000), range(0x1F100, 0x1F200), range(0x2F800, 0x2FA20))


@dataclass(frozen=True)
class Text:
    """Many texts one behind another, and how long each is; which were NULL is kept beside."""

    codes: Codes
    lengths: Numbers
    null: Flags

    @property
    def starts(self) -> Numbers:
        return np.cumsum(self.lengths) - self.lengths

    @property
    def row(self) -> Numbers:
        """The text each character belongs to."""
        return np.repeat(np.arange(len(self.lengths)), self.lengths)

    @property
    def place(self) -> Numbers:
        """The place of each character in its text, from 0."""
        return np.arange(len(self.codes)) - np.repeat(self.starts, self.lengths)

    def mapped(self, table: Codes) -> "Text":
        return Text(table[self.codes], self.lengths, self.null)

    def only(self, keep: Flags) -> "Text":
        """Without the characters that are not to be kept."""
        counted = np.concatenate(([0], np.cumsum(keep)))
        ends = np.cumsum(self.lengths)
        return Text(self.codes[keep], counted[ends] - counted[ends - self.lengths], self.null)

    def matrix(self, width: int) -> Codes:
        """The first characters of each text, 0 behind its end."""
        grid = np.zeros((len(self.lengths), width), dtype=np.uint32)
        place = self.place
        inside = place < width
        grid[self.row[inside], place[inside]] = self.codes[inside]
        return grid

    def total(self, per_character: Numbers | Flags) -> Numbers:
        """Sums of something over the characters of each text."""
        summed = np.concatenate(([0], np.cumsum(per_character)))
        ends = np.cumsum(self.lengths)
        return summed[ends] - summed[ends - self.lengths]

    def strings(self, *, empty_is_null: bool = True) -> pa.StringArray:
        sizes = 1 + (self.codes >= 0x80) + (self.codes >= 0x800) + (self.codes >= 0x10000)
        ends = np.cumsum(self.total(sizes))
        offsets = np.concatenate(([0], ends)).astype(np.int32)
        content = self.codes.tobytes().decode("utf-32-le").encode()
        null = self.null | (self.lengths == 0) if empty_is_null else self.null
        valid = np.packbits(~null, bitorder="little").tobytes()
        buffers = [pa.py_buffer(valid), pa.py_buffer(offsets), pa.py_buffer(content)]
        return pa.Array.from_buffers(pa.string(), len(self.lengths), buffers)


def text(array: pa.Array | pa.ChunkedArray) -> Text:
    """The code points of a column of strings; NULL reads as empty and is remembered."""
    if isinstance(array, pa.ChunkedArray):
        array = array.combine_chunks()
    null = array.is_null().to_numpy(zero_copy_only=False)
    array = pc.fill_null(array.cast(pa.string()), "")
    _, offsets, content = array.buffers()
    bounds = np.frombuffer(offsets, dtype=np.int32)[array.offset : array.offset + len(array) + 1]
    plain = bytes(content)[bounds[0] : bounds[-1]] if content is not None and len(array) else b""
    codes = np.frombuffer(plain.decode().encode("utf-32-le"), dtype=np.uint32)
    lengths = pc.utf8_length(array).to_numpy().astype(np.int64)
    return Text(codes, lengths, null)


def of_width(array: pa.Array, width: int) -> tuple[Flags, npt.NDArray[np.uint8]]:
    """Which texts have just so many bytes, and those as rows of bytes: no character is decoded."""
    _, offsets, content = array.buffers()
    bounds = np.frombuffer(offsets, np.int32)[array.offset : array.offset + len(array) + 1]
    fits = np.diff(bounds) == width
    if array.null_count:
        fits &= array.is_valid().to_numpy(zero_copy_only=False)
    if content is None or not fits.any():
        return np.zeros(len(array), np.bool_), np.zeros((0, width), np.uint8)
    windows = np.lib.stride_tricks.sliding_window_view(np.frombuffer(content, np.uint8), width)
    return fits, windows[bounds[:-1][fits]]


def replaced(array: pa.Array, where: Flags, values: pa.Array) -> pa.Array:
    """The array with other values, in their order, at the places where the flag is set."""
    return pc.replace_with_mask(array, pa.array(where), values)


def strings_of(grid: Codes, null: Flags) -> pa.StringArray:
    """Rows of a matrix of code points as strings; 0 ends a row."""
    used = grid != 0
    return Text(grid[used], used.sum(axis=1).astype(np.int64), null).strings()


@cache
def folded() -> Codes:
    """Full width to half width, compatibility forms to plain ones: NFKC, where one becomes one."""
    table = np.arange(CODE_POINTS, dtype=np.uint32)
    for code in (code for block in COMPATIBILITY for code in block):
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1:
            table[code] = ord(plain)
    return table


@cache
def upper() -> Codes:
    """Folded, and Latin letters in capitals."""
    table = folded().copy()
    for code in range(0x61, 0x7B):
        table[table == code] = code - 0x20
    return table


@cache
def of_kind(*wanted: str) -> Flags:
    """Whether a code point is of one of the Unicode categories, by their first letters."""
    table = np.zeros(CODE_POINTS, dtype=np.bool_)
    for code in range(0x30000):
        table[code] = unicodedata.category(chr(code)).startswith(wanted)
    return table


@cache
def spaces() -> Flags:
    """White space and characters that show nothing."""
    table = of_kind("Z", "Cc", "Cf").copy()
    table[0x3164] = table[0xFEFF] = True
    return table


def hashed(*parts: npt.NDArray[np.uint64]) -> npt.NDArray[np.uint64]:
    """One key from several, spread over 64 bits (splitmix64); the same on every machine."""
    mixed = np.zeros_like(parts[0])
    with np.errstate(over="ignore"):
        for part in parts:
            mixed = (mixed ^ part) + np.uint64(0x9E3779B97F4A7C15)
            mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
            mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
            mixed = mixed ^ (mixed >> np.uint64(31))
    return mixed


def hash_of(texts: Text) -> npt.NDArray[np.uint64]:
    """A key for each text, 0 for an empty one."""
    with np.errstate(over="ignore"):
        scattered = hashed(texts.codes.astype(np.uint64), texts.place.astype(np.uint64))
        nothing = np.zeros(1, dtype=np.uint64)
        summed = np.concatenate((nothing, np.cumsum(scattered, dtype=np.uint64)))
        ends = np.cumsum(texts.lengths)
        sums = summed[ends] - summed[ends - texts.lengths]
    return np.where(texts.lengths > 0, hashed(sums, texts.lengths.astype(np.uint64)), np.uint64(0))
