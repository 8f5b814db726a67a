"""PDF by typst, with our own fonts only, embedded."""

import datetime as dt
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, Final, cast

import typst

from huiyin.kernel.documents.cleaning import printable
from huiyin.kernel.documents.coverage import showable, shown_by

TEMPLATES: Final = Path(__file__).parents[1] / "document_templates"
FONTS: Final = Path(__file__).parents[1] / "fonts"
# The faces GB/T 9704 names come first, for the site that owns them (HUIYIN_FONTS); ours follow.
OURS: Final = ("Noto Serif SC", "Huiyin Rare Serif")
BODY: Final = ("FangSong_GB2312", "仿宋_GB2312", *OURS)
HEAD: Final = ("FZXiaoBiaoSong-B05S", "方正小标宋简体", *OURS)
PRINT_PPI: Final = 220
CHINA: Final = dt.timezone(dt.timedelta(hours=8))


@dataclass(frozen=True)
class TraceEntry:
    at: dt.datetime
    who: str
    what: str
    words: str = ""
    change: str = ""
    is_day: bool = False  # nobody told the hour


def pdf(template: str, content: dict[str, Any], *, made_on: dt.date) -> bytes:
    """PDF/A-3a. The same content gives the same bytes: the date inside is the document's own."""
    made_at = dt.datetime.combine(made_on, dt.time(), tzinfo=CHINA)
    compiler = _compiler(template, content)
    made = compiler.compile(format="pdf", timestamp=made_at, pdf_standards=["a-3a"])
    return cast(bytes, made)  # a list only for pictures, None only with a file to write to


def png(template: str, content: dict[str, Any]) -> bytes:
    """The one page of a template as a picture, sharp enough to print."""
    made = _compiler(template, content).compile(format="png", ppi=PRINT_PPI)
    return cast(bytes, made)


def _compiler(template: str, content: dict[str, Any]) -> typst.Compiler:
    folders = _font_folders()
    words = printable(content, partial(showable, shown=shown_by(folders)))
    return typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(folders),
        sys_inputs={"content": json.dumps(words | {"body_fonts": BODY, "head_fonts": HEAD})},
    )


def _font_folders() -> tuple[Path, ...]:
    own = os.environ.get("HUIYIN_FONTS")
    return (Path(own), FONTS) if own else (FONTS,)


@cache
def _fonts(folders: tuple[Path, ...]) -> typst.Fonts:
    # Folders, never files: typst passes over a file without a word and takes a Latin font.
    return typst.Fonts(False, False, [str(folder) for folder in folders])


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
        "printed": f"打印于 {_local(printed_at):%Y-%m-%d %H:%M}",
    }
    return pdf("trace.typ", content, made_on=_local(printed_at).date())


def _entry(entry: TraceEntry) -> dict[str, str]:
    at = _local(entry.at)
    return {
        "day": f"{at:%Y-%m-%d}",
        "time": "" if entry.is_day else f"{at:%H:%M}",
        "who": entry.who,
        "what": entry.what,
        "words": entry.words,
        "change": entry.change,
    }


def _local(moment: dt.datetime) -> dt.datetime:
    """What the database gives is UTC; what people read is China's one zone."""
    return moment.astimezone(CHINA) if moment.tzinfo else moment
