"""What is compared of each row, computed once, the same way for every list."""

import datetime as dt
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening import columns, dates, names, numbers
from huiyin.screening.addresses import address_keys
from huiyin.screening.characters import hash_of, of_kind, text

ADDED: Final = (
    ("name_key", pa.string()),
    ("former_key", pa.string()),
    ("number", pa.string()),
    ("number_problem", pa.string()),
    ("number_is_old", pa.bool_()),
    ("number_born", pa.date32()),
    ("number_sex", pa.string()),
    ("born", pa.date32()),
    ("born_problem", pa.string()),
    ("sex_key", pa.string()),
    ("phone_key", pa.string()),
    ("address_key", pa.string()),
    ("home_key", pa.string()),
    ("household_key", pa.string()),
    ("n", pa.int64()),
)
MALE: Final = ("男", "男性", "1", "M", "MALE", "男 ")
FEMALE: Final = ("女", "女性", "2", "F", "FEMALE")
LONG_HOUSEHOLD: Final = 7  # characters; shorter numbers are counted anew in every community
POSITIVE: Final = np.uint64(0x7FFFFFFFFFFFFFFF)


def schema(kind: str) -> pa.Schema:
    """The table of a list: what is kept as typed, where each row stands, and what is compared."""
    typed = [(name, pa.string()) for name in columns.kept(kind)]
    place = [("file", pa.int32()), ("line", pa.int64())]
    return pa.schema([*typed, *place, *(ADDED if columns.is_compared(kind) else ADDED[-1:])])


def normalised(batch: pa.RecordBatch, *, kind: str, today: dt.date) -> pa.RecordBatch:
    """The batch with its compared columns; dates after `today` (election day) are impossible."""
    kept = [*(_kept(batch, name) for name in columns.kept(kind)), batch["file"], batch["line"]]
    added = _compared(batch, today) if columns.is_compared(kind) else []
    added.append(row_keys(batch[columns.identity_column(kind)]))
    return pa.RecordBatch.from_arrays([*kept, *added], schema=schema(kind))


def _kept(batch: pa.RecordBatch, name: str) -> pa.Array:
    """As typed; an address that only repeats the household's would be half of the memory."""
    if name != "current_address":
        return batch[name]
    return _elsewhere(batch[name], batch["address"])


def _elsewhere(current: pa.Array, home: pa.Array) -> pa.Array:
    """NULL where the two are the same."""
    return pc.if_else(pc.fill_null(pc.equal(current, home), False), None, current)


def _compared(batch: pa.RecordBatch, today: dt.date) -> list[pa.Array]:
    number = numbers.read_numbers(batch["identity_number"], today)
    born, born_problem = dates.read_dates(batch["birth_date"], today)
    return [
        names.name_keys(batch["name"]),
        names.name_keys(batch["former_name"]),
        number.number,
        number.problem,
        number.is_old,
        number.born,
        number.sex,
        born,
        born_problem,
        sex_keys(batch["sex"]),
        numbers.phone_keys(batch["phone"]),
        *_two_addresses(batch["current_address"], batch["address"]),
        household_keys(batch["household_number"], batch["community"]),
    ]


def row_keys(identifiers: pa.Array) -> pa.Int64Array:
    """A number for each row that depends on its id alone, not on where it stands."""
    return pa.array((hash_of(text(identifiers)) & POSITIVE).astype(np.int64))


def sex_keys(typed: pa.Array) -> pa.StringArray:
    encoded = typed.dictionary_encode()
    plain = [str(value or "").strip().upper() for value in encoded.dictionary.to_pylist()]
    known = {**dict.fromkeys(MALE, "male"), **dict.fromkeys(FEMALE, "female")}
    read = [known.get(value.removesuffix(".0")) for value in plain]
    return pa.array(read, type=pa.string()).take(encoded.indices)


def _two_addresses(current: pa.Array, home: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Where people live, as far as it is known, and where their household is if that is elsewhere."""
    if current.null_count == len(current):
        return address_keys(home), pa.nulls(len(home), pa.string())
    both = address_keys(pa.concat_arrays([current, home]))  # mostly the same address twice
    current_key, home_key = both.slice(0, len(current)), both.slice(len(current))
    address_key = pc.coalesce(current_key, home_key)
    return address_key, _elsewhere(home_key, address_key)


def household_keys(typed: pa.Array, community: pa.Array) -> pa.StringArray:
    if typed.null_count == len(typed):
        return typed
    plain = text(typed).mapped(names.simplified())
    number = plain.only(of_kind("L", "N")[plain.codes]).strings()
    within = pc.binary_join_element_wise(pc.fill_null(community, ""), number, "/")
    return pc.if_else(pc.greater_equal(pc.utf8_length(number), LONG_HOUSEHOLD), number, within)
