"""From rows to candidate pairs to counted patterns, on whichever engine."""

from functools import partial
from typing import Final

import numpy as np

from huiyin.screening import names
from huiyin.screening.doubles import features, keys
from huiyin.screening.doubles.comparing import COMPARED, compared
from huiyin.screening.engines import Engine
from huiyin.screening.fingerprints import Prints

CROWD: Final = 60  # a key that more share tells nothing, and would make too many pairs
SHARED_PHONE: Final = 8  # people; more is a clerk's or a shop's
SHARED_ADDRESS: Final = 30
SHARED_HOUSEHOLD: Final = 30


def shared(engine: Engine, table: str, common: features.Common) -> features.Shared:
    """How common names are, and the phones, addresses and households that too many have in common."""
    return features.Shared(
        common,
        _crowded(engine, table, "phone_key", SHARED_PHONE),
        _crowded(engine, table, "address_key", SHARED_ADDRESS),
        _crowded(engine, table, "household_key", SHARED_HOUSEHOLD),
    )


def _crowded(engine: Engine, table: str, column: str, most: int) -> Prints:
    found = engine.query(
        f"SELECT {column} AS value FROM {table} WHERE {column} IS NOT NULL "
        f"GROUP BY {column} HAVING count(*) > {most}"
    )
    return features.text_prints(found["value"])


def prepare(engine: Engine, table: str, known: features.Shared, *, prefix: str = "") -> None:
    """`features` and `keys` of all rows of a table."""
    names.load()
    wanted = ", ".join(features.COLUMNS)
    engine.map_batches(
        f"SELECT {wanted} FROM {table}",
        partial(features.packed, shared=known),
        features.PACKED,
        f"{prefix}features",
    )
    engine.map_batches(
        f"SELECT n, packed FROM {prefix}features",
        keys.keyed,
        keys.KEYS,
        f"{prefix}keys",
    )


def within(engine: Engine) -> None:
    """`compared`: all candidate pairs inside one table."""
    engine.create(
        "crowded",
        f"SELECT key FROM keys GROUP BY key HAVING count(*) BETWEEN 2 AND {CROWD}",
    )
    engine.create("meeting", "SELECT k.key, k.n FROM keys k JOIN crowded c ON c.key = k.key")
    engine.drop("crowded", "keys")
    engine.create(
        "candidates",
        "SELECT DISTINCT x.n AS a, y.n AS b FROM meeting x JOIN meeting y ON x.key = y.key AND x.n < y.n",
    )
    engine.drop("meeting")
    compare(engine, "features", "features", into="compared")


def between(engine: Engine, left: str, right: str, *, into: str) -> None:
    """All candidate pairs of two prepared tables, by their prefixes."""
    engine.create(
        "candidates",
        f"SELECT DISTINCT x.n AS a, y.n AS b FROM {left}keys x JOIN {right}keys y ON x.key = y.key "
        f"WHERE x.key NOT IN (SELECT key FROM {right}keys GROUP BY key HAVING count(*) > {CROWD}) "
        f"AND x.key NOT IN (SELECT key FROM {left}keys GROUP BY key HAVING count(*) > {CROWD})",
    )
    compare(engine, f"{left}features", f"{right}features", into=into)


def compare(engine: Engine, left: str, right: str, *, into: str) -> None:
    engine.map_batches(
        "SELECT c.a, c.b, f.packed AS packed_a, g.packed AS packed_b FROM candidates c "
        f"JOIN {left} f ON f.n = c.a JOIN {right} g ON g.n = c.b",
        compared,
        COMPARED,
        into,
    )
    engine.drop("candidates")


def patterns(engine: Engine, table: str) -> tuple[np.ndarray, np.ndarray]:
    """Each pattern that occurs, and how often."""
    counted = engine.query(
        f"SELECT pattern, count(*) AS pairs FROM {table} GROUP BY pattern ORDER BY pattern"
    )
    return counted["pattern"].to_numpy(), counted["pairs"].to_numpy().astype(np.int64)
