"""What another system finished comes in whole, is told from its columns, and counts in its own year."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from huiyin.congress.models import Deputy, Person
from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope, Tally
from huiyin.dashboards.trace import chain_of, trace_of
from huiyin.kernel import trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from huiyin.notices.models import Message
from huiyin.rulebook.models import Clock
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentState, Gap, PromiseState, State
from huiyin.suggestions.models import OldItem, Promise, Publication, Rating, Suggestion
from huiyin.suggestions.models.resemblance import suggestions_like
from tests.accounts.factories import UserFactory
from tests.suggestions import old_sheet
from tests.suggestions.browse import get
from tests.suggestions.old_sheet import check, numbered, row, take_in
from tests.suggestions.walk import trail_of

YEAR = 2019


@pytest.fixture
def past(city):
    return old_sheet.past(city)


def tally(city, year=YEAR):
    return Tally(Scope(city.congress, year))


def shares(city):
    """Every rate of the year: how many of how many."""
    return {figure.key: (figure.count, figure.of) for figure in figures.rates(tally(city))}


def test_a_row_becomes_a_finished_suggestion_with_all_that_hung_on_it(city, past):
    [item] = take_in(city, row())

    assert (item.number, item.state, item.term, item.session) == (
        "16-3-0126",
        State.CLOSED,
        past.term,
        past.session,
    )
    assert [str(s.deputy) for s in item.signed] == ["方晓岚", "石望川", "柳青禾"]
    assert [(str(t.unit), t.state) for t in item.assignments.order_by("pk")] == [
        ("兰州市住房和城乡建设局", AssignmentState.REPLIED),
        ("兰州市财政局", AssignmentState.OPINION_GIVEN),
        ("旧规划局", AssignmentState.RETURNED),
    ]
    reply = item.replies.get()
    assert (reply.document_number, reply.result_class, reply.signed_by) == (
        "兰建办〔2019〕12号",
        "B",
        None,
    )
    assert list(reply.ratings.order_by("pk").values_list("attitude", "result")) == [
        ("satisfied", "basically"),
        ("satisfied", "satisfied"),
    ]
    assert item.promises.get().state == PromiseState.KEPT
    assert Publication.objects.get(suggestion=item).text.startswith("雁滩小区")


def test_the_trail_holds_and_says_only_what_this_house_saw(city, past):
    [item] = take_in(city, row())
    trail.seal_all()

    assert list(verify.faults()) == []
    assert trail_of(item) == ["bring_in"]
    entry = Entry.objects.get(item_kind=item.item_kind(), item_id=item.pk)
    assert (entry.actor_label, entry.at.date().year) == (city.clerk.name, 2026)
    assert "旧件.xlsx" in entry.words


def test_an_old_item_changed_past_its_actions_is_found(city, past):
    [item] = take_in(city, row())
    Rating.objects.filter(reply__suggestion=item).update(result="satisfied")

    assert "changed past its actions" in " ".join(verify.faults())


def test_no_clock_runs_and_nobody_is_told(city, past):
    before = Message.objects.count()

    [item] = take_in(city, row())

    assert Message.objects.count() == before
    assert not Clock.objects.running().filter(pk=item.reply_clock_id).exists()
    assert (item.reply_clock.due_on, item.reply_clock.was_kept) == (dt.date(2019, 6, 5), True)
    assert not Suggestion.objects.of_deputy(city.deputy_user).filter(asks_to_rate=True).exists()


def test_a_letter_brought_in_is_not_rated_here(client, city, past):
    signer = UserFactory(name="方晓岚")
    Person.objects.filter(pk=past.deputies[0].person_id).update(user=signer)
    [item] = take_in(city, row(ratings=""))

    assert reverse("suggestions:rate", args=[item.pk]) not in get(
        client, signer, "deputy_detail", item.pk
    )
    with pytest.raises(NotPossible, match="从旧系统导入"):
        actions.rate(item, attitude="satisfied", result="satisfied", by=signer)


def test_an_open_promise_is_live_in_the_ledger_and_can_be_kept(city, past):
    [item] = take_in(city, row(promises="三号楼加装电梯|2026-09-30|李局长|"))

    promise = Promise.objects.visible_to(city.clerk).outstanding().get()
    assert (promise.suggestion, promise.promised_on, item.state) == (
        item,
        dt.date(2026, 9, 30),
        State.TRACKING,
    )
    actions.claim_done(promise, evidence="三号楼电梯已投入使用。", by=city.unit_clerk)
    actions.confirm(promise, by=city.clerk)

    item.refresh_from_db()
    assert item.state == State.CLOSED
    assert list(verify.faults()) == []


def test_the_trace_is_drawn_from_the_columns_and_ends_with_the_import(city, past):
    [item] = take_in(city, row(extensions="2019-07-05|要等资金下达"))

    trace = trace_of(chain_of("suggestions.suggestion", item.pk, city.clerk))

    assert [(one.heading, one.at.date().isoformat()) for one in trace.milestones] == [
        ("代表提出建议", "2019-01-10"),
        ("审查立案，编号", "2019-01-12"),
        ("交办", "2019-03-05"),
        ("同意延期", "2019-03-05"),
        ("同意退办，另行交办", "2019-03-06"),
        ("承办单位签收", "2019-03-07"),
        ("与代表沟通", "2019-04-02"),
        ("承办单位答复", "2019-05-20"),
        ("作出承诺", "2019-05-20"),
        ("代表评价答复", "2019-06-01"),
        ("代表评价答复", "2019-06-02"),
        ("办结", "2019-06-20"),
        ("核实：已兑现", "2020-05-12"),
        ("从旧系统导入", "2026-03-05"),
    ]
    assert ("旧件", "旧件.xlsx 第 2 行") in trace.facts


def test_rates_of_its_year_count_what_a_plain_count_counts(city, past):
    late = "2019-07-01"
    take_in(
        city,
        row(number="1", old_id="1", result_class="A", ratings="满意", promises=""),
        row(number="2", old_id="2", replied_on=late, ratings="不满意", contacts="", returns="", promises="", closed_on=late),
        row(number="3", old_id="3", replied_on=late, extensions="2019-08-05|要等资金", ratings="", returns="", closed_on=late),
    )  # fmt: skip

    found = shares(city)

    assert {key: found[key] for key in ("reply", "K11", "K10", "meeting", "resolution", "return")} == {
        "reply": (3, 3),
        "K11": (2, 3),
        "K10": (1, 2),
        "meeting": (2, 3),
        "resolution": (1, 3),
        "return": (1, 3),
    }  # fmt: skip
    assert shares(city)["finished"] == (2, 3)
    handed_in = figures.six_functions(tally(city))[0]
    assert (handed_in.count, handed_in.of) == (0, 3)  # nothing of it went through this house


def test_what_a_missing_column_leaves_open_stands_on_neither_side(city, past):
    [item] = take_in(
        city,
        row(result_class=""),
        without=("contacts", "returns", "extensions", "ratings", "promises"),
    )

    found = shares(city)

    assert set(item.old_item.gaps) == set(Gap)
    assert found["reply"] == (1, 1)
    assert {found[key][1] for key in ("K11", "K11b", "meeting", "contact", "return")} == {0}
    assert {found[key][1] for key in ("resolution", "finished", "K10")} == {0}
    assert tally(city).totals["silent"] == 0


def test_without_the_hand_over_or_the_reply_it_is_counted_nowhere(city, past):
    [one, two] = take_in(
        city,
        row(number="1", old_id="1", handed_over_on="", signed_for_on="", returns=""),
        row(number="2", old_id="2", replied_on="", document_number="", result_class="", reply="", ratings="", promises=""),
    )  # fmt: skip

    assert (one.handed_over_at, two.handed_over_at) == (None, None)
    assert two.old_item.handed_over_on == dt.date(2019, 3, 5)
    assert shares(city)["reply"] == (0, 0)
    assert list(verify.faults()) == []


def test_similar_suggestions_of_all_years_find_it(city, past):
    [item] = take_in(city, row())

    near = suggestions_like("关于雁滩小区老旧楼房加装电梯的建议", city.congress)

    assert [like.item for like in near] == [item]


def test_hand_overs_are_learned_from_it(city, past):
    take_in(
        city,
        *numbered(3, returns=""),
        *(row(number=f"{n}", old_id=f"{n}", title="关于增加校园食堂补助的建议", situation="食堂", lead_units="兰州市财政局", cohandlers="", returns="") for n in (11, 12, 13)),
    )  # fmt: skip

    assert actions.learn_routes(city.congress).n_examples == 6


def test_the_second_round_and_its_rating(city, past):
    [item] = take_in(
        city,
        row(
            ratings="方晓岚|满意|不满意|2019-06-01|没有说哪一年",
            again_on="2019-06-15",
            again_class="A",
            again_ratings="方晓岚|满意|满意|2019-06-18",
        ),
    )

    assert (item.round, item.replies.count()) == (2, 2)
    assert shares(city)["redo"] == (1, 1)
    assert shares(city)["K10"] == (1, 1)


def test_a_rating_without_its_reason_says_that_the_file_has_none(city, past):
    [item] = take_in(city, row(ratings="方晓岚|不满意|不满意"))

    assert item.replies.get().ratings.get().words == "旧系统没有记下理由"


def test_parts_are_answered_each_by_its_unit(city, past):
    [item] = take_in(
        city,
        row(
            mode="分别办理",
            lead_units="兰州市住房和城乡建设局、兰州市财政局",
            cohandlers="",
            part_replies="兰州市住房和城乡建设局|2019-05-20|兰建办1号|A|已办\n兰州市财政局|2019-05-25|兰财2号|B|已安排",
        ),
    )

    assert [(str(r.assignment.unit), r.result_class) for r in item.replies.order_by("pk")] == [
        ("兰州市住房和城乡建设局", "A"),
        ("兰州市财政局", "B"),
    ]


def test_a_delegations_paper_is_signed_by_its_head(city, past):
    [item] = take_in(city, row(lead="安宁代表团（方晓岚）", cosigners="", ratings="满意"))

    assert (item.proposer, str(item.lead)) == ("delegation", "方晓岚")


def test_a_former_unit_keeps_its_name_and_gets_no_task(city, past):
    answers = {"units": {"兰州市旧机械局": "former"}}
    [item] = take_in(city, row(lead_units="兰州市旧机械局"), answers=answers)

    assert (item.lead_unit.name, item.lead_unit.is_active) == ("兰州市旧机械局", False)


def test_a_unit_is_mapped_to_its_successor(city, past):
    answers = {"units": {"兰州市建委": str(city.unit.pk)}}
    [item] = take_in(city, row(lead_units="兰州市建委"), answers=answers)

    assert item.lead_unit == city.unit


def test_a_former_deputy_of_a_past_term_is_a_name_and_an_ended_mandate(city, past):
    people = Person.objects.count()
    answers = {"rest": {"deputies": "former"}}
    [one, two] = take_in(
        city,
        row(number="1", old_id="1", lead="郑无名", ratings="郑无名|满意|满意"),
        row(number="2", old_id="2", lead="郑无名", ratings="郑无名|满意|满意"),
        answers=answers,
    )

    assert one.lead == two.lead
    assert (str(one.lead.person.phone), one.lead.state, one.lead.term) == ("", "ended", past.term)
    assert Person.objects.count() == people + 1
    assert list(verify.faults()) == []


def test_a_person_may_say_that_two_mandates_are_one_human_being(city, past):
    person = city.lead.person
    answers = {"deputies": {f"16|{person.name}": f"person:{person.pk}"}}
    [item] = take_in(city, row(lead=person.name, ratings="满意"), answers=answers)

    assert item.lead.person == person
    assert Deputy.objects.filter(person=person).count() == 2


def test_the_same_file_a_second_time_is_here_already(city, past):
    take_in(city, *numbered(2))

    found = check(city, *numbered(2))

    assert found.n_good == 0
    assert {problem.message_en for problem in found.problems} == {
        "is here already and does not come in again"
    }
    with pytest.raises(NotPossible):
        take_in(city, *numbered(2))
    assert OldItem.objects.count() == 2


def test_one_bad_row_and_nothing_comes_in(city, past):
    with pytest.raises(NotPossible):
        take_in(city, row(), row(number="2", old_id="2", closed_on=""))

    assert (OldItem.objects.count(), Suggestion.objects.count()) == (0, 0)


def test_a_batch_costs_the_same_few_statements_whatever_its_rows(city, past):
    def statements(*rows):
        with CaptureQueriesContext(connection) as queries:
            take_in(city, *rows)
        return len(queries)

    more = [row(number=str(n), old_id=str(n)) for n in range(100, 140)]

    assert statements(*numbered(2)) == statements(*more)
