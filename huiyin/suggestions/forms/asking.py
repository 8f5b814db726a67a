"""What a unit fills in when it asks for something, and what is filled in to rule on it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.suggestions.actions import latest_for, needs_consent
from huiyin.suggestions.choices import ReopenGround, RequestKind, State
from huiyin.suggestions.forms.steps import SHORT, RulingForm, StepForm
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.resemblance import suggestions_like
from huiyin.suggestions.workflow.stages import TAKES_OTHERS
from huiyin.ui.forms import DayInput, words_field


class ExtensionForm(StepForm):
    """Says how far an extension may go, and whether anybody has to agree."""

    reason = words_field(
        _("延期理由"), help_text=_("写明难在哪里、已经做了什么、为什么要到那一天。")
    )
    until = forms.DateField(label=_("延期到"), widget=DayInput)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        latest = latest_for(item)
        far = _("最长到%(day)s：首次交办起六个月，代表法第五十一条。") % {"day": latest}
        asks = _("要经同意，批准以前期限不变。")
        told = _("本市不需批准，告知代表后即延长。")
        self.field(
            "until"
        ).help_text = f"{far if latest else ''}{asks if needs_consent(item.suggestion) else told}"


class GrantExtensionForm(RulingForm):
    until = forms.DateField(label=_("同意延期到"), widget=DayInput)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        asked = item.unit_requests.filter(kind=RequestKind.EXTENSION, is_granted=None).first()
        initial = {"until": asked.until} if asked else {}
        super().__init__(*args, item=item, initial=initial, **kwargs)


class RecallForm(StepForm):
    reason = words_field(_("哪里有误"), help_text=_("写明错在哪里。代表评价以前才能收回。"))


class NoteForm(StepForm):
    words = words_field(_("收阅意见"), required=False, most=SHORT, help_text=_("代表会看到。"))


class ReopenForm(StepForm):
    ground = forms.ChoiceField(
        label=_("依据"), choices=ReopenGround.choices, widget=forms.RadioSelect
    )
    words = words_field(_("发现了什么"), most=SHORT)


class MergeForm(StepForm):
    """Which item leads, by its number; what is like this one stands beside the field."""

    into = forms.CharField(label=_("主件编号"), max_length=30)
    words = words_field(_("并案理由"), most=SHORT)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        likes = suggestions_like(item.text(), item.congress, besides=item.pk)
        near = [str(like.item) for like in likes if like.item.state in TAKES_OTHERS]
        if near:
            self.field("into").help_text = _("内容相近的：%(items)s") % {"items": "；".join(near)}

    def clean_into(self) -> Suggestion:
        found = Suggestion.objects.filter(
            congress=self.item.congress_id,
            number=self.cleaned_data["into"].strip(),
            is_secret=self.item.is_secret,  # what is open must not find what is not
        )
        lead = found.exclude(pk=self.item.pk).exclude(state=State.MERGED).first()
        if lead is None:
            raise forms.ValidationError(_("没有这个编号的建议，或者它自己已经并入别的建议。"))
        return lead
