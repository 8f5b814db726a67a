"""What a screening is told beside its lists."""

import datetime as dt
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from huiyin.screening.mistakes import BadInput

TERM: Final = 5  # years between elections at county and township level (Constitution, art. 98)
UNITS: Final = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3, "T": 1024**4}
SIZE: Final = re.compile(r"([0-9]+(?:\.[0-9]+)?)\s*([KMGT]?)I?B?", re.IGNORECASE)
LEAST_MEMORY: Final = 500 * 1024**2
MEMORY: Final = 2 * 1024**3


@dataclass(frozen=True)
class Settings:
    election_day: dt.date
    last_election: dt.date | None = None  # None: a term of five years before
    birthday_counts: bool = (
        True  # eighteen on election day itself may vote (practice is not uniform)
    )
    engine: str = "duckdb"
    threads: int = field(default_factory=lambda: os.cpu_count() or 1)
    memory: int = MEMORY  # bytes
    mapping: Mapping[str, Mapping[str, str]] = field(
        default_factory=dict
    )  # list -> column -> header

    @property
    def since(self) -> dt.date:
        """The day of the last election."""
        if self.last_election:
            return self.last_election
        day = self.election_day
        leap_day = (day.month, day.day) == (2, 29)
        return day.replace(year=day.year - TERM, day=28 if leap_day else day.day)


def memory_of(text: str) -> int:
    """2GB, 1500M, 0.5 GiB as bytes."""
    found = SIZE.fullmatch(text.strip())
    size = int(float(found[1]) * UNITS[found[2].upper()]) if found else 0
    if size < LEAST_MEMORY:
        raise BadInput(
            f"--memory 要写成 2GB 这样，至少 500MB，现在是“{text}”。",
            f"--memory is written like 2GB and is at least 500MB; it is “{text}”.",
        )
    return size
