"""DOCX by docxtpl: the same content in a file that an office can still edit."""

import io
from typing import Any, Final

import segno
from docx.shared import Mm
from docxtpl import DocxTemplate, InlineImage, RichText

from huiyin.kernel.documents.cleaning import printable
from huiyin.kernel.documents.printing import TEMPLATES

RED: Final = "D7000F"
HEAD_FONT: Final = (
    "方正小标宋简体"  # named by GB/T 9704 practice; Word and WPS have it or stand one in
)
LONGEST_PROPERTY: Final = 255  # Word's own limit
LARGEST_HEAD: Final = 44  # points
SMALLEST_HEAD: Final = 28
LINE_OF_HEAD: Final = 440  # points between the margins


def docx(template: str, content: dict[str, Any]) -> bytes:
    document = DocxTemplate(TEMPLATES / template)
    words = printable(content)
    words |= {"issuer": _head(words["issuer"]), "verification_image": ""}
    if content["verification_text"]:
        image = io.BytesIO()
        segno.make(content["verification_text"], error="m", micro=False).save(
            image, kind="png", scale=8
        )
        words["verification_image"] = InlineImage(document, image, width=Mm(24))
    # Without autoescape a "<" or "&" in somebody's words breaks the file.
    document.render(words, autoescape=True)
    document.core_properties.title = words["title"][:LONGEST_PROPERTY]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _head(issuer: str) -> RichText:
    """The red head as large as it goes, a long name on two lines."""
    size = LINE_OF_HEAD // max(len(issuer), 1)
    size = min(LARGEST_HEAD, size if size >= SMALLEST_HEAD else size * 9 // 5)
    # docxtpl counts in half points; "eastAsia:" makes the font hold for Chinese.
    return RichText(issuer, color=RED, size=2 * size, font=f"eastAsia:{HEAD_FONT}")
