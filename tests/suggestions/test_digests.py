"""Digests and reminders in working hours, and the calendar of one's own clocks."""

import datetime as dt

import pytest
from django.urls import reverse

from huiyin.kernel import clock
from huiyin.notices.models import Message
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions import actions, tasks
from huiyin.suggestions.views.calendars import token_of
from tests.opinions.factories import MatterFactory
from tests.suggestions import moved
from tests.suggestions.browse import get
from tests.suggestions.walk import TODAY, fresh


def digests_of(user):
    inbox = Message.objects.inbox_of(user.pk).filter(subject="今日待办").order_by("pk")
    return list(inbox.values_list("words", flat=True))


def red_to(user):
    return Message.objects.inbox_of(user.pk).filter(subject="答复代表已经逾期").count()


def at(day, hour):
    return clock.set_to(clock.at(day, hour))


def test_each_gets_a_digest_of_what_waits_for_them(city):
    city.handed_over(cohandled=True)
    city.invited()
    city.submitted()

    with at(TODAY, 9):
        actions.send_digests()

    assert digests_of(city.clerk) == ["待审查1件。"]
    assert digests_of(city.unit_clerk) == ["待签收1件。"]
    assert digests_of(city.finance_clerk) == ["待签收1件。"]
    assert digests_of(city.cosigner_user) == ["请您联名1件。"]
    assert digests_of(city.deputy_user) == []


def test_the_digest_counts_residents_matters_and_leads_to_the_first_list_with_something(city):
    city.submitted()
    with at(TODAY, 8):
        handed = {"congress": city.congress, "timed": True}
        MatterFactory(with_department=True, unit=city.unit, **handed)
        MatterFactory(with_deputy=True, deputy=city.cosigner, **handed)
        MatterFactory(**handed)

    with at(TODAY, 9):
        actions.send_digests()
    with at(TODAY + dt.timedelta(days=28), 9):
        actions.send_digests()

    assert digests_of(city.clerk) == [
        "待审查1件，居民的话待分类1件。",
        "逾期1件，待审查1件，居民的话逾期3件，居民的话待分类1件。",
    ]
    assert digests_of(city.unit_clerk) == [
        "转来的民意在办1件。",
        "转来的民意逾期1件，转来的民意在办1件。",
    ]
    assert digests_of(city.cosigner_user) == ["您跟进的民意1件。"] * 2
    paths = Message.objects.filter(subject="今日待办", user=city.unit_clerk, channel="in_app")
    assert set(paths.values_list("path", flat=True)) == {"/desk/handed-matters/"}


def test_a_digest_comes_once_a_day_and_makes_no_phone_ring(city):
    city.submitted()

    with at(TODAY, 9):
        actions.send_digests()
        tasks.send_digests(0)

    assert len(digests_of(city.clerk)) == 1
    assert not Message.objects.filter(subject="今日待办", channel="sms").exists()


def test_nobody_gets_a_digest_of_nothing(city):
    with at(TODAY, 9):
        assert actions.send_digests() == 0


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [(TODAY, 8, 0), (TODAY, 10, 0), (TODAY + dt.timedelta(days=2), 9, 0), (TODAY, 9, 2)],
)
def test_a_digest_comes_at_the_hour_of_the_rulebook_on_a_working_day(city, day, hour, told):
    city.submitted()

    with at(day, hour):
        assert actions.send_digests() == told


def test_the_hour_of_the_digest_is_a_rule_of_the_place(city):
    city.submitted()
    Rule.objects.filter(key=Key.DIGEST_AT).update(value=14)

    with at(TODAY, 9):
        assert actions.send_digests() == 0
    with at(TODAY, 14):
        assert actions.send_digests() == 2


@pytest.mark.parametrize(
    ("day", "hour", "n"),
    [
        (dt.date(2026, 6, 8), 8, 0),  # before nine
        (dt.date(2026, 6, 8), 17, 0),  # after five
        (dt.date(2026, 6, 6), 10, 0),  # a Saturday
        (dt.date(2026, 6, 8), 9, 1),
        (dt.date(2026, 6, 8), 16, 1),
    ],
)
def test_a_reminder_goes_out_in_working_hours_only(city, day, hour, n):
    city.handling()

    with at(day, hour):
        actions.remind()

    assert red_to(city.unit_clerk) == n


def test_a_reminder_that_fell_on_a_holiday_comes_with_the_first_working_hour(city):
    city.handling()
    rulebook.change_day(dt.date(2026, 6, 8), is_working=False, name="停电", by=city.clerk)

    for day, hour in ((8, 10), (9, 8), (9, 9), (9, 10), (10, 9)):
        with at(dt.date(2026, 6, day), hour):
            actions.remind()

    message = Message.objects.inbox_of(city.unit_clerk.pk).get(subject="答复代表已经逾期")
    assert message.created_at == clock.at(dt.date(2026, 6, 9), 9)


def test_yellow_orange_and_red_come_in_their_order(city):
    city.handling()

    for day in range(1, 110):
        with at(TODAY + dt.timedelta(days=day), 9):
            actions.remind()

    told = Message.objects.inbox_of(city.unit_clerk.pk).filter(subject__startswith="答复代表")
    assert [
        (m.subject, m.created_at.astimezone(clock.ZONE).date()) for m in told.order_by("pk")
    ] == [
        ("答复代表即将到期", dt.date(2026, 5, 21)),
        ("答复代表快到期了", dt.date(2026, 6, 1)),  # 31 May is a Sunday
        ("答复代表已经逾期", dt.date(2026, 6, 8)),  # 6 June is a Saturday
    ]


def feed(client, user, token=None):
    address = reverse("suggestions:calendar_feed", args=[user.pk, token or token_of(user)])
    return client.get(address)


def test_the_calendar_of_a_unit_holds_its_tasks_days(city, client, settings):
    suggestion = city.handling(cohandled=True)

    lines = feed(client, city.unit_clerk).content.decode().split("\r\n")

    assert (lines[0], lines[-2]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert lines.count("BEGIN:VEVENT") == 1
    assert "DTSTART;VALUE=DATE:20260605" in lines
    assert f"SUMMARY:{suggestion.number} 答复代表" in lines
    assert f"URL:{settings.SITE_ADDRESS}/desk/suggestions/{suggestion.pk}/" in lines


def test_each_reads_the_days_of_their_own_only(city, client):
    city.handling(cohandled=True)

    read = {
        name: feed(client, user).content.decode().count("BEGIN:VEVENT")
        for name, user in (
            ("clerk", city.clerk),
            ("finance", city.finance_clerk),
            ("lead", city.deputy_user),
            ("other", city.cosigner_user),
        )
    }

    assert read == {"clerk": 1, "finance": 1, "lead": 1, "other": 0}


def test_what_is_done_leaves_the_calendar(city, client):
    suggestion = city.handling()
    with at(TODAY, 10):
        actions.withdraw(fresh(suggestion), words="已经解决", by=city.deputy_user)

    assert "VEVENT" not in feed(client, city.unit_clerk).content.decode()


def test_a_calendar_tells_no_title_and_no_name(city, client):
    suggestion = city.handling()

    content = feed(client, city.clerk).content.decode().replace("\r\n ", "")

    assert suggestion.title not in content
    assert city.lead.person.name not in content


def test_no_line_of_a_calendar_is_longer_than_75_octets(city, client):
    city.handling()

    lines = feed(client, city.clerk).content.split(b"\r\n")

    assert max(map(len, lines)) <= 75
    assert b"".join(lines).decode()  # no character is cut in two


def test_the_address_is_the_key(city, client):
    assert feed(client, city.clerk).status_code == 200
    assert feed(client, city.clerk, token_of(city.director)).status_code == 404
    assert feed(client, city.clerk, "0" * 40).status_code == 404

    old = token_of(city.clerk)
    city.clerk.set_password("another-long-password")
    city.clerk.save()
    assert feed(client, city.clerk, old).status_code == 404
    city.clerk.is_active = False
    city.clerk.save()
    assert feed(client, city.clerk).status_code == 404


def test_everybody_finds_their_own_address(city, client):
    for user in (city.clerk, city.deputy_user):
        page = get(client, user, "calendar")

        assert token_of(user) in page


def test_a_motions_days_are_kept_by_whoever_has_it(city, client):
    referred, given = moved.referred(city), moved.handed_over(city)
    number_of = {referred.number: "referred", given.number: "given"}

    kept = {}
    for name in ("clerk", "committee_user", "leader", "deputy_user", "finance_clerk"):
        content = feed(client, getattr(city, name)).content.decode().replace("\r\n ", "")
        kept[name] = {word for number, word in number_of.items() if f":{number} " in content}

    both = {"referred", "given"}
    assert kept == {
        "clerk": both,
        "committee_user": both,
        "leader": {"given"},
        "deputy_user": both,
        "finance_clerk": set(),
    }


def test_a_calendars_key_of_other_letters_finds_nothing(city, client):
    for key in ("é" * 40, "錯" * 40):
        assert feed(client, city.clerk, key).status_code == 404
