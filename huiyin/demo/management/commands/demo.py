"""`manage.py demo` builds the demonstration city once; `--logins` prints who may log in."""

import io
import sys
import time
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from huiyin.congress.models import Congress
from huiyin.demo import build


class Command(BaseCommand):
    help = "Build the demonstration city, or print its logins."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print who may log in, and stop")
        parser.add_argument(
            "--only-ours", action="store_true", help="stop with an error if another city is here"
        )
        parser.add_argument("--seed", type=int, default=build.SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("HUIYIN_DEMO is off: the demonstration city is for try-outs only")
        if options["only_ours"]:
            self._refuse_another()
        elif options["logins"]:
            self._print_logins()
        elif Congress.objects.exists():
            call_command("load_rules", stdout=io.StringIO())  # a newer release may bring new rules
            self.stdout.write("演示城市已经在了。The city is there already.")
        else:
            self._build(options["seed"])

    def _refuse_another(self) -> None:
        """Before anything is migrated or written."""
        if build.holds_another():
            raise CommandError(
                "这个数据库里是别的城市，不是演示城市；什么也没有改。\n"
                "This database holds another city than the demonstration's; nothing was changed."
            )

    def _build(self, seed: int) -> None:
        began = time.monotonic()
        build.build(seed=seed, tell=self._tell)
        self.stdout.write(f"演示城市建成，{time.monotonic() - began:.0f} 秒。")

    def _tell(self, words: str) -> None:
        self.stdout.write(words)
        sys.stdout.flush()

    def _print_logins(self) -> None:
        self.stdout.write("登录名                  密码          身份")
        for username, password, words in build.logins():
            self.stdout.write(f"{username:<24}{password:<14}{words}")
