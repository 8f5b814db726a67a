"""The English catalogue is whole: what is in it is translated, with the same gaps to fill."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from huiyin.ui.management.commands.check_catalogue import (
    CATALOGUE,
    missing,
    read,
    unfinished,
    unused,
)

GAP = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
STORED = read(CATALOGUE)
MESSAGES = [message for message in STORED if message.id]


def forms(words):
    return [words] if isinstance(words, str) else list(words)


def test_everything_is_translated():
    assert unfinished(STORED) == []


def test_nothing_is_left_over():
    assert list(STORED.obsolete) == []


def test_every_source_is_chinese():
    assert [m.id for m in MESSAGES if not all(map(CHINESE.search, forms(m.id)))] == []


def test_no_translation_is_chinese():
    quoted = {"答复文号里用，例如“兰民办”。"}

    assert {m.id for m in MESSAGES if any(map(CHINESE.search, forms(m.string)))} == quoted


def test_translations_have_the_same_gaps_to_fill():
    def gaps(words):
        return sorted(set(GAP.findall(words)))

    wrong = [
        (message.id, form)
        for message in MESSAGES
        for form in forms(message.string)
        if gaps(form) != gaps(forms(message.id)[0])
    ]

    assert wrong == []


def test_english_has_two_plural_forms():
    assert STORED.num_plurals == 2


def test_the_compiled_catalogue_is_used():
    with translation.override("en"):
        assert translation.gettext("说件事") == "Speak up"


@pytest.fixture
def changed(tmp_path):
    """The same catalogue with one message taken out, one left empty and one added."""
    path = tmp_path / "django.po"
    text = Path(CATALOGUE).read_text(encoding="utf-8")
    text = text.replace('msgid "说件事"\nmsgstr "Speak up"', 'msgid "说件新事"\nmsgstr ""')
    path.write_text(text, encoding="utf-8")
    with path.open("rb") as file:
        return read_po(file, locale="en")


def test_the_check_finds_what_is_missing_unused_and_unfinished(changed):
    assert missing(STORED, changed) == ["missing: 说件事"]
    assert unused(STORED, changed) == ["no longer used: 说件新事"]
    assert unfinished(changed) == ["not translated: 说件新事"]
