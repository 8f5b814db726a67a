"""The three steps in which a resident says something, and the forms for what comes after."""

import unicodedata
from typing import cast

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import codes, identity
from huiyin.kernel.pictures import PictureError, clean_picture
from huiyin.notices import actions as notices
from huiyin.regions.choices import Level
from huiyin.regions.models import Region
from huiyin.ui.forms import ReadableField, be_whole, has_words

SHORTEST, LONGEST = 5, 2000


def tidy(text: str) -> str:
    """Without control characters, which PostgreSQL refuses or which hide what follows."""
    kept = (c for c in text if c in "\n\t" or unicodedata.category(c) not in {"Cc", "Cf", "Cs"})
    return "".join(kept).strip()


class WordsField(ReadableField):
    """A text by a resident: between five and two thousand characters that say something."""

    def __init__(self, **options) -> None:
        options.setdefault("max_length", LONGEST)
        super().__init__(**options)

    def to_python(self, value):
        return tidy((super().to_python(value) or "").replace("\r\n", "\n"))

    def validate(self, value) -> None:
        super().validate(value)
        if value and not has_words(value):
            raise forms.ValidationError(_("请用文字写清楚是什么事，只有表情或符号看不明白。"))
        if value and len(value) < SHORTEST:
            raise forms.ValidationError(_("太短了，请至少写 5 个字，说清楚在哪里、什么事。"))


class WhatForm(forms.Form):
    text = WordsField(
        label=_("说清楚一件事"),
        help_text=_("在哪里、什么样、希望怎么办。不用写姓名、身份证号。"),
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("请写是什么事。")},
    )


class PhotoField(forms.FileField):
    """One photo, decoded and written anew without its metadata."""

    def __init__(self, **options) -> None:
        options.setdefault("label", _("照片"))
        options.setdefault("help_text", _("一张，20 MB 以内。会去掉照片里的拍摄地点等信息。"))
        accepted = {"accept": "image/jpeg,image/png,image/webp"}
        options.setdefault("widget", forms.FileInput(attrs=accepted))
        super().__init__(required=False, **options)

    def clean(self, data, initial=None) -> bytes | None:
        upload = super().clean(data, initial)
        try:
            return clean_picture(upload.read()) if upload else None
        except PictureError as error:
            raise forms.ValidationError(error.text(get_language() or "zh")) from error


class WhereForm(forms.Form):
    region = forms.ModelChoiceField(
        label=_("哪个街道、乡镇"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("不确定，不选也可以"),
    )
    place = forms.CharField(
        label=_("具体地点"),
        max_length=120,
        required=False,
        help_text=_("小区、路口、楼号，比如“翠园小区三号楼”。"),
    )
    photo = PhotoField()

    def __init__(self, *args, within: Region | None = None, **options) -> None:
        super().__init__(*args, **options)
        if within is None:
            del self.fields["region"]
            return
        field = cast(forms.ModelChoiceField, self.fields["region"])
        field.queryset = Region.objects.inside(within)
        field.choices = region_choices(within, field.empty_label)

    def clean_place(self) -> str:
        return tidy(self.cleaned_data["place"])


def region_choices(within, empty):
    """Streets and towns under their county, as one list that needs no script."""
    regions = Region.objects.inside(within).filter(level__in=[Level.COUNTY, Level.TOWNSHIP])
    rows = list(regions.order_by("path").values_list("pk", "name", "level", "path"))
    towns: dict[str, list[tuple[int, str]]] = {}
    for pk, name, level, path in rows:
        if level == Level.TOWNSHIP:
            towns.setdefault(path.rstrip("/").rsplit("/", 1)[0] + "/", []).append((pk, name))
    choices: list = [("", empty)]
    for pk, name, level, path in rows:
        if level == Level.COUNTY:
            whole = (pk, _("%(name)s（不确定街道）") % {"name": name})
            choices.append((name, [whole, *towns.pop(path, [])]))
    return choices + [town for rest in towns.values() for town in rest]


class PhoneField(forms.CharField):
    """A mobile number, in any of the ways people write one."""

    def __init__(self, **options) -> None:
        options.setdefault("max_length", 30)
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"})
        )
        super().__init__(**options)

    def clean(self, value):
        phone = identity.normalise_phone(super().clean(value))
        if phone and not identity.is_mobile(phone):
            raise forms.ValidationError(_("手机号应是 11 位数字。不想留可以空着。"))
        return phone


class LastForm(forms.Form):
    phone = PhoneField(label=_("手机号"), required=False)

    def __init__(self, *args, **options) -> None:
        super().__init__(*args, **options)
        self.fields["phone"].help_text = (
            _("有消息时发短信给您。不留也能用查询码看。")
            if notices.sends_text_messages()
            else _("有消息时工作人员打这个号码告诉您。不留也能用查询码看。")
        )


class FollowForm(forms.Form):
    code = forms.CharField(
        label=_("查询码"),
        max_length=60,
        help_text=_("12 位，大小写、空格、短横都可以。"),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("请写查询码。")},
    )

    def clean_code(self) -> str:
        return codes.normalise(self.cleaned_data["code"])


class AnswerForm(forms.Form):
    solved = forms.TypedChoiceField(
        label=_("这件事现在"),
        choices=[("yes", _("解决了")), ("no", _("没解决"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个。")},
    )
    words = forms.CharField(
        label=_("还想说什么"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[MaxLengthValidator(500), be_whole],  # a smiley is an answer here
        max_length=500,
    )

    def clean_words(self) -> str:
        return tidy(self.cleaned_data["words"])
