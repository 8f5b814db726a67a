"""Bringing a file of voices: the file, where it comes from, and which column is what."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.opinions.choices import Channel

SOURCES = [
    (Channel.PLATFORM, Channel.PLATFORM.label),
    (Channel.HOTLINE, Channel.HOTLINE.label),
]


class ImportForm(forms.Form):
    file = forms.FileField(label=_("文件"), help_text=_("csv 或 xlsx，第一行是列名。"))
    source = forms.CharField(
        label=_("来源名称"),
        max_length=40,
        help_text=_("比如“12345 热线 3 月”。同一来源的同一编号只导一次。"),
    )
    channel = forms.ChoiceField(label=_("来源"), choices=SOURCES, initial=Channel.PLATFORM)
