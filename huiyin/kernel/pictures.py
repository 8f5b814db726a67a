"""Uploaded pictures: what they are is told by their content, and they are written anew without metadata."""

import io
import warnings
from typing import Final

from PIL import Image, ImageOps, UnidentifiedImageError

from huiyin.kernel.errors import BilingualError

MOST_BYTES: Final = 20 * 1024**2
MOST_PIXELS: Final = 60_000_000
LONG_EDGE: Final = 1600
QUALITY: Final = 82
FORMATS: Final = ("JPEG", "PNG", "WEBP")


class PictureError(BilingualError):
    """The picture cannot be used; the message says why."""


def clean_picture(content: bytes) -> bytes:
    """A JPEG the right way up, its long edge at most 1600: no place, no device, nothing hidden."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    with warnings.catch_warnings():
        # Pillow only warns above a size of its own; ours is checked before a pixel is decoded.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        picture = _opened(content)
        if picture.width * picture.height > MOST_PIXELS:
            raise _too_large()
        return _written_anew(picture)


def _opened(content: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large() from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise PictureError(
            "这个文件不是图片。请上传 JPG、PNG 或 WebP 格式的照片。",
            "This file is no picture. Please choose a JPG, PNG or WebP photo.",
        ) from error


def _written_anew(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    try:
        picture.draft("RGB", (LONG_EDGE, LONG_EDGE))
        upright = ImageOps.exif_transpose(picture)
        flat = _on_white(upright)
        flat.thumbnail((LONG_EDGE, LONG_EDGE), Image.Resampling.LANCZOS)
        # A new image carries pixels only; Pillow would hand comments and profiles on.
        clean = Image.new("RGB", flat.size)
        clean.paste(flat)
        clean.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise PictureError(
            "图片已损坏，打不开。请换一张或重新拍照。",
            "The picture is damaged. Please choose another or take it again.",
        ) from error
    return out.getvalue()


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode not in ("RGBA", "LA", "PA", "P"):
        return picture.convert("RGB")
    layered = picture.convert("RGBA")
    white = Image.new("RGBA", layered.size, "white")
    return Image.alpha_composite(white, layered).convert("RGB")


def _too_large() -> PictureError:
    return PictureError(
        f"图片太大：文件不能超过 {MOST_BYTES // 1024**2} MB，画面不能超过 {MOST_PIXELS // 10_000} 万像素。",
        f"The picture is too large: at most {MOST_BYTES // 1024**2} MB"
        f" and {MOST_PIXELS // 10**6} megapixels.",
    )
