"""Whatever language a clerk reads, residents, messages and the trail are written to in Chinese."""

import re

import pytest
from django.utils import translation

from huiyin.kernel.models import Entry
from huiyin.notices.models import Message
from huiyin.opinions.models import ProgressLine
from huiyin.rulebook.models import Clock
from huiyin.suggestions import actions
from huiyin.suggestions.documents import reply_letter
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions.walk import rate

ENGLISH = re.compile(r"[A-Za-z]{3,}")


@pytest.fixture
def walked(city):
    """The whole chain, by people who all read English."""
    with translation.override("en"):
        matter = MatterFactory(congress=city.congress)
        VoiceFactory(matter=matter, with_phone=True)
        cited = actions.Cited("opinions.matter", matter.pk, matter.title)
        suggestion = city.promised(cohandled=True, origins=[cited])
        rate(suggestion, by=city.deputy_user)
        return suggestion


def english(words) -> list[str]:
    return [each for each in words if ENGLISH.search(each.replace("http://127.0.0.1", ""))]


def test_the_trail_is_kept_in_chinese(walked):
    entries = Entry.objects.exclude(item_kind__startswith="rulebook")

    assert english(entries.values_list("words", flat=True)) == []


def test_residents_and_receivers_are_written_to_in_chinese(walked):
    assert english(ProgressLine.objects.values_list("words", flat=True)) == []
    assert english(Message.objects.values_list("subject", flat=True)) == []


def test_what_a_time_limit_started_with_is_kept_in_chinese(walked):
    assert english(Clock.objects.values_list("start_words", flat=True)) == []


def test_an_official_letter_is_chinese_for_an_english_reader(walked):
    with translation.override("en"):
        letter = reply_letter(walked.replies.get())

    assert english([letter.title, letter.salutation, letter.closing, *letter.copies_to]) == []
