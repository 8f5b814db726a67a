"""Whether bytes are sound UTF-8, told for a whole city's lists without making text of them; and other
encodings read as UTF-8."""

import codecs
import io
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa

PIECE: Final = 1024**2  # bytes that are recoded at a time


def is_utf8(text: bytes) -> bool:
    """Of whole lines, so that no character is cut at either end; Arrow looks without making text."""
    bounds = pa.py_buffer(np.array([0, len(text)], np.int64))
    whole = pa.Array.from_buffers(pa.large_string(), 1, [None, bounds, pa.py_buffer(text)])
    try:
        whole.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


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
