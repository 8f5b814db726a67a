"""Whether bytes are sound UTF-8, told for a whole city's lists without making text of them; and other
encodings read as UTF-8."""

import codecs
import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

PIECE: Final = 1024**2  # bytes that are recoded at a time
ASCII: Final = 0x80  # bytes below it stand for themselves
LEADS: Final = (0xC0, 0xE0, 0xF0)  # from these on one, two, three bytes more belong to a character
HIGHEST: Final = 0xF4
# After these leads not every byte may follow: no longer forms than need be, no surrogates, no code
# points beyond the last one.
NARROW: Final = ((0xE0, 0xA0, 0xBF), (0xED, 0x80, 0x9F), (0xF0, 0x90, 0xBF), (0xF4, 0x80, 0x8F))


def is_utf8(text: bytes) -> bool:
    """Of whole lines, so that no character is cut at either end."""
    read = np.frombuffer(text, np.uint8)
    if read.max(initial=0) < ASCII:
        return True
    follows = np.zeros(len(read) + len(LEADS), np.bool_)
    for distance, lead in enumerate(LEADS, start=1):
        follows[distance : distance + len(read)] |= read >= lead
    if follows[len(read) :].any():
        return False
    if not np.array_equal((read & 0xC0) == ASCII, follows[: len(read)]):
        return False
    too_short = (read & 0xFE) == 0xC0
    return not (read.max() > HIGHEST or too_short.any() or _strays(read))


def _strays(read: npt.NDArray[np.uint8]) -> bool:
    for lead, low, high in NARROW:
        after = read[np.flatnonzero(read == lead) + 1]
        if ((after < low) | (after > high)).any():
            return True
    return False


def in_utf8(path: Path, encoding: str) -> io.RawIOBase:
    """The file as if it were in UTF-8."""
    return _Recoded(path, encoding)


class _Recoded(io.RawIOBase):
    def __init__(self, path: Path, encoding: str) -> None:
        self._file = path.open("rb", buffering=0)
        self._decoder = codecs.getincrementaldecoder(encoding)()
        self._ready = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        while not self._ready:
            read = self._file.read(PIECE)
            self._ready = memoryview(self._decoder.decode(read, final=not read).encode())
            if not read and not self._ready:
                return 0
        size = min(len(target), len(self._ready))
        target[:size], self._ready = self._ready[:size], self._ready[size:]
        return size

    def close(self) -> None:
        self._file.close()
        super().close()
