"""What every test stands on: a database, clean caches, a clock to set, and a browser where there is one."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as properties
from playwright.sync_api import Browser, expect, sync_playwright

from huiyin.config import postgres
from huiyin.kernel import crypto
from tests import template
from tests.cities import _at_the_beginning, city

__all__ = ["_at_the_beginning", "city"]  # fixtures
JOURNEYS = Path(__file__).parent / "journeys"
# The shell comes first: it shows its pages to nobody and draws no window around them.
CHROMIUMS = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
BROWSER_ARGUMENTS = [
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
]
PATIENCE = 20_000  # milliseconds: the machine may be busy with other things
NO_BROWSER = "!! 没有 Chromium：浏览器测试全部跳过。 No Chromium: browser tests are SKIPPED. !!"

# A busy machine is no defect of the house: no property has to hold within a time.
properties.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
properties.load_profile("house")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright keeps an event loop running


def pytest_configure(config):
    """Plain static files, a quick password hasher and a cache of our own, before anything uses them."""
    settings.STORAGES["staticfiles"] = {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
    }
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)  # WhiteNoise warns without it
    settings.WHITENOISE_AUTOREFRESH = True  # else each test's client reads all static files
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.CACHES["default"] = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    settings.FIGURES_KEPT = 0  # a test that acts and looks again sees what it did
    _compile_catalogues()


def pytest_collection_modifyitems(items):
    """Whatever lies in tests/journeys is a journey."""
    journeys = [item for item in items if item.path.is_relative_to(JOURNEYS)]
    for item in journeys:
        item.add_marker(pytest.mark.journey)
    if journeys and not find_chromium():
        _skip_or_refuse(journeys)


def pytest_terminal_summary(terminalreporter):
    if any(
        NO_BROWSER in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])
    ):
        terminalreporter.write_line(NO_BROWSER, red=True, bold=True)


def find_chromium() -> str | None:
    """The path of an installed Chromium: CHROMIUM, the system's, or Playwright's own."""
    candidates = [os.environ.get("CHROMIUM"), *map(shutil.which, CHROMIUMS), _playwright_chromium()]
    return next((path for path in candidates if path and Path(path).exists()), None)


@pytest.fixture(scope="session")
def chromium() -> str:
    return find_chromium() or pytest.skip(NO_BROWSER)


@pytest.fixture(scope="session")
def browser(chromium) -> Iterator[Browser]:
    """One browser for the whole run: Playwright's plain interface starts only once a process."""
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, chromium_sandbox=False, args=BROWSER_ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix, django_db_blocker
) -> None:
    """Tests create and empty databases, so they connect as the owner and not as the web does."""
    given = os.environ.get("DATABASE_OWNER_URL") or os.environ.get("DATABASE_URL")
    if not given:
        postgres.start()
    owner = dj_database_url.parse(given or postgres.url(postgres.OWNER))
    connection.settings_dict.update(
        {key: owner[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    )
    with django_db_blocker.unblock():
        template.copy(connection)


@pytest.fixture(scope="session", autouse=True)
def _own_keys(tmp_path_factory) -> None:
    """Nothing is encrypted with the keys of this machine, or with none."""
    crypto.configure(tmp_path_factory.mktemp("keys"), create=True)


@pytest.fixture(autouse=True)
def _own_surroundings(tmp_path_factory, settings) -> Iterator[None]:
    """No test meets another's cache, another's language or this machine's uploads."""
    settings.MEDIA_ROOT = tmp_path_factory.getbasetemp() / "uploads"
    yield
    cache.clear()
    translation.deactivate()  # a request leaves the language of its reader behind


def _compile_catalogues() -> None:
    """As `make catalogues` does, for tests started without make."""
    for words in Path("locale").glob("*/LC_MESSAGES/django.po"):
        compiled = words.with_suffix(".mo")
        if not compiled.exists() or compiled.stat().st_mtime < words.stat().st_mtime:
            with words.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))


def _playwright_chromium() -> str | None:
    browsers = Path(
        os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright"
    )
    return next(map(str, sorted(browsers.glob("chromium-*/chrome-linux*/chrome"))), None)


def _skip_or_refuse(journeys) -> None:
    if os.environ.get("HUIYIN_DEMAND_BROWSER") == "1":
        raise pytest.UsageError(NO_BROWSER)
    for item in journeys:
        item.add_marker(pytest.mark.skip(reason=NO_BROWSER))
