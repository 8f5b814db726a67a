"""The chain walked by programs, each with the token of its person."""

from typing import Any

import pytest

from huiyin.accounts.actions import make_token
from huiyin.suggestions.models import Suggestion
from tests.doors.machines import ask
from tests.suggestions.factories import PROPOSALS, SITUATION
from tests.suggestions.walk import BODY, City, fresh, trail_of

TITLE = "关于为翠园小区三号楼加装电梯的建议"
PAPER = {"title": TITLE, "situation": SITUATION, "proposals": PROPOSALS, "subject": "construction"}
PROMISE = {
    "text": "三号楼加装电梯并投入使用",
    "kind": "do",
    "promised_on": "2026-09-30",
    "responsible": "李科长",
}
LETTER = {"result_class": "B", "body": BODY, "promises": [PROMISE]}
RATING = {"attitude": "satisfied", "result": "satisfied", "contact_kind": "visit"}


class Office:
    """Everybody's program."""

    def __init__(self, city: City) -> None:
        self.people = {
            "lead": city.deputy_user,
            "cosigner": city.cosigner_user,
            "clerk": city.clerk,
            "director": city.director,
            "unit": city.unit_clerk,
            "leader": city.leader,
            "finance": city.finance_clerk,
        }
        self.keys = {
            name: make_token(user, name="程序", can_write=True, days=1, by=user)[1]
            for name, user in self.people.items()
        }

    def get(self, who: str, path: str) -> Any:
        return ask("get", f"/api/v1/work/{path}", self.keys[who])

    def post(self, who: str, path: str, **body: Any) -> Any:
        return ask("post", f"/api/v1/work/{path}", self.keys[who], body)

    def put(self, who: str, path: str, **body: Any) -> Any:
        return ask("put", f"/api/v1/work/{path}", self.keys[who], body)


@pytest.fixture
def office(city):
    return Office(city)


def test_the_whole_chain_goes_through_the_api(city, office):
    wish = {"openness": "full", "wished_unit": "住建局"}
    begun = office.post("lead", "suggestions", **PAPER, **wish).json()
    here = f"suggestions/{begun['id']}"
    office.post("lead", f"{here}/invite", deputies=[city.cosigner.pk])
    shown = office.get("cosigner", here).json()
    name = next(each for each in shown["signatures"] if not each["is_lead"])
    office.post("cosigner", f"signatures/{name['id']}/sign", text_hash=shown["text_hash"])
    office.post("lead", f"{here}/submit")
    office.post("clerk", f"{here}/register")
    office.post("clerk", f"{here}/propose-units", lead=city.unit.pk, mode="", lead_part="")
    office.post("director", f"{here}/hand-over")
    (task,) = office.get("unit", "tasks").json()["items"]
    office.post("unit", f"tasks/{task['id']}/sign-for")
    contact = {"kind": "visit", "on": "2026-03-05", "persons": "李科长", "summary": "看过现场。"}
    office.post("unit", f"tasks/{task['id']}/log-contact", **contact)
    office.post("unit", f"{here}/draft-reply", **LETTER)
    office.post("unit", f"{here}/send-for-review")
    office.post("leader", f"{here}/sign-reply")
    for who in ("lead", "cosigner"):
        last = office.post(who, f"{here}/rate", **RATING)

    suggestion = Suggestion.objects.get(pk=begun["id"])
    assert (last.status_code, last.json()["state"], suggestion.state) == (
        200,
        "tracking",
        "tracking",
    )
    assert trail_of(suggestion) == [
        "write", "invite", "submit", "register", "propose_units", "hand_over", "sign_for",
        "draft_reply", "send_for_review", "sign_reply", "rate", "rate", "finish_round", "track",
    ]  # fmt: skip
    page = office.get("lead", here).json()
    assert [promise["text"] for promise in page["promises"]] == [PROMISE["text"]]
    assert [rating["name"] for rating in page["ratings"]] == [
        city.lead.person.name,
        city.cosigner.person.name,
    ]


def test_the_steps_one_may_take_are_listed_with_the_reason_where_one_is_closed(city, office):
    suggestion = city.registered()

    steps = office.get("clerk", f"suggestions/{suggestion.pk}").json()["steps"]

    found = {step["step"]: step["reason"] for step in steps if step["kind"] == "suggestion"}
    assert found["propose_units"] is None
    assert office.get("lead", f"suggestions/{suggestion.pk}").json()["steps"] != steps


def test_a_list_holds_what_its_reader_may_see(city, office):
    draft, shown = city.written(), city.handling()

    found = {
        who: {row["id"] for row in office.get(who, "suggestions").json()["items"]}
        for who in ("lead", "clerk", "unit", "finance")
    }

    assert found == {
        "lead": {draft.pk, shown.pk},
        "clerk": {shown.pk},
        "unit": {shown.pk},
        "finance": set(),
    }


def test_hidden_is_not_there_and_a_step_of_others_is_refused(city, office):
    draft, handled = city.written(), city.handling()

    codes = [
        office.get("clerk", f"suggestions/{draft.pk}").status_code,
        office.post("finance", f"suggestions/{handled.pk}/send-for-review").status_code,
        office.post("clerk", f"suggestions/{handled.pk}/send-for-review").status_code,
        office.post("clerk", f"suggestions/{handled.pk}/register").status_code,
        office.get("clerk", f"suggestions/{2**63 - 1}").status_code,
    ]

    assert codes == [404, 404, 403, 409, 404]


def test_a_closed_step_says_why_in_the_readers_language(city, office):
    handled = city.handling()
    path = f"/api/v1/work/suggestions/{handled.pk}/register"
    key = office.keys["clerk"]

    chinese = ask("post", path, key).json()["detail"]
    english = ask("post", path, key, language="en").json()["detail"]

    assert (chinese.startswith("现在不能"), english.isascii()) == (True, True)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({}, ["body", "given", "words"]),
        ({"words": ""}, ["body", "given", "words"]),
        ({"words": "长" * 501}, ["body", "given", "words"]),
        ({"words": "退回", "state": "closed"}, ["body", "given", "state"]),
        ({"words": 7}, ["body", "given", "words"]),
    ],
)
def test_a_bad_body_is_told_where_and_changes_nothing(city, office, body, where):
    reviewing = city.reviewing()

    answer = office.post("leader", f"suggestions/{reviewing.pk}/send-back", **body)

    assert (answer.status_code, answer.json()["detail"][0]["loc"]) == (422, where)
    assert fresh(reviewing).version == reviewing.version


def test_what_only_the_form_knows_is_refused_by_the_form(city, office):
    replied = city.replied()

    unhappy = RATING | {"result": "dissatisfied"}
    answer = office.post("lead", f"suggestions/{replied.pk}/rate", **unhappy)

    (problem,) = answer.json()["detail"]
    assert (answer.status_code, problem["loc"], problem["type"]) == (422, ["body", "words"], "form")
    assert not replied.replies.get().ratings.exists()


def test_a_draft_belongs_to_its_unit(city, office):
    drafted = city.drafted()
    seen = {who: office.get(who, f"suggestions/{drafted.pk}").json() for who in ("unit", "clerk")}

    assert [len(seen[who]["replies"]) for who in ("unit", "clerk")] == [1, 0]


def test_ratings_of_an_open_round_are_not_shown_to_the_unit(city, office):
    replied = city.replied(joint=True)
    here = f"suggestions/{replied.pk}"
    office.post("lead", f"{here}/rate", **RATING)

    found = {
        who: len(office.get(who, here).json()["ratings"]) for who in office.keys if who != "finance"
    }

    assert found == {"lead": 1, "cosigner": 0, "clerk": 1, "director": 1, "unit": 0, "leader": 0}


def test_what_is_handled_in_confidence_is_told_to_nobody_else(city, office):
    secret = PAPER | {"is_secret": True}
    begun = office.post("lead", "suggestions", **secret, openness="closed").json()
    office.post("lead", f"suggestions/{begun['id']}/submit")

    codes = {
        who: office.get(who, f"suggestions/{begun['id']}").status_code
        for who in ("lead", "clerk", "director", "unit")
    }

    assert codes == {"lead": 200, "clerk": 404, "director": 200, "unit": 404}


def test_a_text_is_revised_and_the_signatures_are_asked_again(city, office):
    signed = city.signed()
    changed = PAPER | {"openness": "full", "proposals": "请在今年内完成。"}

    answer = office.put("lead", f"suggestions/{signed.pk}", **changed)

    assert answer.status_code == 200
    assert fresh(signed).proposals == "请在今年内完成。"
    assert signed.signatures.get(deputy=city.cosigner).state == "stale"


def test_an_old_wording_is_not_signed(city, office):
    invited = city.invited()
    name = invited.signatures.get(deputy=city.cosigner)

    answer = office.post("cosigner", f"signatures/{name.pk}/sign", text_hash="0" * 64)

    assert (answer.status_code, fresh(name).state) == (409, "invited")


def test_the_ledger_and_the_pages_of_it(city, office):
    city.tracking()
    city.tracking()

    whole = office.get("clerk", "promises").json()
    second = office.get("clerk", "promises?limit=1&offset=1").json()
    refused = [office.get("clerk", f"promises?{q}").status_code for q in ("limit=101", "offset=-1")]

    assert (whole["count"], len(second["items"]), second["count"]) == (2, 1, 2)
    assert second["items"] == whole["items"][1:]
    assert refused == [422, 422]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_list_asks_the_same_number_of_questions(
    city, office, rows, django_assert_max_num_queries
):
    for _ in range(rows):
        city.handling()

    with django_assert_max_num_queries(8):
        found = office.get("clerk", "suggestions").json()

    assert found["count"] == rows
