"""Which characters our fonts can show; the rest is printed as 〓, the printers' sign for a missing type."""

import struct
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

MISSING: Final = "〓"
SFNT_HEADER: Final = 12
TABLE_RECORD: Final = 16
SEGMENTED_COVERAGE: Final = 12  # the format of cmap that reaches beyond the first 65,536 characters


def showable(text: str, shown: frozenset[int]) -> str:
    """A rare character of a name keeps its number, so that it can be written in by hand."""
    if all(ord(character) in shown for character in text):
        return text
    return "".join(
        character if ord(character) in shown else _substitute(character) for character in text
    )


def _substitute(character: str) -> str:
    category = unicodedata.category(character)
    if character in "\n\t\u200b":
        return character
    if category[0] in "CMZ":  # controls, marks that change another character, spaces
        return " " if category == "Zs" else ""
    return f"{MISSING}(U+{ord(character):04X})" if category == "Lo" else MISSING


@cache
def shown_by(folders: tuple[Path, ...]) -> frozenset[int]:
    files = (file for folder in folders for file in folder.iterdir())
    fonts = (file for file in files if file.suffix in (".ttf", ".otf"))
    return frozenset(code for font in fonts for code in _characters(font.read_bytes()))


def _characters(font: bytes) -> Iterator[int]:
    """Reads the cmap table (OpenType 1.9, chapter cmap): groups of first, last and glyph."""
    table = _cmap(font)
    (count,) = struct.unpack_from(">H", font, table + 2)
    for at in range(count):
        (offset,) = struct.unpack_from(">I", font, table + 4 + 8 * at + 4)
        (kind,) = struct.unpack_from(">H", font, table + offset)
        if kind == SEGMENTED_COVERAGE:
            (groups,) = struct.unpack_from(">I", font, table + offset + 12)
            for group in range(groups):
                first, last = struct.unpack_from(">II", font, table + offset + 16 + 12 * group)
                yield from range(first, last + 1)


def _cmap(font: bytes) -> int:
    (count,) = struct.unpack_from(">H", font, 4)
    for at in range(count):
        tag, _sum, offset, _length = struct.unpack_from(
            ">4sIII", font, SFNT_HEADER + TABLE_RECORD * at
        )
        if tag == b"cmap":
            return offset
    raise ValueError("a font without a cmap")
