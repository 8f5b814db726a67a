"""The pages as people open them: each as a client, hidden ones as 404, lists at constant cost."""

from dataclasses import replace

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.suggestions import actions
from huiyin.suggestions.choices import Score, SignatureState, State
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.views.pages import PAGES
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory, DeputyFactory, person_as
from tests.opinions.factories import MatterFactory
from tests.suggestions import factories, walk
from tests.suggestions.walk import TEXT, TODAY, fresh

PAPER = {
    "title": TEXT.title,
    "situation": TEXT.situation,
    "proposals": TEXT.proposals,
    "subject": "construction",
    "openness": "full",
    "wished_unit": "市住建局",
}


def get(client, user, name, *args, status=200, **query):
    if user is not None:
        client.force_login(user)
    response = client.get(reverse(f"suggestions:{name}", args=args), query)
    assert response.status_code == status
    return b"".join(response).decode() if status == 200 else ""


def post(client, user, name, *args, status=302, follow=False, **data):
    client.force_login(user)
    response = client.post(reverse(f"suggestions:{name}", args=args), data, follow=follow)
    assert response.status_code == status
    return response.content.decode()


# --- who sees the page


@pytest.mark.parametrize(
    ("situation", "people"),
    [
        ("written", ["deputy_user"]),
        ("invited", ["deputy_user", "cosigner_user"]),
        ("submitted", ["deputy_user", "clerk", "director"]),
        ("assigned", ["clerk", "director"]),
        ("handed_over", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("handling", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("reviewing", ["deputy_user", "clerk", "unit_clerk", "leader"]),
        ("promised", ["deputy_user", "clerk", "government", "unit_clerk", "leader"]),
        ("tracking", ["deputy_user", "clerk", "unit_clerk", "leader"]),
    ],
)
def test_the_page_opens_for_its_people(client, city, situation, people):
    suggestion = getattr(city, situation)()

    for person in people:
        assert suggestion.title in get(client, getattr(city, person), "detail", suggestion.pk)


@pytest.mark.parametrize(
    "name",
    ["detail", "deputy_detail", "versions", "deputy_versions", "revise", "invite", "draft_reply"],
)
def test_a_hidden_suggestion_does_not_exist(client, city, name):
    suggestion = city.written()

    for user in (
        city.clerk,
        UserFactory(),
        person_as(Role.CLERK, congress=CongressFactory(other=True)),
    ):
        get(client, user, name, suggestion.pk, status=404)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_step_of_something_hidden_does_not_exist(client, city, page):
    get(client, UserFactory(), page.name, 1, status=404)


@pytest.mark.parametrize("name", ["desk", "tasks", "ledger", "mine", "write", "similar"])
def test_a_stranger_has_no_lists(client, city, name):
    get(client, UserFactory(), name, status=404)


@pytest.mark.parametrize("name", ["desk", "tasks", "ledger", "mine", "write"])
def test_without_login_there_is_only_the_login(client, city, name):
    response = client.get(reverse(f"suggestions:{name}"))

    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


# --- the deputy


def test_write_saves_a_draft_and_submit_hands_it_in(client, city):
    post(client, city.deputy_user, "write", **PAPER)
    suggestion = Suggestion.objects.get()

    page = post(client, city.deputy_user, "submit", suggestion.pk, status=200, follow=True)

    assert fresh(suggestion).state == State.EXAMINING
    assert "已提交" in page


def test_a_deputy_of_two_congresses_says_in_which_it_is(client, city):
    county = DeputyFactory(of_county=True, person=city.lead.person)

    assert "以哪一级代表的身份提出" in get(client, city.deputy_user, "write")
    post(client, city.deputy_user, "write", mandate=county.pk, **PAPER)

    assert Suggestion.objects.get().lead == county


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("title", ""),
        ("title", "🙏🙏🙏"),
        ("title", "长" * 81),
        ("situation", "长" * 6_001),
        ("proposals", ""),
        ("subject", "nonsense"),
    ],
)
def test_a_paper_that_cannot_be_saved_comes_back_as_typed(client, city, field, value):
    page = post(client, city.deputy_user, "write", status=422, **(PAPER | {field: value}))

    assert "有地方要改" in page
    assert TEXT.proposals[:20] in page or field == "proposals"
    assert not Suggestion.objects.exists()


def test_a_script_is_shown_as_text(client, city):
    script = "<script>alert(1)</script>"
    post(client, city.deputy_user, "write", **(PAPER | {"situation": script}))

    page = get(client, city.deputy_user, "deputy_detail", Suggestion.objects.get().pk)

    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_half_written_paper_is_kept(client, city):
    post(
        client,
        city.deputy_user,
        "write",
        title="关于电梯",
        subject="other",
        openness="full",
        half="1",
    )

    assert Suggestion.objects.get().situation == ""


def test_looking_for_similar_ones_saves_nothing(client, city):
    city.submitted()

    page = post(client, city.deputy_user, "write", status=200, look="1", **PAPER)

    assert Suggestion.objects.count() == 1
    assert "<mark>" in page
    assert TEXT.proposals in page


def test_similar_ones_are_found_while_typing(client, city):
    city.tracking()

    page = get(client, city.deputy_user, "similar", title="翠园小区老楼加装电梯")

    assert "<mark>翠园小区</mark>" in page
    assert "三号楼加装电梯并投入使用" in page
    assert "<html" not in page


def test_a_matter_is_cited_by_its_count_not_by_words(client, city):
    matter = MatterFactory(
        congress=city.congress, deputy=city.lead, title="老楼没有电梯", n_voices=23
    )

    page = get(client, city.deputy_user, "write", **{"from": f"opinions.matter:{matter.pk}"})
    assert "有23位居民反映：老楼没有电梯。" in page

    client.post(reverse("suggestions:write") + f"?from=opinions.matter:{matter.pk}", PAPER)
    origin = Suggestion.objects.get().origins.get()
    assert (origin.kind, origin.item_id) == ("opinions.matter", matter.pk)


@pytest.mark.parametrize(
    "typed", ["nonsense", "opinions.matter:", "opinions.matter:99999999999999999999", "x:1"]
)
def test_a_strange_origin_is_no_origin(client, city, typed):
    assert "根据居民反映来写" not in get(client, city.deputy_user, "write", **{"from": typed})


def test_invite_finds_deputies_by_name_and_asks_them(client, city):
    suggestion = city.written()
    guest = DeputyFactory(term=city.term, with_user=True, person__name="欧阳秀兰")

    assert "欧阳秀兰" in get(client, city.deputy_user, "invite", suggestion.pk, q="秀兰")
    post(client, city.deputy_user, "invite", suggestion.pk, deputies=[guest.pk])

    assert suggestion.signatures.get(deputy=guest).state == SignatureState.INVITED


def test_invite_asks_for_a_name(client, city):
    suggestion = city.written()

    page = post(client, city.deputy_user, "invite", suggestion.pk, status=422)

    assert "请至少选一位代表" in page


def test_cosign_shows_the_change_and_takes_the_name(client, city):
    suggestion = city.signed()
    suggestion = actions.revise(
        suggestion, text=replace(TEXT, situation="改过的情况"), by=city.deputy_user
    )
    signature = suggestion.signatures.get(deputy=city.cosigner)

    page = get(client, city.cosigner_user, "cosign", signature.pk)
    assert "您签过以后，文字有改动" in page
    assert "<ins>" in page
    post(client, city.cosigner_user, "cosign", signature.pk, text_hash=suggestion.text_hash)

    assert fresh(signature).state == SignatureState.SIGNED


def test_cosigning_an_old_wording_shows_the_new_one(client, city):
    suggestion = city.invited()
    signature = suggestion.signatures.get(deputy=city.cosigner)

    page = post(client, city.cosigner_user, "cosign", signature.pk, status=409, text_hash="old")

    assert "文本刚刚改过" in page


def test_rating_keeps_the_words_when_something_is_missing(client, city):
    suggestion = city.replied()
    answers = {"attitude": "satisfied", "result": "dissatisfied", "contact_kind": "none"}

    page = post(client, city.deputy_user, "rate", suggestion.pk, status=422, **answers)
    assert "请写明理由" in page
    post(client, city.deputy_user, "rate", suggestion.pk, words="没有日期", **answers)

    assert fresh(suggestion).state == State.REDOING


def test_mine_sorts_what_waits_for_me_into_tabs(client, city):
    invited = city.invited()
    replied = city.replied(joint=True)

    to_sign = get(client, city.cosigner_user, "mine", tab="sign")
    to_rate = get(client, city.cosigner_user, "mine", tab="rate")

    def address(suggestion):
        return reverse("suggestions:deputy_detail", args=[suggestion.pk])

    assert (address(invited) in to_sign, address(replied) in to_sign) == (True, False)
    assert (address(invited) in to_rate, address(replied) in to_rate) == (False, True)


# --- ratings stay with their author while the round is open


def test_a_rating_is_hidden_from_the_unit_until_the_round_closes(client, city):
    suggestion = city.replied(joint=True)
    walk.rate(suggestion, by=city.deputy_user, score=Score.BASICALLY, words="还要看落实")

    assert "还要看落实" not in get(client, city.unit_clerk, "detail", suggestion.pk)
    assert "还要看落实" not in get(client, city.cosigner_user, "deputy_detail", suggestion.pk)
    assert "还要看落实" in get(client, city.deputy_user, "deputy_detail", suggestion.pk)
    assert "还要看落实" in get(client, city.clerk, "detail", suggestion.pk)

    walk.rate(suggestion, by=city.cosigner_user)
    assert "还要看落实" in get(client, city.unit_clerk, "detail", suggestion.pk)


def test_a_draft_reply_stays_in_the_unit(client, city):
    suggestion = city.drafted()
    reply = suggestion.replies.get()

    for person in (city.clerk, city.deputy_user, city.government):
        assert walk.BODY not in get(client, person, "detail", suggestion.pk)
        get(client, person, "reply", reply.pk, "pdf", status=404)
    assert walk.BODY in get(client, city.unit_clerk, "detail", suggestion.pk)
    client.force_login(city.unit_clerk)
    assert client.get(reverse("suggestions:reply", args=[reply.pk, "pdf"])).content[:5] == b"%PDF-"


# --- the desk


def test_the_desk_hands_over_what_is_ticked(client, city):
    ready, early = city.assigned(), city.registered()

    page = post(
        client,
        city.director,
        "hand_over_many",
        picked=[ready.pk, early.pk],
        status=200,
        follow=True,
    )

    assert fresh(ready).state == State.HANDED_OVER
    assert "已交办1件" in page
    assert "没有交办" in page


def test_the_clerks_steps_work_as_plain_forms(client, city):
    suggestion = city.submitted()

    post(client, city.clerk, "register", suggestion.pk)
    post(
        client,
        city.clerk,
        "propose_units",
        suggestion.pk,
        lead=city.unit.pk,
        unit1=city.finance.pk,
        part1="资金",
    )
    post(client, city.director, "hand_over", suggestion.pk)

    suggestion = fresh(suggestion)
    assert (suggestion.state, suggestion.n_cohandlers) == (State.HANDED_OVER, 1)
    assert city.cotask(suggestion).part == "资金"


def test_a_step_that_came_too_late_says_so_and_keeps_the_words(client, city):
    suggestion = city.submitted()
    actions.register(suggestion, by=city.director)

    page = post(
        client,
        city.clerk,
        "refuse",
        suggestion.pk,
        status=409,
        reasons=["N08"],
        words="没有内容的话",
    )

    assert "目前是“已立案”" in page
    assert "没有内容的话" in page


def test_a_step_that_is_not_ones_own_is_forbidden(client, city):
    suggestion = city.submitted()

    post(client, city.deputy_user, "register", suggestion.pk, status=403)
    get(client, city.deputy_user, "register", suggestion.pk, status=403)


def test_the_units_steps_work_as_plain_forms(client, city):
    suggestion = city.handed_over()
    task = city.task(suggestion)

    post(client, city.unit_clerk, "assignment_sign_for", task.pk)
    post(
        client, city.unit_clerk, "assignment_log_contact", task.pk,
        kind="visit", on=TODAY.isoformat(), persons="李科长", summary="看了三号楼",
    )  # fmt: skip
    post(client, city.unit_clerk, "draft_reply", suggestion.pk, **reply_with_promise())
    post(client, city.unit_clerk, "send_for_review", suggestion.pk)
    post(client, city.leader, "sign_reply", suggestion.pk)

    assert fresh(suggestion).state == State.REPLIED
    assert city.promise(suggestion).responsible == "改造科 李科长"


def reply_with_promise(**more):
    return {
        "result_class": "B",
        "body": walk.BODY,
        "contact_name": "李科长",
        "contact_telephone": "0931-0000000",
        "promise-TOTAL_FORMS": "2",
        "promise-INITIAL_FORMS": "0",
        "promise-0-text": "三号楼加装电梯",
        "promise-0-kind": "do",
        "promise-0-promised_on": "2026-09-30",
        "promise-0-responsible": "改造科 李科长",
        "promise-1-kind": "do",
        **more,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"promise-0-promised_on": "2020-01-01"},
        {"promise-0-promised_on": "?"},
        {"body": "长" * 20_001},
    ],
)
def test_a_reply_that_cannot_be_saved_comes_back_as_typed(client, city, wrong):
    suggestion = city.handling()

    page = post(
        client,
        city.unit_clerk,
        "draft_reply",
        suggestion.pk,
        status=422,
        **reply_with_promise(**wrong),
    )

    assert "三号楼加装电梯" in page
    assert not suggestion.replies.exists()


def test_filters_and_search_narrow_the_desk(client, city):
    suggestion = city.handling()
    other = factories.SuggestionFactory(
        examining=True, title="关于增加公交线路的建议", lead=city.lead
    )

    def found(**query):
        page = get(client, city.clerk, "desk", **query)
        return [
            reverse("suggestions:detail", args=[each.pk]) in page for each in (suggestion, other)
        ]

    assert found() == [True, True]
    assert found(tab="examining") == [False, True]
    assert found(unit="住房") == [True, False]
    assert found(q="电梯") == [True, False]
    assert found(q=suggestion.number) == [True, False]
    assert found(state=["handling", "examining"]) == [True, True]
    assert found(state="handling") == [True, False]
    assert found(year="2026", stage="between") == [True, False]
    assert found(q="没有这样的话") == [False, False]


def test_strange_filters_break_nothing(client, city):
    city.handling()

    for query in (
        {"page": "x", "sort": "-nonsense", "tab": "nonsense", "state": "x", "year": "99999"},
        {"q": "'\"%_\\&|!()<>:*"},
        {"q": "字" * 61},
    ):
        get(client, city.clerk, "desk", **query)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_lists_are_exported(client, city, form):
    city.tracking()
    client.force_login(city.clerk)

    for name in ("desk", "ledger"):
        response = client.get(reverse(f"suggestions:{name}"), {"format": form})
        content = b"".join(response)
        assert response["Content-Disposition"].startswith("attachment")
        assert len(content) > 100


def test_another_congress_is_not_in_the_list(client, city):
    suggestion = city.handling()
    stranger = person_as(Role.CLERK, congress=CongressFactory(other=True))

    assert reverse("suggestions:detail", args=[suggestion.pk]) not in get(client, stranger, "desk")


# --- the public


def publish(city, suggestion):
    publication = actions.propose_publication(suggestion, by=city.clerk)
    return actions.publish(
        publication,
        title=publication.title,
        text=publication.text,
        reply=publication.reply,
        by=city.clerk,
    )


def test_anyone_reads_what_is_published_and_nothing_else(client, city):
    hidden = city.registered()
    shown = city.tracking()
    publish(city, shown)

    page = get(client, None, "public")
    assert shown.number in page
    assert hidden.number not in page
    assert "三号楼加装电梯并投入使用" in get(client, None, "published", shown.number)
    assert "三号楼加装电梯并投入使用" in get(client, None, "promises")
    assert shown.number in get(client, None, "feed")
    get(client, None, "published", hidden.number, status=404)


def test_what_is_taken_back_is_gone_for_everyone(client, city):
    suggestion = city.tracking()
    publication = publish(city, suggestion)
    actions.take_back(publication, reason="有差错", by=city.clerk)

    get(client, None, "published", suggestion.number, status=404)
    assert suggestion.number not in get(client, None, "public") + get(client, None, "promises")


def test_a_redacted_word_does_not_find_its_text(client, city):
    text = replace(TEXT, situation="请联系19900001234。")
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    suggestion = actions.register(actions.submit(suggestion, by=city.deputy_user), by=city.clerk)
    publish(city, suggestion)

    assert suggestion.number not in get(client, None, "public", q="19900001234")


# --- cost


OVERHEAD = 5  # session, account, appointments, mandates, unread messages


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "person", "most"),
    [
        ("desk", "clerk", 2),
        ("tasks", "unit_clerk", 2),
        ("ledger", "clerk", 2),
        ("mine", "deputy_user", 2),
    ],
)
def test_lists_cost_the_same_for_any_number_of_rows(
    client, city, django_assert_max_num_queries, name, person, most, rows
):
    for _ in range(rows):
        city.tracking()
    client.force_login(getattr(city, person))

    with django_assert_max_num_queries(OVERHEAD + most):
        client.get(reverse(f"suggestions:{name}"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "most"), [("public", 2), ("promises", 3), ("feed", 1)])
def test_public_lists_cost_the_same_for_any_number_of_rows(
    client, city, django_assert_max_num_queries, name, most, rows
):
    for _ in range(rows):
        publish(city, city.tracking())

    with django_assert_max_num_queries(most):
        client.get(reverse(f"suggestions:{name}"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_for_any_number_of_promises(
    client, city, django_assert_max_num_queries, rows
):
    promises = [walk.promised(f"第{number}项") for number in range(rows)]
    suggestion = city.replied(result_class="B", promises=promises, joint=True, cohandled=True)

    for person in ("clerk", "unit_clerk", "deputy_user"):
        client.force_login(getattr(city, person))
        with django_assert_max_num_queries(OVERHEAD + 9):
            client.get(reverse("suggestions:detail", args=[suggestion.pk]))
