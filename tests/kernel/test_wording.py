"""What is kept is Chinese whoever writes it; what is only said is in the reader's language."""

import datetime as dt

from django.utils import translation
from django.utils.translation import gettext_lazy

from huiyin.kernel.wording import kept, kept_day, read
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible


def test_a_sentence_is_kept_in_the_language_of_the_house():
    with translation.override("en"):
        words = _("%(name)s已联名") % {"name": gettext_lazy("代表")}

    assert words == "代表已联名"


def test_a_kept_label_is_chinese_for_an_english_writer():
    with translation.override("en"):
        assert (kept(gettext_lazy("满意")), str(gettext_lazy("满意"))) == ("满意", "Satisfied")


def test_a_kept_day_is_chinese_for_an_english_writer():
    with translation.override("en"):
        assert kept_day(dt.date(2026, 9, 5)) == "2026年9月5日"


def test_a_refusal_is_said_in_the_language_of_its_reader():
    refusal = NotPossible(_("“%(name)s”已经有了。") % {"name": gettext_lazy("代表之家")})

    with translation.override("en"):
        assert str(refusal) == "'Deputies' home' already exists."
    assert str(refusal) == "“代表之家”已经有了。"


def test_words_given_by_people_are_read_as_they_are():
    with translation.override("en"):
        assert read("走廊太黑") == "走廊太黑"
