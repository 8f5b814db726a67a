"""What GeoReport v2 sends: a request, or a question about requests."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.opinions.choices import Subject
from huiyin.opinions.forms.saying import PhoneField, WordsField, tidy
from huiyin.regions.models import Region

LONGEST_SPAN = dt.timedelta(days=90)  # of the standard, where no moment is named
MOST_IDS, OPEN, CLOSED = 100, "open", "closed"


class MomentField(forms.CharField):
    """A moment as W3C writes it, e.g. 2026-03-05T09:00:00+08:00; without a zone it is China's."""

    def clean(self, value: Any) -> dt.datetime | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError:
            moment = None
        if moment is None:
            raise forms.ValidationError(_("时间写法不认识，例如 2026-03-05T09:00:00Z。"))
        return moment if moment.tzinfo else moment.replace(tzinfo=clock.ZONE)


class CodesField(forms.CharField):
    """Several values with commas between them."""

    def __init__(self, *, allowed: set[str] | None = None, **options: Any) -> None:
        super().__init__(**options)
        self.allowed = allowed

    def clean(self, value: Any) -> list[str]:
        parts = [part.strip() for part in super().clean(value).split(",") if part.strip()]
        unknown = [part for part in parts if self.allowed is not None and part not in self.allowed]
        if unknown or len(parts) > MOST_IDS:
            raise forms.ValidationError(_("没有这样的值：%(part)s") % {"part": unknown[:1]})
        return parts


class AskForm(forms.Form):
    """GET requests: ids win over everything else, as the standard says."""

    service_request_id = CodesField(required=False, max_length=2000)
    service_code = CodesField(required=False, max_length=400, allowed=set(Subject.values))
    start_date = MomentField(required=False, max_length=40)
    end_date = MomentField(required=False, max_length=40)
    status = CodesField(required=False, max_length=20, allowed={OPEN, CLOSED})

    def clean_service_request_id(self) -> list[int]:
        ids = self.cleaned_data["service_request_id"]
        if not all(part.isascii() and part.isdecimal() and len(part) <= 18 for part in ids):
            raise forms.ValidationError(_("编号是数字。"))
        return [int(part) for part in ids]

    def span(self) -> tuple[dt.datetime, dt.datetime]:
        """From when to when: at most ninety days where one end is left open."""
        start, end = self.cleaned_data["start_date"], self.cleaned_data["end_date"]
        last = end or (start + LONGEST_SPAN if start else clock.now())
        return start or last - LONGEST_SPAN, last


class RequestForm(forms.Form):
    """POST requests. A place is demanded by the standard: in words, by code, or by degrees."""

    service_code = forms.ChoiceField(choices=Subject.choices)
    description = WordsField()
    address_string = forms.CharField(required=False, max_length=120)
    address_id = forms.CharField(required=False, max_length=12)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90)
    long = forms.FloatField(required=False, min_value=-180, max_value=180)
    phone = PhoneField(required=False)
    first_name = forms.CharField(required=False, max_length=30)
    last_name = forms.CharField(required=False, max_length=30)

    def clean_address_id(self) -> Region | None:
        code = self.cleaned_data["address_id"]
        if not code:
            return None
        found = Region.objects.filter(code=code).first()
        if found is None:
            raise forms.ValidationError(_("没有这个行政区划代码。"))
        return found

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        has_degrees = given.get("lat") is not None and given.get("long") is not None
        if not (has_degrees or given.get("address_string") or given.get("address_id")):
            raise forms.ValidationError(
                _("请写地点：address_string、address_id，或者 lat 和 long。")
            )
        return given

    def said(self) -> dict[str, Any]:
        """In the words of the action that takes voices in."""
        given = self.cleaned_data
        return {
            "text": given["description"],
            "subject": given["service_code"],
            "place": self._place(),
            "region": given["address_id"],
            "phone": given["phone"],
            "visitor_name": tidy(f"{given['last_name']}{given['first_name']}"),
        }

    def _place(self) -> str:
        given = self.cleaned_data
        if given["address_string"] or given["lat"] is None:
            return tidy(given["address_string"])
        return f"{given['lat']:.5f}, {given['long']:.5f}"
