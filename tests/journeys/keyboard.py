"""Hands without a mouse: what they reach with Tab, what they see there, what the keys do."""

from pathlib import Path

from playwright.sync_api import Locator

from tests.journeys.windows import Window

STOPS = (Path(__file__).parent / "stops.js").read_text(encoding="utf-8")
MOST = 400  # presses of Tab: more stops than any page has
IS_FOCUSED = "element => element === document.activeElement"


class Keyboard:
    """Every page it comes to is walked from the first stop to the last and looked at on the way."""

    def __init__(self, window: Window) -> None:
        self.window, self.page = window, window.page
        self.page.context.add_init_script(STOPS)

    def open(self, path: str) -> None:
        self.window.open(path)
        self.walk()

    def walk(self) -> None:
        """Tab through the whole page, there and one step back; then begin again behind the skip link."""
        self._begin()
        names = []
        while (stop := self._next()) is not None:
            names.append(stop["name"])
            assert len(names) < MOST, f"no way out of {self.window.path}: {names[-5:]}"
        missed = self.page.evaluate("stops.missed()")
        if missed:
            self.window.complain(f"Tab does not reach {missed}")
        self._back_to_the_last(names[-1])
        self._skip()

    def reach(self, control: Locator) -> None:
        """Tab until it is there."""
        control = control.first
        for _press in range(MOST):
            if control.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {control} on {self.window.path}")

    def follow(self, name: str, within: Locator | None = None) -> None:
        self.reach((within or self.window.main).get_by_role("link", name=name))
        self._go("Enter")

    def press(self, name: str, key: str = "Enter", within: Locator | None = None) -> None:
        self.reach((within or self.window.main).get_by_role("button", name=name, exact=True))
        self._go(key)

    def press_in_vain(self, name: str) -> None:
        """A button that brings the form back: what has to be mended is where one begins."""
        self.reach(self.window.main.get_by_role("button", name=name, exact=True))
        with self.window.refused():
            with self.page.expect_navigation(wait_until="load"):
                self.page.keyboard.press("Enter")
            self.window.look()
        assert self._focused("#error-summary")

    def open_up(self, words: str) -> None:
        """What is folded away behind these words."""
        self.reach(self.window.main.locator("summary").filter(has_text=words))
        self.page.keyboard.press("Space")

    def type(self, **fields: str) -> None:
        for name, words in fields.items():
            self.reach(self.page.locator(f"[name='{name}']:visible"))
            self.page.keyboard.insert_text(words)

    def choose(self, group: str, label: str) -> None:
        """A radio: Tab comes to the group, the arrows go through it."""
        radios = self.window.main.get_by_role("group", name=group).get_by_role("radio")
        wanted = radios.and_(self.window.main.get_by_label(label, exact=True)).first
        self._reach_group(radios)
        for _press in range(radios.count()):
            if wanted.evaluate(IS_FOCUSED):
                break
            self.page.keyboard.press("ArrowDown")
        self.page.keyboard.press("Space")
        assert wanted.is_checked()

    def select(self, name: str, label: str) -> None:
        box = self.page.locator(f"select[name='{name}']:visible")
        self.reach(box)
        self.page.keyboard.press("Home")
        for _press in range(MOST):
            if box.evaluate("element => element.selectedOptions[0].label.trim()") == label:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{label} is not in {name}")

    def close_with_escape(self, summary: Locator) -> None:
        """Opens a menu, goes into it and leaves it again."""
        self.reach(summary)
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Tab")
        assert self.page.evaluate("document.activeElement.closest('details[open]') !== null")
        self.page.keyboard.press("Escape")
        assert self.is_on(summary)
        assert not summary.evaluate("element => element.parentElement.open")

    def is_on(self, control: Locator) -> bool:
        return bool(control.first.evaluate(IS_FOCUSED))

    def _begin(self) -> None:
        """At the top, wherever the last page left one: an address keeps its # over a redirect."""
        self.page.evaluate("document.querySelector('.govuk-skip-link').focus()")
        self.page.keyboard.press("Shift+Tab")
        self.page.evaluate("stops.begin()")
        assert self.page.evaluate("document.activeElement === document.body")

    def _next(self) -> dict | None:
        """One Tab further, seen for the first time; None on the way out."""
        while True:
            self.page.keyboard.press("Tab")
            stop = self.page.evaluate("stops.here()")
            if stop is None or stop["isNew"]:
                break  # a date has three stops within one control
        for words in stop["complaints"] if stop else ():
            self.window.complain(words)
        return stop

    def _back_to_the_last(self, name: str) -> None:
        self.page.keyboard.press("Shift+Tab")
        here = self.page.evaluate("stops.here()")
        assert here is not None
        assert here["name"] == name

    def _skip(self) -> None:
        """From the top over the navigation into the page."""
        self._begin()
        self.page.keyboard.press("Tab")
        self.page.keyboard.press("Enter")
        assert self._focused("#main"), (
            f"{self.window.path}: the first stop does not lead to the page"
        )

    def _reach_group(self, radios: Locator) -> None:
        for _press in range(MOST):
            if radios.evaluate_all("all => all.includes(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not come to {radios} on {self.window.path}")

    def _focused(self, selector: str) -> bool:
        return bool(
            self.page.evaluate("selector => document.activeElement.matches(selector)", selector)
        )

    def _go(self, key: str) -> None:
        with self.page.expect_navigation(wait_until="load"):
            self.page.keyboard.press(key)
        self.window.look()
        self.walk()
