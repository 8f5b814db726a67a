"""Which congress and which year a page counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock

FIRST_YEAR = 2000


class ScopeForm(forms.Form):
    congress = forms.ModelChoiceField(Congress.objects.none(), label=_("人大"), required=False)
    year = forms.IntegerField(
        label=_("年份"), required=False, min_value=FIRST_YEAR, max_value=FIRST_YEAR + 200
    )

    def __init__(self, *args, among=None, **kwargs):
        """`among` bounds the congresses to those the reader works for; None means all."""
        super().__init__(*args, **kwargs)
        congresses = Congress.objects.order_by("region__code")
        if among is not None:
            congresses = congresses.filter(pk__in=among)
        self.fields["congress"].queryset = congresses

    def scope(self) -> Scope | None:
        """What was asked for, else the first congress and this year."""
        asked = self.cleaned_data if self.is_valid() else {}
        congress = asked.get("congress") or self.fields["congress"].queryset.first()
        if congress is None:
            return None
        return Scope(congress, asked.get("year") or clock.today().year)
