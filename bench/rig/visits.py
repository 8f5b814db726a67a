"""A first visit: every byte that a browser loads with a page, and how far the page shifts."""

import gzip
import re
import urllib.request
from collections.abc import Iterable
from urllib.parse import urljoin

from playwright.sync_api import Browser, sync_playwright

LOADED = re.compile(
    r'<(?:script[^>]*\ssrc|img[^>]*\ssrc|link[^>]*rel="(?:stylesheet|icon|manifest)"[^>]*\shref)="([^"]+)"'
)
WIDTHS = (390, 1280)
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""
SETTLED = 800  # milliseconds after the load in which late things move


def weight(address: str, path: str) -> tuple[int, int]:
    """Bytes of the page and of everything it loads, compressed as a proxy or whitenoise sends it."""
    page = _fetched(urljoin(address, path))
    loaded = set(LOADED.findall(_plain(page)))
    return len(_packed(page)), sum(len(_packed(_fetched(urljoin(address, one)))) for one in loaded)


def shifts(chromium: str, address: str, paths: Iterable[str]) -> dict[str, float]:
    """The greater of the shifts on a phone and on a desk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        found = {path: max(_shift(browser, address + path, w) for w in WIDTHS) for path in paths}
        browser.close()
    return found


def _shift(browser: Browser, url: str, width: int) -> float:
    context = browser.new_context(viewport={"width": width, "height": 844})
    context.add_init_script(SHIFTS)
    page = context.new_page()
    page.goto(url, wait_until="load")
    page.wait_for_timeout(SETTLED)
    shifted = float(page.evaluate("window.shifted"))
    context.close()
    return shifted


def _fetched(url: str) -> bytes:
    request = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return bytes(answer.read())


def _packed(content: bytes) -> bytes:
    return content if content.startswith(b"\x1f\x8b") else gzip.compress(content, 6)


def _plain(content: bytes) -> str:
    return (gzip.decompress(content) if content.startswith(b"\x1f\x8b") else content).decode()
