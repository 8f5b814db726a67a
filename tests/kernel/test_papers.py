"""What may be kept of an upload: told by its content, with nothing in it that acts or hides."""

import io
import zlib

import pytest
from PIL import Image

from huiyin.kernel import papers
from huiyin.kernel.papers import PaperError, clean_paper
from huiyin.kernel.pictures import MOST_BYTES
from tests.kernel.test_documents import REPLY
from tests.papers import MAKER, pdf_of, picture


def packed(objects: bytes, *, head: bytes = b"3 0 ") -> bytes:
    stream = zlib.compress(head + objects)
    return (
        b"<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>" % len(stream)
        + b"stream\r\n" + stream + b"\r\nendstream"
    )  # fmt: skip


def refused(content: bytes) -> str:
    with pytest.raises(PaperError) as caught:
        clean_paper(content)
    assert caught.value.text("en") != caught.value.text("zh-hans")
    return caught.value.text("en")


def test_a_pdf_is_kept_as_it_came():
    content = pdf_of(packed(b"<</Type /Catalog>>"))

    assert clean_paper(content) == papers.Paper("pdf", content)


def test_our_own_letters_are_papers():
    content = REPLY.pdf()

    assert clean_paper(content) == papers.Paper("pdf", content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_written_anew_without_its_metadata(kind):
    paper = clean_paper(picture(kind))

    assert paper.kind == "jpeg"
    assert paper.content.startswith(b"\xff\xd8\xff")
    assert MAKER.encode() not in paper.content
    assert not Image.open(io.BytesIO(paper.content)).getexif()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<html>", "neither a PDF nor a picture"),
        (b"PK\x03\x04 a spreadsheet", "neither a PDF nor a picture"),
        (b"\xff\xd8\xff damaged", "neither a PDF nor a picture"),
        (b"%PDF-1.7\nonly the head", "cut off"),
        (pdf_of()[:-6], "cut off"),
        (pdf_of() + b" " * 2000, "cut off"),
        (b"%PDF-1.7\nstartxref\n9\n%%EOF", "no page"),
        (pdf_of(b"<</Encrypt 9 0 R>>"), "encrypted"),
        (pdf_of(b"<</S /JavaScript /JS (app.alert(1))>>"), "script"),
        (pdf_of(b"<</S /J#61va#53cript /JS (app.alert(1))>>"), "script"),
        (pdf_of(b"<</S/Launch/F(x.exe)>>"), "script"),
        (pdf_of(b"<</Names <</EmbeddedFiles 9 0 R>>>>"), "script"),
        (pdf_of(packed(b"<</S /JavaScript>>")), "script"),
        (pdf_of(packed(b"<</S /JavaScript>>").replace(b"ObjStm", b"Obj#53tm")), "script"),
        (pdf_of(packed(b"", head=zlib.compress(b"3 0 <</S /JavaScript>>"))), "cannot be checked"),
        (pdf_of(b"<</Type /ObjStm>>stream\nplain\nendstream"), "cannot be checked"),
        (pdf_of(b"<</Type /ObjStm>>"), "cannot be checked"),
        (pdf_of(packed(b"<<>>").removesuffix(b"endstream") + packed(b"<<>>")), "cannot be checked"),
        (pdf_of(packed(b"<<>>").replace(b"endstream", b"")), "cannot be checked"),
        (pdf_of(packed(b"<<>>")[:-14] + b"endstream"), "cannot be checked"),
    ],
)  # fmt: skip
def test_what_is_no_paper_says_why(content, said):
    assert said in refused(content)


def test_names_that_only_begin_like_dangerous_ones_are_harmless():
    assert clean_paper(pdf_of(b"<</LaunchDay 1 /Encrypted false /Pages 3 0 R>>")).kind == "pdf"


def test_the_largest_file_is_taken_and_one_byte_more_is_not():
    content = pdf_of(b"<<>>")
    fill = b"%" + b" " * (MOST_BYTES - len(content) - 2) + b"\n"
    largest = content.replace(b"%PDF-1.7\n", b"%PDF-1.7\n" + fill)

    assert len(clean_paper(largest).content) == MOST_BYTES
    assert "at most 20 MB" in refused(largest + b"\n")


def test_objects_that_unpack_without_end_are_refused(monkeypatch):
    monkeypatch.setattr(papers, "MOST_UNPACKED", 1000)

    assert "cannot be checked" in refused(pdf_of(packed(b" " * 5000)))
