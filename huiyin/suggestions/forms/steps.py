"""One form a step: what a person adds when taking it."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Unit
from huiyin.kernel import clock
from huiyin.suggestions.actions import redacted_copy, signed_replies
from huiyin.suggestions.choices import ContactKind, Reason, Score
from huiyin.ui.forms import DayInput, ReadableField, words_field

SHORT = 500
NO_CONTACT = "none"


class StepForm(forms.Form):
    """Knows what it is about; a step that asks nothing uses it as it is."""

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def field(self, name: str) -> Any:
        """The field as whatever kind it is."""
        return self.fields[name]


def past(day: dt.date) -> dt.date:
    """What is written down has happened."""
    if day > clock.today():
        raise forms.ValidationError(_("日期不能晚于今天。"))
    return day


class WordsForm(StepForm):
    words = words_field(_("理由"), most=SHORT)


class OptionalWordsForm(StepForm):
    words = words_field(_("说明"), required=False, most=SHORT)


class UrgeForm(StepForm):
    words = words_field(_("想对单位说的话"), required=False, most=SHORT)


class JudgeForm(StepForm):
    """Reasons N01 to N13 and the examiner's own words."""

    reasons = forms.MultipleChoiceField(
        label=_("理由"), choices=Reason.choices, widget=forms.CheckboxSelectMultiple
    )
    words = words_field(
        _("审查意见"), help_text=_("写给代表看：哪里要改、怎么改，或者该走哪条路。")
    )


class ReturnForm(StepForm):
    reason = words_field(_("退办理由"), help_text=_("写明依据：职责在哪个单位，依据哪份文件。"))
    proposed_unit = forms.CharField(label=_("建议改由哪个单位办"), max_length=60, required=False)


class RulingForm(StepForm):
    ruling = words_field(_("裁定意见"))


def units_of(item: Any) -> Any:
    """The handling units that may get a task in this suggestion, sorted as people look for them."""
    suggestion = getattr(item, "suggestion", item)
    units = Unit.objects.filter(congress=suggestion.congress_id, is_active=True)
    return units.order_by("sort_key", "pk")


class GrantForm(RulingForm):
    unit = forms.ModelChoiceField(
        label=_("改由哪个单位办"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("以后再定"),
        help_text=_("主办单位换人后，还要由负责人再次交办。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("unit").queryset = units_of(self.item)


class CohandlerForm(StepForm):
    unit = forms.ModelChoiceField(label=_("会办单位"), queryset=Unit.objects.none())
    part = forms.CharField(label=_("办理事项"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.field("unit").queryset = units_of(self.item)


class ContactForm(StepForm):
    kind = forms.ChoiceField(label=_("方式"), choices=ContactKind.choices, widget=forms.RadioSelect)
    on = forms.DateField(label=_("日期"), widget=DayInput)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    persons = forms.CharField(
        label=_("参加人"), max_length=200, help_text=_("单位的人和代表都写上。")
    )
    summary = words_field(_("谈了什么"), most=2_000)

    def clean_on(self) -> Any:
        return past(self.cleaned_data["on"])


class OpinionForm(StepForm):
    opinion = words_field(
        _("会办意见"), most=4_000, help_text=_("写清本单位能做什么、什么时候做，做不了的说明原因。")
    )

    def clean_opinion(self) -> str:
        opinion = self.cleaned_data["opinion"].strip()
        if len(opinion) < 10:
            raise forms.ValidationError(_("会办意见太短，请写清楚本单位能做什么、什么时候做。"))
        return opinion


class RateForm(StepForm):
    attitude = forms.ChoiceField(
        label=_("办理态度"), choices=Score.choices, widget=forms.RadioSelect
    )
    result = forms.ChoiceField(label=_("办理结果"), choices=Score.choices, widget=forms.RadioSelect)
    contact_kind = forms.ChoiceField(
        label=_("怎么和您沟通的"),
        choices=[*ContactKind.choices, (NO_CONTACT, _("没有沟通"))],
        widget=forms.RadioSelect,
    )
    words = words_field(_("意见"), required=False, help_text=_("选“不满意”要写明理由。"))

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        letters = signed_replies(item)
        if len(letters) > 1:  # each unit has answered its own part
            choice = forms.TypedChoiceField(
                label=_("评价哪个单位的答复"),
                choices=[(letter.pk, letter.assignment.unit.name) for letter in letters],
                coerce={str(letter.pk): letter for letter in letters}.get,
                widget=forms.RadioSelect,
            )
            self.fields = {"reply": choice, **self.fields}

    def clean_contact_kind(self) -> str:
        kind = self.cleaned_data["contact_kind"]
        return "" if kind == NO_CONTACT else kind

    def clean(self) -> dict[str, Any]:
        return _demand_reason(self, ("attitude", "result"))


class RatePromiseForm(StepForm):
    score = forms.ChoiceField(
        label=_("承诺兑现得怎样"), choices=Score.choices, widget=forms.RadioSelect
    )
    words = words_field(_("意见"), required=False, help_text=_("选“不满意”要写明理由。"))

    def clean(self) -> dict[str, Any]:
        return _demand_reason(self, ("score",))


class EvidenceForm(StepForm):
    evidence = words_field(_("完成情况"), most=2_000, help_text=_("什么时候做完的、看什么能证明。"))


class BrokenForm(StepForm):
    reason = words_field(_("未能兑现的原因和下一步打算"))


class PublicationForm(StepForm):
    """The redacted copy as a person corrects it."""

    title = ReadableField(label=_("公开的标题"), max_length=80)
    text = words_field(_("公开的建议正文"), required=False, most=20_000)
    reply = words_field(_("公开的答复正文"), required=False, most=20_000)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        copy = {"title": item.title, "text": item.text, "reply": item.reply}
        if not item.reply:  # it may have come since the copy was made
            copy["reply"] = redacted_copy(item.suggestion)["reply"]
        super().__init__(*args, item=item, initial=copy, **kwargs)
        for name in ("text", "reply"):
            self.fields[name].widget.attrs["rows"] = 12


class ReasonForm(StepForm):
    reason = ReadableField(label=_("理由"), max_length=300)


def _demand_reason(form: forms.Form, scores: tuple[str, ...]) -> dict[str, Any]:
    given = form.cleaned_data
    dissatisfied = any(given.get(name) == Score.DISSATISFIED for name in scores)
    if dissatisfied and not given.get("words", "").strip():
        form.add_error("words", _("“不满意”请写明理由。"))
    return given
