"""What every step of supervision may ask: words, days, people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.ui.forms import words_field

SHORT = 500
YEARS_BACK = 5


class StepForm(forms.Form):
    """Knows what it is about; a step that asks nothing uses it as it is."""

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def field(self, name: str) -> Any:
        """The field as whatever kind it is."""
        return self.fields[name]


def all_or(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("全部")), *choices]


def years() -> list[tuple[str, str]]:
    this = clock.today().year
    return [(str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)]


class WordsForm(StepForm):
    words = words_field(_("理由"), most=SHORT)


class OptionalWordsForm(StepForm):
    words = words_field(_("说明"), required=False, most=SHORT)
