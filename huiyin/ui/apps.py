"""The floor of pages; says what is wrong with an input in plain words."""

from django import forms
from django.apps import AppConfig
from django.core import validators
from django.utils.translation import gettext_lazy as _

PLAIN_WORDS = (
    (forms.Field, "required", _("请填写这一项。")),
    (forms.ChoiceField, "invalid_choice", _("请从列出的选项里选。")),
    (forms.MultipleChoiceField, "invalid_choice", _("请从列出的选项里选。")),
    (forms.ModelChoiceField, "invalid_choice", _("请从列出的选项里选。")),
    (forms.DateField, "invalid", _("请写成年-月-日，例如 2026-11-23。")),
    (forms.DateTimeField, "invalid", _("请写成年-月-日 时:分，例如 2026-11-23 15:00。")),
    (forms.TimeField, "invalid", _("请写成时:分，例如 15:00。")),
    (forms.IntegerField, "invalid", _("请填整数。")),
    (forms.DecimalField, "invalid", _("请填数字。")),
    (forms.FileField, "empty", _("这个文件是空的，请换一个。")),
    (forms.FileField, "missing", _("没有收到文件，请再选一次。")),
    (forms.ImageField, "invalid_image", _("这不是照片，或者照片坏了。请换一张。")),
)


class UiConfig(AppConfig):
    name = "huiyin.ui"

    def ready(self) -> None:
        """Django's own words ("this value", "character count") are not how people speak."""
        for field, code, words in PLAIN_WORDS:
            field.default_error_messages = {**field.default_error_messages, code: words}
        validators.MaxLengthValidator.message = _(
            "最多 %(limit_value)d 个字，现在是 %(show_value)d 个。"
        )
        validators.MinLengthValidator.message = _(
            "至少 %(limit_value)d 个字，现在是 %(show_value)d 个。"
        )
        validators.EmailValidator.message = _("邮箱写得不对，例如 name@example.cn。")
