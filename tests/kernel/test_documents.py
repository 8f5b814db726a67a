"""Letters that go out under an office's name: every word there, none of it run as code, every glyph embedded."""

import dataclasses
import datetime as dt
import io
import re
import zipfile

import pytest
from docx import Document
from pypdf import PdfReader

from huiyin.kernel import documents
from huiyin.kernel.documents import PlainLetter, Promise, ReplyLetter, TraceEntry

ATTACK = '#set page(width: 1cm) #panic() *粗* $x^2$ @ref {{ unit }} {% raw %} <b>&amp; \\u{41} "引"'
PRINTED_AT = dt.datetime(2026, 6, 1, 2, 0, tzinfo=dt.UTC)
RARE = "㐂𠮷龘堃"
REPLY = ReplyLetter(
    issuer="兰州市民政局",
    document_number="兰民办字〔2026〕10号",
    title="关于对兰州市第十七届人大第一次会议第26号建议的答复",
    salutation="王建国代表：",
    paragraphs=["您提出的关于加装电梯的建议收悉。", ATTACK, "第一行\n第二行\n\n", "  "],
    unit="兰州市民政局",
    signed_on=dt.date(2026, 5, 6),
    class_mark="A类",
    signer="周明远",
    promises=[
        Promise("福利路12号院加装电梯2部", dt.date(2026, 9, 30), f"李{RARE}"),
        Promise("新增老年助餐点1处"),
    ],
    closing="感谢您的关心和支持。",
    contact_name="赵敏",
    contact_phone="0931-8400000",
    copies_to=["市人大常委会代表工作委员会", "市政府办公室"],
    verification_text="https://example.org/c/AB2C3D4E5F6G",
    verification_note="扫码可核对本答复。",
)
NOTICE = PlainLetter(
    issuer="兰州市人大常委会代表工作委员会",
    document_number="兰人代字〔2026〕3号",
    title="关于退回修改建议的通知",
    salutation="王建国代表",
    paragraphs=["您提出的建议内容不具体，请修改后再次提出。"],
    unit="兰州市人大常委会代表工作委员会",
    signed_on=dt.date(2026, 12, 31),
)
EVERYTHING = [
    "A类",
    "兰州市民政局",
    "兰民办字〔2026〕10号",
    "签发人：周明远",
    "关于对兰州市第十七届人大第一次会议第26号建议的答复",
    "王建国代表：",
    "您提出的关于加装电梯的建议收悉。",
    ATTACK,
    "第一行",
    "第二行",
    "福利路12号院加装电梯2部",
    "2026年9月30日",
    f"李{RARE}",
    "新增老年助餐点1处",
    "感谢您的关心和支持。",
    "2026年5月6日",
    "（联系人：赵敏，联系电话：0931-8400000）",
    "抄送：市人大常委会代表工作委员会，市政府办公室。",
    "扫码可核对本答复。",
]


def squeezed(text):
    return re.sub(r"[\s\u200b]", "", text)


def pages(content):
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def words(content):
    document = Document(io.BytesIO(content))
    cells = (cell for table in document.tables for row in table.rows for cell in row.cells)
    return "\n".join(part.text for part in [*document.paragraphs, *cells])


def fonts(content):
    found = {}
    for page in PdfReader(io.BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():
            face = font["/DescendantFonts"][0]
            descriptor = face["/FontDescriptor"]
            name = str(face["/BaseFont"]).split("+")[1]
            found[name] = {"/FontFile2", "/FontFile3"} & set(descriptor)
    return found


def test_pdf_and_docx_say_everything_in_the_same_words():
    printed, editable = squeezed("".join(pages(REPLY.pdf()))), squeezed(words(REPLY.docx()))

    assert [part for part in EVERYTHING if squeezed(part) not in printed] == []
    assert [part for part in EVERYTHING if squeezed(part) not in editable] == []


def test_pdf_embeds_our_own_fonts_and_no_other():
    found = fonts(REPLY.pdf())

    assert {name.removesuffix("-Identity-H") for name in found} == {
        "NotoSerifSC-Bold",
        "NotoSerifSC-Regular",
        "HuiyinRareSerif-Regular",
    }
    assert all(found.values())


def test_pdf_is_an_archive_file_with_title_and_language():
    reader = PdfReader(io.BytesIO(REPLY.pdf()))

    assert reader.metadata.title == REPLY.title
    assert str(reader.trailer["/Root"]["/Lang"]).startswith("zh")
    assert b"pdfaid:part" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_pdf_of_the_same_content_is_the_same_file():
    assert REPLY.pdf() == REPLY.pdf()


def test_what_is_missing_leaves_no_trace_in_a_plain_letter():
    for text in (squeezed("".join(pages(NOTICE.pdf()))), squeezed(words(NOTICE.docx()))):
        assert not re.search(r"签发人|承诺事项|抄送|联系人|印发|（）|None|\{", text)
        assert "关于退回修改建议的通知王建国代表：您提出的建议" in text


def test_a_long_head_stays_on_one_line_and_long_words_inside_the_margin():
    letter = dataclasses.replace(REPLY, issuer="兰州市城关区农业农村局", paragraphs=["a" * 500])

    lines = "\n".join(pages(letter.pdf())).splitlines()

    assert "兰州市城关区农业农村局" in [line.strip() for line in lines]
    assert max(len(line) for line in lines if set(line) <= set("a\u200b")) < 80


def test_a_very_long_head_takes_two_even_lines():
    letter = dataclasses.replace(NOTICE, issuer="兰州市人民代表大会常务委员会代表工作委员会")

    lines = pages(letter.pdf())[0].splitlines()

    assert [line.strip() for line in lines[:2]] == [
        "兰州市人民代表大会常务",
        "委员会代表工作委员会",
    ]


def test_the_signature_never_stands_on_a_page_of_its_own():
    for number in range(1, 16):
        letter = dataclasses.replace(NOTICE, paragraphs=["请按时办理。"] * number)

        assert "请按时办理" in pages(letter.pdf())[-1]


def test_a_title_is_not_broken_inside_a_number():
    for name in ("市", "兰州市", "兰州市城关区", "甘肃省兰州市城关区"):
        title = f"关于对{name}第十七届人大第一次会议第26号建议的答复"

        lines = pages(dataclasses.replace(NOTICE, title=title).pdf())[0].splitlines()

        assert [
            part
            for part in ("第十七届", "第一次会议", "第26号")
            if not any(part in line for line in lines)
        ] == []


def test_a_long_letter_goes_on_over_pages_and_ends_with_the_copies():
    letter = dataclasses.replace(
        REPLY,
        paragraphs=["我局高度重视，逐项研究。" * 20] * 12,
        promises=[
            Promise(f"承诺{number}" * 10, dt.date(2026, 9, 30), "李晓东") for number in range(40)
        ],
    )

    text = pages(letter.pdf())

    assert len(text) > 5
    assert sum("承诺事项" in page for page in text) > 1
    assert [number for number, page in enumerate(text) if "抄送" in page] == [len(text) - 1]


@pytest.mark.parametrize("junk", ["\x00\x08\x1f", "\ud800", "\ufffe", "\u200b\u202e", "😀", "\x85"])
def test_no_character_breaks_a_letter(junk):
    letter = dataclasses.replace(REPLY, title=f"标题{junk}末", paragraphs=[f"正{junk}文"])

    assert "抄送" in "".join(pages(letter.pdf()))
    assert "抄送" in words(letter.docx())


def test_a_character_without_a_glyph_is_named_by_its_number():
    letter = dataclasses.replace(REPLY, paragraphs=["路灯坏了😀，𰻝𰻝面馆李𪚥\ufe0f经理"])

    assert "路灯坏了〓，𰻝𰻝面馆李〓(U+2A6A5)经理" in "".join(pages(letter.pdf()))
    assert "路灯坏了😀，𰻝𰻝面馆李𪚥" in words(letter.docx())


def test_nothing_anybody_wrote_runs_in_a_docx():
    letter = dataclasses.replace(
        REPLY, title=ATTACK, issuer=ATTACK, unit=ATTACK, salutation=ATTACK, closing=ATTACK
    )
    content = letter.docx()

    assert squeezed(words(content)).count(squeezed(ATTACK)) == 7
    assert Document(io.BytesIO(content)).core_properties.title == ATTACK


def test_docx_is_set_in_the_faces_of_the_standard():
    parts = zipfile.ZipFile(io.BytesIO(REPLY.docx()))
    body = parts.read("word/document.xml").decode()

    assert "方正小标宋简体" in body
    assert "仿宋_GB2312" in parts.read("word/styles.xml").decode()
    assert [name for name in parts.namelist() if name.startswith("word/media/")] != []


def test_trace_pdf_tells_every_step_in_order():
    entries = [
        TraceEntry(
            dt.datetime(2026, 3, day, 20, 30, tzinfo=dt.UTC),
            f"人{day}",
            f"步骤{day}",
            ATTACK,
            "待办 → 办理中",
        )
        for day in range(1, 29)
    ]

    content = documents.trace_pdf(
        f"加装电梯 {RARE}",
        [("编号", "第26号"), ("现在", "办理中")],
        entries,
        printed_at=PRINTED_AT,
    )

    text = pages(content)
    steps = [int(number) for number in re.findall(r"步骤(\d+)", "".join(text))]
    assert steps == list(range(1, 29))
    assert squeezed("".join(text)).count(squeezed(ATTACK)) == 28
    assert f"加装电梯 {RARE}" in text[0]
    assert [f"{number}/{len(text)}" in squeezed(page) for number, page in enumerate(text, 1)] == [
        True
    ] * len(text)
    assert "2026-03-02 04:30 步骤1" in " ".join(text[0].split())
    assert "打印于 2026-06-01 10:00" in text[-1]
    assert all(fonts(content).values())


def test_trace_pdf_of_nothing_is_still_a_page():
    content = documents.trace_pdf("空", [], [], printed_at=PRINTED_AT)

    assert len(pages(content)) == 1


def test_document_number_has_hexagonal_brackets():
    assert documents.document_number("兰民办", 2026, 10) == "兰民办字〔2026〕10号"


def test_chinese_date_has_no_leading_zeros():
    assert documents.chinese_date(dt.date(2026, 3, 5)) == "2026年3月5日"
