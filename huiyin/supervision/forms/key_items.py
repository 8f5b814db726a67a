"""What one types about key items."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee
from huiyin.kernel import clock
from huiyin.suggestions.choices import Subject
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.choices import ActKind, Criterion, KeyState, Result
from huiyin.supervision.forms.steps import StepForm, all_or, years
from huiyin.ui.forms import DayInput, SearchInput, words_field


class KeyFilter(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=SearchInput(attrs={"placeholder": _("事项或建议编号")}),
    )
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=all_or(KeyState.choices))


class PublicKeyFilter(forms.Form):
    q = forms.CharField(label=_("查找"), required=False, max_length=60, widget=SearchInput)
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))


class CandidateFilter(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=SearchInput(attrs={"placeholder": _("编号、标题、内容，两个字就行")}),
    )
    subject = forms.ChoiceField(label=_("类别"), required=False, choices=all_or(Subject.choices))
    year = forms.ChoiceField(label=_("年份"), required=False, choices=years)


class KeyItemForm(forms.Form):
    title = forms.CharField(label=_("督办事项"), max_length=80)
    criteria = forms.MultipleChoiceField(
        label=_("符合哪几条标准"), choices=Criterion.choices, widget=forms.CheckboxSelectMultiple
    )
    reason = words_field(_("理由"), help_text=_("为什么要由主任会议督办，办到什么程度算办好。"))


class ProposeForm(KeyItemForm):
    suggestions = forms.ModelMultipleChoiceField(
        label=_("包含的建议"), queryset=Suggestion.objects.none(), widget=forms.MultipleHiddenInput
    )

    def __init__(self, *args: Any, among: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held: Any = self.fields["suggestions"]
        held.queryset = among


class ReviseForm(KeyItemForm, StepForm):
    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        given = {"title": item.title, "criteria": item.criteria, "reason": item.reason}
        super().__init__(*args, item=item, initial=given, **kwargs)


class OpinionForm(StepForm):
    agrees = forms.TypedChoiceField(
        label=_("是否列为重点督办"),
        choices=[("yes", _("赞成列入")), ("no", _("不赞成列入"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    words = words_field(_("意见"), required=False, help_text=_("不赞成请写明理由。"))


class DecideForm(StepForm):
    meeting = forms.CharField(
        label=_("哪次主任会议"), max_length=60, help_text=_("例如：第40次主任会议")
    )
    decided_on = forms.DateField(label=_("会议日期"), widget=DayInput)

    def clean_decided_on(self) -> Any:
        return _not_later(self.cleaned_data["decided_on"])


class NoticeForm(StepForm):
    leader = forms.ModelChoiceField(label=_("领衔督办的常委会领导"), queryset=User.objects.none())
    committee = forms.ModelChoiceField(
        label=_("跟踪督办的委员会"), queryset=Committee.objects.none()
    )
    plan = words_field(
        _("督办方案"), most=4_000, rows=8, help_text=_("目标、分工、时间安排，哪些代表参加。")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        congress = self.item.congress
        self.field("leader").queryset = congress_actions.users_with(congress, Role.MEMBER)
        self.field("committee").queryset = congress.committees.order_by("name")


class ActForm(StepForm):
    kind = forms.ChoiceField(label=_("方式"), choices=ActKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    persons = forms.CharField(
        label=_("参加人"), max_length=200, help_text=_("常委会领导、代表、承办单位都写上。")
    )
    summary = words_field(_("情况"), most=2_000, help_text=_("看到了什么、提了什么要求。"))

    def clean_on(self) -> Any:
        return _not_later(self.cleaned_data["on"])


class ReportForm(StepForm):
    report = words_field(_("督办报告"), most=8_000, rows=12)


class ConcludeForm(StepForm):
    conclusion = forms.ChoiceField(
        label=_("督办结果"), choices=Result.choices, widget=forms.RadioSelect
    )
    words = words_field(_("主任会议审议意见"))


class PublishForm(StepForm):
    words = words_field(
        _("公开说明"),
        most=4_000,
        rows=8,
        help_text=_("写给所有人看。建议正文和答复按各自的公开决定显示，这里不要写人名和个案。"),
    )


def _not_later(day: Any) -> Any:
    if day > clock.today():
        raise forms.ValidationError(_("日期不能晚于今天。"))
    return day
