"""What the lists may be narrowed by."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.suggestions.choices import PromiseState, State, Subject
from huiyin.suggestions.models.classes import class_choices
from huiyin.ui.forms import SearchInput

YEARS_BACK = 8


def _years() -> list[tuple[str, Any]]:
    this = clock.today().year
    return [
        ("", _("全部年份")),
        *((str(year), str(year)) for year in range(this, this - YEARS_BACK, -1)),
    ]


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=SearchInput(attrs={"placeholder": _("编号、标题、内容，两个字就行")}),
    )


class DeskFilter(SearchForm):
    state = forms.MultipleChoiceField(
        label=_("状态"), choices=State.choices, required=False, widget=forms.MultipleHiddenInput
    )
    stage = forms.ChoiceField(
        label=_("提出时间"),
        required=False,
        choices=[("", _("全部")), ("session", _("会议期间")), ("between", _("闭会期间"))],
    )
    subject = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Subject.choices]
    )
    unit = forms.CharField(label=_("承办单位"), required=False, max_length=30)
    year = forms.ChoiceField(label=_("年份"), required=False, choices=_years)
    handed = forms.ChoiceField(required=False, choices=_years, widget=forms.HiddenInput)
    rated = forms.BooleanField(required=False, widget=forms.HiddenInput)
    replied = forms.BooleanField(required=False, widget=forms.HiddenInput)


class TaskFilter(SearchForm):
    pass


class LedgerFilter(SearchForm):
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[
            ("", _("全部")),
            ("late", _("过期未完成")),
            *((s.value, s.label) for s in PromiseState if s.value not in {"draft", "dropped"}),
        ],
    )
    unit = forms.CharField(label=_("承诺单位"), required=False, max_length=30)
    year = forms.ChoiceField(label=_("到期年份"), required=False, choices=_years)


class PublicFilter(SearchForm):
    congress = forms.ChoiceField(label=_("人大"), required=False)
    subject = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Subject.choices]
    )
    result = forms.ChoiceField(label=_("结果"), required=False)
    year = forms.ChoiceField(label=_("年份"), required=False, choices=_years)

    def __init__(self, *args: Any, congresses: Sequence[Congress], **kwargs: Any) -> None:
        """`congresses` are those whose papers are listed; of one alone the classes in its words."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["result"].choices = [("", _("全部")), *class_choices(congresses)]
        if len(congresses) > 1:
            named = [(one.region.code, str(one)) for one in congresses]
            fields["congress"].choices = [("", _("全部")), *named]
        else:
            del fields["congress"]
