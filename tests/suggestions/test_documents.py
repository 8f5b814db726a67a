"""The letters and the drawn workflows."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from huiyin.dashboards.management.commands.draw_workflows import pages
from huiyin.suggestions import actions
from huiyin.suggestions.documents import examination_letter, reply_letter
from huiyin.suggestions.models import Suggestion
from tests.suggestions.walk import promised


def text_of(pdf: bytes) -> str:
    words = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return words.replace("\n", "").replace(" ", "")


def test_the_reply_letter_says_what_a_reply_must_say(city):
    suggestion = city.replied(
        joint=True, result_class="B", promises=[promised("三号楼加装电梯并投入使用")]
    )

    letter = reply_letter(suggestion.replies.get())

    assert letter.document_number == "兰建办字〔2026〕1号"
    assert letter.title == "关于对兰州市第17届人大第5次会议闭会期间第17-5-B001号建议的答复"
    assert letter.salutation == f"{city.lead}等2名代表"
    assert letter.class_mark == "B类"
    assert letter.copies_to == ["兰州人大常委会代工委", "兰州市人民政府办公室"]
    words = text_of(letter.pdf())
    assert "三号楼加装电梯并投入使用" in words
    assert "2026年9月30日" in words


def test_the_letter_of_examination_names_the_reasons(city):
    suggestion = actions.return_for_revision(
        city.submitted(), reasons=["N12"], words="请分成两件写。", by=city.clerk
    )

    letter = examination_letter(Suggestion.objects.for_page().get(pk=suggestion.pk))

    assert letter.title == "关于请您修改代表建议的函"
    assert "N12 一件写了几个事项，请分开提出。" in letter.paragraphs
    assert "请分成两件写。" in text_of(letter.pdf())


@pytest.mark.parametrize(("path", "page"), pages(), ids=lambda value: getattr(value, "name", ""))
def test_the_drawn_workflow_is_what_the_table_says(path, page):
    assert path.read_text() == page
