"""What all forms share: inputs, what is said on one that was refused, how it is answered."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import NotPossible

NOT_POSSIBLE = "not possible"
INVALID = 422  # what was typed came back to be mended
LOST = "\N{REPLACEMENT CHARACTER}"  # what becomes of a letter in an encoding that is not ours


@contextmanager
def refusals_on(form: forms.BaseForm, field: str | None = None) -> Iterator[None]:
    """Take a step; where it is not possible, the form says why and keeps what was typed.

    What follows on success belongs inside: it is left out when the step is refused.
    """
    try:
        yield
    except NotPossible as reason:
        form.add_error(field, ValidationError(str(reason), code=NOT_POSSIBLE))


def status_of(form: forms.BaseForm) -> int:
    """200 for a form to fill in, 422 for one filled in wrongly, 409 where the step was refused."""
    if not (form.is_bound and form.errors):
        return 200
    said = (error for errors in form.errors.as_data().values() for error in errors)
    return 409 if any(error.code == NOT_POSSIBLE for error in said) else INVALID


def has_words(text: str) -> bool:
    """Letters, digits or Chinese characters: smileys and dots alone say nothing one could handle."""
    return any(unicodedata.category(character)[0] in "LN" for character in text)


def say_something(text: str) -> None:
    if not has_words(text):
        raise ValidationError(_("请用文字写清楚，只有表情或符号看不明白。"))


def be_whole(text: str) -> None:
    if LOST in text:
        raise ValidationError(_("有的字没有传到，显示成了“%(lost)s”，请改过来。") % {"lost": LOST})


class ReadableField(forms.CharField):
    """What somebody else is to read: in words, and no letter of it lost on the way."""

    default_validators = [say_something, be_whole]


def words_field(
    label: Any, *, required: bool = True, most: int = 1_000, rows: int = 4, help_text: Any = ""
) -> ReadableField:
    """Running words of some lines."""
    return ReadableField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


class DayInput(forms.DateInput):
    """The browser's own calendar, which speaks only ISO dates."""

    input_type = "date"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class MomentInput(forms.DateTimeInput):
    """The browser's own day and time."""

    input_type = "datetime-local"

    def __init__(self, attrs: dict[str, str] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%dT%H:%M")


class SearchInput(widgets.SearchInput):
    """The search box of a list: takes the room that is left."""


class MappingForm(forms.Form):
    """One select for each of our fields, with the file's own headers."""

    def __init__(self, *args, headers, fields, found, **options) -> None:
        super().__init__(*args, **options)
        choices = [("", _("没有这一列")), *((header, header) for header in headers if header)]
        for name, label in fields.items():
            self.fields[name] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=found.get(name, "")
            )
