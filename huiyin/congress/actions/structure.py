"""Terms, sessions, units, committees and deputy groups."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huiyin.congress.models import Committee, Congress, DeputyGroup, Session, Term, Unit
from huiyin.kernel import identity
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible


@transaction.atomic
def open_term(congress: Congress, *, number: int, starts_on: dt.date, by: HasActor) -> Term:
    """Begin a term; the running one ends the day before (代表法 art. 2).

    One that lies before a term already here is of the past, for old items: it ends where the next
    one begins, and the running term runs on.
    """
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    if congress.terms.filter(number=number).exists():
        raise NotPossible(_("第%(number)d届已经有了。") % {"number": number})
    following = congress.terms.filter(starts_on__gt=starts_on).order_by("starts_on").first()
    if following is not None:
        return _open_past_term(congress, number, starts_on, following)
    congress.terms.filter(ends_on=None).update(ends_on=starts_on - dt.timedelta(days=1))
    return Term.objects.create(congress=congress, number=number, starts_on=starts_on)


def _open_past_term(congress: Congress, number: int, starts_on: dt.date, following: Term) -> Term:
    if number > following.number:
        raise NotPossible(
            _("开始日期早于第%(number)d届，届数要更小。") % {"number": following.number}
        )
    ends_on = following.starts_on - dt.timedelta(days=1)
    return Term.objects.create(
        congress=congress, number=number, starts_on=starts_on, ends_on=ends_on
    )


@transaction.atomic
def close_term(term: Term, *, ends_on: dt.date, by: HasActor) -> Term:
    term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if ends_on <= term.starts_on:
        raise NotPossible(_("结束日期要晚于开始日期。"))
    term.ends_on = ends_on
    term.save(update_fields=["ends_on"])
    return term


@transaction.atomic
def convene_session(
    term: Term,
    *,
    number: int,
    starts_on: dt.date,
    ends_on: dt.date,
    motion_deadline: dt.datetime | None = None,
    by: HasActor,
) -> Session:
    term = Term.objects.select_for_update(of=("self",)).get(pk=term.pk)
    if ends_on < starts_on:
        raise NotPossible(_("闭幕日期不能早于开幕日期。"))
    if term.sessions.filter(number=number).exists():
        raise NotPossible(_("第%(number)d次会议已经有了。") % {"number": number})
    return Session.objects.create(
        term=term,
        number=number,
        starts_on=starts_on,
        ends_on=ends_on,
        motion_deadline=motion_deadline,
    )


@transaction.atomic
def open_unit(
    congress: Congress,
    *,
    kind: str,
    name: str,
    short_name: str = "",
    document_prefix: str = "",
    by: HasActor,
) -> Unit:
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    _refuse_known_name(congress.units.all(), name)
    return Unit.objects.create(
        congress=congress,
        kind=kind,
        name=name,
        short_name=short_name or name[:20],
        document_prefix=document_prefix,
        sort_key=identity.sort_key(name),
    )


@transaction.atomic
def change_unit(unit: Unit, *, changes: dict[str, str | bool], by: HasActor) -> Unit:
    """Rename or retire; a unit that handled something is never deleted."""
    Congress.objects.select_for_update(of=("self",)).get(pk=unit.congress_id)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if "name" in changes:
        _refuse_known_name(unit.congress.units.exclude(pk=unit.pk), str(changes["name"]))
    for name, value in changes.items():
        setattr(unit, name, value)
    unit.sort_key = identity.sort_key(unit.name)
    unit.save(update_fields=[*changes, "sort_key"])
    return unit


@transaction.atomic
def open_committee(congress: Congress, *, name: str, by: HasActor) -> Committee:
    """A special committee or working organ, which motions are given to and staff are appointed to."""
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    _refuse_known_name(congress.committees.all(), name)
    return Committee.objects.create(congress=congress, name=name)


@transaction.atomic
def open_group(congress: Congress, *, name: str, field: str = "", by: HasActor) -> DeputyGroup:
    """A deputy group, by place or by field (代表法 art. 26)."""
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    _refuse_known_name(congress.groups.all(), name)
    return DeputyGroup.objects.create(congress=congress, name=name, field=field)


def _refuse_known_name(bodies: QuerySet[Any], name: str) -> None:
    """One name, one body. Ask with the congress locked: of two who ask at once the second is told."""
    if bodies.filter(name=name).exists():
        raise NotPossible(_("“%(name)s”已经有了。") % {"name": name})
