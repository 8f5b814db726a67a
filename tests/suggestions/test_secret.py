"""Handled in confidence: the signers and people named one by one, nobody else (Qingdao art. 18)."""

from dataclasses import replace

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.seats import seats_of
from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.kernel import clock, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices.models import Message
from huiyin.opinions.models import ProgressLine
from huiyin.suggestions import actions
from huiyin.suggestions.actions import routing, telling
from huiyin.suggestions.choices import AssignmentRole, Openness, State
from huiyin.suggestions.forms.asking import MergeForm
from huiyin.suggestions.models import Assignment, Motion, Promise, Suggestion
from huiyin.suggestions.models.resemblance import suggestions_like
from huiyin.suggestions.views.calendars import token_of
from tests.congress.factories import person_as
from tests.opinions.factories import MatterFactory
from tests.suggestions import browse, moved, ways
from tests.suggestions.walk import BODY, TEXT, TODAY, cite, fresh, news_to, promised, rate

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


def test_an_urging_reaches_the_named_only_and_quotes_nothing(city):
    suggestion = handling(city)

    actions.urge(city.task(suggestion), words="食堂的事请抓紧", by=city.director)

    urged = Message.objects.filter(subject__startswith="催办")
    assert {message.user_id for message in urged} == {city.leader.pk}
    assert not urged.filter(words__contains="食堂").exists()


def test_residents_hear_nothing_of_it(city):
    matter = MatterFactory(congress=city.congress)
    before = matter.state

    suggestion = actions.write(city.lead, text=SECRET, origins=cite(matter), by=city.deputy_user)
    suggestion = actions.submit(suggestion, by=city.deputy_user)
    suggestion = actions.register(suggestion, by=city.director)
    tasks = [actions.Task(city.unit, AssignmentRole.LEAD)]
    suggestion = actions.propose_units(suggestion, tasks=tasks, by=city.director)
    actions.confide(suggestion, users=[city.leader], by=city.director)
    suggestion = actions.hand_over(suggestion, by=city.director)
    actions.sign_for(city.task(suggestion), by=city.leader)
    actions.draft_reply(fresh(suggestion), result_class="A", body=BODY, by=city.leader)
    actions.send_for_review(fresh(suggestion), by=city.leader)
    actions.sign_reply(fresh(suggestion), by=city.leader)
    rate(fresh(suggestion), by=city.deputy_user)

    assert fresh(matter).state == before
    assert not ProgressLine.objects.filter(matter=matter).exists()


def test_residents_who_heard_of_it_while_it_was_open_hear_that_it_is_over_and_no_more(city):
    matter = MatterFactory(congress=city.congress)
    suggestion = city.replied(origins=cite(matter))
    n_told = ProgressLine.objects.filter(matter=matter).count()
    Suggestion.objects.filter(pk=suggestion.pk).update(is_secret=True)

    telling.tell_residents(fresh(suggestion), "食堂换了供应商")
    telling.ask_residents(fresh(suggestion), "食堂换了供应商", by=city.director)

    lines = ProgressLine.objects.filter(matter=matter).order_by("pk")[n_told:]
    assert [(line.words, line.about_label) for line in lines] == [("代表提出的建议已有结果。", "")]


def test_merging_does_not_tell_who_was_not_named_that_there_is_one(city):
    """Neither by the number typed into the form nor, between two secret ones, by the step."""
    hidden = actions.register(submitted(city), by=city.director)
    open_one = city.registered()
    known = actions.register(submitted(city), by=city.director)
    actions.confide(known, users=[city.clerk], by=city.director)

    typed = MergeForm({"into": hidden.number, "words": "同一件事"}, item=open_one)

    assert typed.errors["into"] == ["没有这个编号的建议，或者它自己已经并入别的建议。"]
    with pytest.raises(NotPossible, match="没有这个编号的建议"):
        actions.merge(known, into=hidden, words="同一件事", by=city.clerk)


def test_a_kept_promise_is_told_without_its_words(city):
    promise = city.promise(city.tracking())
    actions.claim_done(promise, evidence="已办完", by=city.unit_clerk)
    Suggestion.objects.all().update(is_secret=True)
    promise.suggestion.confidants.create(user=city.clerk)

    actions.confirm(promise, by=city.clerk)

    told = Message.objects.filter(key__contains=f"kept:{promise.pk}:")
    assert told.exists()
    assert [m for m in told if promise.text[:8] in m.subject + m.words] == []


def test_no_step_and_no_month_counts_it(city):
    scope = Scope(city.congress, TODAY.year)
    before = (figures.pipeline(scope), figures.Series(scope).months["series"])

    handling(city)

    assert (figures.pipeline(scope), figures.Series(scope).months["series"]) == before
    assert not figures.rows_in(scope, 8).exists()


def test_a_motion_in_confidence_waits_for_nobody_who_was_not_named(city):
    motion = moved.examining(city)
    given = moved.handed_over(city)
    waiting = (Motion.objects.to_give_opinion(seats_of(city.committee_user)), motion)
    organ = (Motion.objects.to_answer(seats_of(city.leader)), given)
    assert [set(rows) for rows, _one in (waiting, organ)] == [{motion}, {given}]

    Suggestion.objects.all().update(is_secret=True)

    assert not Motion.objects.to_give_opinion(seats_of(city.committee_user)).exists()
    assert not Motion.objects.to_answer(seats_of(city.leader)).exists()


def test_a_remarks_page_names_no_draft(city, client):
    remark = actions.pass_remark(ways.remark(city), unit=city.unit, by=city.clerk)
    draft = actions.turn_into_suggestion(remark, by=city.deputy_user)

    for person, is_told in (
        (city.deputy_user, True),
        (city.clerk, False),
        (city.unit_clerk, False),
    ):
        page = browse.get(client, person, "remark", remark.pk)
        assert (draft.title in page) == is_told


def test_a_draft_that_was_given_up_was_never_the_desks(city):
    draft = city.written()
    actions.withdraw(draft, by=city.deputy_user)
    handed_in = city.submitted()
    actions.withdraw(handed_in, by=city.deputy_user)

    for person in (city.clerk, city.director, person_as(Role.MEMBER, congress=city.congress)):
        assert set(Suggestion.objects.visible_to(person)) == {handed_in}
    assert set(Suggestion.objects.visible_to(city.deputy_user)) == {draft, handed_in}


def test_a_suggestions_page_names_a_residents_matter_to_the_matters_own_people_only(city, client):
    matter = MatterFactory(congress=city.congress, title="马大爷家的私事")
    suggestion = city.handling(origins=cite(matter))

    shown = {
        name: [
            words
            for words in ("马大爷", "居民反映的一件事")
            if words in browse.get(client, getattr(city, name), "detail", suggestion.pk)
        ]
        for name in ("clerk", "unit_clerk", "government")
    }
    type(matter).objects.filter(pk=matter.pk).update(is_public=True, public_title="老楼加装电梯")
    public = browse.get(client, city.unit_clerk, "detail", suggestion.pk)

    own = reverse("dashboards:trace", args=[suggestion.item_kind(), suggestion.pk])
    assert f'href="{own}"' in public
    assert reverse("dashboards:trace", args=[matter.item_kind(), matter.pk]) not in public

    hidden = ["居民反映的一件事"]
    assert shown == {"clerk": ["马大爷"], "unit_clerk": hidden, "government": hidden}
    assert ("老楼加装电梯" in public, "马大爷" in public) == (True, False)
