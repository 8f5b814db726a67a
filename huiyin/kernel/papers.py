"""Uploaded papers: a picture is written anew, a PDF is looked through; what it is its content tells."""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from huiyin.kernel.errors import BilingualError
from huiyin.kernel.pictures import MOST_BYTES, NoPictureError, PictureError, clean_picture

PDF: Final = "pdf"
JPEG: Final = "jpeg"
HEAD: Final = b"%PDF-"
TAIL: Final = 1024  # bytes at the end in which the end mark stands (ISO 32000-1, annex H)
END: Final = re.compile(rb"startxref\s+\d+\s+%%EOF")
# Objects may be packed in streams of their own (ISO 32000-1, 7.5.7): their names show only unpacked.
MOST_UNPACKED: Final = 64 * 1024**2
LONGEST_DICTIONARY: Final = 4096
STREAM: Final = re.compile(rb"stream\r?\n")
NUMBERED: Final = re.compile(
    rb"\s*\d+\s+\d+"
)  # every packed stream begins with its table of objects


class PaperError(BilingualError):
    """The file cannot be used; the message says why."""


@dataclass(frozen=True)
class Paper:
    """A file as it may be kept: `kind` is PDF or JPEG."""

    kind: str
    content: bytes


def clean_paper(content: bytes) -> Paper:
    """A PDF as it came, if nothing in it acts or hides; any picture as a JPEG without metadata."""
    if not content:
        raise PaperError("这个文件是空的。", "This file is empty.")
    if len(content) > MOST_BYTES:
        raise too_large()
    if content.startswith(HEAD):
        _look_through(content)
        return Paper(PDF, content)
    try:
        return Paper(JPEG, clean_picture(content))
    except NoPictureError as error:
        raise PaperError(
            "这个文件不是 PDF，也不是图片。请上传 PDF，或者 JPG、PNG、WebP 格式的图片。",
            "This file is neither a PDF nor a picture. Please choose a PDF, or a JPG, PNG or WebP picture.",
        ) from error
    except PictureError as error:
        raise PaperError(error.message_zh, error.message_en) from error


def too_large() -> PaperError:
    most = MOST_BYTES // 1024**2
    return PaperError(f"文件太大，最多 {most} MB。", f"The file is too large: at most {most} MB.")


def _name(word: str, *, begins: bool = False) -> re.Pattern[bytes]:
    """A name in a PDF, also with letters written as #xx (ISO 32000-1, 7.3.5)."""
    letters = (f"(?:{letter}|#{ord(letter):02x}|#{ord(letter):02X})" for letter in word)
    end = "" if begins else r"(?=[\x00\t\n\f\r ()<>\[\]{}/%]|$)"
    return re.compile(f"/{''.join(letters)}{end}".encode())


ENCRYPTED: Final = _name("Encrypt")
PAGE: Final = _name("Page")
PACKED: Final = _name("ObjStm")
# What runs when a page is opened or touched, and files within the file.
ACTING: Final = (
    _name("JavaScript"),
    _name("Launch"),
    _name("ImportData"),
    _name("XFA"),
    _name("RichMedia"),
    _name("EmbeddedFile", begins=True),
)


def _look_through(content: bytes) -> None:
    if not END.search(content[-TAIL:]):
        raise PaperError(
            "这个 PDF 不完整，可能没有传完。请重新导出或者重新扫描后再上传。",
            "This PDF is cut off. Please export or scan it again and choose it once more.",
        )
    if ENCRYPTED.search(content):
        raise PaperError(
            "这个 PDF 有密码或者限制权限，别人打不开。请去掉密码再上传。",
            "This PDF is encrypted: others could not open it. Please remove the password first.",
        )
    parts = [content, *_unpacked(content)]
    if any(acting.search(part) for acting in ACTING for part in parts):
        raise PaperError(
            "这个 PDF 里有脚本或者夹带的文件，不能上传。请打印成新的 PDF 再上传。",
            "This PDF carries a script or files within it. Please print it to a new PDF.",
        )
    if not any(PAGE.search(part) for part in parts):
        raise PaperError("这个 PDF 里一页也没有。", "This PDF has no page.")


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The packed objects. What cannot be unpacked could hide anything and is refused."""
    left, at = MOST_UNPACKED, 0
    while found := PACKED.search(content, at):
        stream = STREAM.search(content, found.end(), found.end() + LONGEST_DICTIONARY)
        at = content.find(b"endstream", stream.end()) if stream else -1
        if stream is None or at < 0:
            raise _unreadable()
        part = _inflated(content[stream.end() : at], left)
        left -= len(part)
        yield part


def _inflated(packed: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj()
    try:
        part = unpacker.decompress(packed, most)
    except zlib.error as error:
        raise _unreadable() from error
    # Between its end and the word for it nothing may lie that is passed over here.
    is_whole = unpacker.eof and not unpacker.unused_data.strip()
    if not is_whole or len(part) >= most or not NUMBERED.match(part):
        raise _unreadable()
    return part


def _unreadable() -> PaperError:
    return PaperError(
        "这个 PDF 打不开，或者写法特别，没法检查。请打印成新的 PDF 再上传。",
        "This PDF is damaged or cannot be checked. Please print it to a new PDF.",
    )
