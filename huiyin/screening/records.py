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
# What one form writes and the next leaves out; a name of a county has at most six characters here.
ABOVE_COUNTY: Final = r"^(?:\p{Han}{2,7}?(?:省|自治区))?(?:\p{Han}{2,8}?(?:市|自治州|州|盟|地区))?(?:\p{Han}{1,6}?(?:新区|区|县|旗|市))?"
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
    """Below the county, characters and digits only: …城关区张掖路3号楼2单元501室 is 张掖路3-2-501."""
    encoded = typed.dictionary_encode()  # a household has one address
    plain = text(encoded.dictionary).mapped(names.simplified())
    short = plain.only(~spaces()[plain.codes]).strings()
    for pattern, instead in ((ABOVE_COUNTY, ""), (BUILDING_WORDS, "-"), ("-+", "-")):
        short = pc.replace_substring_regex(short, pattern, instead)
    kept = text(short)
    key = pc.utf8_trim(kept.only(_lasting()[kept.codes]).strings(), "-")
    return pc.if_else(pc.equal(key, ""), None, key).take(encoded.indices)


def _two_addresses(current: pa.Array, home: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Where people live, as far as it is known, and where their household is."""
    home_key = address_keys(home)
    if current.null_count == len(current):
        return home_key, home_key
    return pc.coalesce(address_keys(current), home_key), home_key


@cache
def _lasting() -> Flags:
    table = of_kind("L", "N").copy()
    table[ord("-")] = True
    return table


def household_keys(typed: pa.Array, community: pa.Array) -> pa.StringArray:
    if typed.null_count == len(typed):
        return typed
    plain = text(typed).mapped(names.simplified())
    number = plain.only(of_kind("L", "N")[plain.codes]).strings()
    within = pc.binary_join_element_wise(pc.fill_null(community, ""), number, "/")
    return pc.if_else(pc.greater_equal(pc.utf8_length(number), LONG_HOUSEHOLD), number, within)
