"""Files one takes along."""

import datetime as dt

import pytest
from django.http import Http404

from huiyin.kernel.documents import PlainLetter
from huiyin.ui.downloads import as_file, letter_as


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("trace-17-5-0126", 'attachment; filename="trace-17-5-0126.pdf"'),
        ("trace-17-5-议001", "attachment; filename*=utf-8''trace-17-5-%E8%AE%AE001.pdf"),
    ],
)
def test_the_name_of_a_file_arrives_in_any_script(name, header):
    answer = as_file(b"%PDF", name, "pdf")

    assert (answer["Content-Disposition"], answer["Content-Type"]) == (header, "application/pdf")


def test_a_letter_has_two_forms_and_no_other():
    letter = PlainLetter(
        issuer="兰州市人大常委会代工委",
        document_number="",
        title="退回修改的通知",
        salutation="张建国代表",
        paragraphs=["请写明具体建议。"],
        unit="代工委",
        signed_on=dt.date(2026, 3, 5),
    )

    made = [letter_as(letter, form, "通知").content[:4] for form in ("pdf", "docx")]

    assert made == [b"%PDF", b"PK\x03\x04"]
    with pytest.raises(Http404):
        letter_as(letter, "xlsx", "通知")
