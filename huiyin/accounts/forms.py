"""What people type about accounts."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.kernel import identity


class UnmaskForm(forms.Form):
    reason = forms.CharField(
        label=_("为什么要看"),
        min_length=4,
        max_length=200,
        help_text=_("这次查看会记下来：谁、什么时候、看了什么、为什么。审计管理员看得到。"),
    )


class PhoneForm(forms.Form):
    phone = forms.CharField(
        label=_("新的手机号"),
        required=False,
        max_length=30,
        help_text=_("用来收短信提醒。不填就是不再收短信。"),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )

    def clean_phone(self) -> str:
        phone = identity.normalise_phone(self.cleaned_data["phone"])
        if phone and not identity.is_mobile(phone):
            raise forms.ValidationError(_("手机号应该是 11 位数字。"))
        return phone


class TokenForm(forms.Form):
    """What a token is for, what it may, how long; and proof that its person sits here now."""

    name = forms.CharField(
        label=_("做什么用"), max_length=40, help_text=_("例如：每天取督办数据的程序。")
    )
    can_write = forms.ChoiceField(
        label=_("能做什么"),
        choices=[("", _("只读")), ("yes", _("读和写"))],
        required=False,
        widget=forms.RadioSelect,
    )
    days = forms.TypedChoiceField(
        label=_("有效多久"),
        choices=[(30, _("30天")), (90, _("90天")), (366, _("一年"))],
        coerce=int,
        initial=90,
    )
    password = forms.CharField(
        label=_("您的密码"), max_length=200, strip=False, widget=forms.PasswordInput
    )
    code = forms.CharField(
        label=_("验证码"),
        max_length=10,
        help_text=_("手机验证器现在显示的 6 位数字。"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def __init__(self, *args: Any, user: User, totp: Any, **options: Any) -> None:
        """`totp` checks a code of the person's authenticator; None where there is none."""
        super().__init__(*args, **options)
        self.user, self.totp = user, totp
        if totp is None:
            del self.fields["code"]

    def clean_can_write(self) -> bool:
        return self.cleaned_data["can_write"] == "yes"

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError(_("密码不对。"))
        return ""

    def clean_code(self) -> str:
        """A code is good once: it is not spent on a wrong password."""
        if "password" in self.errors:
            return ""
        if not self.totp.validate_code(self.cleaned_data["code"].strip()):
            raise forms.ValidationError(_("验证码不对，或者刚用过，请等下一个。"))
        return ""
