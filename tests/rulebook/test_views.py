"""The pages of rules and calendar, and the look at what would move before anything does."""

import datetime as dt
import io

import pytest
from django.urls import reverse

from huiyin.kernel import clock, spreadsheets
from huiyin.regions.actions import DIVISIONS, load_divisions
from huiyin.rulebook import actions
from huiyin.rulebook.models import CalendarDay, Clock, Rule
from tests.accounts.factories import UserFactory
from tests.regions.factories import RegionFactory
from tests.rulebook.factories import CalendarDayFactory

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 5)


@pytest.fixture(autouse=True)
def _day(rules):
    with clock.set_to(clock.at(dt.date(2026, 3, 10))):
        yield


@pytest.fixture
def keeper(client):
    user = UserFactory(is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def reader(client):
    user = UserFactory()
    client.force_login(user)
    return user


def start_clock():
    return actions.start_clock(
        rule="return.window", region=RegionFactory(), start=DAY, start_words="交办"
    )


def typed(**changes):
    facts = {
        "amount": "7",
        "unit": "working_days",
        "valid_from": "2026-03-01",
        "source": "兰州市办理办法",
        "article": "第十条",
        "is_confirmed": "on",
    }
    return facts | changes


def change_url(key="return.window"):
    return f"{reverse('rulebook:change', args=[key])}?region=620100"


def test_public_shows_a_stranger_every_limit_with_its_article(client):
    page = client.get("/rules/").content.decode()

    assert "《代表法》第五十一条" in page
    assert page.count('<tr id="') == len(Rule.objects.all_in_force(RegionFactory(), clock.today()))


def test_public_of_another_place_shows_its_rules(client):
    load_divisions(DIVISIONS / "upper.csv")
    actions.load_pack(actions.PACKS / "qingdao.toml")

    page = client.get("/rules/", {"region": "370200"})

    assert page.context["region"].name == "青岛市"
    words = page.content.decode()
    assert "青岛市代表建议办理条例" in words
    assert "当地文本没有规定，按平台默认规则" in words


def test_public_of_the_country_calls_its_defaults_by_their_name_alone(client):
    page = client.get("/rules/", {"region": "000000"}).content.decode()

    assert "平台默认规则" in page
    assert "当地文本没有规定" not in page


def test_public_without_any_rule_says_so(client):
    Rule.objects.all().delete()

    assert "还没有载入规则" in client.get("/rules/").content.decode()


def test_public_costs_the_same_however_many_rules(client, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        client.get("/rules/")


def test_the_desk_asks_a_stranger_to_log_in(client):
    for name in ("index", "calendar", "change_day"):
        assert client.get(reverse(f"rulebook:{name}")).status_code == 302


def test_index_lists_the_rules_in_force_and_who_wrote_them(client, reader):
    page = client.get("/desk/rules/")

    rule, entry = next(row for row in page.context["rows"] if row[0].key == "reply.normal")
    assert (rule.words, entry.actor_label) == ("3个月", "系统")


def test_index_finds_by_words_and_by_what_is_unconfirmed(client, reader):
    found = client.get("/desk/rules/", {"typed": "答复代表"}).context["rows"]
    unconfirmed = client.get("/desk/rules/", {"unconfirmed": "on"}).context["rows"]

    assert [rule.key for rule, _entry in found] == ["reply.normal", "reply.max"]
    assert {rule.is_confirmed for rule, _entry in unconfirmed} == {False}


def test_index_with_nothing_found_says_so(client, reader):
    assert "没有符合条件的规则" in client.get("/desk/rules/?typed=xyz").content.decode()


def test_index_costs_at_most_six_queries_beside_what_every_page_asks(
    client, reader, django_assert_max_num_queries
):
    with django_assert_max_num_queries(10):  # session, person, seats and unread messages besides
        client.get("/desk/rules/")


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_index_leaves_as_a_spreadsheet(client, reader, kind):
    answer = client.get("/desk/rules/", {"format": kind, "typed": "答复代表"})

    table = spreadsheets.read(io.BytesIO(answer.getvalue()), f"rules.{kind}")
    assert [row.cells[:4] for row in table.rows] == [
        ("答复代表", "3个月", "代表法", "第五十一条"),
        ("答复代表（最长）", "6个月", "代表法", "第五十一条"),
    ]


def test_detail_tells_versions_running_clocks_and_changes(client, reader):
    start_clock()

    page = client.get("/desk/rules/return.window/")

    assert [rule.region.name for rule in page.context["versions"]] == ["全国", "兰州市"]
    assert (page.context["running"], page.context["can_change"]) == (1, False)
    assert "修改兰州市的规定" not in page.content.decode()


def test_detail_of_an_unknown_rule_is_not_found(client, reader):
    assert client.get("/desk/rules/reply.fast/").status_code == 404


def test_change_shows_first_what_would_move(client, keeper):
    started = start_clock()

    page = client.post(change_url(), typed())

    assert [(move.clock, move.after) for move in page.context["moves"]] == [
        (started, dt.date(2026, 3, 16))
    ]
    assert "确认修改" in page.content.decode()
    assert Clock.objects.get().due_on == dt.date(2026, 3, 12)


def test_change_confirmed_moves_the_clocks(client, keeper):
    start_clock()

    answer = client.post(change_url(), typed(confirmed="1"), follow=True)

    assert answer.redirect_chain == [("/desk/rules/return.window/?region=620100", 302)]
    assert "移动了 1 个期限" in answer.content.decode()
    assert Clock.objects.get().due_on == dt.date(2026, 3, 16)


def test_change_beyond_the_law_keeps_what_was_typed_and_says_why(client, keeper):
    page = client.post(change_url("reply.normal"), typed(amount="4", unit="months"))

    assert page.status_code == 409
    assert "《代表法》第五十一条规定“答复代表”为3个月" in page.content.decode()
    assert page.context["form"]["amount"].value() == "4"


def test_change_with_a_gap_is_asked_again(client, keeper):
    page = client.post(change_url(), typed(source="", amount="0"))

    assert page.status_code == 422
    assert set(page.context["form"].errors) == {"source", "amount"}


def test_change_refuses_a_number_beyond_all_sense(client, keeper):
    page = client.post(change_url(), typed(amount="9999"))

    assert page.context["form"].errors == {"amount": ["这个数目太大了。"]}


def test_change_of_a_plain_number_and_of_a_yes_or_no(client, keeper):
    told = {"valid_from": "2026-03-01", "source": "某文件", "confirmed": "1"}

    client.post(change_url("points.low"), told | {"number": "70"})
    client.post(change_url("counting.roll_to_working_day"), told | {"flag": "yes"})

    city = RegionFactory()
    values = [
        Rule.objects.value(key, city, DAY) for key in ("points.low", "counting.roll_to_working_day")
    ]
    assert values == [70, True]


def test_change_starts_from_what_holds_now(client, keeper):
    form = client.get(change_url()).context["form"]

    assert (form["amount"].value(), form["unit"].value()) == (5, "working_days")


def test_change_is_closed_to_others_and_where_the_law_leaves_no_room(client, reader):
    assert client.get(change_url()).status_code == 403

    client.force_login(UserFactory(is_superuser=True))
    assert client.get(change_url("motion.signers")).status_code == 403


@pytest.mark.parametrize("query", ["", "?region=999999"])
def test_change_without_a_place_is_not_found(client, keeper, query):
    assert client.get(f"/desk/rules/return.window/change/{query}").status_code == 404


def test_change_of_an_unknown_rule_is_not_found(client, keeper):
    assert client.get(change_url("reply.fast")).status_code == 404


def test_calendar_marks_holidays_and_days_worked(client, reader):
    CalendarDayFactory(date=dt.date(2026, 5, 1))
    CalendarDayFactory(date=dt.date(2026, 5, 9), is_working=True)

    page = client.get("/desk/calendar/", {"year": "2026"})

    may = page.context["months"][4]
    marked = {day.date.day: day.kind for week in may.weeks for day in week if day}
    assert (marked[1], marked[2], marked[4], marked[9]) == (
        "holiday",
        "weekend",
        "work",
        "moved",
    )
    assert "尚未公布" in page.content.decode()


@pytest.mark.parametrize("year", ["", "abc", "1", "９９９９", "99999999999"])
def test_calendar_of_no_sensible_year_is_this_years(client, reader, year):
    assert client.get("/desk/calendar/", {"year": year}).context["year"] == 2026


@pytest.mark.parametrize("count", [1, 3])
def test_calendar_costs_the_same_however_many_days(
    client, reader, django_assert_max_num_queries, count
):
    for number in range(count):
        CalendarDayFactory(date=dt.date(2026, 5, 1 + number), region=RegionFactory())

    with django_assert_max_num_queries(10):  # session, person, seats and unread messages besides
        client.get("/desk/calendar/")


def test_change_day_shows_what_would_move_and_then_moves_it(client, keeper):
    start_clock()
    told = {"date": "2026-03-09", "is_working": "no", "name": "全市停电", "region": "620100"}

    page = client.post("/desk/calendar/change/", told)
    assert [move.after for move in page.context["moves"]] == [dt.date(2026, 3, 13)]
    assert not CalendarDay.objects.exists()

    client.post("/desk/calendar/change/", told | {"confirmed": "1"})
    assert Clock.objects.get().due_on == dt.date(2026, 3, 13)
    assert CalendarDay.objects.get().region == RegionFactory()


def test_change_day_is_closed_to_others(client, reader):
    assert client.get("/desk/calendar/change/").status_code == 403
