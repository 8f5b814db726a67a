"""A filter form drawn once says to each reader what that reader asked."""

from django import forms
from django.http import QueryDict
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from huiyin.ui import filters


class Narrow(forms.Form):
    q = forms.CharField(label=_("查找"), required=False, max_length=60)
    state = forms.MultipleChoiceField(required=False, choices=[("a", "A"), ("b", "B")])


def filled(query: str) -> filters.Filled:
    return filters.filled(Narrow, QueryDict(query))


def test_each_question_has_its_own_answer():
    first, second = filled("q=路灯&page=3"), filled("q=电梯&state=a&state=b")

    assert first.wanted == (("q", "路灯"),)
    assert second.wanted == (("q", "电梯"), ("state", ("a", "b")))
    assert ("路灯" in first.fields, "路灯" in second.fields) == (True, False)


def test_what_was_typed_is_escaped_and_bad_choices_count_as_none():
    found = filled('q="><script>&state=nonsense')

    assert found.wanted == (("q", '"><script>'),)
    assert "<script>" not in found.fields


def test_the_same_question_is_drawn_once_in_each_language():
    chinese = filled("q=x")
    with translation.override("en"):
        english = filled("q=x")

    assert filled("q=x") is chinese
    assert ("查找" in chinese.fields, "查找" in english.fields) == (True, False)


def test_a_very_long_question_is_answered_and_not_kept():
    kept = filters._fill.cache_info().currsize

    assert filled("q=" + "长" * 300).wanted == ()
    assert filters._fill.cache_info().currsize == kept
