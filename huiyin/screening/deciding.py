"""`huiyin screen-decisions`: reads the workbooks of a screening back."""

import argparse
import sys
from pathlib import Path
from typing import Any, Final

DONE, DISPUTED, USER_MISTAKE = 0, 1, 2
SHOWN: Final = 20  # conflicts on the terminal; all are in the file


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    command = commands.add_parser(
        "screen-decisions",
        help="读回选区工作簿里的处理决定 read the decisions back from the workbooks of a screening",
    )
    command.add_argument(
        "results",
        type=Path,
        metavar="DIR",
        help="huiyin screen --out 的文件夹 the folder of the screening",
    )
    command.add_argument(
        "--workbooks", type=Path, metavar="DIR",
        help="填好的工作簿（默认 DIR/handover） the workbooks filled in (default: DIR/handover)",
    )  # fmt: skip
    command.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """0 done, 1 done but some decisions contradict one another, 2 a person must put something right."""
    from huiyin.screening.mistakes import BadInput  # noqa: PLC0415 -- other subcommands need none of it
    from huiyin.screening.outputs import decisions  # noqa: PLC0415 -- as above

    try:
        outcome = decisions.apply(options.results, options.workbooks)
    except BadInput as mistake:
        print(f"{mistake.message_zh}\n{mistake.message_en}", file=sys.stderr)
        return USER_MISTAKE
    print(
        f"新决定 {outcome.new} 项，改动 {outcome.changed} 项，已读过 {outcome.known} 项，未决定 {outcome.open_} 项；"
        f"可以处理的登记 {outcome.decided} 条，有矛盾的 {len(outcome.conflicts)} 项。\n"
        f"{outcome.new} new decisions, {outcome.changed} changed, {outcome.known} read before, {outcome.open_} open; "
        f"{outcome.decided} registrations can be dealt with, {len(outcome.conflicts)} conflicts."
    )
    for conflict in outcome.conflicts[:SHOWN]:
        print(
            f"{conflict.record_id} {conflict.about}（{conflict.files}）：{conflict.zh} / {conflict.en}"
        )
    return DISPUTED if outcome.conflicts else DONE
