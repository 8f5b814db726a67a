"""What a liaison officer writes down when a visitor comes."""

import datetime as dt
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Deputy
from huiyin.kernel import clock
from huiyin.notices import actions as notices
from huiyin.opinions.choices import MET, Channel, Subject
from huiyin.opinions.forms.saying import (
    PhoneField,
    PhotoField,
    WordsField,
    region_choices,
    tidy,
)
from huiyin.regions.models import Region
from huiyin.ui.forms import MomentInput, words_field

# Older notes are a file to import, not a visitor to write down.
OLDEST = dt.timedelta(days=366)


class WalkInForm(forms.Form):
    channel = forms.ChoiceField(
        label=_("怎么来的"),
        choices=[(one.value, one.label) for one in MET],
        initial=Channel.WALK_IN,
        widget=forms.RadioSelect,
    )
    received_at = forms.DateTimeField(
        label=_("什么时候说的"),
        required=False,
        widget=MomentInput(),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("刚才说的就空着；补登纸上的记录，写当时的日期和时间。"),
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
    wish = forms.CharField(
        label=_("诉求"),
        max_length=500,
        required=False,
        help_text=_("希望怎么办；和上面的话一起保存。"),
    )
    region = forms.ModelChoiceField(
        label=_("哪个街道、乡镇"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("就在本家站这一带"),
    )
    place = forms.CharField(label=_("事情在哪里"), max_length=120, required=False)
    photo = PhotoField()
    subject = forms.ChoiceField(
        label=_("类别"), choices=[("", _("先不分")), *Subject.choices], required=False
    )
    visitor_name = forms.CharField(
        label=_("来访人姓名"), max_length=60, required=False, help_text=_("加密保存，只显示姓。")
    )
    n_people = forms.IntegerField(label=_("人数"), min_value=1, max_value=999, initial=1)
    phone = PhoneField(label=_("手机号"), required=False)
    answer = words_field(
        _("当场答复"),
        required=False,
        rows=3,
        help_text=_("当场答复清楚了就写在这里；没有就空着，稍后分类。"),
    )

    def __init__(self, *args, deputies, within: Region, **options) -> None:
        super().__init__(*args, **options)
        region = cast(forms.ModelChoiceField, self.fields["region"])
        region.queryset = Region.objects.inside(within)
        region.choices = region_choices(within, region.empty_label)
        cast(forms.ModelChoiceField, self.fields["deputies"]).queryset = deputies
        if not deputies:
            del self.fields["deputies"]
        self.fields["phone"].help_text = (
            _("有消息时发短信。")
            if notices.sends_text_messages()
            else _("有消息时打这个号码告诉来访人。")
        )

    def clean_place(self) -> str:
        return tidy(self.cleaned_data["place"])

    def clean_received_at(self) -> dt.datetime | None:
        said_at = self.cleaned_data["received_at"]
        if said_at and said_at > clock.now():
            raise forms.ValidationError(_("这个时间还没有到。"))
        if said_at and said_at < clock.now() - OLDEST:
            raise forms.ValidationError(_("超过一年的记录请用表格导入。"))
        return said_at

    def clean(self) -> dict:
        """As one says it: the words with the wish below them, and the pictures."""
        said = super().clean() or self.cleaned_data
        wish = tidy(said.pop("wish", ""))
        if wish and said.get("text"):
            said["text"] = f"{said['text']}\n诉求：{wish}"
        photo = said.pop("photo", None)
        said["pictures"] = [photo] if photo else []
        return said

    def clean_visitor_name(self) -> str:
        name = tidy(self.cleaned_data["visitor_name"])
        if "*" in name or "＊" in name:
            raise forms.ValidationError(_("请写真实姓名，或者空着。"))
        return name
