"""What is written down about talks: the deputy's word on one, and what was convened."""

import datetime as dt

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.suggestions.choices import ConveningKind
from huiyin.suggestions.forms.steps import StepForm, past
from huiyin.ui.forms import DayInput, words_field


class DisputeForm(StepForm):
    words = words_field(
        _("有什么不对"), help_text=_("例如：没有见面、时间地点不对、没有谈这件事。")
    )


class ConveningForm(StepForm):
    kind = forms.ChoiceField(
        label=_("方式"), choices=ConveningKind.choices, widget=forms.RadioSelect
    )
    held_on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    convened_by = forms.CharField(label=_("召集人"), max_length=60)
    attended = forms.CharField(
        label=_("参加人"), max_length=300, help_text=_("代表、承办单位和其他人都写上。")
    )
    agreed = words_field(_("商定的事"), most=2_000)
    next_step = forms.CharField(label=_("下一步"), max_length=300)

    def clean_held_on(self) -> dt.date:
        return past(self.cleaned_data["held_on"])
