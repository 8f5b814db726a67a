"""Loading rule packs and the official calendar. Loading twice changes nothing."""

import datetime as dt
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chinese_calendar import constants
from django.db import transaction

from huiyin.kernel import trail
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region
from huiyin.rulebook.actions.clocks import recompute
from huiyin.rulebook.actions.rules import write_rule
from huiyin.rulebook.choices import Latitude
from huiyin.rulebook.models import CalendarDay, Clock, Rule, due

PACKS = Path(__file__).parents[1] / "packs"
NOTICE = "国务院办公厅关于部分节假日安排的通知"


def our_packs() -> list[Path]:
    """The packs of this repository, the country's before those that must stay inside its laws."""
    return sorted(PACKS.glob("*.toml"), key=lambda path: (path.stem != "national", path.stem))


@dataclass(frozen=True)
class Example:
    """A start, a rule and the date a person has counted by hand."""

    rule: str
    start: dt.date
    due: dt.date


@transaction.atomic
def load_pack(path: Path) -> list[Rule]:
    """Bring the stored rules to the file's; every rule of the file as it is stored now.

    Raises NotPossible when a rule is malformed or goes beyond the law above it.
    """
    pack = _read(path)
    region = Region.objects.get(code=pack["region"])
    rules = [
        write_rule(_rule(table, pack, region), by=trail.SYSTEM) for table in pack.get("rules", [])
    ]
    recompute(Clock.objects.of(region))
    return rules


def failing_examples(path: Path) -> Iterator[str]:
    """One line for each example of the pack that the loaded rules do not bear out."""
    pack = _read(path)
    region = Region.objects.get(code=pack["region"])
    for table in pack.get("examples", []):
        example = Example(table["rule"], table["start"], table["due"])
        found = due(example.start, example.rule, region).on
        if found != example.due:
            yield (
                f"{path.name}: {example.rule} from {example.start}:"
                f" expected {example.due}, counted {found}"
            )


@transaction.atomic
def load_packs_of(region: Region) -> list[str]:
    """The calendar, and of our packs those on the region's line that were never loaded; which they were.

    A pack that is there is left alone: what people have changed since is theirs.
    Raises NotPossible when a pack does not bear out its own examples.
    """
    load_calendar()
    loaded = set(Rule.objects.values_list("region__code", flat=True).distinct())
    wanted = set(region.lineage()) - loaded
    missing = [path for path in our_packs() if _read(path)["region"] in wanted]
    for path in missing:
        load_pack(path)
        if failing := list(failing_examples(path)):
            raise NotPossible("\n".join(failing))
    return [path.stem for path in missing]


@transaction.atomic
def load_calendar() -> int:
    """Holidays and moved working days of every year the package carries; how many were new."""
    official = {
        day: (day in constants.workdays, str(name))
        for day, name in (constants.holidays | constants.workdays).items()
    }
    stored = {day.date: day for day in CalendarDay.objects.filter(region=None)}
    new = [
        CalendarDay(date=day, is_working=is_working, name=name, source=NOTICE)
        for day, (is_working, name) in sorted(official.items())
        if day not in stored
    ]
    CalendarDay.objects.bulk_create(new, batch_size=1_000)
    trail.record_many(new, "create", by=trail.SYSTEM, words=NOTICE)
    if new:
        recompute(Clock.objects.all())
    return len(new)


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _rule(table: dict[str, Any], pack: dict[str, Any], region: Region) -> Rule:
    """One rule of a pack; what it leaves out it takes from the head of the file."""
    return Rule(
        region=region,
        key=table["key"],
        valid_from=table.get("valid_from", pack["valid_from"]),
        value=table["value"],
        source=table.get("source", pack.get("source", "")),
        article=table.get("article", ""),
        article_text=table.get("text", ""),
        is_law=table.get("is_law", False),
        latitude=table.get("latitude", Latitude.NONE if table.get("is_law") else Latitude.FREE),
        is_confirmed=table.get("is_confirmed", pack.get("is_confirmed", True)),
    )
