"""What the desk writes down when somebody wants words put right, taken back or deleted."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.opinions.forms.saying import WordsField, tidy

LONGEST_REASON = 200


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("谁提出、为什么"),
        max_length=LONGEST_REASON,
        help_text=_(
            "写清怎么确认是本人，比如出示了查询码。这句话一直留着：不写姓名、电话，不抄原话。"
        ),
    )

    def clean_reason(self) -> str:
        return tidy(self.cleaned_data["reason"])


class CorrectForm(ReasonForm):
    text = WordsField(label=_("更正后的话"), widget=forms.Textarea(attrs={"rows": 6}))
    place = forms.CharField(label=_("更正后的地点"), max_length=120, required=False)
    field_order = ("text", "place", "reason")

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = _("改了什么、谁提出、为什么")

    def clean_place(self) -> str:
        return tidy(self.cleaned_data["place"])


RIGHTS: dict[str, type[ReasonForm]] = {
    "correct": CorrectForm,
    "withdraw": ReasonForm,
    "forget_words": ReasonForm,
}
