"""Handled in confidence: the signers and people named one by one, nobody else (Qingdao art. 18)."""

from dataclasses import replace

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from huiyin.suggestions import actions
from huiyin.suggestions.actions import routing
from huiyin.suggestions.choices import AssignmentRole, Openness, State
from huiyin.suggestions.models import Assignment, Promise, Suggestion
from huiyin.suggestions.models.resemblance import suggestions_like
from huiyin.suggestions.views.calendars import token_of
from tests.congress.factories import person_as
from tests.suggestions import browse, ways
from tests.suggestions.walk import BODY, TEXT, TODAY, fresh, news_to, promised, rate

SECRET = replace(TEXT, title="关于某学校食堂采购问题的建议", is_secret=True)


def submitted(city):
    suggestion = actions.write(city.lead, text=SECRET, by=city.deputy_user)
    return actions.submit(suggestion, by=city.deputy_user)


def assigned(city):
    suggestion = actions.register(submitted(city), by=city.director)
    tasks = [actions.Task(city.unit, AssignmentRole.LEAD)]
    return actions.propose_units(suggestion, tasks=tasks, by=city.director)


def handling(city):
    suggestion = assigned(city)
    actions.confide(suggestion, users=[city.leader], by=city.director)
    suggestion = actions.hand_over(suggestion, by=city.director)
    actions.sign_for(city.task(suggestion), by=city.leader)
    return fresh(suggestion)


def sees(user):
    return Suggestion.objects.visible_to(user).exists()


def test_only_signers_and_the_director_see_what_was_handed_in(city):
    submitted(city)
    member = person_as(Role.MEMBER, congress=city.congress)

    seen = {
        name: sees(user)
        for name, user in {
            "lead": city.deputy_user,
            "director": city.director,
            "clerk": city.clerk,
            "member": member,
            "government": city.government,
            "cosigner": city.cosigner_user,
        }.items()
    }

    assert seen == {
        "lead": True,
        "director": True,
        "clerk": False,
        "member": False,
        "government": False,
        "cosigner": False,
    }


def test_a_clerk_who_was_not_named_can_do_nothing(city):
    suggestion = submitted(city)

    with pytest.raises(NotAllowed):
        actions.register(suggestion, by=city.clerk)
    actions.confide(suggestion, users=[city.clerk], by=city.director)

    assert actions.register(suggestion, by=city.clerk).state == State.REGISTERED
    assert sees(city.clerk)


def test_who_is_taken_off_sees_it_no_longer_and_nobody_takes_off_himself(city):
    suggestion = submitted(city)
    actions.confide(suggestion, users=[city.clerk], by=city.director)

    actions.unconfide(suggestion, users=[city.clerk], by=city.director)

    assert not sees(city.clerk)
    with pytest.raises(NotPossible, match="不能取消自己"):
        actions.unconfide(suggestion, users=[city.director], by=city.director)


def test_a_unit_gets_it_only_where_somebody_was_named(city):
    suggestion = assigned(city)

    with pytest.raises(NotPossible, match="先在兰州市住房和城乡建设局指定知悉人"):
        actions.hand_over(suggestion, by=city.director)
    actions.confide(suggestion, users=[city.leader], by=city.director)
    suggestion = actions.hand_over(suggestion, by=city.director)

    assert (sees(city.leader), sees(city.unit_clerk)) == (True, False)
    assert not Assignment.objects.visible_to(city.unit_clerk).exists()
    with pytest.raises(NotAllowed):
        actions.sign_for(city.task(suggestion), by=city.unit_clerk)


def test_messages_go_to_named_people_and_name_no_title(city):
    suggestion = handling(city)
    actions.draft_reply(
        suggestion,
        result_class="B",
        body=BODY,
        promises=[promised("更换供应商")],
        by=city.leader,
    )
    actions.send_for_review(suggestion, by=city.leader)
    actions.sign_reply(suggestion, by=city.leader)
    rate(suggestion, by=city.deputy_user)

    told = Message.objects.all()
    assert not told.filter(words__contains="食堂").exists()
    assert not told.filter(words__contains="供应商").exists()
    assert news_to(city.clerk) == news_to(city.government) == news_to(city.unit_clerk) == []
    assert "有新的代表建议交你单位办理，请签收" in news_to(city.leader)
    assert not Promise.objects.visible_to(city.clerk).exists()
    assert Promise.objects.visible_to(city.leader).exists()
    assert list(verify.faults()) == []


def test_it_is_not_published_and_not_found(city):
    suggestion = actions.register(submitted(city), by=city.director)

    assert suggestion.openness == Openness.CLOSED
    with pytest.raises(NotPossible, match="不宜公开"):
        actions.propose_publication(suggestion, by=city.director)
    assert fresh(suggestion).search is None
    assert suggestions_like("学校食堂采购", city.congress) == []
    assert not Suggestion.objects.visible_to(city.director).matching(q="食堂").exists()


def test_it_is_merged_with_nothing_open(city):
    suggestion = actions.register(submitted(city), by=city.director)

    with pytest.raises(NotPossible, match="保密办理的不能"):
        actions.merge(suggestion, into=city.registered(), words="同一件事", by=city.director)


def test_the_pages_do_not_exist_for_others(city, client):
    suggestion = handling(city)

    for person in (city.clerk, city.unit_clerk, city.government, city.cosigner_user):
        browse.get(client, person, "detail", suggestion.pk, status=404)
    page = browse.get(client, city.director, "detail", suggestion.pk)
    assert "保密办理，知悉人" in page
    assert "食堂" not in browse.get(client, city.clerk, "desk")
    assert "食堂" in browse.get(client, city.director, "desk")


def test_the_director_names_people_on_a_page(city, client):
    suggestion = assigned(city)
    page = browse.get(client, city.director, "confide", suggestion.pk)
    assert city.leader.name in page

    browse.post(client, city.director, "confide", suggestion.pk, users=[city.leader.pk])

    named = {confidant.user for confidant in suggestion.confidants.all()}
    assert named == {city.director, city.leader}
    assert not sees(city.leader)  # before the hand-over it is no business of the unit


def test_what_nobody_keeps_in_confidence_has_no_such_button(city, client):
    suggestion = city.registered()

    assert "指定知悉人" not in browse.get(client, city.director, "detail", suggestion.pk)
    with pytest.raises(NotPossible, match="不是保密办理"):
        actions.confide(suggestion, users=[city.leader], by=city.director)


def test_a_part_of_an_open_matter_stays_open(city):
    ways.divided(city)

    assert sees(city.clerk)


def test_the_kept_statements_of_the_desk_ask_for_each_reader(city, client):
    """The desk keeps its SQL between readers; who was not named must not get another's rows."""
    open_one = city.registered()
    secret = actions.register(submitted(city), by=city.director)

    for reader, count in ((city.director, 2), (city.clerk, 1), (city.director, 2)):
        page = browse.get(client, reader, "desk")
        assert open_one.number in page
        assert (secret.number in page, SECRET.title in page) == (count == 2, count == 2)
        answer = client.get(reverse("suggestions:desk"), {"format": "csv"})
        exported = b"".join(answer.streaming_content).decode()
        assert (secret.number in exported) == (count == 2)


def test_the_hand_over_meeting_and_its_receipts_leave_it_out(city, client):
    waiting = actions.register(submitted(city), by=city.director)
    handed = handling(city)

    for name, number in (("meeting", waiting.number), ("receipts", handed.number)):
        assert number in browse.get(client, city.director, name)
        page = browse.get(client, city.clerk, name)
        assert (number in page, SECRET.title in page) == (False, False)


def test_a_units_lists_and_landing_page_show_it_to_the_named_only(city, client):
    suggestion = handling(city)

    for reader, is_told in ((city.leader, True), (city.unit_clerk, False)):
        tasks = browse.get(client, reader, "tasks")
        landing = client.get(reverse("dashboards:desk")).content.decode()
        assert (suggestion.number in tasks, SECRET.title in tasks) == (is_told, is_told)
        assert (SECRET.title in landing, "待答复" in landing) == (is_told, is_told)


def test_digests_and_calendars_do_not_reach_who_was_not_named(city, client):
    submitted(city)
    suggestion = handling(city)

    with clock.set_to(clock.at(TODAY, 9)):
        actions.send_digests()

    digests = Message.objects.filter(subject="今日待办")
    told = {message.user_id for message in digests}
    assert city.director.pk in told
    assert not told & {city.clerk.pk, city.unit_clerk.pk, city.government.pk}
    assert not digests.filter(words__contains="食堂").exists()
    feeds = {
        user: client.get(
            reverse("suggestions:calendar_feed", args=[user.pk, token_of(user)])
        ).content.decode()
        for user in (city.leader, city.unit_clerk)
    }
    assert [suggestion.number in feed for feed in feeds.values()] == [True, False]


def test_no_word_of_it_is_learned(city, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    handling(city)
    for _number in range(routing.LEAST_OF_A_UNIT):
        city.handling()

    texts, _receivers = routing._examples(city.congress)

    assert texts
    assert not any("食堂" in text for text in texts)
