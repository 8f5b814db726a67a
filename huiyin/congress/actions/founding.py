"""The first day of a real installation: a congress, its term, and three administrators who do the rest by pages."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import models, transaction

from huiyin.accounts import actions as accounts
from huiyin.accounts.models import User
from huiyin.congress.actions.appointments import appoint_anew
from huiyin.congress.actions.structure import convene_session, open_term
from huiyin.congress.choices import SEPARATED, Level
from huiyin.congress.models import Appointment, Congress, Session, Term
from huiyin.kernel import clock
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.regions import actions as regions
from huiyin.regions.choices import Level as RegionLevel
from huiyin.regions.models import Region
from huiyin.rulebook import actions as rulebook

SUB_DISTRICT = "街道"
SHORT = 20
UNSET = "!"  # as Django writes that nobody can log in with it


@dataclass(frozen=True)
class Administrator:
    """Who is to hold one of the three seats; the login name is new to the house."""

    role: str
    username: str
    name: str


@dataclass(frozen=True)
class Sitting:
    """A session of the term that is founded."""

    number: int
    starts_on: dt.date
    ends_on: dt.date


@dataclass(frozen=True)
class Wanted:
    """The congress as it is to stand; what is left empty follows from the region's name."""

    code: str
    level: str
    term: int
    term_starts_on: dt.date
    administrators: Sequence[Administrator]
    session: Sitting | None = None
    name: str = ""
    short_name: str = ""
    document_prefix: str = ""


@dataclass
class Remembered:
    """What one run has made."""

    rows: list[models.Model] = field(default_factory=list)
    passwords: dict[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Founded:
    """What stands now; `new` is what was not there before, `passwords` the first ones, by appointment."""

    congress: Congress
    term: Term
    session: Session | None
    appointments: Sequence[Appointment]
    passwords: dict[int, str]
    packs: Sequence[str]
    new: Sequence[models.Model]


@transaction.atomic
def found_congress(wanted: Wanted, *, by: HasActor) -> Founded:
    """Bring divisions, rules, congress, term, session and administrators to stand: all of it or nothing.

    What is there stays as it is, so that a second run changes nothing. A seat that somebody holds
    today is given to nobody else: that is for the system administrator, by pages.
    Raises NotPossible where region, level, term or login name does not fit.
    """
    if {each.role for each in wanted.administrators} != SEPARATED:
        raise NotPossible(_("系统、安全、审计三个管理员各要一位。"))
    region, made = _region(wanted.code, wanted.level), Remembered()
    packs = rulebook.load_packs_of(region)
    congress = _congress(region, wanted, made)
    term = _term(congress, wanted, made, by=by)
    session = _session(term, wanted.session, made, by=by)
    appointments = [_seat(congress, each, made, by=by) for each in wanted.administrators]
    return Founded(congress, term, session, appointments, made.passwords, packs, made.rows)


def _region(code: str, level: str) -> Region:
    """The division, held until the end: of two runs at once the second finds what the first founded."""
    if not Region.objects.filter(code=code).exists():
        regions.load_divisions()
    region = Region.objects.select_for_update(of=("self",)).filter(code=code).first()
    if region is None:
        raise NotPossible(
            _("没有代码为%(code)s的区划。请先用 load_regions 装入本地的区划文件。") % {"code": code}
        )
    _refuse_wrong_level(region, level)
    return region


def _refuse_wrong_level(region: Region, level: str) -> None:
    """宪法 art. 95: provinces, cities, counties, districts, townships and towns have a congress.

    A sub-district (街道) is an office of the level above, a statistical code no division at all.
    """
    if region.is_statistical or region.name.endswith(SUB_DISTRICT):
        raise NotPossible(_("“%(region)s”不设人民代表大会。") % {"region": region.name})
    if region.level != level:
        words = {
            "region": region.name,
            "found": kept(RegionLevel(region.level).label),
            "wanted": kept(Level(level).label),
        }
        raise NotPossible(_("“%(region)s”是%(found)s区划，不是%(wanted)s。") % words)


def _congress(region: Region, wanted: Wanted, made: Remembered) -> Congress:
    found = Congress.objects.filter(region=region).first()
    if found is not None:
        return found
    congress = Congress(
        region=region,
        level=wanted.level,
        name=wanted.name or _("%(region)s人民代表大会") % {"region": region.name},
        short_name=wanted.short_name or (_("%(region)s人大") % {"region": region.name})[:SHORT],
        document_prefix=wanted.document_prefix,
    )
    _refuse_unfit(congress)
    congress.save(force_insert=True)
    made.rows.append(congress)
    return congress


def _term(congress: Congress, wanted: Wanted, made: Remembered, *, by: HasActor) -> Term:
    """The term of this number; another one would end the running one, which nobody means here."""
    terms = {term.number: term for term in congress.terms.all()}
    if wanted.term in terms:
        return terms[wanted.term]
    if terms:
        raise NotPossible(
            _("%(congress)s已经有第%(number)d届。换届请在“届次和会议”页建新的一届。")
            % {"congress": congress.name, "number": max(terms)}
        )
    term = open_term(congress, number=wanted.term, starts_on=wanted.term_starts_on, by=by)
    made.rows.append(term)
    return term


def _session(
    term: Term, sitting: Sitting | None, made: Remembered, *, by: HasActor
) -> Session | None:
    if sitting is None:
        return None
    found = term.sessions.filter(number=sitting.number).first()
    if found is not None:
        return found
    session = convene_session(
        term,
        number=sitting.number,
        starts_on=sitting.starts_on,
        ends_on=sitting.ends_on,
        by=by,
    )
    made.rows.append(session)
    return session


def _seat(
    congress: Congress, wanted: Administrator, made: Remembered, *, by: HasActor
) -> Appointment:
    """Whoever holds the seat today, else the one named, with an account and its first password."""
    held = Appointment.objects.in_force(clock.today()).filter(congress=congress, role=wanted.role)
    found = held.select_related("user").order_by("pk").first()
    if found is not None:
        return found
    _refuse_unfit(User(username=wanted.username, name=wanted.name, password=UNSET))
    password = accounts.one_time_password()
    appointment = appoint_anew(
        congress,
        user=None,
        username=wanted.username,
        name=wanted.name,
        email="",
        password=password,
        role=wanted.role,
        unit=None,
        committee=None,
        starts_on=None,
        by=by,
    )
    made.rows.append(appointment)
    made.passwords[appointment.pk] = password
    return appointment


def _refuse_unfit(row: models.Model) -> None:
    """Where a page has a form, the command line has none."""
    try:
        row.clean_fields()
    except ValidationError as error:
        raise NotPossible(" ".join(error.messages)) from error
