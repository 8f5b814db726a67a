"""Which congress and which year a page counts."""

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock
from huiyin.suggestions.models import Suggestion

YEARS_BACK = 5


class ScopeForm(forms.Form):
    congress = forms.TypedChoiceField(label=_("人大"), coerce=int, empty_value=None, required=False)
    year = forms.TypedChoiceField(label=_("年份"), coerce=int, empty_value=None, required=False)

    def __init__(self, *args, among=None, **kwargs):
        """`among` bounds the congresses to those the reader works for; None means all."""
        super().__init__(*args, **kwargs)
        congresses = Congress.objects.select_related("region").order_by("region__code")
        if among is not None:
            congresses = congresses.filter(pk__in=among)
        self.congresses = {congress.pk: congress for congress in congresses}
        self.fields["congress"].choices = [(pk, str(one)) for pk, one in self.congresses.items()]
        this_year = clock.today().year
        years = range(this_year, this_year - YEARS_BACK, -1)
        self.fields["year"].choices = [(year, str(year)) for year in years]

    def _busiest(self) -> int:
        """The congress with the most suggestions, so that nobody begins with a page of zeroes."""
        if len(self.congresses) > 1:
            rows = Suggestion.objects.filter(congress__in=self.congresses).values("congress")
            busiest = rows.annotate(n=Count("pk")).order_by("-n", "congress").first()
            if busiest:
                return busiest["congress"]
        return next(iter(self.congresses))

    def scope(self) -> Scope | None:
        """What was asked for, else the busiest congress and this year."""
        asked = self.cleaned_data if self.is_valid() else {}
        if not self.congresses:
            return None
        congress = self.congresses[asked.get("congress") or self._busiest()]
        year = asked.get("year") or clock.today().year
        self.data = {"congress": congress.pk, "year": year}  # the fields show what is counted
        return Scope(congress, year)
