"""Founding a congress from the terminal: the first day of a real installation."""

import datetime as dt
import io

import pytest
from django.core.management import CommandError, call_command

from huiyin.accounts.models import User
from huiyin.congress.choices import SEPARATED
from huiyin.congress.models import Appointment, Congress, Session, Term
from huiyin.kernel import verify
from huiyin.kernel.models import Entry
from huiyin.regions import actions as regions
from huiyin.rulebook.models import Rule
from tests.accounts.factories import UserFactory
from tests.congress.factories import LANZHOU, region

pytestmark = pytest.mark.django_db

TERM = ("--term", "17", "--since", "2022-01-05")
PEOPLE = (
    *("--system", "xitong", "石望川"),
    *("--security", "anquan", "柳青禾"),
    *("--audit", "shenji", "方晓岚"),
)


@pytest.fixture(autouse=True)
def _real_installation(settings):
    settings.DEMO = False


@pytest.fixture
def _lanzhou():
    region(**LANZHOU)


def found(code="620100", level="city", *more, term=TERM, people=PEOPLE):
    out = io.StringIO()
    call_command("found_congress", code, level, *term, *people, *more, stdout=out)
    return out.getvalue()


def password_of(username, told):
    return next(line.split()[1] for line in told.splitlines() if line.startswith(f"  {username}"))


@pytest.mark.usefixtures("_lanzhou")
def test_founding_brings_the_congress_with_its_term_session_and_three_administrators():
    found("620100", "city", "--session", "1", "2022-01-05", "2022-01-09", "--prefix", "兰人办")

    congress = Congress.objects.get()
    assert (congress.name, congress.short_name, congress.document_prefix) == (
        "兰州市人民代表大会",
        "兰州市人大",
        "兰人办",
    )
    assert list(Term.objects.values_list("number", "starts_on", "ends_on")) == [
        (17, dt.date(2022, 1, 5), None)
    ]
    assert list(Session.objects.values_list("number", "ends_on")) == [(1, dt.date(2022, 1, 9))]
    assert set(Appointment.objects.values_list("role", flat=True)) == SEPARATED
    assert Appointment.objects.values("user").distinct().count() == 3


@pytest.mark.usefixtures("_lanzhou")
def test_each_administrator_gets_a_password_once_and_owes_a_second_factor():
    told = found()

    for user in User.objects.all():
        assert user.check_password(password_of(user.username, told))
        assert user.is_second_factor_demanded
    assert len(set(User.objects.values_list("password", flat=True))) == 3


@pytest.mark.usefixtures("_lanzhou")
def test_every_seat_and_rule_has_the_first_line_of_its_trail():
    found()

    written = Entry.objects.filter(step="appoint")
    assert sorted(written.values_list("actor_label", "words")) == [
        ("系统", "方晓岚 · 审计管理员"),
        ("系统", "柳青禾 · 安全管理员"),
        ("系统", "石望川 · 系统管理员"),
    ]
    assert Entry.objects.filter(step="create", item_kind="rulebook.rule").count() == (
        Rule.objects.count()
    )
    assert list(verify.faults()) == []


@pytest.mark.usefixtures("_lanzhou")
def test_only_the_packs_of_the_regions_line_are_loaded():
    found()

    loaded = set(Rule.objects.values_list("region__code", flat=True))
    assert loaded == {"000000", "620100"}


@pytest.mark.usefixtures("_lanzhou")
def test_a_second_run_says_what_is_there_and_changes_nothing():
    found()
    rows = (Congress, Term, Appointment, User, Rule, Entry)
    before = [list(model.objects.order_by("pk").values()) for model in rows]

    told = found()

    assert [list(model.objects.order_by("pk").values()) for model in rows] == before
    assert "已有 there  兰州市人民代表大会 620100" in told
    assert ("新建" in told, "密码" in told) == (False, False)


@pytest.mark.usefixtures("_lanzhou")
def test_a_second_run_gives_an_empty_seat_and_leaves_the_others():
    found()
    Appointment.objects.filter(user__username="shenji").update(ends_on=dt.date(2022, 1, 6))
    Appointment.objects.filter(user__username="shenji").update(starts_on=dt.date(2022, 1, 5))

    told = found(people=(*PEOPLE[:-2], "shenji2", "何远"))

    assert told.count("新建") == 1
    assert User.objects.get(username="shenji2").check_password(password_of("shenji2", told))
    assert User.objects.count() == 4


@pytest.mark.usefixtures("_lanzhou")
def test_a_rule_changed_since_is_not_taken_back():
    found()
    Rule.objects.filter(key="return.window", region__code="620100").update(
        value={"working_days": 3}
    )

    found()

    rule = Rule.objects.get(key="return.window", region__code="620100")
    assert rule.value == {"working_days": 3}


@pytest.mark.slow
def test_divisions_are_loaded_where_there_are_none():
    told = found("620123", "county")

    assert Congress.objects.get().region.name == "榆中县"
    assert "HOME_REGION=620123" in told


def test_a_region_that_is_nowhere_is_told_how_to_bring_it():
    regions.load_divisions(regions.DIVISIONS / "upper.csv")

    with pytest.raises(CommandError, match=r"没有代码为440100的区划.*load_regions"):
        found("440100")


def test_a_region_without_divisions_below_is_pointed_out():
    regions.load_divisions(regions.DIVISIONS / "upper.csv")

    assert "load_regions" in found("370200")


@pytest.mark.parametrize(
    ("place", "level", "words"),
    [
        ({}, "county", "市级区划，不是县级"),
        ({"code": "620102001", "name": "酒泉路街道", "level": "township"}, "township", "不设"),
        ({"code": "000000", "name": "全国", "level": "country"}, "province", "全国区划"),
    ],
)
def test_a_level_that_is_not_the_regions_is_refused(place, level, words):
    region(**LANZHOU | place)

    with pytest.raises(CommandError, match=words):
        found({**LANZHOU, **place}["code"], level)


@pytest.mark.usefixtures("_lanzhou")
def test_a_taken_login_name_leaves_nothing_behind():
    UserFactory(username="Anquan")

    with pytest.raises(CommandError, match="登录名“anquan”已经有人用了"):
        found()

    assert (Congress.objects.count(), Rule.objects.count(), User.objects.count()) == (0, 0, 1)


@pytest.mark.usefixtures("_lanzhou")
def test_one_person_cannot_be_two_administrators():
    with pytest.raises(CommandError, match="登录名“xitong”已经有人用了"):
        found(people=(*PEOPLE[:-2], "xitong", "石望川"))


@pytest.mark.usefixtures("_lanzhou")
@pytest.mark.parametrize("username", ["", "石 望川", "x" * 151])
def test_a_login_name_nobody_could_type_is_refused(username):
    with pytest.raises(CommandError, match="什么也没有建"):
        found(people=(*PEOPLE[:-2], username, "何远"))


@pytest.mark.usefixtures("_lanzhou")
def test_another_term_is_for_the_pages():
    found()

    with pytest.raises(CommandError, match="已经有第17届"):
        found(term=("--term", "18", "--since", "2027-01-05"))

    assert Term.objects.get().ends_on is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"term": ("--term", "0", "--since", "2022-01-05")},
        {"term": ("--term", "17", "--since", "五月")},
        {"people": PEOPLE[:-3]},
    ],
)
def test_what_is_mistyped_is_refused_before_anything_is_read(wrong):
    with pytest.raises(CommandError):
        found(**wrong)


def test_a_session_is_typed_with_its_days():
    with pytest.raises(CommandError, match="--session"):
        found("620100", "city", "--session", "1", "2022-01-05", "明天")


def test_the_demonstration_city_is_not_founded_here(settings):
    settings.DEMO = True

    with pytest.raises(CommandError, match="make demo"):
        found()
