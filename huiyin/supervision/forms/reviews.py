"""What one types about the units that report to the standing committee."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Unit
from huiyin.supervision.choices import ReviewState, Vote
from huiyin.supervision.forms.steps import StepForm, all_or, years
from huiyin.ui.forms import SearchInput, words_field


class ReviewFilter(forms.Form):
    q = forms.CharField(label=_("单位"), required=False, max_length=60, widget=SearchInput)
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=all_or(ReviewState.choices))


class PublicReviewFilter(forms.Form):
    q = forms.CharField(label=_("单位"), required=False, max_length=60, widget=SearchInput)
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))


class ChooseForm(forms.Form):
    unit = forms.ModelChoiceField(label=_("报告单位"), queryset=Unit.objects.none())
    meeting = forms.CharField(
        label=_("哪次主任会议选定"), max_length=60, help_text=_("例如：第40次主任会议")
    )
    reason = words_field(_("选定理由"))

    def __init__(self, *args: Any, congress: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        units.queryset = congress.units.active().order_by("sort_key", "pk")


class ReportForm(StepForm):
    report = words_field(
        _("办理情况报告"),
        most=20_000,
        rows=16,
        help_text=_("办了哪些、没办成哪些、为什么，下一步怎么办。"),
    )


class RectificationForm(StepForm):
    report = words_field(_("整改报告"), most=8_000, rows=12)


class BallotForm(StepForm):
    meeting = forms.CharField(
        label=_("哪次常委会会议"), max_length=60, help_text=_("例如：第36次会议")
    )
    is_secret = forms.TypedChoiceField(
        label=_("投票方式"),
        choices=[("yes", _("无记名，只留票数")), ("no", _("记名，留每个人的选择"))],
        coerce=lambda chosen: chosen == "yes",
        initial="yes",
        widget=forms.RadioSelect,
    )
    present = forms.ModelMultipleChoiceField(
        label=_("签到出席的组成人员"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("出席的要超过全体组成人员的半数。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = congress_actions.users_with(self.item.congress, Role.MEMBER)
        self.field("present").queryset = members


class VoteForm(StepForm):
    answer = forms.ChoiceField(
        label=_("对这个单位的办理工作"), choices=Vote.choices, widget=forms.RadioSelect
    )
