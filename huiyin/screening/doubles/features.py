"""What a comparison needs of a row, packed into one fixed-size field: it joins fast on any engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening import names
from huiyin.screening.characters import hash_of, of_width, text
from huiyin.screening.dates import day_numbers
from huiyin.screening.doubles import places
from huiyin.screening.fingerprints import Prints, bytes_of, fingerprints
from huiyin.screening.numbers import LONG

Keys = npt.NDArray[np.uint64]

LETTERS: Final = 8  # of a name are compared one by one; the whole of it by its hash
DIGITS: Final = 20  # one may be typed twice
NO_DAY: Final = np.iinfo(np.int32).min
FEATURES: Final = np.dtype(
    [
        ("name", "u8"),
        ("former", "u8"),
        ("phone", "u8"),
        ("address", "u8"),
        ("home", "u8"),
        ("short", "u8"),  # the address without road and stairway, which some forms leave out
        ("home_short", "u8"),
        ("building", "u8"),
        ("household", "u8"),
        ("letters", "u4", (LETTERS,)),
        ("born", "i4"),
        ("number_born", "i4"),
        ("number", "u1", (DIGITS,)),
        ("length", "u1"),  # letters of the name
        ("digits", "u1"),  # of the number; 0: none
        ("valid", "u1"),  # the number passes GB 11643
        ("sex", "u1"),  # 0 unknown, 1 male, 2 female
        ("band", "i1"),  # how common the name is: a power of two around the usual
        ("form", "u1"),  # what of the address the short one leaves out
        ("home_form", "u1"),
        ("unused", "u1"),
    ]
)
PACKED: Final = pa.schema([("n", pa.int64()), ("packed", pa.binary())])
COLUMNS: Final = (
    "n", "name_key", "former_key", "number", "number_problem", "number_born", "number_sex", "born",
    "sex_key", "phone_key", "address_key", "home_key", "household_key",
)  # fmt: skip


@dataclass(frozen=True)
class Common:
    """How common names are: sorted hashes of those that are not rare, each with its band."""

    names: Keys
    bands: npt.NDArray[np.int8]
    rare_band: int
    usual: float  # people that have the name of one person, in the mean


@dataclass(frozen=True)
class Shared:
    """What too many have in common to tell people apart, as sorted fingerprints; and how common names are."""

    common: Common
    phones: Prints
    addresses: Prints
    households: Prints


def packed(batch: pa.RecordBatch, *, shared: Shared) -> pa.RecordBatch:
    """A kernel: rows with COLUMNS in, their keys and packed features out."""
    rows = np.zeros(batch.num_rows, dtype=FEATURES)
    _pack_name(rows, batch, shared)
    _pack_number(rows, batch)
    _pack_days(rows, batch)
    sexes = pc.coalesce(batch["sex_key"], batch["number_sex"])
    rows["sex"] = _codes(sexes, {"male": 1, "female": 2})
    _pack_places(rows, batch, shared)
    return pa.RecordBatch.from_arrays([batch["n"], as_binary(rows)], schema=PACKED)


def as_binary(rows: npt.NDArray[np.void]) -> pa.BinaryArray:
    offsets = np.arange(len(rows) + 1, dtype=np.int32) * rows.dtype.itemsize
    content = [None, pa.py_buffer(offsets), pa.py_buffer(rows.tobytes())]
    return pa.Array.from_buffers(pa.binary(), len(rows), content)


def unpacked(array: pa.BinaryArray) -> npt.NDArray[np.void]:
    """A view on the bytes, not a copy."""
    _, offsets, content = array.buffers()
    first = np.frombuffer(offsets, np.int32)[array.offset] if len(array) else 0
    length = len(array) * FEATURES.itemsize
    if not length:
        return np.zeros(0, dtype=FEATURES)
    return np.frombuffer(content, np.uint8)[first : first + length].view(FEATURES)


def _pack_name(rows: npt.NDArray[np.void], batch: pa.RecordBatch, shared: Shared) -> None:
    letters = names.compared_letters(batch["name_key"])
    rows["name"] = hash_of(letters)
    rows["letters"] = letters.matrix(LETTERS)
    rows["length"] = np.minimum(letters.lengths, 255)
    if batch["former_key"].null_count < batch.num_rows:
        rows["former"] = hash_of(names.compared_letters(batch["former_key"]))
    rows["band"] = _bands(rows["name"], shared.common)


def _pack_number(rows: npt.NDArray[np.void], batch: pa.RecordBatch) -> None:
    fits, figures = of_width(batch["number"], LONG)
    rows["number"][fits, :LONG] = figures
    rows["digits"] = LONG
    others = text(batch["number"].filter(pa.array(~fits)))
    rows["number"][~fits] = np.minimum(others.matrix(DIGITS), 255)
    rows["digits"][~fits] = np.minimum(others.lengths, 255)
    sound = batch["number_problem"].is_null().to_numpy(zero_copy_only=False)
    rows["valid"] = sound & (rows["digits"] > 0)


def _pack_days(rows: npt.NDArray[np.void], batch: pa.RecordBatch) -> None:
    rows["number_born"] = day_numbers(batch["number_born"])
    typed = day_numbers(batch["born"])
    rows["born"] = np.where(typed == NO_DAY, rows["number_born"], typed)


def _pack_places(rows: npt.NDArray[np.void], batch: pa.RecordBatch, shared: Shared) -> None:
    rows["phone"] = _telling(fingerprints(bytes_of(batch["phone_key"])), shared.phones)
    found = places.places(bytes_of(batch["address_key"]))
    elsewhere = batch["home_key"].is_valid()
    at = elsewhere.to_numpy(zero_copy_only=False)
    homes = places.places(bytes_of(batch["home_key"].filter(elsewhere)))
    for name, home, known, other in (
        ("address", "home", found.whole, homes.whole),
        ("short", "home_short", found.short, homes.short),
        ("form", "home_form", found.form, homes.form),
    ):
        rows[name] = rows[home] = known
        rows[home][at] = other
    rows["building"] = found.building
    for whole, short in (("address", "short"), ("home", "home_short")):
        rows[whole] = _telling(rows[whole], shared.addresses)
        rows[short][rows[whole] == 0] = 0
    crowded = rows["address"] == 0
    rows["short"][crowded] = found.building[crowded]  # a village still says something
    rows["household"] = _telling(fingerprints(bytes_of(batch["household_key"])), shared.households)


def _telling(prints: Prints, shared: Prints) -> Prints:
    """Without those that too many have."""
    if not len(shared):
        return prints
    at = np.minimum(np.searchsorted(shared, prints), len(shared) - 1)
    return np.where(shared[at] == prints, np.uint64(0), prints)


def _codes(values: pa.Array, codes: Mapping[str, int]) -> npt.NDArray[np.uint8]:
    at = pc.index_in(values, pa.array(list(codes)))
    known = np.array([*codes.values(), 0], dtype=np.uint8)
    return known[pc.fill_null(at, len(codes)).to_numpy(zero_copy_only=False)]


def _bands(asked: Keys, common: Common) -> npt.NDArray[np.int8]:
    known = common.names
    if not len(known):
        return np.full(len(asked), common.rare_band, dtype=np.int8)
    at = np.minimum(np.searchsorted(known, asked), len(known) - 1)
    return np.where(known[at] == asked, common.bands[at], common.rare_band).astype(np.int8)


def text_prints(values: pa.ChunkedArray) -> Prints:
    """Sorted fingerprints of texts, as `Shared` keeps them."""
    return np.sort(fingerprints(bytes_of(values.combine_chunks())))
