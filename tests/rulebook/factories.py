"""Rules, days and clocks as the tests need them."""

import datetime as dt

import factory

from huiyin.regions.actions import DIVISIONS, load_divisions
from huiyin.rulebook import actions
from huiyin.rulebook.models import CalendarDay, Clock, Rule
from tests.regions.factories import RegionFactory

START = dt.date(2026, 3, 5)


def reply_clock(*, rule="reply.normal", region=None, start=START, maximum=None) -> Clock:
    """A clock started by the action; needs load_rules()."""
    return actions.start_clock(
        rule=rule,
        region=region or RegionFactory(),
        start=start,
        start_words="交办",
        maximum=maximum,
    )


def load_qingdao() -> None:
    """The second city; needs load_rules()."""
    load_divisions(DIVISIONS / "upper.csv")
    actions.load_pack(actions.PACKS / "qingdao.toml")


def load_rules() -> None:
    """The country's and Lanzhou's rules, without the calendar."""
    RegionFactory()
    actions.load_pack(actions.PACKS / "national.toml")
    actions.load_pack(actions.PACKS / "lanzhou.toml")


class RuleFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rule
        django_get_or_create = ("region", "key", "valid_from")

    class Params:
        law = factory.Trait(is_law=True, latitude="shorter", source="代表法", article="第五十一条")

    region = factory.SubFactory(RegionFactory)
    key = "return.window"
    valid_from = dt.date(2020, 1, 1)
    value = factory.LazyFunction(lambda: {"working_days": 5})
    source = "兰州市待确认规则"


class CalendarDayFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CalendarDay

    date = dt.date(2026, 5, 1)
    is_working = False
    name = "Labour Day"


class ClockFactory(factory.django.DjangoModelFactory):
    """A reply's clock from 5 March to 5 June 2026, made without any rule but its own."""

    class Meta:
        model = Clock

    class Params:
        stopped = factory.Trait(stopped_on=dt.date(2026, 5, 24))
        late = factory.Trait(stopped_on=dt.date(2026, 6, 7))
        void = factory.Trait(stopped_on=dt.date(2026, 4, 1), is_void=True)

    region = factory.SubFactory(RegionFactory)
    rule_key = "reply.normal"
    rule = factory.SubFactory(
        RuleFactory,
        key="reply.normal",
        value={"months": 3},
        law=True,
        region=factory.SelfAttribute("..region"),
    )
    started_on = START
    start_words = "交办"
    due_on = dt.date(2026, 6, 5)
    yellow_on = dt.date(2026, 5, 21)
    orange_on = dt.date(2026, 5, 31)
    arithmetic = factory.LazyFunction(list)
