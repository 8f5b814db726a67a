"""What is compared of each row, computed once, the same way for every list."""

import datetime as dt
from functools import cache
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening import dates, names, numbers
from huiyin.screening.characters import Flags, hash_of, of_kind, spaces, text

ADDED: Final = (
    ("name_key", pa.string()),
    ("name_pinyin", pa.string()),
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
    ("household_key", pa.string()),
    ("n", pa.int64()),
)
MALE: Final = ("男", "男性", "1", "M", "MALE", "男 ")
FEMALE: Final = ("女", "女性", "2", "F", "FEMALE")
LONG_HOUSEHOLD: Final = 7  # characters; shorter numbers are counted anew in every community
BUILDING_WORDS: Final = r"号楼|栋|幢|座|单元|号院|室|户|门|弄|#"
POSITIVE: Final = np.uint64(0x7FFFFFFFFFFFFFFF)


def schema_with(raw: pa.Schema) -> pa.Schema:
    return pa.schema([*raw, *(pa.field(name, kind) for name, kind in ADDED)])


def normalised(batch: pa.RecordBatch, *, today: dt.date, key: str) -> pa.RecordBatch:
    """The batch with its compared columns; dates after `today` (election day) are impossible."""
    number = numbers.read_numbers(batch["identity_number"], today)
    born, born_problem = dates.read_dates(batch["birth_date"], today)
    name_key = names.name_keys(batch["name"])
    added = [
        name_key,
        names.pinyin(name_key),
        number.number,
        number.problem,
        number.is_old,
        number.born,
        number.sex,
        born,
        born_problem,
        sex_keys(batch["sex"]),
        numbers.phone_keys(batch["phone"]),
        address_keys(pc.coalesce(batch["current_address"], batch["address"])),
        household_keys(batch["household_number"], batch["community"]),
        row_keys(batch[key]),
    ]
    return pa.RecordBatch.from_arrays([*batch.columns, *added], schema=schema_with(batch.schema))


def row_keys(identifiers: pa.Array) -> pa.Int64Array:
    """A number for each row that depends on its id alone, not on where it stands."""
    return pa.array((hash_of(text(identifiers)) & POSITIVE).astype(np.int64))


def sex_keys(typed: pa.Array) -> pa.StringArray:
    encoded = typed.dictionary_encode()
    plain = [str(value or "").strip().upper() for value in encoded.dictionary.to_pylist()]
    known = {**dict.fromkeys(MALE, "male"), **dict.fromkeys(FEMALE, "female")}
    read = [known.get(value.removesuffix(".0")) for value in plain]
    return pa.array(read, type=pa.string()).take(encoded.indices)


def address_keys(typed: pa.Array) -> pa.StringArray:
    """Characters and digits only, buildings and flats told apart by dashes: 3号楼2单元 is 3-2."""
    plain = text(typed).mapped(names.simplified())
    plain = plain.only(~spaces()[plain.codes])
    short = pc.replace_substring_regex(plain.strings(), BUILDING_WORDS, "-")
    kept = text(pc.replace_substring_regex(short, r"-+", "-"))
    key = kept.only(_lasting()[kept.codes]).strings()
    key = pc.utf8_trim(key, "-")
    return pc.if_else(pc.equal(key, ""), None, key)


@cache
def _lasting() -> Flags:
    table = of_kind("L", "N").copy()
    table[ord("-")] = True
    return table


def household_keys(typed: pa.Array, community: pa.Array) -> pa.StringArray:
    plain = text(typed).mapped(names.simplified())
    number = plain.only(of_kind("L", "N")[plain.codes]).strings()
    within = pc.binary_join_element_wise(pc.fill_null(community, ""), number, "/")
    return pc.if_else(pc.greater_equal(pc.utf8_length(number), LONG_HOUSEHOLD), number, within)
