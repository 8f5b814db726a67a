"""What people type about accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

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
