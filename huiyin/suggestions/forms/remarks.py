"""Noting a remark, answering it, passing it on."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy, Unit
from huiyin.kernel import clock
from huiyin.suggestions.choices import Occasion, RemarkState
from huiyin.suggestions.forms.steps import StepForm
from huiyin.ui.forms import DayInput, SearchInput, words_field


class RemarkFilter(forms.Form):
    q = forms.CharField(
        label=_("意见、代表或单位"),
        required=False,
        max_length=30,
        widget=SearchInput,
    )
    occasion = forms.ChoiceField(
        label=_("场合"), required=False, choices=[("", _("全部")), *Occasion.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), *RemarkState.choices]
    )


class NoteRemarkForm(forms.Form):
    deputy = forms.CharField(label=_("代表姓名或代表证号"), max_length=30)
    occasion = forms.ChoiceField(
        label=_("场合"), choices=Occasion.choices, widget=forms.RadioSelect
    )
    said_on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点或会议"), max_length=80, required=False)
    text = words_field(_("代表提出的意见"), most=2_000)

    def __init__(self, *args: Any, congresses: Collection[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.congresses = congresses

    def clean_deputy(self) -> Deputy:
        sitting = Deputy.objects.sitting().filter(congress__in=self.congresses)
        found = list(sitting.known_as(self.cleaned_data["deputy"].strip()).distinct()[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("没有找到，或者有同名的代表，请用代表证号。"))
        return found[0]

    def clean_said_on(self) -> Any:
        day = self.cleaned_data["said_on"]
        if day > clock.today():
            raise forms.ValidationError(_("日期不能晚于今天。"))
        return day


class AnswerRemarkForm(StepForm):
    answer = words_field(_("答复"), most=2_000, help_text=_("代表会看到。"))


class PassRemarkForm(StepForm):
    unit = forms.ModelChoiceField(label=_("交给哪个单位"), queryset=Unit.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = Unit.objects.filter(congress=self.item.congress_id, is_active=True)
        self.field("unit").queryset = units.order_by("sort_key", "pk")
