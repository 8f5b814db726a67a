"""Whatever is typed or uploaded: an answer a person can read, never a breakdown."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.opinions import actions, imports
from huiyin.opinions.forms.draft import Draft
from huiyin.opinions.forms.saying import LONGEST, SHORTEST, WhatForm, tidy
from huiyin.opinions.models import Voice
from huiyin.ui.forms import has_words
from tests.congress.factories import AppointmentFactory

HOSTILE = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@given(st.text(max_size=2100))
@HOSTILE
def test_a_text_is_taken_only_when_it_says_something(text):
    form = WhatForm({"text": text})

    if form.is_valid():
        kept = form.cleaned_data["text"]
        assert SHORTEST <= len(kept) <= LONGEST
        assert has_words(kept)
        assert "\0" not in kept
    else:
        assert list(form.errors) == ["text"]


@given(st.text(max_size=300))
@HOSTILE
def test_tidy_changes_nothing_the_second_time(text):
    assert tidy(tidy(text)) == tidy(text)


@given(st.text(max_size=300))
@HOSTILE
def test_a_foreign_draft_is_a_new_one(text):
    assert Draft.opened(text).text == ""


def test_a_draft_comes_back_as_it_was():
    draft = Draft.new(text="路灯坏了", place="西站", venue=3)

    assert Draft.opened(draft.sealed()) == draft


def test_a_changed_draft_is_refused():
    sealed = Draft.new(text="路灯坏了").sealed()

    assert Draft.opened(sealed[:-2] + "xx").text == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("rules")
@given(text=st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=400))
@HOSTILE
def test_receive_keeps_any_tidy_text_as_it_is(text):
    congress = AppointmentFactory(clerk=True).congress
    kept = tidy(text)

    voice = actions.receive(congress=congress, text=kept, channel="web")

    assert Voice.objects.get(pk=voice.pk).text == kept


@pytest.mark.django_db
@given(st.binary(max_size=400))
@HOSTILE
def test_any_file_is_read_or_refused_with_a_reason(content):
    congress = AppointmentFactory(clerk=True).congress
    try:
        table = spreadsheets.read(content, "voices.csv")
    except SpreadsheetError:
        return  # refused by the reader, whose own tests say how
    checked = imports.check(table, congress=congress, source="x")
    assert len(checked.voices) + len({p.row for p in checked.problems}) >= min(1, checked.n_rows)
