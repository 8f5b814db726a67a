"""What one types about awards."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Unit
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.choices import AwardKind, AwardState
from huiyin.supervision.forms.steps import StepForm, all_or, years
from huiyin.ui.forms import words_field

JURORS = (Role.MEMBER, Role.COMMITTEE, Role.GOVERNMENT, Role.CLERK)


class AwardFilter(forms.Form):
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))
    kind = forms.ChoiceField(label=_("奖项"), required=False, choices=all_or(AwardKind.choices))
    state = forms.ChoiceField(label=_("状态"), required=False, choices=all_or(AwardState.choices))


class PublicAwardFilter(forms.Form):
    year = forms.ChoiceField(label=_("年份"), required=False, choices=lambda: all_or(years()))
    kind = forms.ChoiceField(label=_("奖项"), required=False, choices=all_or(AwardKind.choices))


class OpenAwardForm(forms.Form):
    year = forms.TypedChoiceField(label=_("年份"), choices=years, coerce=int)
    kind = forms.ChoiceField(label=_("奖项"), choices=AwardKind.choices, widget=forms.RadioSelect)


class NominateForm(StepForm):
    suggestion_number = forms.CharField(label=_("建议编号"), max_length=30, required=False)
    unit = forms.ModelChoiceField(label=_("单位"), queryset=Unit.objects.none(), required=False)
    words = words_field(_("推荐理由"), most=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.item.kind == AwardKind.SUGGESTION:
            del self.fields["unit"]
        else:
            del self.fields["suggestion_number"]
            units = self.item.congress.units.active()
            self.field("unit").queryset = units.order_by("sort_key", "pk")

    def clean(self) -> dict[str, Any]:
        """The verb's own keywords."""
        given = super().clean() or {}
        number = given.pop("suggestion_number", "").strip()
        if self.item.kind == AwardKind.SUGGESTION:
            found = Suggestion.objects.filter(
                congress=self.item.congress, number=number, is_secret=False
            )
            given["suggestion"] = found.exclude(number="").first()
            if given["suggestion"] is None:
                self.add_error("suggestion_number", _("没有这个编号的建议。"))
        elif given.get("unit") is None:
            self.add_error("unit", _("请选一个单位。"))
        return given


class JuryForm(StepForm):
    jurors = forms.ModelMultipleChoiceField(
        label=_("评委"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("签过名的代表和承办单位的人，对有关候选自动回避。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = congress_actions.users_with(self.item.congress, *JURORS)
        self.field("jurors").queryset = people.order_by("name")
        self.field("jurors").initial = self.item.jurors.values_list("user", flat=True)


class ScoreForm(StepForm):
    points = forms.IntegerField(
        label=_("分数（0 到 100）"), min_value=0, max_value=100, help_text=_("打分结束前可以改。")
    )
    words = forms.CharField(label=_("评语"), max_length=300, required=False)


class RecuseForm(StepForm):
    words = words_field(_("回避原因"), most=200)


class AwardObjectionForm(StepForm):
    person = forms.CharField(
        label=_("提出人"), max_length=60, help_text=_("实名提出。来信来电的由代工委代为登记。")
    )
    words = words_field(_("异议和事实"))


class DecideAwardForm(StepForm):
    meeting = forms.CharField(
        label=_("决定表彰的会议"), max_length=60, help_text=_("例如：第45次主任会议")
    )
