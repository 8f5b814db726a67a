"""What every step of supervision may ask: words, days, people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock

WORDS = 1_000
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


def words_field(
    label: Any, *, required: bool = True, most: int = WORDS, rows: int = 4, help_text: Any = ""
) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def all_or(choices: Any) -> list[tuple[str, Any]]:
    return [("", _("全部")), *choices]


def years() -> list[tuple[str, str]]:
    this = clock.today().year
    return [(str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)]


class WordsForm(StepForm):
    words = words_field(_("理由"), most=SHORT)


class OptionalWordsForm(StepForm):
    words = words_field(_("说明"), required=False, most=SHORT)
