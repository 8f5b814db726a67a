"""Who lives in the demonstration city: deputies, staff of congresses and units, and their accounts."""

import csv
import datetime as dt
import io
import itertools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password

from huiyin.accounts.models import User
from huiyin.congress import actions as congress
from huiyin.congress import imports
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy, ElectingBase, Person, Term, Unit
from huiyin.demo.city import ELECTED, City
from huiyin.demo.names import People
from huiyin.demo.office import Office
from huiyin.kernel.trail import SYSTEM

# Deputies of three levels in the article's city: 5,879, of whom 353 of the city.
ALL_DEPUTIES, CITY_DEPUTIES, COUNTY_DEPUTIES = 5_879, 353, 1_860
SINCE = dt.date(2022, 1, 20)
# The names a stranger logs in with; everybody else has an account without a usable password.
UNIT_LOGINS = {"住建局": ("unit", "leader"), "财政局": ("unit2", "leader2")}
ADMINISTRATORS = {
    "admin": Role.SYSTEM_ADMINISTRATOR,
    "security": Role.SECURITY_ADMINISTRATOR,
    "audit": Role.AUDITOR,
}
UNUSABLE = "!demonstration"
HEADERS = (
    "姓名",
    "性别",
    "民族",
    "单位及职务",
    "手机",
    "身份证号",
    "代表团",
    "选举单位",
    "代表证号",
    "当选日期",
)
POSTS = ("社区党委书记", "小学教师", "企业技术员", "村委会主任", "社区医生", "种植大户", "公交驾驶员",
         "中学校长", "街道干部", "工程师", "个体经营者", "律师")  # fmt: skip


@dataclass(frozen=True)
class Roll:
    """One term's deputies as the file that staff would import."""

    term: Term
    content: bytes


def seat_city(city: City, people: People) -> list[Deputy]:
    """The counties' congresses elect the city's deputies (选举法 art. 3)."""
    bases = [
        (f"{county.region.name}人民代表大会", f"{county.region.name}代表团")
        for county in city.counties
    ]
    seat(_roll(city.term, _shared(CITY_DEPUTIES, bases), people))
    _place_bases(city)
    deputies = Deputy.objects.filter(term=city.term).select_related(
        "person", "electing_base__region", "congress__region", "term"
    )
    seated = list(deputies.order_by("card_number"))
    _give_accounts([deputy.person for deputy in seated])
    joins = Deputy.groups.through
    joins.objects.bulk_create(
        joins(deputy=deputy, deputygroup=city.groups[place % len(city.groups)])
        for place, deputy in enumerate(seated)
    )
    return seated


def _place_bases(city: City) -> None:
    """Which county an electing unit stands for: the import knows only its name."""
    for county in city.counties:
        name = f"{county.region.name}人民代表大会"
        ElectingBase.objects.filter(congress=city.congress, name=name).update(region=county.region)


def rolls_below(city: City, people: People) -> list[Roll]:
    """Counties and towns, where residents elect directly: eight constituencies in each."""
    in_towns = ALL_DEPUTIES - CITY_DEPUTIES - COUNTY_DEPUTIES
    return [
        *_rolls(city.counties, COUNTY_DEPUTIES, people),
        *_rolls(city.townships, in_towns, people),
    ]


def seat(roll: Roll) -> None:
    """Through the same import that staff use."""
    plan = imports.read_deputies(roll.content, "deputies.csv", term=roll.term)
    imports.seat_all(plan, term=roll.term, by=SYSTEM)


def _rolls(congresses: list[Congress], n: int, people: People) -> Iterator[Roll]:
    terms = Term.objects.filter(congress__in=congresses).select_related("congress__region")
    each, more = divmod(n, len(congresses))
    for place, term in enumerate(terms.order_by("pk")):
        bases = [(f"{term.congress.region.name}第{number}选区", "") for number in range(1, 9)]
        yield _roll(term, _shared(each + (place < more), bases), people)


def _shared(n: int, bases: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The base of each of n deputies, spread evenly, base by base."""
    return sorted(itertools.islice(itertools.cycle(bases), n))


def _roll(term: Term, bases: list[tuple[str, str]], people: People) -> Roll:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(HEADERS)
    for place, (base, delegation) in enumerate(bases, start=1):
        new = people.next()
        card = f"{term.number}{term.congress_id:03d}{place:04d}"
        post = POSTS[place % len(POSTS)]
        writer.writerow(
            [new.name, new.sex, new.ethnic_group, post, new.phone, new.identity_number,
             delegation, base, card, f"{ELECTED}"]
        )  # fmt: skip
    return Roll(term, out.getvalue().encode())


def _give_accounts(persons: list[Person]) -> None:
    accounts = [
        User(
            username="deputy" if place == 1 else f"deputy{place}",
            name=person.name,
            password=UNUSABLE,
            acting_as="兰州市人民代表大会代表",
        )
        for place, person in enumerate(persons, start=1)
    ]
    User.objects.bulk_create(accounts)
    for person, account in zip(persons, accounts, strict=True):
        person.user = account
    Person.objects.bulk_update(persons, ["user"])


def staff(city: City, people: People) -> Office:
    """The city's committee, one clerk and one leader in each unit, and the government's office."""
    office = city.units["政府办公厅"]
    clerk = _appointed("clerk", people, Role.CLERK, city.congress)
    director = _appointed("director", people, Role.DIRECTOR, city.congress)
    _appointed("member", people, Role.MEMBER, city.congress)
    _appointed("office", people, Role.GOVERNMENT, city.congress, office)
    for username, role in ADMINISTRATORS.items():
        _appointed(username, people, role, city.congress)
    handlers = {
        unit.pk: _unit_staff(unit, *_unit_logins(short, number), people)
        for number, (short, unit) in enumerate(city.units.items(), start=1)
    }
    return Office(clerk, director, handlers)


def _unit_logins(short: str, number: int) -> tuple[str, str]:
    return UNIT_LOGINS.get(short, (f"handler{number}", f"signer{number}"))


def _unit_staff(unit: Unit, clerk: str, leader: str, people: People) -> tuple[User, User]:
    return (
        _appointed(clerk, people, Role.UNIT_CLERK, unit.congress, unit),
        _appointed(leader, people, Role.UNIT_LEADER, unit.congress, unit),
    )


def _appointed(
    username: str, people: People, role: str, owner: Congress, unit: Unit | None = None
) -> User:
    user = account(username, people)
    congress.appoint(user, role=role, congress=owner, unit=unit, starts_on=SINCE, by=SYSTEM)
    return user


def account(username: str, people: People) -> User:
    return User.objects.create(username=username, name=people.next().name, password=UNUSABLE)


def open_logins(usernames: Iterable[str], password: str) -> None:
    """Only these accounts get a password, all the same one: it is hashed once."""
    User.objects.filter(username__in=list(usernames)).update(password=make_password(password))
