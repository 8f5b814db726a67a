"""Deputies and units in from spreadsheets: look first, then all or nothing."""

from huiyin.congress.imports.deputies import (
    NewDeputy,
    fail_held,
    read_deputies,
    seat_all,
    seat_held,
)
from huiyin.congress.imports.units import NewUnit, open_all, read_units

__all__ = [
    "NewDeputy",
    "NewUnit",
    "fail_held",
    "open_all",
    "read_deputies",
    "read_units",
    "seat_all",
    "seat_held",
]
