"""What one types about score sheets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.supervision.choices import CardState, Line, Wanted
from huiyin.supervision.forms.steps import StepForm, all_or, years
from huiyin.supervision.models.scorecards import labels_of
from huiyin.ui.forms import SearchInput, words_field


class OpenAppraisalForm(forms.Form):
    year = forms.TypedChoiceField(label=_("年份"), choices=years, coerce=int)


class CardFilter(forms.Form):
    q = forms.CharField(label=_("单位"), required=False, max_length=60, widget=SearchInput)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=all_or(CardState.choices))


class ObjectForm(StepForm):
    """One row of those that cost points."""

    row = forms.ChoiceField(label=_("哪条记录"))
    wanted = forms.ChoiceField(label=_("要求"), choices=Wanted.choices, widget=forms.RadioSelect)
    words = words_field(
        _("理由"), help_text=_("写明事实和依据，例如哪天联系过代表、哪份材料可以证明。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("row").choices = _rows(self.item)

    def clean(self) -> dict[str, Any]:
        """The verb's own keywords: line and row apart."""
        given = super().clean() or {}
        line, _colon, row = given.pop("row", "").partition(":")
        return given | {"line": line, "row": int(row or 0)}


class RulingForm(StepForm):
    words = words_field(_("裁定意见"))


def _rows(card: Any) -> list[tuple[str, str]]:
    """Rows by line, as the sheet shows them; what was objected to already is left out."""
    disputed = set(card.objections.values_list("line", "row"))
    against = [pair for pair in card.rows_against() if pair not in disputed]
    lines = dict.fromkeys(line for line, _row in against)
    labels = {line: labels_of(line, [r for each, r in against if each == line]) for line in lines}
    return [
        (f"{line}:{row}", f"{Line(line).label} · {labels[line].get(row, ('', 0))[0]}")
        for line, row in against
    ]
