"""Small files as people upload them."""

import io

from PIL import Image

from huiyin.kernel.papers import Paper, clean_paper

MAKER = "Maker of the camera"


def pdf_of(*objects: bytes) -> bytes:
    """The bones of a PDF: these objects and one page."""
    page = b"<</Type /Page /Parent 1 0 R>>"
    body = b"".join(
        b"%d 0 obj\n%s\nendobj\n" % (number, content)
        for number, content in enumerate([page, *objects], start=2)
    )
    return b"%PDF-1.7\n" + body + b"trailer <</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def picture(kind: str = "JPEG") -> bytes:
    """A photo that tells who took it."""
    marked = Image.Exif()
    marked[0x010F] = MAKER
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, kind, exif=marked)
    return out.getvalue()


def paper() -> Paper:
    return clean_paper(pdf_of())
