"""The motion's text, the delegation's vote, and what each step of a motion asks."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Committee, Session, Unit
from huiyin.suggestions.choices import Advice, MotionKind, MotionState, Outcome
from huiyin.suggestions.forms.filters import SearchForm
from huiyin.suggestions.forms.steps import StepForm, past, units_of
from huiyin.suggestions.forms.writing import LONGEST_PART, Part, TextForm
from huiyin.ui.forms import DayInput, ReadableField, SearchInput, words_field

MOST_VOTES = 10_000


class MotionForm(TextForm):
    """案由, 案据, 方案 (代表法 art. 15): the same three parts under the names a motion gives them."""

    kind = forms.ChoiceField(
        label=_("议案类别"), choices=MotionKind.choices, widget=forms.RadioSelect
    )
    title = ReadableField(
        label=_("案由"),
        max_length=80,
        help_text=_("一件议案只提一个事项，例如：关于制定物业管理条例的议案。"),
    )
    situation = Part(
        label=_("案据"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("为什么要大会决定：事实、法律依据、影响。"),
    )
    proposals = Part(
        label=_("方案"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("请大会决定什么。提法规案的，写明草案或者主要内容。"),
    )
    field_order = ("proposer", "kind", "title", "situation", "proposals")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["wished_unit"]  # who handles it is not asked before it is decided


class MotionFilter(SearchForm):
    kind = forms.ChoiceField(
        label=_("议案类别"), required=False, choices=[("", _("全部")), *MotionKind.choices]
    )
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[("", _("全部")), *((s.value, s.label) for s in MotionState if s != "writing")],
    )
    session = forms.ModelChoiceField(
        label=_("会议"),
        required=False,
        queryset=Session.objects.none(),
        empty_label=_("全部"),
        blank=True,
    )
    committee = forms.CharField(label=_("委员会"), required=False, max_length=30)

    def __init__(self, *args: Any, congresses: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sessions = Session.objects.filter(term__congress__in=congresses).select_related("term")
        field: Any = self.fields["session"]
        field.queryset = sessions.order_by("-starts_on")
        field.label_from_instance = lambda session: f"{session.term} {session}"


class PublicMotionFilter(forms.Form):
    q = forms.CharField(
        label=_("查找"),
        required=False,
        max_length=60,
        widget=SearchInput(attrs={"placeholder": _("编号、案由")}),
    )
    kind = forms.ChoiceField(
        label=_("议案类别"), required=False, choices=[("", _("全部")), *MotionKind.choices]
    )


class KindForm(StepForm):
    kind = forms.ChoiceField(
        label=_("议案类别"), choices=MotionKind.choices, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, initial={"kind": item.kind}, **kwargs)


class DelegationVoteForm(StepForm):
    """The meeting's vote on the wording as it stands."""

    held_on = forms.DateField(label=_("代表团会议日期"), widget=DayInput)
    n_members = forms.IntegerField(label=_("全团代表"), min_value=1, max_value=MOST_VOTES)
    n_present = forms.IntegerField(label=_("到会"), min_value=1, max_value=MOST_VOTES)
    n_for = forms.IntegerField(label=_("同意"), min_value=0, max_value=MOST_VOTES)
    n_against = forms.IntegerField(label=_("不同意"), min_value=0, max_value=MOST_VOTES, initial=0)
    n_abstained = forms.IntegerField(label=_("弃权"), min_value=0, max_value=MOST_VOTES, initial=0)

    def clean_held_on(self) -> dt.date:
        return past(self.cleaned_data["held_on"])


class CommitteeForm(StepForm):
    committee = forms.ModelChoiceField(
        label=_("委员会"), queryset=Committee.objects.none(), empty_label=_("请选择")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Committee.objects.filter(congress=self.item.suggestion.congress_id)
        self.field("committee").queryset = own.order_by("pk")


class OpinionOnMotionForm(StepForm):
    advice = forms.ChoiceField(
        label=_("建议主席团"), choices=Advice.choices, widget=forms.RadioSelect
    )
    heard_on = forms.DateField(
        label=_("听取提案代表意见的日期"),
        widget=DayInput,
        help_text=_("审查议案应当听取提案代表的意见。"),
    )
    opinion = words_field(_("审查意见"), most=4_000)

    def clean_heard_on(self) -> dt.date:
        return past(self.cleaned_data["heard_on"])


def minutes_field() -> forms.CharField:
    return forms.CharField(
        label=_("会议纪要或者决定的文号"),
        max_length=60,
        help_text=_("查得到的编号，例如：主席团会议纪要第2号。"),
    )


class BodyForm(StepForm):
    """What a body decided is dated by its meeting and proved by its minutes."""

    decided_on = forms.DateField(label=_("会议日期"), widget=DayInput)
    minutes = minutes_field()

    def clean_decided_on(self) -> dt.date:
        return past(self.cleaned_data["decided_on"])


class DecisionForm(BodyForm):
    words = words_field(_("主席团决定"), most=2_000, help_text=_("第几次主席团会议，怎么决定的。"))


class OptionalDecisionForm(BodyForm):
    words = words_field(_("主席团决定"), required=False, most=2_000)


class ReferForm(CommitteeForm, BodyForm):
    words = words_field(_("主席团决定"), most=2_000)


class RefuseMotionForm(BodyForm):
    words = words_field(_("理由"), most=2_000, help_text=_("写给代表看：为什么不能作为议案。"))
    last_meeting_at = forms.DateTimeField(
        label=_("最后一次主席团会议"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("代表要求复议的截止时间按它倒算。"),
    )


class PlenaryVoteForm(BodyForm):
    """All deputies are counted by the system; more than half of them adopt."""

    n_for = forms.IntegerField(label=_("赞成"), min_value=0, max_value=MOST_VOTES)
    n_against = forms.IntegerField(label=_("反对"), min_value=0, max_value=MOST_VOTES)
    n_abstained = forms.IntegerField(label=_("弃权"), min_value=0, max_value=MOST_VOTES)
    words = words_field(_("说明"), required=False)


class MotionReportForm(StepForm):
    report = words_field(_("审议结果报告"), most=8_000)


class DeliberationForm(StepForm):
    deliberated_on = forms.DateField(label=_("常委会会议日期"), widget=DayInput)
    minutes = minutes_field()
    lead_was_invited = forms.BooleanField(label=_("已邀请领衔代表列席"), required=False)
    words = words_field(_("审议意见"), most=2_000)

    def clean_deliberated_on(self) -> dt.date:
        return past(self.cleaned_data["deliberated_on"])


class HandToOrganForm(DeliberationForm):
    unit = forms.ModelChoiceField(
        label=_("办理机关"), queryset=Unit.objects.none(), empty_label=_("请选择")
    )
    field_order = ("unit",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("unit").queryset = units_of(self.item)


class ConcludeMotionForm(DeliberationForm):
    outcome = forms.ChoiceField(
        label=_("审议结果"),
        choices=[(o.value, o.label) for o in Outcome if o != Outcome.ORGAN],
        widget=forms.RadioSelect,
    )
    field_order = ("outcome",)


class AnswerMotionForm(StepForm):
    answer = words_field(_("办理情况"), most=8_000)
