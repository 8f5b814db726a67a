"""What a liaison officer writes down when a visitor comes."""

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy
from huiyin.opinions.choices import Channel, Subject
from huiyin.opinions.forms.saying import PhoneField, WordsField, tidy
from huiyin.ui.forms import words_field

MET = [(Channel.WALK_IN, Channel.WALK_IN.label), (Channel.PHONE, Channel.PHONE.label)]


class WalkInForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("怎么来的"), choices=MET, initial=Channel.WALK_IN, widget=forms.RadioSelect
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("接待代表"),
        queryset=Deputy.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = WordsField(
        label=_("说的什么事"),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("用来访人自己的话写。"),
    )
    place = forms.CharField(label=_("事情在哪里"), max_length=120, required=False)
    subject = forms.ChoiceField(
        label=_("类别"), choices=[("", _("先不分")), *Subject.choices], required=False
    )
    visitor_name = forms.CharField(
        label=_("来访人姓名"), max_length=60, required=False, help_text=_("加密保存，只显示姓。")
    )
    n_people = forms.IntegerField(label=_("人数"), min_value=1, max_value=999, initial=1)
    phone = PhoneField(label=_("手机号"), required=False, help_text=_("有消息时发短信。"))
    answer = words_field(
        _("当场答复"),
        required=False,
        rows=3,
        help_text=_("当场答复清楚了就写在这里；没有就空着，稍后分类。"),
    )

    def __init__(self, *args, deputies, **options) -> None:
        super().__init__(*args, **options)
        cast(forms.ModelChoiceField, self.fields["deputies"]).queryset = deputies
        if not deputies:
            del self.fields["deputies"]

    def clean_place(self) -> str:
        return tidy(self.cleaned_data["place"])

    def clean_visitor_name(self) -> str:
        name = tidy(self.cleaned_data["visitor_name"])
        if "*" in name or "＊" in name:
            raise forms.ValidationError(_("请写真实姓名，或者空着。"))
        return name
