"""Homes, stations, their officers, the deputies placed there, and the duty timetable."""

import datetime as dt
import random
import re
from collections import Counter

from huiyin.accounts.models import User
from huiyin.congress import actions as congress
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy
from huiyin.demo.city import City
from huiyin.demo.names import People
from huiyin.demo.people import SINCE, account
from huiyin.kernel import clock, codes, identity, trail
from huiyin.kernel.trail import SYSTEM
from huiyin.regions.choices import Level
from huiyin.regions.models import Region
from huiyin.venues.choices import Clinic, DutyState, Kind
from huiyin.venues.models import Duty, Officer, Placement, Venue

HOMES, STATIONS = 113, 480  # the article's numbers
CLINICS = (Clinic.SITTING, Clinic.SITTING, Clinic.SITTING, Clinic.GOING_OUT, Clinic.ROUND)
TIMES = (dt.time(9), dt.time(11)), (dt.time(15), dt.time(17))
WEEK = dt.timedelta(days=7)
ENDING = re.compile(r"(居民委员会|村民委员会|居委会|村委会)$")
TOWN_DISTRICTS = ("620102", "620103", "620104", "620105")


def open_venues(city: City) -> list[Venue]:
    """A home in each street or town, stations in its communities and villages.

    The city's committee keeps those of the four districts of the town itself, each county its own.
    """
    towns = _inside(city, Level.TOWNSHIP)[:HOMES]
    owners = {c.region.path: c for c in city.counties if c.region.code not in TOWN_DISTRICTS}
    homes = [
        _venue(Kind.HOME, town, _owner(owners, town, city), f"{town.name}人大代表之家")
        for town in towns
    ]
    Venue.objects.bulk_create(homes)
    by_town = {home.region.pk: home for home in homes}
    inside = _inside(city, Level.COMMUNITY)
    communities = [(r, by_town[r.parent_id]) for r in inside if r.parent_id in by_town]
    every = max(1, len(communities) // STATIONS)
    stations = [
        _venue(
            Kind.STATION,
            place,
            _owner(owners, place, city),
            f"{short_name(place)}人大代表工作站",
            home,
        )
        for place, home in communities[::every][:STATIONS]
    ]
    Venue.objects.bulk_create(stations)
    return [*homes, *stations]


def short_name(region: Region) -> str:
    """A community as people call it, without the name of its committee."""
    return ENDING.sub("", region.name)


def place_deputies(venues: list[Venue], deputies: list[Deputy]) -> None:
    """Each city deputy in a station of the county that elected him (article: 353 placed nearby)."""
    stations = [venue for venue in venues if venue.kind == Kind.STATION]
    placements = []
    for number, deputy in enumerate(deputies):
        county = deputy.electing_base.region if deputy.electing_base else None
        near = [s for s in stations if county is None or county.contains(s.region)]
        placements.append(Placement(deputy=deputy, venue=near[number % len(near)]))
    Placement.objects.bulk_create(placements)


def appoint_officers(venues: list[Venue], people: People) -> dict[int, User]:
    """One officer keeps each home and its stations; by home id. The login gets the busiest."""
    officers = {}
    homes = [venue for venue in venues if venue.kind == Kind.HOME][:FULL_HOMES]
    busy = Counter(Placement.objects.values_list("venue__home", flat=True))
    homes.sort(key=lambda home: -busy[home.pk])
    for number, home in enumerate(homes, start=1):
        user = account("liaison" if number == 1 else f"liaison{number}", people)
        congress.appoint(
            user, role=Role.LIAISON, congress=home.congress, starts_on=SINCE, by=SYSTEM
        )
        kept = [home, *(v for v in venues if v.home_id == home.pk)]
        Officer.objects.bulk_create([Officer(venue=venue, user=user) for venue in kept])
        officers[home.pk] = user
    return officers


FULL_HOMES = 24  # homes with an officer's account; the others are kept by staff


def plan_duties(venues: list[Venue], chance: random.Random, today: dt.date) -> None:
    """A year of receptions behind us and a month ahead, at the venues where deputies are placed.

    As rows: a reception planned, opened and closed is twenty statements, and thousands of them
    would take as long as the rest of the city.
    """
    placed = {venue_id: list(deputies) for venue_id, deputies in _placed_by_venue().items()}
    duties, who = [], []
    for place, venue in enumerate(venues):
        if deputies := placed.get(venue.pk):
            for duty in _duties_of(venue, place, chance, today):
                duties.append(duty)
                who.append(chance.sample(deputies, min(2, len(deputies))))
    Duty.objects.bulk_create(duties, batch_size=2_000)
    trail.record_many(duties, "plan_duty", by=SYSTEM)
    through = Duty.deputies.through
    through.objects.bulk_create(
        [
            through(duty_id=duty.pk, deputy_id=deputy)
            for duty, deputies in zip(duties, who, strict=True)
            for deputy in deputies
        ],
        batch_size=5_000,
    )


def _duties_of(venue: Venue, place: int, chance: random.Random, today: dt.date) -> list[Duty]:
    """Every fourth week on the venue's own weekday, which follows from its place among all."""
    weekday, turn = place % 5, place % 4
    first = today - (51 - turn) * WEEK + dt.timedelta(days=weekday - today.weekday())
    duties = []
    for number in range(0, 56, 4):
        day = first + number * WEEK
        starts_at, ends_at = chance.choice(TIMES)
        duty = Duty(
            venue=venue,
            day=day,
            starts_at=starts_at,
            ends_at=ends_at,
            clinic=chance.choice(CLINICS),
        )
        if day < today and chance.random() < 0.93:
            duty.opened_at = clock.at(day, starts_at.hour, 5)
            duty.closed_at = clock.at(day, ends_at.hour, 0)
            duty.state = DutyState.CLOSED
            duty.n_visitors = chance.randint(0, 9)
        duties.append(duty)
    return duties


def _placed_by_venue() -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for venue_id, deputy_id in Placement.objects.order_by("pk").values_list("venue", "deputy"):
        found.setdefault(venue_id, []).append(deputy_id)
    return found


def _inside(city: City, level: str) -> list[Region]:
    inside = Region.objects.inside(city.region).filter(level=level)
    return list(inside.order_by("code"))


def _owner(owners: dict[str, Congress], region: Region, city: City) -> Congress:
    for path, owner in owners.items():
        if region.path.startswith(path):
            return owner
    return city.congress


def _venue(
    kind: str, region: Region, owner: Congress, name: str, home: Venue | None = None
) -> Venue:
    return Venue(
        kind=kind,
        congress=owner,
        region=region,
        home=home,
        code=codes.new_code(),
        name=name,
        sort_key=identity.sort_key(name),
        address=f"{short_name(region)}便民服务中心一楼",
        hours="周一至周五 9:00–11:30，14:30–17:30",
    )
