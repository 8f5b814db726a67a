"""What one types about the yearly call and the pre-check."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.suggestions.choices import Reason
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import actions
from huiyin.supervision.choices import ClueState, PrecheckState
from huiyin.supervision.forms.steps import StepForm, all_or
from huiyin.ui.forms import DayInput, SearchInput, words_field


class CallForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=80)
    words = words_field(_("征集通知"), most=4_000, rows=8)
    topics = words_field(
        _("重点领域"), required=False, rows=4, help_text=_("一行一个，供代表参考，不限定选题。")
    )
    starts_on = forms.DateField(label=_("开始"), widget=DayInput)
    ends_on = forms.DateField(label=_("截止"), widget=DayInput)


class ChangeCallForm(CallForm, StepForm):
    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        given = {name: getattr(item, name) for name in CallForm.base_fields}
        super().__init__(*args, item=item, initial=given, **kwargs)


class ClueFilter(forms.Form):
    q = forms.CharField(label=_("查找"), required=False, max_length=60, widget=SearchInput)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=all_or(ClueState.choices))


class ClueForm(StepForm):
    """A clue in the committee's own words; a matter's comes from the list of matters."""

    title = forms.CharField(label=_("线索"), max_length=80, help_text=_("一句话，不写人名和门牌。"))
    words = words_field(_("说明"), required=False)


class PrecheckFilter(forms.Form):
    q = forms.CharField(label=_("查找"), required=False, max_length=60, widget=SearchInput)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=all_or(PrecheckState.choices)
    )


class CommentForm(StepForm):
    """N01 to N13 where one of them fits, and always words."""

    reasons = forms.MultipleChoiceField(
        label=_("可能不予受理的情形"),
        choices=Reason.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("没有就不勾。"),
    )
    words = words_field(
        _("预审意见"), help_text=_("哪里写得好、哪里要补、有没有重复。文字由代表自己改。")
    )


class OfferForm(StepForm):
    to = forms.ModelChoiceField(
        label=_("送哪个代工委"),
        queryset=Congress.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, item: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        found = [each.pk for each in actions.committees_for(item)]
        self.field("to").queryset = Congress.objects.filter(pk__in=found)
