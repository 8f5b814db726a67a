"""`huiyin make-rolls PEOPLE SEED DIR`: a city's rolls with their truth."""

import argparse
import datetime as dt
from pathlib import Path
from typing import Any, Final

ELECTION_DAY: Final = dt.date(2026, 12, 15)
FEWEST_PEOPLE: Final = 2000


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    command = commands.add_parser(
        "make-rolls", help="造一份答案已知的选民名册 make voter rolls whose truth is known"
    )
    command.add_argument("people", type=_people, metavar="PEOPLE", help="人数 how many people")
    command.add_argument("seed", type=int, metavar="SEED", help="随机种子 seed of the chance")
    command.add_argument("directory", type=Path, metavar="DIR", help="写到哪里 where to write")
    command.add_argument(
        "--election-day", type=dt.date.fromisoformat, default=ELECTION_DAY, metavar="YYYY-MM-DD"
    )
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    # numpy and pyarrow take half a second to load, which other subcommands need not wait for.
    from huiyin.screening.rolls import city  # noqa: PLC0415 -- see above

    rows = city.make(options.people, options.seed, options.directory, options.election_day)
    print(
        f"{options.people} 人，{rows} 条登记。写入：{options.directory}\n"
        f"{options.people} people, {rows} registrations. Written: {options.directory}"
    )
    return 0


def _people(text: str) -> int:
    """Fewer people than this could not have every kind of error among them."""
    if (people := int(text)) < FEWEST_PEOPLE:
        raise argparse.ArgumentTypeError(f"{FEWEST_PEOPLE} 人以上 at least {FEWEST_PEOPLE}")
    return people
