"""A whole city's rolls from one seed: people, what happened to them, how they were registered, all lists."""

import datetime as dt
from pathlib import Path

import numpy as np
import pyarrow as pa

from huiyin.screening.rolls import (
    counting,
    drawing,
    fates,
    marking,
    mistakes,
    people,
    registers,
    registrations,
    writing,
)
from huiyin.screening.rolls.drawing import Whole
from huiyin.screening.rolls.fates import Fates
from huiyin.screening.rolls.people import People
from huiyin.screening.rolls.sheets import Sheet

LISTS = ("population", "deceased", "deprived", "moved", "students", "staff", "certificates", "permits", "custody")  # fmt: skip


def make(count: int, seed: int, folder: Path, election_day: dt.date) -> int:
    """Write every list and its truth into the folder; how many registrations there are."""
    folder.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(seed)
    everybody = people.populate(random, count, election_day)
    fate = fates.decide(random, everybody)
    sheet = _registered(random, everybody, fate, election_day)
    lists = registers.Registers(random, everybody, fate, election_day)
    writing.write_registrations(random, sheet, folder)
    for name in LISTS:
        writing.write(getattr(lists, name)(), folder / f"{name}.csv")
    constituencies = lists.constituencies(sheet)
    writing.write(constituencies, folder / "constituencies.csv")
    last_roll, who = lists.last_roll()
    writing.write(last_roll, folder / "last_roll.csv")
    writing.write(
        {"record_id": last_roll["编号"], "person": _persons(who)}, folder / "truth_last_roll.csv"
    )
    missing = _missing(everybody, fate, lists, election_day)
    others = counting.truth(sheet, everybody, fate, lists, constituencies)
    writing.write_truth(sheet, missing, others, folder)
    return len(sheet)


def _registered(
    random: np.random.Generator, everybody: People, fate: Fates, election_day: dt.date
) -> Sheet:
    sheet = registrations.register(random, everybody, fate, election_day)
    marking.give_other_documents(random, sheet, fate)
    mistakes.make(random, sheet, fate.in_register)
    marking.spoil(random, sheet, everybody)
    marking.mark(sheet, everybody, fate)
    return sheet


def _missing(
    everybody: People, fate: Fates, lists: registers.Registers, election_day: dt.date
) -> dict[str, pa.Array]:
    rows = np.flatnonzero(marking.is_missing(everybody, fate))
    reason = np.select(
        [
            fate.of(fates.RESTORED)[rows],
            fate.of(fates.MOVED_IN)[rows],
            registers.newly_grown(everybody, election_day)[rows],
        ],
        ["restored", "moved_in", "newly_18"],
        "never_registered",
    )
    return {"id": lists.person_id.take(pa.array(rows)), "reason": pa.array(reason)}


def _persons(rows: Whole) -> pa.Array:
    return drawing.joined("P", drawing.digits(rows))
