"""Giving and taking seats."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import Token, User
from huiyin.congress import events, permissions
from huiyin.congress.choices import SEPARATED, MandateState, Role
from huiyin.congress.models import (
    Appointment,
    AppointmentQuerySet,
    Committee,
    Congress,
    Deputy,
    Unit,
)
from huiyin.congress.seats import forget
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.regions.models import Region

NEEDS_UNIT = frozenset({Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT})
LONGEST = 200  # of User.acting_as
RENEWED_FOR = dt.timedelta(days=7)  # nights that the machine may have slept
KEPT_WORDS = ["acting_as", "is_second_factor_demanded", "keeps_rules_of"]


@transaction.atomic
def appoint(
    user: User,
    *,
    role: str,
    congress: Congress,
    unit: Unit | None = None,
    committee: Committee | None = None,
    starts_on: dt.date | None = None,
    by: HasActor,
) -> Appointment:
    """Give the person a seat. NotPossible where it does not fit the person, the unit or the committee."""
    User.objects.select_for_update().get(pk=user.pk)
    refuse_own_seat(user, by=by)
    _refuse_wrong_unit(role, congress, unit)
    _refuse_wrong_committee(role, congress, committee)
    seat: dict[str, Any] = {
        "role": role, "congress": congress, "unit": unit, "committee": committee,
    }  # fmt: skip
    _refuse_second_seat(user, seat)
    appointment = Appointment(user=user, starts_on=starts_on or clock.today(), **seat)
    body = unit or committee
    words = f"{user.name} · {kept(Role(role).label)}" + (f" · {body.name}" if body else "")
    steps.create(appointment, "appoint", by=by, words=words)
    keep_acting_as(user)
    return appointment


@transaction.atomic
def appoint_anew(
    congress: Congress,
    *,
    user: User | None,
    username: str,
    name: str,
    email: str,
    password: str,
    role: str,
    unit: Unit | None,
    committee: Committee | None,
    starts_on: dt.date | None,
    by: HasActor,
) -> Appointment:
    """Appoint an account that is there, or open one first; refused, neither stays behind."""
    if user is None:
        user = accounts.create_account(username, name=name, email=email, password=password, by=by)
    return appoint(
        user,
        role=role,
        congress=congress,
        unit=unit,
        committee=committee,
        starts_on=starts_on,
        by=by,
    )


@transaction.atomic
def dismiss(appointment: Appointment, *, by: HasActor) -> Appointment:
    """End the appointment today. What the person did stays theirs in every trail."""
    locked = steps.lock(appointment)
    if locked.ends_on and locked.ends_on <= clock.today():
        raise NotPossible(_("这项任职已经结束。"))
    ends_on = max(clock.today(), locked.starts_on)
    steps.change(locked, "dismiss", by=by, changes={"ends_on": ends_on})
    keep_acting_as(locked.user)
    transaction.on_commit(partial(events.dismissed.send, Appointment, appointment_id=locked.pk))
    return locked


def users_with(congress: Congress, *roles: str, committee_id: int | None = None) -> QuerySet[User]:
    """The people who hold one of the roles today; of a committee's matter not the other committees'."""
    seats = Appointment.objects.filter(congress=congress, role__in=roles)
    return _users_on(seats.of_committee(committee_id) if committee_id else seats)


def users_of(unit: Unit, *roles: str) -> QuerySet[User]:
    """The people who act for the unit in one of the roles today."""
    seats = Appointment.objects.filter(congress=unit.congress_id, unit=unit, role__in=roles)
    return _users_on(seats)


def _users_on(seats: AppointmentQuerySet) -> QuerySet[User]:
    in_force = seats.in_force(clock.today())
    return User.objects.filter(is_active=True, pk__in=in_force.values("user")).order_by("pk")


@transaction.atomic
def revoke_token(token: Token, *, by: User) -> Token:
    """A program's key of one of the congress's people opens nothing any more."""
    if not permissions.can_revoke_token(by, token):
        raise NotAllowed("revoke a token of another congress")
    return accounts.revoke_token(token, by=by, allowed=True)


def keep_acting_as(user: User) -> None:
    """Say in words what the person is now, for the trail, and whether a second factor is due."""
    keep_acting_as_of([user])


def keep_acting_as_of(users: Sequence[User]) -> None:
    """`keep_acting_as` for many: three statements."""
    appointed, mandates = defaultdict(list), defaultdict(list)
    for appointment in (
        Appointment.objects.filter(user__in=users)
        .exclude(ends_on__lte=clock.today())
        .select_related("congress__region", "unit", "committee")
        .order_by("starts_on", "pk")
    ):
        appointed[appointment.user_id].append(appointment)
    for deputy in (
        Deputy.objects.filter(person__user__in=users, state=MandateState.ACTIVE)
        .select_related("congress", "person")
        .order_by("pk")
    ):
        mandates[deputy.person.user_id].append(deputy)
    for user in users:
        held = [one for one in appointed[user.pk] if one.starts_on <= clock.today()]
        words = [seat_words(one) for one in held]
        words += [
            _("%(congress)s代表") % {"congress": one.congress.name} for one in mandates[user.pk]
        ]
        user.acting_as = "、".join(words)[:LONGEST]
        # set up before the first day of office, not on it
        user.is_second_factor_demanded = bool(appointed[user.pk])
        user.keeps_rules_of = _kept_region(held)
        forget(user)
    User.objects.bulk_update(users, KEPT_WORDS)


def renew_acting_as() -> int:
    """Every night: whose appointment begins or ended lately is something else from today."""
    today = clock.today()
    lately = (today - RENEWED_FOR, today)
    turned = Appointment.objects.filter(Q(starts_on__range=lately) | Q(ends_on__range=lately))
    users = list(User.objects.filter(pk__in=turned.values("user")).order_by("pk"))
    keep_acting_as_of(users)
    return len(users)


def _kept_region(appointed: list[Appointment]) -> Region | None:
    """The rulebook, two floors down, asks the account itself whose rules it may change."""
    keeping = [one for one in appointed if one.role == Role.SYSTEM_ADMINISTRATOR]
    return keeping[0].congress.region if keeping else None


def seat_words(appointment: Appointment) -> str:
    return f"{appointment.body} {kept(Role(appointment.role).label)}"


def refuse_own_seat(user: User, *, by: HasActor) -> None:
    if by.as_actor().kind == "user" and by.as_actor().id == user.pk:
        raise NotPossible(_("不能给自己任职。"))


def _refuse_wrong_unit(role: str, congress: Congress, unit: Unit | None) -> None:
    if role in NEEDS_UNIT and unit is None:
        raise NotPossible(_("这个角色要选单位。"))
    if role not in NEEDS_UNIT and unit is not None:
        raise NotPossible(_("这个角色不属于哪个单位。"))
    if unit is not None and unit.congress_id != congress.pk:
        raise NotPossible(_("这个单位不在本级。"))


def _refuse_wrong_committee(role: str, congress: Congress, committee: Committee | None) -> None:
    if committee is None:
        return
    if role != Role.COMMITTEE:
        raise NotPossible(_("这个角色不属于哪个委员会。"))
    if committee.congress_id != congress.pk:
        raise NotPossible(_("这个委员会不在本级。"))


def _refuse_second_seat(user: User, seat: dict[str, Any]) -> None:
    today = clock.today()
    current = Appointment.objects.filter(user=user).exclude(ends_on__lte=today)
    if current.filter(**seat).exists():
        raise NotPossible(_("%(name)s已经担任这个角色。") % {"name": user.name})
    others = SEPARATED - {seat["role"]}
    if seat["role"] in SEPARATED and current.filter(role__in=others).exists():
        raise NotPossible(_("系统、安全、审计三个管理员不能由同一个人担任。"))
