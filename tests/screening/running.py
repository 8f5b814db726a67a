"""Runs the command the way people do, and reads back what it wrote."""

import csv
from pathlib import Path

from huiyin.config import command

ELECTION_DAY = "2026-12-15"
REGISTRATIONS = "registrations"
LISTS = (
    "population", "last_roll", "deceased", "deprived", "moved", "students", "staff", "certificates",
    "permits", "custody", "constituencies",
)  # fmt: skip


def screen(folder: Path, out: Path, *more: str, lists: tuple[str, ...] = LISTS) -> int:
    """Screen every list of a folder; the exit code."""
    arguments = ["screen", "--election-day", ELECTION_DAY, "--out", str(out), *more]
    arguments += ["--registrations", *map(str, sorted(folder.glob(f"{REGISTRATIONS}*")))]
    for name in lists:
        if found := sorted(folder.glob(f"{name}.*")):
            arguments += [f"--{name.replace('_', '-')}", *map(str, found)]
    return command.main(arguments)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, table: list[dict[str, str]], encoding: str = "utf-8") -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(table[0]))
        writer.writeheader()
        writer.writerows(table)
    return path


def clusters(out: Path) -> set[tuple[frozenset[str], str]]:
    """Who was put together, and how sure that is, whatever the clusters are called."""
    together: dict[str, list[dict[str, str]]] = {}
    for row in rows(out / "duplicates.csv"):
        together.setdefault(row["cluster_id"], []).append(row)
    return {
        (
            frozenset(row["record_id"] for row in cluster),
            "/".join(sorted({row["certainty"] for row in cluster})),
        )
        for cluster in together.values()
    }


def codes(out: Path) -> dict[str, set[str]]:
    """Codes of wrong.csv by record."""
    found: dict[str, set[str]] = {}
    for row in rows(out / "wrong.csv"):
        found.setdefault(row["record_id"], set()).add(row["code"])
    return found
