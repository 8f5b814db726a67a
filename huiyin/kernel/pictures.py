"""Uploaded pictures: what they are is told by their content, and they are written anew without metadata."""

import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from huiyin.kernel.errors import BilingualError

MOST_BYTES: Final = 20 * 1024**2
# A JPEG is unpacked at a fraction of its size (a telephone makes up to 108 million pixels),
# the others whole: 30 million pixels take some 150 MB for a moment.
MOST_PIXELS: Final = {"JPEG": 120_000_000, "PNG": 30_000_000, "WEBP": 30_000_000}
# Cameras and programs write a dozen at most; one scan of a few bytes goes over every pixel again.
MOST_SCANS: Final = 64
JPEG: Final = b"\xff\xd8\xff"
# Markers with something behind them: all but the restarts, which stand among the pixels.
MARKER: Final = re.compile(rb"\xff([\x02-\xcf\xd8-\xfe])")
SCAN: Final = b"\xda"
END: Final = b"\xd9"
LONG_EDGE: Final = 1600
QUALITY: Final = 82
Image.MAX_IMAGE_PIXELS = max(
    MOST_PIXELS.values()
)  # above it Pillow warns, above the double it refuses
BAND: Final = 1024  # rows; greater than any factor by which a picture is shrunk
PLAIN_MODES: Final = ("RGB", "L")


class PictureError(BilingualError):
    """The picture cannot be used; the message says why."""


class NoPictureError(PictureError):
    """It is a file of some other kind."""


def clean_picture(content: bytes) -> bytes:
    """A JPEG the right way up, its long edge at most 1600: no place, no device, nothing hidden."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    picture = _opened(content)
    scans = list(islice(_scans(content), MOST_SCANS + 1))
    if len(scans) > MOST_SCANS or picture.width * picture.height > _most_pixels(picture, scans):
        raise _too_large()
    return _written_anew(picture)


def _opened(content: bytes) -> Image.Image:
    """Of several pictures in one JPEG, as telephones with two cameras write them, the first."""
    try:
        if content.startswith(JPEG):
            return JpegImageFile(io.BytesIO(content))
        return Image.open(io.BytesIO(content), formats=list(MOST_PIXELS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NoPictureError(
            "这个文件不是图片。请上传 JPG、PNG 或 WebP 格式的照片。",
            "This file is no picture. Please choose a JPG, PNG or WebP photo.",
        ) from error


def _most_pixels(picture: Image.Image, scans: list[int]) -> int:
    """A JPEG in several scans keeps every coefficient until its last byte: it too is unpacked whole."""
    kind = picture.format or ""
    if isinstance(picture, JpegImageFile) and (
        "progressive" in picture.info or scans != [picture.layers]
    ):
        kind = "PNG"
    return MOST_PIXELS[kind]


def _scans(content: bytes) -> Iterator[int]:
    """How many colours each scan of a JPEG has, up to the end of its first picture (ITU-T T.81, B.1).

    Segments are stepped over as the decoder does: the small picture within one is not counted.
    """
    if not content.startswith(JPEG):
        return
    at = len(JPEG) - 1
    while (found := MARKER.search(content, at)) and found[1] != END:
        at = found.end()
        if found[1] == SCAN:
            yield int.from_bytes(content[at + 2 : at + 3])
        at += int.from_bytes(content[at : at + 2])


def _written_anew(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    try:
        picture.draft("RGB", (LONG_EDGE, LONG_EDGE))
        small = picture if picture.mode in PLAIN_MODES else _in_colours(picture)
        small.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.LANCZOS)
        _on_white(ImageOps.exif_transpose(small)).save(
            out, "JPEG", quality=QUALITY, optimize=True, progressive=True
        )
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureError(
            "图片已损坏，打不开。请换一张或重新拍照。",
            "The picture is damaged. Please choose another or take it again.",
        ) from error
    return out.getvalue()


def _in_colours(picture: Image.Image) -> Image.Image:
    """Palettes, transparency and the like as RGBA, shrunk band by band: never a second whole copy."""
    picture.load()
    factor = max(1, max(picture.size) // LONG_EDGE)
    step = BAND // factor * factor
    small = Image.new("RGBA", (-(-picture.width // factor), -(-picture.height // factor)))
    for top in range(0, picture.height, step):
        band = picture.crop((0, top, picture.width, min(top + step, picture.height)))
        small.paste(band.convert("RGBA").reduce(factor), (0, top // factor))
    small.info["exif"] = picture.getexif().tobytes()
    return small


def _on_white(picture: Image.Image) -> Image.Image:
    """A new image carries pixels only; Pillow would hand comments and profiles on."""
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A") if picture.mode == "RGBA" else None)
    return white


def _too_large() -> PictureError:
    return PictureError(
        f"图片太大：文件不能超过 {MOST_BYTES // 1024**2} MB，也不能有太多像素。请选小一点的照片。",
        f"The picture is too large: at most {MOST_BYTES // 1024**2} MB, and not too many pixels."
        " Please choose a smaller one.",
    )
