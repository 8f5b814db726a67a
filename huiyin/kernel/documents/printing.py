"""PDF by typst, with our own fonts only, embedded."""

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from huiyin.kernel.documents.cleaning import printable

TEMPLATES: Final = Path(__file__).parents[1] / "document_templates"
FONTS: Final = Path(__file__).parents[1] / "fonts"
FAMILIES: Final = ("Noto Serif SC", "Huiyin Rare Serif")
CHINA: Final = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class TraceEntry:
    at: dt.datetime
    who: str
    what: str
    words: str = ""
    change: str = ""


@cache
def fonts(folders: tuple[Path, ...] = (FONTS,)) -> typst.Fonts:
    # Folders, never files: typst passes over a file without a word and takes a Latin font.
    return typst.Fonts(False, False, [str(folder) for folder in folders])


def pdf(template: str, content: dict[str, Any], *, made_on: dt.date) -> bytes:
    """The same content gives the same bytes: the date inside is the document's, not the printer's."""
    compiler = typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=fonts(),
        sys_inputs={"content": json.dumps(printable(content | {"fonts": FAMILIES}))},
    )
    made_at = dt.datetime.combine(made_on, dt.time(), tzinfo=CHINA)
    try:
        return compiler.compile(format="pdf", timestamp=made_at, pdf_standards=["a-3a"])
    except typst.TypstError:
        # PDF/A wants a glyph for every character; 😀 and the rarest names have none in our fonts.
        # An ordinary PDF shows a box there and still carries the character itself.
        return compiler.compile(format="pdf", timestamp=made_at)


def trace_pdf(
    title: str,
    facts: Sequence[tuple[str, str]],
    entries: Sequence[TraceEntry],
    *,
    printed_at: dt.datetime,
) -> bytes:
    content = {
        "title": title,
        "facts": [list(fact) for fact in facts],
        "entries": [_entry(entry) for entry in entries],
        "printed": f"打印于 {printed_at:%Y-%m-%d %H:%M}",
    }
    return pdf("trace.typ", content, made_on=printed_at.date())


def _entry(entry: TraceEntry) -> dict[str, str]:
    return {
        "day": f"{entry.at:%Y-%m-%d}",
        "time": f"{entry.at:%H:%M}",
        "who": entry.who,
        "what": entry.what,
        "words": entry.words,
        "change": entry.change,
    }
