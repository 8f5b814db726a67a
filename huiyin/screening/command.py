"""`huiyin screen` and `huiyin link`: what they take from the terminal and what they say there."""

import argparse
import datetime as dt
import os
import signal
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, Final

DONE, NOTHING, USER_MISTAKE = 0, 1, 2
NO_MEMORY: Final = (
    "内存不够。请加大 --memory，或减少 --threads；没有写出任何结果。\n"
    "Not enough memory. Raise --memory or lower --threads; no result was written.\n{}"
)
NO_SPACE: Final = (
    "临时文件写不下或读不到。请在结果目录所在的磁盘上腾出空间；没有写出任何结果。\n"
    "A temporary file cannot be written or read. Free some space on the disk of the results; no result was written.\n{}"
)
LISTS: Final = {
    "registrations": "本次登记 this election's registrations",
    "population": "人口信息 population register",
    "last_roll": "上届名册 the last roll",
    "deceased": "死亡人员 the deceased",
    "deprived": "被剥夺政治权利人员 people deprived of political rights",
    "moved": "户口迁移 moves in and out",
    "students": "在校学生 students",
    "staff": "单位人员 units' staff",
    "certificates": "选民资格证明 voter certificates",
    "permits": "居住证 residence permits",
    "custody": "羁押人员 people in custody",
    "constituencies": "选区 constituencies",
}


def add_to(commands: "argparse._SubParsersAction[Any]") -> None:
    _add_screen(commands)
    _add_link(commands)


def screen(options: argparse.Namespace) -> int:
    """0 done, 1 done but there was nobody to screen, 2 a person must put something right."""
    # Arrow, numpy and the engine take a second to load, which other subcommands need not wait for.
    from huiyin.screening import model  # noqa: PLC0415 -- see above
    from huiyin.screening.screen import screen as run  # noqa: PLC0415 -- see above

    def work() -> int:
        lists = {name: getattr(options, name) for name in LISTS if getattr(options, name)}
        file = options.model
        known = model.read(file) if file and file.exists() else None
        results = run(lists, options.out, _settings(options), known=known, model_file=file)
        print(
            f"{results.registrations} 条登记已筛查。结果：{options.out}\n"
            f"{results.registrations} registrations screened. Results: {options.out}"
        )
        return DONE if results.registrations else NOTHING

    return _careful(work)


def link(options: argparse.Namespace) -> int:
    """0 done, 1 done but one list has no rows, 2 a person must put something right."""
    from huiyin.screening import links  # noqa: PLC0415 -- as in screen

    def work() -> int:
        found = links.link(options.a, options.b, options.out, _settings(options))
        print(f"{found.pairs} 对。写入：{options.out}\n{found.pairs} pairs. Written: {options.out}")
        return DONE if found.rows_a and found.rows_b else NOTHING

    return _careful(work)


def _careful(work: Any) -> int:
    """A request to end is an interruption, so that nothing half-written stays behind."""
    import duckdb  # noqa: PLC0415 -- as in screen

    from huiyin.screening.mistakes import BadInput  # noqa: PLC0415 -- as in screen

    before = signal.signal(signal.SIGTERM, _interrupt)
    try:
        return work()
    except BadInput as mistake:
        print(f"{mistake.message_zh}\n{mistake.message_en}", file=sys.stderr)
        return USER_MISTAKE
    except duckdb.OutOfMemoryException as error:
        print(NO_MEMORY.format(error), file=sys.stderr)
        return USER_MISTAKE
    except duckdb.IOException as error:
        print(NO_SPACE.format(error), file=sys.stderr)
        return USER_MISTAKE
    except (duckdb.InterruptException, RuntimeError) as error:
        if "interrupted" in str(error).lower():  # DuckDB's words for a signal inside a query
            raise KeyboardInterrupt from error
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _settings(options: argparse.Namespace) -> Any:
    from huiyin.screening.settings import Settings, memory_of  # noqa: PLC0415 -- as in screen

    return Settings(
        election_day=options.election_day,
        last_election=getattr(options, "last_election", None),
        birthday_counts=getattr(options, "birthday", "counts") == "counts",
        engine=options.engine,
        threads=options.threads,
        memory=memory_of(options.memory),
        mapping=_mapping(options.mapping) if options.mapping else {},
    )


def _mapping(path: Path) -> Mapping[str, Mapping[str, str]]:
    """[registrations] name = "选民姓名"; what stands before any list is meant for all of them."""
    from huiyin.screening import columns  # noqa: PLC0415 -- as in screen
    from huiyin.screening.mistakes import BadInput  # noqa: PLC0415 -- as in screen

    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadInput(
            f"不是完好的 TOML：{error}", f"not sound TOML: {error}", file=str(path)
        ) from error
    for_all = {name: header for name, header in found.items() if isinstance(header, str)}
    mapping = {}
    for kind in LISTS:
        own = {**for_all, **found.get(kind, {})}
        mapping[kind] = {name: own[name] for name in own if name in columns.columns_of(kind)}
        unknown = sorted(set(found.get(kind, {})) - set(columns.columns_of(kind)))
        if unknown:
            raise BadInput(
                f"没有名为 {unknown[0]} 的列。可用的列：{'、'.join(columns.columns_of(kind))}。",
                f"There is no column {unknown[0]}. There are: {', '.join(columns.columns_of(kind))}.",
                file=str(path),
                column=unknown[0],
            )
    return mapping


# What may be asked -------------------------------------------------------------------------------


def _add_screen(commands: "argparse._SubParsersAction[Any]") -> None:
    command = commands.add_parser(
        "screen", help="筛查选民登记的错、漏、重 find what is wrong, missing and double on a roll"
    )
    for name, words in LISTS.items():
        command.add_argument(
            f"--{name.replace('_', '-')}",
            nargs="+",
            type=Path,
            metavar="FILE",
            required=name == "registrations",
            help=f"{words} (csv, xlsx, parquet)",
        )
    command.add_argument("--out", type=Path, required=True, metavar="DIR", help="结果目录 results")
    command.add_argument(
        "--model",
        type=Path,
        metavar="FILE",
        help="已有则照用，没有则写出 used if it is there, else written",
    )
    command.add_argument(
        "--last-election",
        type=_day,
        metavar="DATE",
        help="上次选举日，默认五年前 default: five years before",
    )
    command.add_argument(
        "--birthday",
        choices=("counts", "does-not-count"),
        default="counts",
        help="选举日当天满18周岁是否计入 whether turning 18 on election day itself makes a voter",
    )
    _add_engine(command)
    command.set_defaults(run=screen)


def _add_link(commands: "argparse._SubParsersAction[Any]") -> None:
    command = commands.add_parser(
        "link", help="找出两份名单里的同一人 find the same people on two lists"
    )
    command.add_argument("a", type=Path, metavar="A", help="csv, xlsx, parquet")
    command.add_argument("b", type=Path, metavar="B", help="csv, xlsx, parquet")
    command.add_argument("--out", type=Path, required=True, metavar="LINKS.csv")
    _add_engine(command)
    command.set_defaults(run=link)


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--election-day",
        type=_day,
        default=dt.date(2026, 12, 15),
        metavar="DATE",
        help="选举日 default: 2026-12-15",
    )
    command.add_argument(
        "--mapping", type=Path, metavar="FILE.toml", help="哪一列是什么 which column is what"
    )
    command.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    command.add_argument("--threads", type=_threads, default=os.cpu_count() or 1, metavar="N")
    command.add_argument(
        "--memory", default="2GB", metavar="SIZE", help="内存上限 limit, default: 2GB"
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text}：请写成 write like 2026-12-15") from None


def _threads(text: str) -> int:
    if not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("1 以上 at least 1")
    return int(text)
