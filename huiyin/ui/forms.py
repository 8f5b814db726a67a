"""Inputs shared by all forms."""

from django import forms
from django.forms import widgets
from django.utils.translation import gettext_lazy as _


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
