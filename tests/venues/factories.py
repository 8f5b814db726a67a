"""Homes, stations and their duty timetable."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from huiyin.kernel import clock, codes, identity, steps, trail
from huiyin.venues.choices import DutyState, Kind
from huiyin.venues.models import Duty, Officer, Placement, Venue
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    CHENGGUAN,
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    region,
)


class VenueFactory(DjangoModelFactory):
    """A station of the city in 城关区."""

    class Meta:
        model = Venue

    kind = Kind.STATION
    congress = factory.SubFactory(CongressFactory)
    region = factory.LazyFunction(lambda: region(**CHENGGUAN))
    code = factory.LazyFunction(codes.new_code)
    name = factory.Sequence(lambda number: f"武威路第{number}社区代表工作站")
    sort_key = factory.LazyAttribute(lambda venue: identity.sort_key(venue.name))
    address = "武威路 12 号"
    longitude = "103.834000"
    latitude = "36.061000"
    hours = "周一至周五 9:00–17:00"
    telephone = "0931-0000000"

    class Params:
        home_ = factory.Trait(
            kind=Kind.HOME, name=factory.Sequence(lambda number: f"西站街道第{number}代表之家")
        )
        of_county = factory.Trait(congress=factory.SubFactory(CongressFactory, county=True))
        of_other = factory.Trait(congress=factory.SubFactory(CongressFactory, other=True))


class OfficerFactory(DjangoModelFactory):
    """A liaison officer with the role that goes with it: `OfficerFactory(venue=venue).user`."""

    class Meta:
        model = Officer
        skip_postgeneration_save = True

    venue = factory.SubFactory(VenueFactory)
    user = factory.SubFactory(UserFactory)

    @factory.post_generation
    def appointment(self, create, extracted, **kwargs):
        AppointmentFactory(liaison=True, user=self.user, congress=self.venue.congress)


class PlacementFactory(DjangoModelFactory):
    class Meta:
        model = Placement

    deputy = factory.SubFactory(DeputyFactory)
    venue = factory.SubFactory(VenueFactory)


class DutyFactory(DjangoModelFactory):
    """A reception planned for today; `opened=True`, `closed=True`, `cancelled=True`, `missed=True`."""

    class Meta:
        model = Duty
        skip_postgeneration_save = True

    venue = factory.SubFactory(VenueFactory)
    day = factory.LazyFunction(clock.today)
    starts_at = dt.time(9)
    ends_at = dt.time(11)

    class Params:
        opened = factory.Trait(state=DutyState.OPEN, opened_at=factory.LazyFunction(clock.now))
        closed = factory.Trait(
            state=DutyState.CLOSED,
            opened_at=factory.LazyFunction(clock.now),
            closed_at=factory.LazyFunction(clock.now),
            n_visitors=3,
        )
        cancelled = factory.Trait(state=DutyState.CANCELLED)
        missed = factory.Trait(
            day=factory.LazyFunction(lambda: clock.today() - dt.timedelta(days=1))
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return steps.create(model_class(*args, **kwargs), "plan_duty", by=trail.SYSTEM)

    @factory.post_generation
    def deputies(self, create, extracted, **kwargs):
        if extracted:
            self.deputies.set(extracted)
