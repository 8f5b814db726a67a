"""Who sees which page, the deputies' pages, and what stays hidden."""

from dataclasses import replace

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.suggestions import actions
from huiyin.suggestions.choices import Score, SignatureState, State
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.pages import PAGES
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory, DeputyFactory, person_as
from tests.opinions.factories import MatterFactory
from tests.suggestions import walk
from tests.suggestions.browse import PAPER, get, post
from tests.suggestions.walk import TEXT, City, fresh

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
        ("subject", "nonsense"),
    ],
)
def test_a_paper_that_cannot_be_saved_comes_back_as_typed(client, city, field, value):
    page = post(client, city.deputy_user, "write", status=422, **(PAPER | {field: value}))

    assert "有地方要改" in page
    assert TEXT.proposals[:20] in page
    assert not Suggestion.objects.exists()


def test_a_script_is_shown_as_text(client, city):
    script = "<script>alert(1)</script>"
    post(client, city.deputy_user, "write", **(PAPER | {"situation": script}))

    page = get(client, city.deputy_user, "deputy_detail", Suggestion.objects.get().pk)

    assert script not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_half_written_paper_is_kept(client, city):
    half = {"title": "关于电梯", "subject": "other", "openness": "full"}

    page = post(client, city.deputy_user, "write", follow=True, status=200, **half)

    assert "草稿已保存。“情况和问题、具体建议”还没写，写好才能提交。" in page
    assert Suggestion.objects.get().situation == ""


def test_what_a_revision_still_lacks_is_said(client, city):
    suggestion = city.written()
    paper = PAPER | {"proposals": ""}

    page = post(client, city.deputy_user, "revise", suggestion.pk, follow=True, status=200, **paper)

    assert "“具体建议”还没写，写好才能提交。" in page


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


@pytest.fixture
def of_two_congresses(city):
    """The lead sits in the county's congress too, where somebody else wrote about the same."""
    county = City(congress=CongressFactory(county=True))
    seat = DeputyFactory(term=county.term, person=city.lead.person)
    return seat, county.submitted()


def test_similar_ones_are_looked_for_in_the_congress_one_writes_to(client, city, of_two_congresses):
    seat, theirs = of_two_congresses
    Suggestion.objects.filter(pk=theirs.pk).update(title="区里的老楼加装电梯")
    typed = {"title": "翠园小区老楼加装电梯"}

    in_county = get(client, city.deputy_user, "similar", mandate=seat.pk, **typed)
    in_city = get(client, city.deputy_user, "similar", mandate=city.lead.pk, **typed)
    looked = post(client, city.deputy_user, "write", status=200, look="1", mandate=seat.pk, **PAPER)

    assert ["区里的" in page for page in (in_county, in_city, looked)] == [True, False, True]


def test_similar_ones_are_looked_for_in_the_congress_of_the_paper_one_changes(
    client, city, of_two_congresses
):
    seat, theirs = of_two_congresses
    Suggestion.objects.filter(pk=theirs.pk).update(title="区里的老楼加装电梯")
    mine = actions.write(seat, text=TEXT, by=city.deputy_user)

    page = get(client, city.deputy_user, "revise", mine.pk)
    typing = get(client, city.deputy_user, "similar", title="翠园小区老楼加装电梯", besides=mine.pk)

    assert ["区里的" in each for each in (page, typing)] == [True, True]


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


@pytest.mark.parametrize(
    ("asked", "offered"), [({}, False), ({"page": "2"}, False), ({"q": "电梯"}, True)]
)
def test_conditions_can_be_cleared_where_there_are_any(client, db, asked, offered):
    page = client.get("/suggestions/", asked).content.decode()

    assert ("清除条件" in page) is offered
