"""An invented congress: everything belongs to Lanzhou's 17th unless told otherwise."""

import datetime as dt
from typing import Any

import factory
from factory.django import DjangoModelFactory

from huiyin.accounts.models import User
from huiyin.congress.choices import ElectingKind, Level, MandateState, Role, UnitKind
from huiyin.congress.models import (
    Appointment,
    Committee,
    Congress,
    Deputy,
    ElectingBase,
    Person,
    Session,
    Term,
    Unit,
)
from huiyin.kernel import codes, identity, steps, trail
from huiyin.regions.models import Region
from tests.accounts.factories import UserFactory, invented_name

LANZHOU = {"code": "620100", "name": "兰州市", "level": "city", "path": "/000000/620000/620100/"}
CHENGGUAN = {
    "code": "620102",
    "name": "城关区",
    "level": "county",
    "path": "/000000/620000/620100/620102/",
}
QINGDAO = {"code": "370200", "name": "青岛市", "level": "city", "path": "/000000/370000/370200/"}


def region(*, code: str, name: str, level: str, path: str) -> Region:
    """The division with its line of parents, made when it is not there yet."""
    parent = None
    for place, above in enumerate(path.strip("/").split("/")[:-1]):
        parent, _ = Region.objects.get_or_create(
            code=above,
            defaults={
                "name": {"000000": "全国", "620000": "甘肃省", "620100": "兰州市"}.get(
                    above, above
                ),
                "level": ("country", "province", "city", "county")[place],
                "parent": parent,
                "path": f"{parent.path if parent else '/'}{above}/",
            },
        )
    made, _ = Region.objects.get_or_create(
        code=code, defaults={"name": name, "level": level, "path": path, "parent": parent}
    )
    return made


class CongressFactory(DjangoModelFactory):
    """`CongressFactory()` is always the same city; `county=True`, `other=True` are two others."""

    class Meta:
        model = Congress
        django_get_or_create = ("region",)

    level = Level.CITY
    region = factory.LazyFunction(lambda: region(**LANZHOU))
    name = factory.LazyAttribute(lambda congress: f"{congress.region.name}人民代表大会")
    short_name = factory.LazyAttribute(lambda congress: f"{congress.region.name[:2]}人大")
    document_prefix = "兰人办"

    class Params:
        county = factory.Trait(
            level=Level.COUNTY, region=factory.LazyFunction(lambda: region(**CHENGGUAN))
        )
        other = factory.Trait(region=factory.LazyFunction(lambda: region(**QINGDAO)))


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ("congress", "number")

    congress = factory.SubFactory(CongressFactory)
    number = 17
    starts_on = dt.date(2022, 1, 5)


class SessionFactory(DjangoModelFactory):
    class Meta:
        model = Session
        django_get_or_create = ("term", "number")

    term = factory.SubFactory(TermFactory)
    number = 5
    starts_on = dt.date(2026, 1, 12)
    ends_on = dt.date(2026, 1, 16)


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    congress = factory.SubFactory(CongressFactory)
    kind = UnitKind.DEPARTMENT
    name = factory.Sequence(lambda number: f"兰州市第{number}事务局")
    short_name = factory.Sequence(lambda number: f"{number}事务局")
    document_prefix = "兰事"
    sort_key = factory.LazyAttribute(lambda unit: identity.sort_key(unit.name))

    class Params:
        office = factory.Trait(
            kind=UnitKind.OFFICE,
            name=factory.Sequence(lambda number: f"兰州市人民政府办公室{number}"),
            short_name=factory.Sequence(lambda number: f"市政府办{number}"),
        )
        court = factory.Trait(
            kind=UnitKind.COURT,
            name=factory.Sequence(lambda number: f"兰州市第{number}中级法院"),
            short_name=factory.Sequence(lambda number: f"第{number}中院"),
        )


class CommitteeFactory(DjangoModelFactory):
    class Meta:
        model = Committee

    congress = factory.SubFactory(CongressFactory)
    name = "城建环资委员会"


class ElectingBaseFactory(DjangoModelFactory):
    class Meta:
        model = ElectingBase

    congress = factory.SubFactory(CongressFactory)
    kind = ElectingKind.ELECTING_UNIT
    name = factory.Sequence(lambda number: f"第{number}选举单位")
    region = None


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(invented_name)
    sort_key = factory.LazyAttribute(lambda person: identity.person_sort_key(person.name))
    post = "某某小学 教师"

    class Params:
        with_phone = factory.Trait(phone=factory.Sequence(lambda number: f"1990000{number:04d}"))
        with_user = factory.Trait(
            user=factory.SubFactory(UserFactory, name=factory.SelfAttribute("..name"))
        )


class DeputyFactory(DjangoModelFactory):
    """A sitting mandate. `with_user=True` gives the person an account: deputy.person.user."""

    class Meta:
        model = Deputy

    person = factory.SubFactory(PersonFactory)
    term = factory.SubFactory(TermFactory)
    congress = factory.SelfAttribute("term.congress")
    delegation = "城关区代表团"
    card_number = factory.Sequence(lambda number: f"17{number:04d}")
    code = factory.LazyFunction(codes.new_code)
    sort_key = factory.SelfAttribute("person.sort_key")
    elected_on = dt.date(2021, 12, 20)

    class Params:
        with_user = factory.Trait(person__with_user=True)
        suspended = factory.Trait(state=MandateState.SUSPENDED, suspended_on=dt.date(2026, 3, 2))
        ended = factory.Trait(state=MandateState.ENDED, ended_on=dt.date(2026, 3, 2))
        of_county = factory.Trait(term__congress__county=True)
        of_other = factory.Trait(term__congress__other=True)

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return steps.create(model_class(*args, **kwargs), "seat", by=trail.SYSTEM)


class AppointmentFactory(DjangoModelFactory):
    """One seat of one account; traits are named after the role: `AppointmentFactory(clerk=True).user`."""

    class Meta:
        model = Appointment

    user = factory.SubFactory(UserFactory)
    role = Role.CLERK
    congress = factory.SubFactory(CongressFactory)
    unit = None
    starts_on = dt.date(2022, 1, 5)

    class Params:
        clerk = factory.Trait(role=Role.CLERK)
        director = factory.Trait(role=Role.DIRECTOR)
        member = factory.Trait(role=Role.MEMBER)
        liaison = factory.Trait(role=Role.LIAISON)
        government = factory.Trait(
            role=Role.GOVERNMENT,
            unit=factory.SubFactory(
                UnitFactory, office=True, congress=factory.SelfAttribute("..congress")
            ),
        )
        unit_clerk = factory.Trait(
            role=Role.UNIT_CLERK,
            unit=factory.SubFactory(UnitFactory, congress=factory.SelfAttribute("..congress")),
        )
        unit_leader = factory.Trait(
            role=Role.UNIT_LEADER,
            unit=factory.SubFactory(UnitFactory, congress=factory.SelfAttribute("..congress")),
        )
        administrator = factory.Trait(role=Role.SYSTEM_ADMINISTRATOR)
        security = factory.Trait(role=Role.SECURITY_ADMINISTRATOR)
        auditor = factory.Trait(role=Role.AUDITOR)
        of_county = factory.Trait(congress=factory.SubFactory(CongressFactory, county=True))
        of_other = factory.Trait(congress=factory.SubFactory(CongressFactory, other=True))

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return steps.create(model_class(*args, **kwargs), "appoint", by=trail.SYSTEM)


def person_as(
    role: str, *, congress: Congress | None = None, unit: Unit | None = None, **more: Any
) -> User:
    """An account that holds this role and no other."""
    of = congress or (unit.congress if unit else CongressFactory())
    return AppointmentFactory(role=role, congress=of, unit=unit, **more).user
