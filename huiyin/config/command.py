"""The command `huiyin`: what can be done from a terminal; Django is loaded only where it is needed."""

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from huiyin.screening import command as screening
from huiyin.screening import deciding
from huiyin.screening.rolls import command as rolls

USER_MISTAKE = 2
INTERRUPTED = 130

NO_SEMANTIC = (
    "没有安装可选的语义包。请先运行：pip install 'huiyin[semantic]'，或改用 --semantic off。\n"
    "The optional package is not installed. Run: pip install 'huiyin[semantic]', or use --semantic off."
)

NO_DATABASE = (
    "连不上数据库。请先启动系统（make demo），或检查 DATABASE_URL。\n"
    "The database does not answer. Start the system first (make demo), or check DATABASE_URL."
)


class Mistake(Exception):
    """Something the user can put right; its text says how, in Chinese and in English."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; 0 when done, 2 when the user must change something first."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    if arguments[:1] == ["manage"]:  # its options are Django's
        return _manage(arguments[1:])
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except Mistake as mistake:
        return _complain(str(mistake), USER_MISTAKE)
    except OSError as error:
        return _complain(_about_file(error), USER_MISTAKE)
    except KeyboardInterrupt:
        return _complain("已中断，没有写出结果。\nInterrupted; no result was written.", INTERRUPTED)


def cluster_voices(options: argparse.Namespace) -> int:
    """Group the messages of a csv file by matter; needs no database."""
    # Loading these takes a second that the other subcommands need not wait for.
    from huiyin.kernel.spreadsheets import SpreadsheetError  # noqa: PLC0415 -- see above
    from huiyin.texts import clusters, semantic, voice_files  # noqa: PLC0415 -- see above

    if options.semantic == "on" and not semantic.available():
        raise Mistake(NO_SEMANTIC)
    try:
        messages = voice_files.read_messages(options.input)
    except SpreadsheetError as error:
        raise Mistake(
            f"{options.input}：{error.message_zh}\n{options.input}: {error.message_en}"
        ) from error
    embed = semantic.embedder() if options.semantic == "on" else None
    found = clusters.cluster(messages, embed=embed, progress=_progress())
    voice_files.write_clusters(options.output, messages, found)
    together = [cluster for cluster in found if len(cluster.keys) > 1]
    print(
        f"{len(messages)} 条留言，{len(together)} 组说的是同一件事。写入：{options.output}\n"
        f"{len(messages)} messages, {len(together)} groups about one matter. Written: {options.output}"
    )
    return 0


def import_voices(options: argparse.Namespace) -> int:
    """Take voices from a spreadsheet into the database."""
    chosen = {
        name: getattr(options, name) for name in ("mapping", "source", "congress", "semantic")
    }
    given = {name: value for name, value in chosen.items() if value is not None}
    return _call_django("import_voices", str(options.file), dry_run=options.dry_run, **given)


def _manage(arguments: Sequence[str]) -> int:
    from django.core.management import execute_from_command_line  # noqa: PLC0415 -- cluster-voices must run without it

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    execute_from_command_line(["huiyin manage", *arguments])
    return 0


def _call_django(name: str, *arguments: str, **named: object) -> int:
    import django  # noqa: PLC0415 -- cluster-voices must run without it
    from django.core.management import CommandError, call_command  # noqa: PLC0415 -- as above
    from django.db import OperationalError  # noqa: PLC0415 -- as above

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    django.setup()
    try:
        call_command(name, *arguments, **named)
    except CommandError as error:
        raise Mistake(str(error)) from error
    except OperationalError as error:
        raise Mistake(NO_DATABASE) from error
    return 0


def import_suggestions(options: argparse.Namespace) -> int:
    """Take finished suggestions of another system into the database."""
    names = ("mapping", "names", "congress", "errors")
    given = {name: str(getattr(options, name)) for name in names if getattr(options, name)}
    flags = {
        "former_units": options.former_units,
        "former_deputies": options.former_deputies,
        "dry_run": options.dry_run,
    }
    return _call_django("import_suggestions", str(options.file), **flags, **given)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="huiyin", description="回音 Huiyin")
    commands = parser.add_subparsers(title="命令 commands", required=True, metavar="COMMAND")
    _add_cluster_voices(commands)
    _add_import_voices(commands)
    _add_import_suggestions(commands)
    screening.add_to(commands)
    deciding.add_to(commands)
    rolls.add_to(commands)
    _add_manage(commands)
    return parser


def _add_cluster_voices(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "cluster-voices", help="把说同一件事的留言归成组 group messages about one matter"
    )
    command.add_argument(
        "input", type=Path, metavar="IN.csv", help="列 columns: id,title,text[,time,place]"
    )
    command.add_argument("output", type=Path, metavar="OUT.csv", help="列 columns: id,cluster")
    _add_semantic(command, default="off")
    command.set_defaults(run=cluster_voices)


def _add_import_voices(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    command = commands.add_parser(
        "import-voices", help="导入其他平台的留言 import voices of another platform"
    )
    command.add_argument("file", type=Path, metavar="FILE", help="csv, xlsx")
    command.add_argument(
        "--mapping", type=Path, metavar="FILE.toml", help="哪一列是什么 which column is what"
    )
    command.add_argument("--source", metavar="NAME", help="来源名称 where the voices come from")
    command.add_argument("--congress", metavar="CODE", help="人大代码 code of the congress")
    command.add_argument(
        "--dry-run", action="store_true", help="只检查，不写入 check only, write nothing"
    )
    _add_semantic(command, default=None)
    command.set_defaults(run=import_voices)


def _add_import_suggestions(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
) -> None:
    command = commands.add_parser(
        "import-suggestions",
        help="导入以前系统里办结的建议 import finished suggestions of another system",
    )
    command.add_argument("file", type=Path, metavar="FILE", help="xlsx, csv")
    command.add_argument(
        "--mapping", type=Path, metavar="FILE.toml", help="哪一列是什么 which column is what"
    )
    command.add_argument(
        "--names",
        type=Path,
        metavar="FILE.toml",
        help="旧单位现在叫什么 what old units are called now",
    )
    command.add_argument("--congress", metavar="CODE", help="人大代码 code of the congress")
    command.add_argument(
        "--former-units",
        action="store_true",
        help="认不出的单位保留为已撤销的 keep unknown units as former ones",
    )
    command.add_argument(
        "--former-deputies",
        action="store_true",
        help="认不出的往届代表只凭姓名建立 make unknown deputies of past terms by name alone",
    )
    command.add_argument(
        "--errors", type=Path, metavar="FILE.xlsx", help="有问题的行写到这里 rows in error go here"
    )
    command.add_argument(
        "--dry-run", action="store_true", help="只检查，不写入 check only, write nothing"
    )
    command.set_defaults(run=import_suggestions)


def _add_manage(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    commands.add_parser("manage", help="Django 管理命令 Django's own commands")


def _add_semantic(command: argparse.ArgumentParser, *, default: str | None) -> None:
    command.add_argument(
        "--semantic",
        choices=("on", "off"),
        default=default,
        help="是否也比较语意 compare meanings too (huiyin[semantic])",
    )


def _progress() -> Callable[[int, int], None] | None:
    """A line that counts up, only where a person is looking."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)

    return show


def _about_file(error: OSError) -> str:
    name = error.filename or "-"
    return f"{name}：不能读或不能写（{error.strerror}）。请检查路径和权限。\n{name}: cannot be read or written ({error.strerror})."


def _complain(text: str, code: int) -> int:
    print(text, file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
