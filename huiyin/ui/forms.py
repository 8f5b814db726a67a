"""What all forms share: inputs, what is said on one that was refused, how it is answered."""

from collections.abc import Iterator
from contextlib import contextmanager

from django import forms
from django.core.exceptions import ValidationError
from django.forms import widgets
from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import NotPossible

NOT_POSSIBLE = "not possible"
INVALID = 422  # what was typed came back to be mended


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
