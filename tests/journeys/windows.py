"""One person's browser window. Every page it shows is looked at: axe, width, console, requests."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Locator, expect

HEIGHT = 844
_number = itertools.count(1)


class Window:
    def __init__(
        self,
        browser: Browser,
        home: str,
        person: Any = None,
        *,
        width: int,
        shots: Path | None = None,
        **options: Any,
    ) -> None:
        self.home, self.width, self.shots = home, width, shots
        self.complaints: list[str] = []
        self.runs_scripts = options.get("java_script_enabled", True)  # axe is one
        self.context = browser.new_context(
            viewport={"width": width, "height": HEIGHT},
            locale="zh-CN",
            reduced_motion="reduce",
            accept_downloads=True,
            **options,
        )
        self.context.on("request", lambda asked: self._stay(asked.url))
        if person is not None:
            self._log_in(person)
        self.page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.complain(str(error)))
        self.page.on("dialog", lambda dialog: dialog.accept())

    def open(self, path: str) -> None:
        self.page.goto(path if path.startswith("http") else self.home + path)
        self.look()

    def press(self, name: str, within: Locator | None = None) -> None:
        """A button that leads to another page."""
        with self.page.expect_navigation(wait_until="load"):
            (within or self.page).get_by_role("button", name=name, exact=True).first.click()
        self.look()

    def press_in_vain(self, name: str) -> None:
        """A button that brings the form back."""
        with self.refused():
            self.press(name)

    @contextmanager
    def refused(self) -> Iterator[None]:
        """A form that comes back: Chromium calls that answer an error, the house does not."""
        before = list(self.complaints)
        yield
        refused = [words for words in self.complaints if "status of 422" in words]
        assert len(refused) == 1
        self.complaints = [*before, *(w for w in self.complaints[len(before) :] if w != refused[0])]

    def follow(self, name: str, within: Locator | None = None) -> None:
        """A link, by the words it starts with."""
        with self.page.expect_navigation(wait_until="load"):
            (within or self.main).get_by_role("link", name=name).first.click()
        self.look()

    def fill(self, **fields: Any) -> None:
        """Fields by their names in the form, as a person sees them: visible ones only."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='{name}']:visible").first
            if field.evaluate("element => element.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def choose(self, *labels: str) -> None:
        for label in labels:
            self.main.get_by_label(label, exact=True).first.check()

    def reads(self, *words: str) -> None:
        for word in words:
            expect(self.main).to_contain_text(word)

    def does_not_read(self, *words: str) -> None:
        for word in words:
            expect(self.main).not_to_contain_text(word)

    def cannot_press(self, name: str, because: str) -> None:
        expect(self.main.get_by_role("button", name=name).first).to_be_disabled()
        self.reads(because)

    def gets(self, link: str, within: Locator | None = None) -> bytes:
        """What a link to a file brings."""
        with self.page.expect_download() as download:
            (within or self.main).get_by_role("link", name=link).first.click()
        return Path(download.value.path()).read_bytes()

    @property
    def main(self) -> Locator:
        return self.page.locator("main")

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.home)

    def panel(self, words: str) -> Locator:
        """The smallest part of the page with these words that has buttons of its own."""
        return self.main.locator("section, details, article, .panel").filter(has_text=words).last

    def look(self) -> None:
        """What every page has to stand."""
        self._shoot()
        too_wide = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if too_wide > 0:
            self.complain(f"{too_wide} px too wide")
        if not self.runs_scripts:
            return
        found = Axe().run(self.page)
        if found.violations_count:
            self.complain(found.generate_report())

    def complain(self, words: str) -> None:
        self.complaints.append(f"{self.width}px {self.path}: {words}")

    def _shoot(self) -> None:
        if self.shots is None:
            return
        self.shots.mkdir(parents=True, exist_ok=True)
        name = self.path.strip("/").split("?")[0].replace("/", "-") or "home"
        self.page.screenshot(path=self.shots / f"{next(_number):03}-{name}.png", full_page=True)

    def _stay(self, url: str) -> None:
        if not url.startswith((self.home, "data:", "blob:")):
            self.complaints.append(f"left the machine: {url}")

    def _listen(self, said: Any) -> None:
        if said.type == "error":
            self.complain(said.text)

    def _log_in(self, person: Any) -> None:
        client = Client()
        client.force_login(person)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.home}]
        )
