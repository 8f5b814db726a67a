"""What people type about venues and receptions."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress.models import Deputy
from huiyin.congress.seats import may_sit_in
from huiyin.regions.choices import Level
from huiyin.regions.models import Region
from huiyin.ui.forms import DayInput, SearchInput, words_field
from huiyin.venues.choices import Clinic, DutyState, Kind
from huiyin.venues.models import Venue

ALL = ("", _("全部"))
MOST_VISITORS = 9_999


class RegionField(forms.ModelChoiceField):
    def label_from_instance(self, region: Any) -> str:
        return region.name


class VenueFilter(forms.Form):
    q = forms.CharField(label=_("名称或者地址"), required=False, max_length=40, widget=SearchInput)
    county = RegionField(
        label=_("县区"),
        required=False,
        queryset=Region.objects.at(Level.COUNTY).sorted_by_name(),
        to_field_name="code",
        empty_label=_("全部"),
    )
    kind = forms.ChoiceField(label=_("类型"), required=False, choices=[ALL, *Kind.choices])


class DeskVenueFilter(VenueFilter):
    is_open = forms.ChoiceField(
        label=_("开放"),
        required=False,
        choices=[ALL, ("open", _("开放")), ("closed", _("已停用"))],
    )


class VenueForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类型"), choices=Kind.choices)
    region = forms.CharField(
        label=_("所在地区代码"), max_length=12, help_text=_("街道、乡镇或者社区、村的区划代码。")
    )
    home = forms.ModelChoiceField(
        label=_("属于哪个家"), required=False, queryset=Venue.objects.none(), empty_label=_("不选")
    )
    address = forms.CharField(label=_("地址"), max_length=160, required=False)
    longitude = forms.DecimalField(
        label=_("经度"), min_value=70, max_value=140, decimal_places=6, required=False
    )
    latitude = forms.DecimalField(
        label=_("纬度"), min_value=0, max_value=60, decimal_places=6, required=False
    )
    hours = forms.CharField(label=_("开放时间"), max_length=120, required=False)
    telephone = forms.CharField(label=_("公开电话"), max_length=30, required=False)
    is_open = forms.BooleanField(label=_("开放"), required=False, initial=True)

    def __init__(self, *args, congress, **options):
        super().__init__(*args, **options)
        homes = congress.venues.filter(kind=Kind.HOME).order_by("sort_key")
        self.fields["home"].queryset = homes
        self.congress = congress

    def clean_region(self) -> Region:
        found = Region.objects.filter(code=self.cleaned_data["region"].strip())
        region = found.inside(self.congress.region).first()
        if region is None:
            raise forms.ValidationError(_("本地没有这个代码。"))
        return region

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("home") and cleaned.get("kind") != Kind.STATION:
            self.add_error("home", _("只有工作站才属于一个家。"))
        return cleaned


class DeputyField(forms.ModelChoiceField):
    def label_from_instance(self, deputy: Any) -> str:
        return f"{deputy} · {deputy.delegation}"


class PlaceForm(forms.Form):
    """By the deputy's card number or code: a list of thousands is no list."""

    deputy = forms.CharField(
        label=_("代表"), max_length=40, help_text=_("代表证号，或者代表码，或者不重名的姓名。")
    )

    def __init__(self, *args, congress, **options):
        super().__init__(*args, **options)
        self.congress = congress

    def clean_deputy(self) -> Deputy:
        typed = self.cleaned_data["deputy"].strip()
        within = Deputy.objects.sitting().filter(
            congress__region__path__startswith=self.congress.region.path
        )
        found = list(within.known_as(typed).select_related("person")[:2])
        if not found:
            raise forms.ValidationError(_("没有找到这位代表。"))
        if len(found) > 1:
            raise forms.ValidationError(_("有重名，请填代表证号。"))
        return found[0]


class OfficerForm(forms.Form):
    """Nobody learns here who has an account in another congress."""

    user = forms.CharField(label=_("联络员的登录名"), max_length=60)

    def __init__(self, *args, congress, **options):
        super().__init__(*args, **options)
        self.congress = congress

    def clean_user(self) -> User:
        typed = self.cleaned_data["user"].strip()
        user = User.objects.filter(username__iexact=typed, is_active=True).first()
        if user is None or not may_sit_in(user, self.congress):
            raise forms.ValidationError(_("本级没有这个登录名。先请系统管理员开账号。"))
        return user


class DutyForm(forms.Form):
    day = forms.DateField(label=_("哪一天"), widget=DayInput)
    starts_at = forms.TimeField(
        label=_("开始"),
        initial=dt.time(9),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    ends_at = forms.TimeField(
        label=_("结束"),
        initial=dt.time(11),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    clinic = forms.ChoiceField(label=_("形式"), choices=Clinic.choices)
    theme = forms.CharField(label=_("主题"), max_length=120, required=False)
    place = forms.CharField(
        label=_("地点"), max_length=120, required=False, help_text=_("不在站里时填。")
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("接待的代表"),
        required=False,
        queryset=Deputy.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, venue, **options):
        super().__init__(*args, **options)
        placed = Deputy.objects.sitting().filter(placements__venue=venue)
        self.fields["deputies"].queryset = placed.select_related("person").order_by("sort_key")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        starts_at, ends_at = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts_at and ends_at and ends_at <= starts_at:
            self.add_error("ends_at", _("结束时间要晚于开始时间。"))
        return cleaned


class CloseForm(forms.Form):
    n_visitors = forms.IntegerField(
        label=_("来了多少人"), min_value=0, max_value=MOST_VISITORS, initial=0
    )
    absent = forms.ModelMultipleChoiceField(
        label=_("排了班没有来的代表"),
        required=False,
        queryset=Deputy.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    words = words_field(_("说明"), required=False, most=500, rows=2)

    def __init__(self, *args, duty, **options):
        super().__init__(*args, **options)
        self.fields["absent"].queryset = duty.deputies.select_related("person").order_by("sort_key")


class CancelForm(forms.Form):
    words = forms.CharField(
        label=_("为什么取消"), max_length=200, help_text=_("居民和代表都看得到。")
    )


class TimetableFilter(forms.Form):
    month = forms.CharField(label=_("月份"), required=False, max_length=7, widget=forms.HiddenInput)
    q = forms.CharField(label=_("家站"), required=False, max_length=40, widget=SearchInput)
    clinic = forms.ChoiceField(label=_("形式"), required=False, choices=[ALL, *Clinic.choices])
    state = forms.ChoiceField(
        label=_("状态"),
        required=False,
        choices=[ALL, *DutyState.choices, ("held", _("实际举行")), ("missed", _("没有接待"))],
    )
