"""Which congress, which days and which groups a page counts."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from huiyin.congress.models import Congress, Session
from huiyin.dashboards.figures import COMPARED, RATES, Scope
from huiyin.kernel import clock
from huiyin.suggestions.models import Suggestion
from huiyin.ui.forms import ReadableField, words_field

YEARS_BACK = 5
ONE_DAY = dt.timedelta(days=1)


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
        scope = Scope(congress, year, self._days(congress, asked))
        self.data = self._shown(scope, asked)  # the fields show what is counted
        return scope

    def _days(self, congress: Congress, asked: dict[str, Any]) -> tuple[dt.date, dt.date] | None:
        return None

    def _shown(self, scope: Scope, asked: dict[str, Any]) -> dict[str, Any]:
        return {"congress": scope.congress.pk, "year": scope.year}


class PeriodForm(ScopeForm):
    """A year, the time from one session to the next, or any days; what is narrower wins."""

    session = forms.TypedChoiceField(
        label=_("会议届次"), coerce=int, empty_value=None, required=False
    )
    first = forms.DateField(
        label=_("从"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    last = forms.DateField(
        label=_("到"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        found = Session.objects.filter(term__congress__in=self.congresses).select_related("term")
        self.sessions = list(found.order_by("-starts_on"))
        self.fields["session"].choices = [
            ("", _("按年份")),
            *((session.pk, f"{session.term}{session}") for session in self.sessions),
        ]

    def clean(self):
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and first > last:
            self.add_error("last", _("结束日期早于开始日期。"))
        return self.cleaned_data

    def _days(self, congress: Congress, asked: dict[str, Any]) -> tuple[dt.date, dt.date] | None:
        first, last = asked.get("first"), asked.get("last")
        if first is not None:
            return first, last or max(first, clock.today())
        if last is not None:
            return dt.date(last.year, 1, 1), last
        return self._of_session(congress, asked.get("session"))

    def _of_session(self, congress: Congress, wanted: int | None) -> tuple[dt.date, dt.date] | None:
        """From its first day to the eve of the next: between sessions items bear the last one's number."""
        own = [each for each in self.sessions if each.term.congress_id == congress.pk]
        for place, session in enumerate(own):
            if session.pk == wanted:
                after = own[place - 1].starts_on - ONE_DAY if place else clock.today()
                return session.starts_on, max(session.starts_on, after)
        return None

    def _shown(self, scope: Scope, asked: dict[str, Any]) -> dict[str, Any]:
        named = {name: asked.get(name) or "" for name in ("session", "first", "last")}
        return super()._shown(scope, asked) | named


class ComparisonForm(PeriodForm):
    by = forms.ChoiceField(label=_("比较"), required=False, choices=list(COMPARED.items()))
    rate = forms.ChoiceField(
        label=_("按哪项"), required=False, choices=[(rate.key, rate.name) for rate in RATES]
    )
    q = forms.CharField(label=_("名称"), required=False, max_length=30)

    field_order = ["by", "rate", "q", "congress", "year", "session", "first", "last"]

    def chosen(self, name: str, default: str) -> str:
        """What was chosen of a field, else the default."""
        return self.cleaned_data.get(name) or default

    def _shown(self, scope: Scope, asked: dict[str, Any]) -> dict[str, Any]:
        named = {"by": asked.get("by") or "unit", "rate": asked.get("rate") or "K10"}
        return super()._shown(scope, asked) | named | {"q": asked.get("q", "")}


class ReportForm(forms.Form):
    title = ReadableField(label=_("标题"), max_length=120)
    preface = words_field(
        _("前言"), required=False, most=6_000, rows=10, help_text=_("放在数字前面，一行一段。")
    )
