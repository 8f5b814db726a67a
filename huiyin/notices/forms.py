"""How the outbox is searched."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.notices.choices import Channel, State
from huiyin.ui.forms import SearchInput

ALL = ("", _("全部"))
OUTGOING = [(value, label) for value, label in Channel.choices if value != Channel.IN_APP]


class OutboxFilter(forms.Form):
    q = forms.CharField(label=_("标题或者收件人"), required=False, widget=SearchInput)
    channel = forms.ChoiceField(label=_("方式"), required=False, choices=[ALL, *OUTGOING])
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *State.choices])
