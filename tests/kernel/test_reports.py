"""Reports: the same words, tables and charts in both files, and none of it run as code."""

import datetime as dt
import io

from docx import Document
from PIL import Image

from huiyin.kernel.documents import Bars, Report, Section, Table
from tests.kernel.test_documents import ATTACK, pages, squeezed

REPORT = Report(
    issuer="兰州市人民代表大会常务委员会",
    document_number="",
    title="2026年办理情况的报告",
    salutation="",
    paragraphs=["各位代表：", ATTACK],
    sections=[
        Section(
            f"一、{ATTACK}",
            [ATTACK],
            Table(("单位", "怎么算的"), [("住建局", ATTACK), ("㐂𠮷局", "—")]),
            Bars("办复率", ["住建局", ATTACK, "没有的"], [83.25, 0, None], "%"),
        ),
        Section("二、没有表也没有图", ["只有话。"]),
    ],
    closing="以上报告，请予审议。",
    unit="兰州市人民代表大会常务委员会",
    signed_on=dt.date(2026, 12, 31),
)


def document():
    return Document(io.BytesIO(REPORT.docx()))


def test_both_files_say_the_same_and_run_nothing():
    made = document()
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    docx = squeezed("".join([*(each.text for each in made.paragraphs), *cells]))
    pdf = squeezed("".join(pages(REPORT.pdf())))

    attack = squeezed(ATTACK)
    assert (docx.count(attack), pdf.count(attack)) == (
        4,
        5,
    )  # a chart's names are a picture in DOCX
    for words in ("一、", "只有话。", "㐂𠮷局", "以上报告，请予审议。", "2026年12月31日"):
        assert (words in docx, words in pdf) == (True, True), words


def test_the_bars_of_a_docx_are_a_picture_that_can_be_heard():
    made = document()
    (picture,) = made.element.body.findall(".//{*}docPr")
    (part,) = (part for part in made.part.package.iter_parts() if "image" in part.content_type)

    assert picture.get("descr").startswith("住建局 83.2%；")
    assert picture.get("descr").endswith("没有的 —")
    assert Image.open(io.BytesIO(part.blob)).width > 1_000  # sharp enough to print


def test_heads_of_a_table_come_again_on_every_page():
    (table,) = document().tables

    assert "w:tblHeader" in table.rows[0]._tr.xml
    assert [cell.text for cell in table.rows[0].cells] == ["单位", "怎么算的"]


def test_the_last_page_has_words_of_the_report_beside_the_signature():
    assert "以上报告，请予审议。" in squeezed(pages(REPORT.pdf())[-1])


def test_nothing_marks_the_place_of_the_sections_in_the_end():
    assert "\u2063" not in "".join(each.text for each in document().paragraphs)
