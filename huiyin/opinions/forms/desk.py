"""The desk's forms: one for each step, the list's filters, the public title."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy, Unit
from huiyin.opinions.choices import Channel, Door, Subject
from huiyin.opinions.models import Matter
from huiyin.ui.forms import DayInput, ReadableField, SearchInput, words_field


def _choice(form: forms.Form, name: str) -> forms.ModelChoiceField:
    return cast(forms.ModelChoiceField, form.fields[name])


class StepForm(forms.Form):
    """What a step needs. Residents read the words, so they stay free of anybody's personal data."""

    def __init__(self, *args, matter: Matter, **options) -> None:
        super().__init__(*args, **options)
        self.matter = matter


class PointElsewhereForm(StepForm):
    door = forms.ChoiceField(label=_("属于哪一种"), choices=Door.choices)
    words = words_field(_("告诉居民去哪里办"), help_text=_("地址、电话、窗口，写清楚。"))


class AnswerOnTheSpotForm(StepForm):
    words = words_field(_("答复"), help_text=_("居民会看到这段话，并被问“解决了吗”。"))


class GiveToDeputyForm(StepForm):
    deputy = forms.ModelChoiceField(
        label=_("请哪位代表"), queryset=Deputy.objects.none(), empty_label=_("请选择")
    )
    is_complex = forms.BooleanField(label=_("情况复杂，按较长期限"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        deputies = Deputy.objects.sitting().of(self.matter.congress).named()
        if self.matter.venue_id:
            near = deputies.filter(placements__venue=self.matter.venue_id)
            deputies = near if near.exists() else deputies
        _choice(self, "deputy").queryset = deputies.order_by("sort_key")


class HandToDepartmentForm(StepForm):
    unit = forms.ModelChoiceField(
        label=_("转哪个部门"), queryset=Unit.objects.none(), empty_label=_("请选择")
    )
    brief = ReadableField(
        label=_("转办内容"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("部门只看到这段话。请去掉姓名、电话等个人信息。"),
    )
    is_complex = forms.BooleanField(label=_("情况复杂，按较长期限"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        units = Unit.objects.filter(congress=self.matter.congress_id, is_active=True)
        _choice(self, "unit").queryset = units.order_by("sort_key")
        self.fields["brief"].initial = self.matter.brief or self.matter.title


class HandToHotlineForm(StepForm):
    ticket_number = forms.CharField(label=_("工单号"), max_length=40)
    ticket_due_on = forms.DateField(label=_("热线答应的日期"), required=False, widget=DayInput)
    is_complex = forms.BooleanField(label=_("情况复杂，按较长期限"), required=False)


class TakeUpForm(StepForm):
    pass


class DeputyAnswersForm(StepForm):
    words = words_field(_("告诉居民"), help_text=_("居民会看到这段话，并被问“解决了吗”。"))


class GiveBackForm(StepForm):
    words = words_field(_("请转给谁、为什么"))


class ReportBackForm(StepForm):
    words = words_field(_("办理结果"), help_text=_("居民会看到这段话，并被问“解决了吗”。"))


FORMS: dict[str, type[StepForm]] = {
    "point_elsewhere": PointElsewhereForm,
    "answer_on_the_spot": AnswerOnTheSpotForm,
    "give_to_deputy": GiveToDeputyForm,
    "hand_to_department": HandToDepartmentForm,
    "hand_to_hotline": HandToHotlineForm,
    "take_up": TakeUpForm,
    "deputy_answers": DeputyAnswersForm,
    "give_back": GiveBackForm,
    "report_back": ReportBackForm,
}


def step_form(name: str, matter: Matter, posted=None) -> StepForm:
    """The form of a step, its ids free of clashes with the other forms of the page."""
    return FORMS[name](posted, matter=matter, auto_id=f"id_{name}_%s")


class PublicTitleForm(forms.Form):
    title = ReadableField(
        label=_("公开标题"),
        max_length=120,
        help_text=_("所有人都能看到。不写姓名、电话、门牌号。"),
    )


class FilterForm(forms.Form):
    q = forms.CharField(label=_("找"), required=False, max_length=100, widget=SearchInput)
    subject = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Subject.choices]
    )
    channel = forms.ChoiceField(
        label=_("来源"), required=False, choices=[("", _("全部")), *Channel.choices]
    )
    venue = forms.ChoiceField(label=_("家、站"), required=False)
    region = forms.ChoiceField(label=_("县区"), required=False)

    def __init__(self, *args, choices=None, **options) -> None:
        super().__init__(*args, **options)
        if choices is None:
            del self.fields["venue"], self.fields["region"]
            return
        for name in ("venue", "region"):
            cast(forms.ChoiceField, self.fields[name]).choices = [("", _("全部")), *choices[name]]


class HandedFilterForm(forms.Form):
    """By what a unit reads of a matter; where it came from is not the unit's business."""

    q = forms.CharField(label=_("找"), required=False, max_length=100, widget=SearchInput)
    subject = forms.ChoiceField(
        label=_("类别"), required=False, choices=[("", _("全部")), *Subject.choices]
    )


class SearchForm(forms.Form):
    q = forms.CharField(label=_("找"), required=False, max_length=60, widget=SearchInput)


class BatchForm(forms.Form):
    what = forms.ChoiceField(
        label=_("选中的"),
        choices=[
            ("department", _("转部门")),
            ("hotline", _("转 12345 热线")),
            ("merge", _("合并成一件")),
        ],
    )
    unit = forms.ChoiceField(label=_("部门"), required=False)
    ticket_number = forms.CharField(label=_("工单号"), max_length=40, required=False)

    def __init__(self, *args, choices: dict, **options) -> None:
        options.setdefault("auto_id", "id_batch_%s")
        super().__init__(*args, **options)
        cast(forms.ChoiceField, self.fields["unit"]).choices = [("", _("请选择")), *choices["unit"]]

    def clean(self):
        given = super().clean() or {}
        if given.get("what") == "department" and not given.get("unit"):
            raise forms.ValidationError(_("请选转给哪个部门。"))
        if given.get("what") == "hotline":
            given["unit"] = ""
            if not given.get("ticket_number"):
                raise forms.ValidationError(_("请写工单号。"))
        return given


class SubjectForm(forms.Form):
    subject = forms.ChoiceField(
        label=_("类别"), choices=[("", _("先不分")), *Subject.choices], required=False
    )
