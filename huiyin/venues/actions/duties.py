"""Planning receptions, and what happens on the day."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse

from huiyin.congress.choices import MandateState
from huiyin.congress.models import Deputy
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.venues.choices import Clinic, DutyState
from huiyin.venues.models import Duty, Venue
from huiyin.venues.workflow import DUTY


@transaction.atomic
def plan_duty(
    venue: Venue,
    *,
    day: dt.date,
    starts_at: dt.time,
    ends_at: dt.time,
    clinic: str = Clinic.SITTING,
    deputies: Iterable[Deputy] = (),
    theme: str = "",
    place: str = "",
    by: HasActor,
) -> Duty:
    """Put a reception into the timetable, where residents see it at once."""
    venue = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    deputies = list(deputies)
    _refuse_bad_time(venue, day, starts_at, ends_at)
    _refuse_idle_deputies(deputies)
    duty = Duty(
        venue=venue,
        day=day,
        starts_at=starts_at,
        ends_at=ends_at,
        clinic=clinic,
        theme=theme,
        place=place,
    )
    names = "、".join(str(deputy) for deputy in deputies)
    steps.create(duty, "plan_duty", by=by, words=names)
    duty.deputies.set(deputies)
    return duty


@transaction.atomic
def open_duty(duty: Duty, *, by: HasActor) -> Duty:
    return steps.take(DUTY, "open_duty", duty, by=by, changes={"opened_at": clock.now()})


@transaction.atomic
def close_duty(
    duty: Duty, *, n_visitors: int, absent: Iterable[Deputy] = (), words: str = "", by: HasActor
) -> Duty:
    """How many came, and which of the deputies on duty did not."""
    absent = list(absent)
    strangers = {deputy.pk for deputy in absent} - set(duty.deputies.values_list("pk", flat=True))
    if strangers:
        raise NotPossible(_("只能勾选这次排了班的代表。"))
    changes = {"closed_at": clock.now(), "n_visitors": n_visitors}
    duty = steps.take(DUTY, "close_duty", duty, by=by, changes=changes, words=words)
    duty.absent.set(absent)
    return duty


@transaction.atomic
def cancel(duty: Duty, *, words: str, by: HasActor) -> Duty:
    """Call a reception off, with the reason residents read, and tell the deputies."""
    if not words.strip():
        raise NotPossible(_("请写明为什么取消。"))
    duty = steps.take(DUTY, "cancel", duty, by=by, words=words)
    for deputy in duty.deputies.select_related("person__user", "congress"):
        notices.send_to_deputy(
            deputy,
            key=f"duty:{duty.pk}:cancelled",
            subject=_("一次接待取消了"),
            words=_("%(day)s在%(venue)s的接待取消了：%(words)s")
            % {"day": duty.day, "venue": duty.venue.name, "words": words},
            about=duty,
            path=reverse("venues:card", args=[duty.venue.code]),
        )
    return duty


def remind(day: dt.date) -> int:
    """Tell the deputies who are on duty that day; sent twice it arrives once."""
    duties = Duty.objects.on(day).filter(state=DutyState.PLANNED).select_related("venue")
    told = 0
    for duty in duties.prefetch_related("deputies__person__user", "deputies__congress"):
        for deputy in duty.deputies.all():
            notices.send_to_deputy(
                deputy,
                key=f"duty:{duty.pk}:reminder",
                subject=_("明天有一次接待"),
                words=_("%(day)s %(time)s，%(venue)s。")
                % {"day": duty.day, "time": f"{duty.starts_at:%H:%M}", "venue": duty.venue.name},
                about=duty,
                path=reverse("venues:card", args=[duty.venue.code]),
            )
            told += 1
    return told


def _refuse_bad_time(venue: Venue, day: dt.date, starts_at: dt.time, ends_at: dt.time) -> None:
    if not venue.is_open:
        raise NotPossible(_("“%(name)s”已经停用。") % {"name": venue.name})
    if day < clock.today():
        raise NotPossible(_("接待日期不能早于今天。"))
    if ends_at <= starts_at:
        raise NotPossible(_("结束时间要晚于开始时间。"))
    same_time = venue.duties.on(day).filter(starts_at__lt=ends_at, ends_at__gt=starts_at)
    if same_time.exclude(state=DutyState.CANCELLED).exists():
        raise NotPossible(_("这个时间已经排了一次接待。"))


def _refuse_idle_deputies(deputies: list[Deputy]) -> None:
    for deputy in deputies:
        if deputy.state != MandateState.ACTIVE:
            raise NotPossible(_("%(name)s现在不执行代表职务。") % {"name": deputy})
