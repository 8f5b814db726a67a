"""DOCX by docxtpl: the same content in a file that an office can still edit."""

import io
from collections.abc import Sequence
from typing import Any, Final

import segno
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt
from docxtpl import DocxTemplate, InlineImage, RichText

from huiyin.kernel.documents.cleaning import printable
from huiyin.kernel.documents.printing import TEMPLATES

RED: Final = "D7000F"
HEAD_FONT: Final = (
    "方正小标宋简体"  # named by GB/T 9704 practice; Word and WPS have it or stand one in
)
BODY_ENDS: Final = "\u2063"  # an invisible separator marks where the sections go
PICTURE_WIDTH: Final = 150  # millimetres
INDENT: Final = 32  # points: two characters
SMALL: Final = 10.5  # points, in tables
LONGEST_PROPERTY: Final = 255  # Word's own limit
LARGEST_HEAD: Final = 44  # points
SMALLEST_HEAD: Final = 28
LINE_OF_HEAD: Final = 440  # points between the margins


def docx(template: str, content: dict[str, Any], *, pictures: Sequence[bytes | None] = ()) -> bytes:
    """`pictures` are the charts of the sections, drawn already."""
    document = DocxTemplate(TEMPLATES / template)
    words = printable(content)
    sections = words["sections"]
    if sections:
        words["paragraphs"] = [*words["paragraphs"], BODY_ENDS]
    words |= {"issuer": _head(words["issuer"]), "verification_image": ""}
    if content["verification_text"]:
        image = io.BytesIO()
        segno.make(content["verification_text"], error="m", micro=False).save(
            image, kind="png", scale=8
        )
        words["verification_image"] = InlineImage(document, image, width=Mm(24))
    # Without autoescape a "<" or "&" in somebody's words breaks the file.
    document.render(words, autoescape=True)
    if sections:
        _insert(document, sections, pictures)
    document.core_properties.title = words["title"][:LONGEST_PROPERTY]
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _insert(
    document: Any, sections: Sequence[dict[str, Any]], pictures: Sequence[bytes | None]
) -> None:
    """Everything of the sections before the paragraph that marks their place, which goes away."""
    mark = [each for each in document.docx.paragraphs if each.text == BODY_ENDS][-1]
    for section, picture in zip(sections, pictures, strict=True):
        _paragraph(mark, section["heading"], is_heading=True)
        for words in section["paragraphs"]:
            _paragraph(mark, words)
        if section["table"]["columns"]:
            mark._p.addprevious(_table(document.docx, section["table"])._tbl)  # noqa: SLF001  python-docx has no other way in
            _paragraph(mark, "")
        if picture is not None:
            run = _paragraph(mark, "").add_run()
            shape = run.add_picture(io.BytesIO(picture), width=Mm(PICTURE_WIDTH))
            shape._inline.docPr.set("descr", section["chart"]["words"])  # noqa: SLF001  what a screen reader says
    mark._p.getparent().remove(mark._p)  # noqa: SLF001  python-docx has no other way out


def _paragraph(mark: Any, words: str, *, is_heading: bool = False) -> Any:
    """Set as the letter's own paragraphs are; without words it stands at the margin."""
    made = mark.insert_paragraph_before(words)
    if words:
        made.paragraph_format.first_line_indent = Pt(INDENT)
    else:
        made.paragraph_format.line_spacing = 1.0
    for run in made.runs:
        run.bold = is_heading
    made.paragraph_format.keep_with_next = is_heading
    return made


def _table(document: Any, content: dict[str, Any]) -> Any:
    made = document.add_table(rows=1, cols=len(content["columns"]), style="Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    heads = ["head"] * len(content["columns"])
    _fill(made.rows[0], content["columns"], heads)
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  heads on every page
    for row in content["rows"]:
        _fill(made.add_row(), row, ["wide", *content["wide"][1:]])
    return made


def _fill(row: Any, words: Sequence[str], kinds: Sequence[str]) -> None:
    """Heads and numbers stand in the middle, sentences and names begin at the left."""
    for cell, text, kind in zip(row.cells, words, kinds, strict=True):
        paragraph = cell.paragraphs[0]
        run = paragraph.add_run(text)
        run.bold, run.font.size = kind == "head", Pt(SMALL)
        paragraph.paragraph_format.line_spacing = 1.0
        is_left = kind == "wide"
        paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT if is_left else WD_ALIGN_PARAGRAPH.CENTER


def _head(issuer: str) -> RichText:
    """The red head as large as it goes, a long name on two lines."""
    size = LINE_OF_HEAD // max(len(issuer), 1)
    size = min(LARGEST_HEAD, size if size >= SMALLEST_HEAD else size * 9 // 5)
    # docxtpl counts in half points; "eastAsia:" makes the font hold for Chinese.
    return RichText(issuer, color=RED, size=2 * size, font=f"eastAsia:{HEAD_FONT}")
