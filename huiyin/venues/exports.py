"""Venues and receptions as rows for a spreadsheet."""

from typing import Any

from django.utils.translation import gettext as _

from huiyin.venues.models import Duty

Rows = Any


def public_venues(venues: Any) -> tuple[list[str], Rows]:
    """What everybody may see of the homes and stations, with today's reception."""
    headers = [_("名称"), _("县区"), _("街道"), _("地址"), _("今天开始"), _("今天结束")]
    return headers, (_public_venue_row(venue) for venue in venues)


def _public_venue_row(venue: Any) -> list[Any]:
    hours = (venue.today_starts_at, venue.today_ends_at)
    return [
        *(venue.name, venue.region.parent.name, venue.region.name, venue.address),
        *(f"{hour:%H:%M}" if hour else "" for hour in hours),
    ]


def venue_headers() -> list[str]:
    return [
        _("名称"),
        _("类型"),
        _("编码"),
        _("地区代码"),
        _("地区"),
        _("属于哪个家"),
        _("地址"),
        _("经度"),
        _("纬度"),
        _("开放时间"),
        _("公开电话"),
        _("开放"),
        _("代表人数"),
    ]


def venue_rows(venues: Any) -> Rows:
    for venue in venues:
        yield [
            venue.name,
            venue.get_kind_display(),
            venue.code,
            venue.region.code,
            venue.region.name,
            venue.home.name if venue.home else "",
            venue.address,
            venue.longitude,
            venue.latitude,
            venue.hours,
            venue.telephone,
            venue.is_open,
            venue.n_deputies,
        ]


def duty_headers() -> list[str]:
    return [
        _("日期"),
        _("开始"),
        _("结束"),
        _("家站"),
        _("形式"),
        _("主题"),
        _("代表"),
        _("状态"),
        _("来访人数"),
    ]


def duty_rows(duties: Any, today: Any) -> Rows:
    for duty in duties:
        yield [
            duty.day,
            f"{duty.starts_at:%H:%M}",
            f"{duty.ends_at:%H:%M}",
            duty.venue.name,
            duty.get_clinic_display(),
            duty.theme,
            _("、").join(duty.names),
            duty_state(duty, today),
            duty.n_visitors,
        ]


def duty_state(duty: Duty, today: Any) -> str:
    return _("没有接待") if duty.is_missed(today) else duty.get_state_display()
