"""How far the cells of an xlsx reach, told before it is read: the reader makes room for the whole rectangle."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from copy import copy
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, Final
from xml.parsers import expat

PIECE: Final = 1024**2
BLANK: Final = b" \t\r\n"
ONE_QUOTE: Final = bytes.maketrans(b"'", b'"')
CELLS: Final = b"sheetData"  # the reader looks for cells nowhere else
NARROW: Final = 26  # columns with one letter
LONGEST: Final = 9  # letters or digits; no sheet has so many rows or columns
OTHER_KINDS: Final = {"content.xml", "xl/workbook.bin"}  # OpenDocument, xlsb
VALUES: Final = {"v", "is", "f"}
UNREFERENCED: Final = re.compile(rb"<c[\s/>](?!r=[\"'])")
PREFIXED: Final = re.compile(rb":c[\s/>]")
PLACE: Final = re.compile(rb"([A-Za-z]*)([0-9]*)")


class NotSound(Exception):
    """The archive or a sheet in it cannot be looked through."""


class _TooFar(Exception):
    pass


def reaches_beyond(file: BinaryIO | Path, most_cells: int) -> bool:
    """Whether the filled cells of a sheet span a rectangle of more cells than that.

    The bytes are looked through quickly for references that are far out. Only where there is one, or where
    cells have none, the sheet is read as XML: empty cells far out, which many files have, span nothing.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            if OTHER_KINDS & set(archive.namelist()):
                raise NotSound
            return any(
                _may_reach(_pieces(archive, entry), most_cells)
                and _Cells(most_cells).reach(_pieces(archive, entry))
                for entry in archive.infolist()
            )
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        raise NotSound from error


def _pieces(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The archive's own word about the size is not believed: one byte more is asked for and refused."""
    asked = copy(entry)
    asked.file_size += 1
    size = 0
    with archive.open(asked) as stream:
        while piece := stream.read(PIECE):
            size += len(piece)
            if size > entry.file_size:
                raise NotSound
            yield piece


def _may_reach(pieces: Iterator[bytes], most: int) -> bool:
    """Never less than the truth. Blanks and kinds of quotes, in which writers differ, are levelled first."""
    far, rows = _far_references(most)
    columns, has_cells, rest = NARROW, False, b""
    for piece in pieces:
        text, rest = _whole_tags(rest + piece)
        has_cells = has_cells or CELLS in text or CELLS in rest
        if not has_cells:
            rest = rest[-PIECE:]
            continue
        if len(rest) > PIECE or UNREFERENCED.search(text) or PREFIXED.search(text):
            return True
        found = far.findall(text.translate(ONE_QUOTE, BLANK))
        columns = max([columns, *map(_number, {letters for letters, _digits in found})])
        rows = max([rows, *(int(digits[:LONGEST]) for _letters, digits in found)])
        if rows * columns > most:
            return True
    return False


def _whole_tags(text: bytes) -> tuple[bytes, bytes]:
    end = text.rfind(b">") + 1
    return text[:end], text[end:]


@lru_cache
def _far_references(most: int) -> tuple[re.Pattern[bytes], int]:
    """Two letters, or so many digits that even a narrow sheet is large; and where all other rows end."""
    digits = len(str(most // NARROW))
    far = rb'r="(?:([A-Za-z]{2,})|[A-Za-z]?(?=[0-9]{%d}))([0-9]+)' % digits
    return re.compile(far), 10 ** (digits - 1) - 1


def _number(letters: bytes) -> int:
    """A is 1, AA is 27."""
    number = 0
    for letter in letters.upper()[:LONGEST]:
        number = number * NARROW + letter - ord("A") + 1
    return number


class _Cells:
    """Reads a sheet as XML and notes the last row and the last column that hold something."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.row = 0
        self.place = self.last = (0, 0)

    def reach(self, pieces: Iterator[bytes]) -> bool:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._started
        parser.StartDoctypeDeclHandler = self._refuse  # it could give attributes of its own
        try:
            for piece in pieces:
                parser.Parse(piece, False)
            parser.Parse(b"", True)
        except _TooFar:
            return True
        except expat.ExpatError as error:
            raise NotSound from error
        return False

    def _started(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = name.rpartition(":")[2]
        if kind == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.place = (self.row, 0)
        elif kind == "c":
            self.place = self._place(attributes.get("r", ""))
        elif kind in VALUES:
            self.last = (max(self.last[0], self.place[0]), max(self.last[1], self.place[1]))
            if self.last[0] * self.last[1] > self.most:
                raise _TooFar

    def _place(self, reference: str) -> tuple[int, int]:
        """Where the reference says, else right of the cell before."""
        if not reference:
            return self.row, self.place[1] + 1
        found = PLACE.fullmatch(reference.encode())
        if found is None:
            raise NotSound
        return int(found[2][:LONGEST] or 0), _number(found[1])

    def _refuse(self, *_: object) -> None:
        raise NotSound
