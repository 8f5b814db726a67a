"""Builds the demonstration city: the same seed and day tell the same stories.

Only the order in which numbers are dealt may differ: several processes tell them at once
(tests/demo/test_city.py builds it twice).
"""

import datetime as dt
import gc
import multiprocessing
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection, connections, transaction
from django.db.models import F
from django.urls import resolve

from huiyin.accounts.models import User
from huiyin.congress.models import Deputy, Unit
from huiyin.demo import city as cities
from huiyin.demo import moved, oversight, places, voices
from huiyin.demo import people as peoples
from huiyin.demo.attachments import attach_papers
from huiyin.demo.lives import Life
from huiyin.demo.names import People
from huiyin.demo.office import Office
from huiyin.demo.stories import Story, draw, templates
from huiyin.demo.stories import tell as tell_story
from huiyin.demo.ways import Ways
from huiyin.kernel import clock, trail
from huiyin.notices.choices import State as MessageState
from huiyin.notices.models import Message
from huiyin.opinions.models import Matter
from huiyin.regions import actions as regions
from huiyin.rulebook import actions as rulebook
from huiyin.suggestions.choices import State
from huiyin.venues.actions import plan_duty
from huiyin.venues.choices import Kind
from huiyin.venues.models import Duty, Officer, Venue

SEED = 17
PASSWORD = "huiyin-demo"  # noqa: S105  the demonstration's known password; check --deploy refuses it
LOGINS = {
    "deputy": "市人大代表",
    "deputy2": "市人大代表",
    "liaison": "家站联络员",
    "clerk": "市人大代工委经办",
    "director": "市人大代工委负责人",
    "office": "市政府办公厅督查",
    "unit": "市住建局经办",
    "unit2": "市财政局经办",
    "leader": "市住建局负责人",
    "member": "市人大常委会组成人员",
    "committee": "市人大专委会工作人员",
    "county": "县区人大代工委经办",
    "admin": "系统管理员",
    "security": "安全管理员",
    "audit": "审计管理员",
}
DAY = dt.timedelta(days=1)
DAYS_BACK = 540
PLATFORM_VENUES = 12
UNREAD_DAYS = 2
RARELY = 200_000  # new objects between two collections: the ORM makes many and keeps few
# What is left standing for whoever tries a login: state, and how many days ago it began.
LEFT = (
    (State.COLLECTING, 3),
    (State.EXAMINING, 4),
    (State.EXAMINING, 6),
    (State.REGISTERED, 9),
    (State.ASSIGNING, 12),
    (State.HANDED_OVER, 13),
    (State.HANDLING, 25),
    (State.HANDLING, 30),
    (State.DRAFTING, 60),
    (State.REVIEWING, 65),
    (State.REPLIED, 80),
    (State.REPLIED, 85),
)
Tell = Callable[[str], None]
Begun = tuple[int, dt.date]  # a suggestion's number among all, and its first day


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    suggestions: int = 300
    other_matters: int = 260
    imported: int = 3_300


def build(*, seed: int = SEED, size: Size | None = None, tell: Tell = print) -> None:
    """The whole city. Raises nothing that a person should handle: a failure is a defect."""
    chance = random.Random(seed)  # noqa: S311  a repeatable city, no secret
    today = clock.today()
    _hurry()
    tell("行政区划、规则")
    regions.load_divisions()
    rulebook.load_calendar()
    for pack in rulebook.our_packs():
        rulebook.load_pack(pack)
    with transaction.atomic():
        tell("人大、代表、承办单位")
        city = cities.found(today)
        people = People(seed)
        deputies = peoples.seat_city(city, people)
        rolls = peoples.rolls_below(city, people)
        office = peoples.staff(city, people)
        bench = oversight.seat_bench(city, office, people)
        tell("家站、接待日")
        venues = places.open_venues(city)
        places.place_deputies(venues, deputies)
        places.appoint_officers(venues, people)
        places.plan_duties(venues, chance, today)
    tell("建议、议案和居民的话")
    year = Year(city, venues, office, chance, today, size or Size())
    first, second = year.halves()
    _side_by_side(
        lambda: year.suggest(first, tell),
        lambda: year.suggest(second, tell),
        lambda: _seat_all(rolls),
        lambda: year.hear(tell),
        year.leave_work,
        lambda: moved.move(bench, today),
    )
    tell("督办、评议、评选、征集")
    oversight.oversee(bench, chance, today)
    attach_papers(city.congress, office, today)
    _as_if_sent(today)
    peoples.open_logins(LOGINS, PASSWORD)
    trail.seal_all()


def _seat_all(rolls: list[peoples.Roll]) -> None:
    """The deputies of counties and towns: nothing that the city's year tells waits for them."""
    for roll in rolls:
        peoples.seat(roll)


def _hurry() -> None:
    """A demonstration that is lost in a power cut is built again: do not wait for the disk."""
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")


def _side_by_side(*works: Callable[[], None]) -> None:
    """Each work in a process of its own: they touch different rows, and there are two cores."""
    resolve("/")  # reads every address here, once and not in each process
    connections.close_all()
    processes = [
        multiprocessing.get_context("fork").Process(target=_alone, args=(w,)) for w in works
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise RuntimeError("the demonstration city could not be built; see above")


def _alone(work: Callable[[], None]) -> None:
    gc.set_threshold(RARELY)
    _hurry()
    work()


def _as_if_sent(today: dt.date) -> None:
    """What would have gone out over the past year is not sent now, and old news has been read."""
    waiting = Message.objects.exclude(state=MessageState.SENT)
    waiting.update(state=MessageState.SENT, sent_at=F("created_at"))
    old = Message.objects.filter(created_at__lt=clock.at(today - DAY * UNREAD_DAYS))
    old.update(read_at=F("created_at"))


class Year:
    """One and a half years of one congress's work."""

    def __init__(
        self,
        city: cities.City,
        venues: list[Venue],
        office: Office,
        chance: random.Random,
        today: dt.date,
        size: Size,
    ) -> None:
        self.city, self.office, self.chance = city, office, chance
        self.seed = chance.getrandbits(32)
        self.today, self.size = today, size
        own = [venue for venue in venues if venue.congress_id == city.congress.pk]
        self.stations = [venue for venue in own if venue.kind == Kind.STATION]
        self.placed = self._placed()

    def halves(self) -> tuple[list[Begun], list[Begun]]:
        """When suggestions begin, every second one apart: two processes have the same to tell."""
        begun = list(enumerate(self._days(), start=1))
        return begun[::2], begun[1::2]

    def suggest(self, begun: list[Begun], tell: Tell) -> None:
        """The suggestions, each from its voices to wherever it stands today."""
        for number, day in begun:
            self.chance = random.Random(f"{self.seed} {number}")  # noqa: S311  as above
            self._one_suggestion(day)
            if number % 50 == 0:
                tell(f"  建议 {number} 件")

    def leave_work(self) -> None:
        """Something of every kind waits for whoever tries a login."""
        visitor, others = self.placed_deputies[0], self.placed_deputies[1:]
        housing = [t for t in templates() if t["unit"] == "住建局"]
        for number, (state, days) in enumerate(LEFT):
            is_visitors = state == State.REPLIED
            lead = visitor if is_visitors else others[number]
            venue = self.chance.choice(
                [v for v in self.stations if lead in self.placed.get(v.pk, [])]
            )
            story = tell_story(housing[number % len(housing)], voices.place_of(venue))
            self._life(
                story,
                lead,
                self.today - DAY * days,
                matter=self._matter(story, venue, self.today - DAY * days),
                cosigners=[others[number + 20]] if is_visitors else [visitor],
                stops_at=state,
            ).live()
        self._leave_voices(visitor)
        self._leave_reception()
        Ways(
            office=self.office,
            units=self.city.units,
            deputies=others[40:],
            life=self._life,
            today=self.today,
        ).play()

    def _leave_voices(self, visitor: Deputy) -> None:
        """Two matters the visiting deputy follows; of one the resident said: not solved."""
        venue = next(v for v in self.stations if visitor in self.placed.get(v.pk, []))
        for number in (1, 2):
            story = draw(self.chance, voices.place_of(venue), rural=voices.is_rural(venue))
            voices.follow(
                story, venue, visitor, self.office.clerk, self.today, self.chance,
                is_solved=None if number == 1 else False,
            )  # fmt: skip

    def _leave_reception(self) -> None:
        """For the officer: a reception today, and two residents' words from yesterday to sort."""
        kept = set(Officer.objects.filter(user__username="liaison").values_list("venue", flat=True))
        venue = next(v for v in self.stations if v.pk in kept and v.pk in self.placed)
        clerk = self.office.clerk
        for _number in range(2):
            story = draw(self.chance, voices.place_of(venue), rural=voices.is_rural(venue))
            voices.gather(story, venue, 1, self.today - DAY, clerk=clerk, chance=self.chance)
        if not Duty.objects.filter(venue=venue, day=self.today).exists():
            with clock.set_to(clock.at(self.today - DAY * 7, 10)):
                plan_duty(
                    venue, day=self.today, starts_at=dt.time(9), ends_at=dt.time(11),
                    deputies=self.placed[venue.pk][:2], by=clerk,
                )  # fmt: skip

    def hear(self, tell: Tell) -> None:
        """Everything residents said that became no suggestion."""
        self._import()
        tell("  居民的话，从其他平台导入")
        self._other_matters()
        tell("  居民的话，逐件处理")

    def _import(self) -> None:
        """One file of another platform, taken in last week and worked through since."""
        congress, clerk = self.city.congress, self.office.clerk
        some = self.chance.sample(self.stations, PLATFORM_VENUES)
        name, content = voices.platform_file(some, self.size.imported, self.chance, self.today)
        with clock.set_to(clock.at(self.today - DAY * 7, 9)):
            voices.import_platform(congress, clerk, name, content)
        with clock.set_to(clock.at(self.today - DAY * 5, 15)):
            voices.work_through(congress, clerk, self.city.units)
            voices.pass_to_hotline(congress, clerk)

    def _days(self) -> Iterator[dt.date]:
        """When suggestions begin: many just before the session, a few each week, more of late."""
        session = self.city.sessions[-1].starts_on
        start = self.today - DAY * DAYS_BACK
        n = self.size.suggestions
        days = [session - DAY * self.chance.randint(3, 25) for _ in range(n // 2)]
        days += [start + DAY * self.chance.randrange(DAYS_BACK - 100) for _ in range(n // 4)]
        days += [self.today - DAY * self.chance.randrange(1, 100) for _ in range(n - len(days))]
        return iter(sorted(day for day in days if day < self.today))

    def _one_suggestion(self, day: dt.date) -> None:
        venue = self._venue()
        lead = self.chance.choice(self.placed[venue.pk])
        story = draw(self.chance, voices.place_of(venue), rural=voices.is_rural(venue))
        matter = self._matter(story, venue, day) if self.chance.random() < 0.6 else None
        self._life(story, lead, day, matter=matter, cosigners=self._cosigners(lead)).live()
        if matter:
            fresh = Matter.objects.get(pk=matter.pk)
            voices.hear_echo(fresh, self.office.clerk, self.chance, self.today)

    def _life(
        self,
        story: Story,
        lead: Deputy,
        day: dt.date,
        *,
        matter: Matter | None,
        cosigners: list[Deputy],
        stops_at: str = "",
    ) -> Life:
        return Life(
            story=story,
            lead=lead,
            cosigners=cosigners,
            lead_unit=self.city.units[story.unit],
            cohandlers=[self.city.units[name] for name in self._some(story.cohandlers)],
            office=self.office,
            chance=self.chance,
            day=day,
            today=self.today,
            matter=matter,
            batch_on=self._batch(day),
            stops_at=stops_at,
        )

    def _matter(self, story: Story, venue: Venue, day: dt.date) -> Matter:
        n = self.chance.choice([1, 2, 3, 4, 6, 9])
        began = day - DAY * (4 * n + 6)
        clerk = self.office.clerk
        return voices.gather(story, venue, n, began, clerk=clerk, chance=self.chance)

    def _batch(self, day: dt.date) -> dt.date | None:
        """Items of a session are handed over together at a meeting within a month (Shanghai 15)."""
        session = self.city.sessions[-1]
        in_session = session.starts_on - DAY * 30 <= day <= session.ends_on
        return session.ends_on + DAY * 24 if in_session else None

    def _cosigners(self, lead: Deputy) -> list[Deputy]:
        others = [d for d in self.placed_deputies if d.pk != lead.pk]
        return self.chance.sample(others, self.chance.choice([0, 0, 1, 2, 3]))

    def _some(self, names: tuple[str, ...]) -> list[str]:
        return [name for name in names if self.chance.random() < 0.6]

    def _other_matters(self) -> None:
        units: list[Unit] = list(self.city.units.values())
        for _ in range(self.size.other_matters):
            venue = self._venue()
            voices.other_way(
                venue,
                self.placed[venue.pk],
                units,
                self.office.clerk,
                chance=self.chance,
                day=self.today - DAY * self.chance.randint(1, 300),
                today=self.today,
            )

    def _venue(self) -> Venue:
        return self.chance.choice([venue for venue in self.stations if venue.pk in self.placed])

    def _placed(self) -> dict[int, list[Deputy]]:
        deputies = Deputy.objects.filter(
            congress=self.city.congress, placements__venue__in=self.stations
        ).select_related("person__user", "congress__region", "term")
        self.placed_deputies = list(deputies.order_by("pk"))
        of_deputy = _venue_of(self.placed_deputies)
        found: dict[int, list[Deputy]] = {}
        for deputy in self.placed_deputies:
            found.setdefault(of_deputy[deputy.pk], []).append(deputy)
        return found


def _venue_of(deputies: list[Deputy]) -> dict[int, int]:
    rows = Venue.objects.filter(placements__deputy__in=deputies, placements__is_main=True)
    return dict(rows.values_list("placements__deputy", "pk"))


def holds_another() -> bool:
    """Does the database hold people who are not this city's? It may have no tables yet."""
    if User._meta.db_table not in connection.introspection.table_names():
        return False
    is_ours = User.objects.filter(username__in=LOGINS).count() == len(LOGINS)
    return not is_ours and User.objects.exists()


def logins() -> list[tuple[str, str, str]]:
    """User name, password and words for each of the accounts a stranger may use."""
    names = dict(User.objects.filter(username__in=LOGINS).values_list("username", "name"))
    return [
        (username, PASSWORD, f"{words} {names.get(username, '')}".strip())
        for username, words in LOGINS.items()
    ]
