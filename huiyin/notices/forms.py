"""How messages and receivers are searched, and a new receiver."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress.models import Appointment, Congress
from huiyin.kernel import clock
from huiyin.notices import actions
from huiyin.notices.choices import Channel, Outcome, State
from huiyin.ui.forms import SearchInput

ALL = ("", _("全部"))
OUTGOING = [(value, label) for value, label in Channel.choices if value != Channel.IN_APP]


def kind_labels() -> dict[str, str]:
    """The kinds of items in words, each with the code that stands in the messages."""
    return {
        model.item_kind(): f"{model._meta.verbose_name} ({model.item_kind()})"
        for model in actions.event_kinds()
    }


class InboxFilter(forms.Form):
    q = forms.CharField(label=_("消息里的字"), required=False, max_length=60, widget=SearchInput)
    unread = forms.BooleanField(label=_("只看未读"), required=False)


class OutboxFilter(forms.Form):
    q = forms.CharField(label=_("标题或者收件人"), required=False, widget=SearchInput)
    channel = forms.ChoiceField(label=_("方式"), required=False, choices=[ALL, *OUTGOING])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])


class DeliveryFilter(forms.Form):
    q = forms.CharField(label=_("事件"), required=False, max_length=60, widget=SearchInput)
    outcome = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *Outcome.choices])


class WebhookForm(forms.Form):
    congress = forms.ModelChoiceField(
        label=_("人大"), queryset=Congress.objects.none(), empty_label=None
    )
    name = forms.CharField(
        label=_("名称"), max_length=40, help_text=_("哪个系统，例如：市政府督查系统。")
    )
    address = forms.CharField(
        label=_("地址"),
        max_length=300,
        help_text=_("以 https:// 开头，接收 POST。"),
        widget=forms.URLInput,
    )
    reads_as = forms.CharField(
        label=_("按谁的权限"),
        max_length=150,
        help_text=_("一个账号的登录名。这个账号看不到的事，不会通知。"),
    )
    kinds = forms.MultipleChoiceField(
        label=_("通知哪些事"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("都不选就是全部。"),
    )

    def __init__(self, *args: Any, among: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        congresses = Congress.objects.filter(pk__in=among).select_related("region")
        cast(forms.ModelChoiceField, self.fields["congress"]).queryset = congresses
        cast(forms.MultipleChoiceField, self.fields["kinds"]).choices = list(kind_labels().items())

    def clean(self) -> dict[str, Any]:
        """Only an account that acts for this congress lends its eyes."""
        given = self.cleaned_data
        seats = Appointment.objects.in_force(clock.today()).filter(congress=given.get("congress"))
        found = User.objects.filter(
            username=given.get("reads_as", ""), is_active=True, pk__in=seats.values("user")
        ).first()
        if given.get("reads_as") and found is None:
            self.add_error("reads_as", _("这个人大没有这个登录名的在任人员。"))
        return given | {"reads_as": found}
