"""What the pages are made of: no inline styles, no fetched fonts, small enough for a slow phone."""

import gzip
import re
from pathlib import Path

import huiyin

HOUSE = Path(huiyin.__file__).parent
STATIC = HOUSE / "ui" / "static" / "ui"
FIRST_VISIT = (
    "vendor/govuk.css",
    "huiyin.css",
    "vendor/htmx.min.js",
    "huiyin.js",
    "icons/echo.svg",
)


def templates() -> list[Path]:
    return sorted(HOUSE.glob("*/templates/**/*.html"))


def test_no_template_carries_a_style_or_a_script_of_its_own():
    """The Content-Security-Policy would drop them without a word."""
    forbidden = re.compile(
        r"""\sstyle=|<style|\son[a-z]+=["']|<script(?![^>]*(src=|nonce=))|javascript:"""
    )

    found = [str(path) for path in templates() if forbidden.search(path.read_text("utf-8"))]

    assert found == []


def test_stylesheets_fetch_nothing_and_name_no_licensed_face():
    sheets = [STATIC / "vendor" / "govuk.css", STATIC / "huiyin.css"]

    found = [
        word
        for sheet in sheets
        for word in re.findall(r"@font-face|@import|url\(|GDS", sheet.read_text("utf-8"))
    ]

    assert found == []


def test_files_of_a_first_visit_leave_room_for_the_page():
    """60 KB with the page itself (design, section 8); 12 KB of them are left to the page."""
    size = sum(len(gzip.compress((STATIC / name).read_bytes())) for name in FIRST_VISIT)

    assert size <= 48 * 1024


def test_every_vendored_file_has_its_licence():
    vendored = {path.name.split(".")[0] for path in (STATIC / "vendor").glob("*.min.js")}
    vendored |= {"govuk-frontend"}

    licences = {
        path.stem.removeprefix("LICENSE-") for path in (STATIC / "vendor").glob("LICENSE-*")
    }

    assert licences == vendored


def test_every_component_used_on_a_page_exists():
    used = {
        name
        for path in templates()
        for name in re.findall(r"<c-([a-z-]+)", path.read_text("utf-8"))
    }

    components = {
        path.stem.replace("_", "-") for path in (HOUSE / "ui" / "templates" / "ui").glob("*.html")
    }

    assert used - {"vars", "slot"} - components == set()


def test_gallery_shows_every_component():
    components = HOUSE / "ui" / "templates" / "ui"
    shown = set(re.findall(r"<c-([a-z-]+)", (components / "gallery.html").read_text("utf-8")))

    tags = {
        path.stem.replace("_", "-")
        for path in components.glob("*.html")
        if "<c-vars" in path.read_text("utf-8")
    }

    assert tags - shown == set()
