"""Inputs shared by all forms."""

from django import forms
from django.forms import widgets


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
