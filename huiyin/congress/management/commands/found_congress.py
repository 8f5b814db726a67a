"""`manage.py found_congress`: the first day of a real installation."""

import datetime as dt
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiyin.congress import actions
from huiyin.congress.actions import Administrator, Founded, Sitting, Wanted
from huiyin.congress.choices import Level, Role
from huiyin.kernel.trail import SYSTEM
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region

SEATS = {
    "system": (
        Role.SYSTEM_ADMINISTRATOR,
        "系统管理员：任职、单位、届次、规则 seats, units, terms, rules",
    ),
    "security": (Role.SECURITY_ADMINISTRATOR, "安全管理员：看任职和规则 reads seats and rules"),
    "audit": (Role.AUDITOR, "审计管理员：查看记录 the log of looks behind masks"),
}
MOST = 99


class Command(BaseCommand):
    help = (
        "建立一级人大、本届和三个分立的管理员；再运行一次什么也不改。"
        "Found a congress with its term and three separated administrators; a second run changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="区划代码 code of the region, e.g. 620100")
        parser.add_argument("level", choices=Level.values, help="层级 level")
        parser.add_argument("--term", type=_number, required=True, help="第几届 number of the term")
        parser.add_argument(
            "--since", type=_day, required=True, help="本届从哪天起 its first day, 2022-01-05"
        )
        parser.add_argument(
            "--session",
            nargs=3,
            metavar=("NUMBER", "FIRST_DAY", "LAST_DAY"),
            help="本届的一次会议 a session of the term",
        )
        for option, (_role, words) in SEATS.items():
            parser.add_argument(
                f"--{option}", nargs=2, required=True, metavar=("LOGIN", "NAME"), help=words
            )
        parser.add_argument("--name", default="", help="人大全称 name, if not the region's")
        parser.add_argument("--short-name", default="", help="简称 short name")
        parser.add_argument("--prefix", default="", help="机关代字 letters of document numbers")

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.DEMO:
            raise CommandError(
                "HUIYIN_DEMO 开着：演示城市由 make demo 建。\n"
                "HUIYIN_DEMO is on: make demo builds the demonstration city."
            )
        try:
            founded = actions.found_congress(_wanted(options), by=SYSTEM)
        except NotPossible as reason:
            raise CommandError(f"{reason}\n什么也没有建。Nothing was founded.") from reason
        self._tell(founded)

    def _tell(self, founded: Founded) -> None:
        congress, term = founded.congress, founded.term
        self._line(congress in founded.new, f"{congress.name} {congress.region.code}")
        self._line(term in founded.new, f"{term} {term.starts_on}–{term.ends_on or ''}")
        if founded.session:
            session = founded.session
            words = f"{session} {session.starts_on}–{session.ends_on}"
            self._line(session in founded.new, words)
        for pack in founded.packs:
            self._line(True, f"规则 rules: {pack}")
        for appointment in founded.appointments:
            words = (
                f"{appointment.get_role_display()} {appointment.user} {appointment.user.username}"
            )
            self._line(appointment in founded.new, words)
        self._tell_passwords(founded)
        self._tell_what_is_left(founded)

    def _line(self, is_new: bool, words: str) -> None:
        self.stdout.write(f"{'新建 new  ' if is_new else '已有 there'}  {words}")

    def _tell_passwords(self, founded: Founded) -> None:
        if not founded.passwords:
            return
        self.stdout.write(
            "\n第一个密码，只显示这一次；当面交给本人，登录后先换成自己的密码，再设第二因素：\n"
            "First passwords, shown this once; each owner chooses another one and then sets a second factor:"
        )
        for appointment in founded.appointments:
            if password := founded.passwords.get(appointment.pk):
                self.stdout.write(f"  {appointment.user.username}  {password}")

    def _tell_what_is_left(self, founded: Founded) -> None:
        congress = founded.congress
        if not Region.objects.filter(parent=congress.region).exists():
            self.stdout.write(
                "\n这里以下还没有区划：请用 load_regions 装入本地的区划文件。\n"
                "There are no divisions below: load a file of your own with load_regions."
            )
        if congress.region.code != settings.HOME_REGION:
            self.stdout.write(
                f"\n如果这个网站属于{congress.name}，请在环境里写 HOME_REGION={congress.region.code}。\n"
                "If the site is this congress's own, put this into the environment."
            )


def _wanted(options: dict[str, Any]) -> Wanted:
    return Wanted(
        code=options["code"],
        level=options["level"],
        term=options["term"],
        term_starts_on=options["since"],
        administrators=[
            Administrator(role, *options[option]) for option, (role, _words) in SEATS.items()
        ],
        session=_sitting(options["session"]),
        name=options["name"],
        short_name=options["short_name"],
        document_prefix=options["prefix"],
    )


def _sitting(given: list[str] | None) -> Sitting | None:
    if given is None:
        return None
    number, first, last = given
    try:
        return Sitting(_number(number), _day(first), _day(last))
    except ArgumentTypeError as error:
        raise CommandError(f"--session {' '.join(given)}: 1 2022-01-05 2022-01-09") from error


def _number(text: str) -> int:
    """Of a term or a session, as the pages take them."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= MOST):
        raise ArgumentTypeError(f"{text}: 1–{MOST}")
    return int(text)


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text}: 2022-01-05") from error
