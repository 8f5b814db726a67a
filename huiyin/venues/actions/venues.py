"""Opening venues, placing deputies, naming officers. Who changed what is kept by pghistory."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import MandateState, Role
from huiyin.congress.models import Appointment, Congress, Deputy
from huiyin.congress.seats import may_sit_in
from huiyin.kernel import clock, codes, identity
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region
from huiyin.venues.choices import Kind
from huiyin.venues.models import Officer, Placement, Venue


@transaction.atomic
def open_venue(
    congress: Congress,
    *,
    kind: str,
    region: Region,
    name: str,
    home: Venue | None = None,
    address: str = "",
    longitude: Decimal | None = None,
    latitude: Decimal | None = None,
    hours: str = "",
    telephone: str = "",
    by: HasActor,
) -> Venue:
    """A new home or station, open to residents, with a code of its own."""
    _refuse_wrong_home(kind, home, congress)
    if not congress.region.contains(region):
        raise NotPossible(_("这个地方不在%(region)s。") % {"region": congress.region.name})
    return Venue.objects.create(
        congress=congress,
        kind=kind,
        region=region,
        name=name,
        home=home,
        address=address,
        longitude=longitude,
        latitude=latitude,
        hours=hours,
        telephone=telephone,
        code=codes.new_code(),
        sort_key=identity.sort_key(name),
    )


@transaction.atomic
def change_venue(venue: Venue, *, changes: dict[str, Any], by: HasActor) -> Venue:
    """Correct or close; the code on its posters stays for ever."""
    venue = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    for name, value in changes.items():
        setattr(venue, name, value)
    _refuse_wrong_home(venue.kind, venue.home, venue.congress)
    venue.sort_key = identity.sort_key(venue.name)
    venue.updated_at = clock.now()
    venue.save(update_fields=[*changes, "sort_key", "updated_at"])
    return venue


@transaction.atomic
def place(deputy: Deputy, venue: Venue, *, is_main: bool | None = None, by: HasActor) -> Placement:
    """Place a deputy; the first place is the main one unless said otherwise."""
    deputy = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    if deputy.state != MandateState.ACTIVE:
        raise NotPossible(_("%(name)s现在不执行代表职务。") % {"name": deputy})
    if Placement.objects.filter(deputy=deputy, venue=venue).exists():
        raise NotPossible(_("%(name)s已经在这里了。") % {"name": deputy})
    others = Placement.objects.filter(deputy=deputy, is_main=True)
    if is_main is None:
        is_main = not others.exists()
    elif is_main:
        others.update(is_main=False)
    return Placement.objects.create(deputy=deputy, venue=venue, is_main=is_main)


@transaction.atomic
def remove(placement: Placement, *, by: HasActor) -> None:
    """The deputy is no longer placed here; the next place, if any, becomes the main one."""
    deputy = Deputy.objects.select_for_update(of=("self",)).get(pk=placement.deputy_id)
    Placement.objects.filter(pk=placement.pk).delete()
    left = Placement.objects.filter(deputy=deputy).order_by("pk")
    first = left.first()
    if first and not left.filter(is_main=True).exists():
        first.is_main = True
        first.save(update_fields=["is_main"])


@transaction.atomic
def add_officer(venue: Venue, *, user: User, by: HasActor) -> Officer:
    """Name a liaison officer, with the role that goes with it where it is still missing."""
    venue = Venue.objects.select_for_update(of=("self",)).get(pk=venue.pk)
    if Officer.objects.filter(venue=venue, user=user).exists():
        raise NotPossible(_("%(name)s已经是这里的联络员。") % {"name": user.name})
    if not may_sit_in(user, venue.congress):
        raise NotPossible(_("%(name)s不在本级任职。") % {"name": user.name})
    held = Appointment.objects.in_force(clock.today()).filter(user=user, congress=venue.congress)
    if not held.filter(role=Role.LIAISON).exists():
        congress_actions.appoint(user, role=Role.LIAISON, congress=venue.congress, by=by)
    return Officer.objects.create(venue=venue, user=user)


@transaction.atomic
def remove_officer(officer: Officer, *, by: HasActor) -> None:
    Officer.objects.filter(pk=officer.pk).delete()


@transaction.atomic
def remove_officers_of(appointment: Appointment) -> int:
    """Who is no longer a liaison officer of the congress keeps none of its venues."""
    if appointment.role != Role.LIAISON:
        return 0
    kept = Officer.objects.filter(user=appointment.user_id, venue__congress=appointment.congress_id)
    return kept.delete()[0]


def _refuse_wrong_home(kind: str, home: Venue | None, congress: Congress) -> None:
    if home is None:
        return
    if kind != Kind.STATION:
        raise NotPossible(_("只有工作站才属于一个家。"))
    if home.kind != Kind.HOME or home.congress_id != congress.pk:
        raise NotPossible(_("“%(name)s”不是本级的代表之家。") % {"name": home.name})
