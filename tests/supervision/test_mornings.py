"""What waits for whom, what a morning reminds of, and the ten steps as people see them."""

from huiyin.dashboards import figures, waiting
from huiyin.dashboards.figures import Scope, Tally
from huiyin.kernel.models import Entry
from huiyin.supervision import actions
from tests.suggestions.walk import TODAY, fresh, later, news_to, rate


def lines(found):
    return {str(line.label): line.count for line in found}


def test_each_finds_what_waits_for_him(house):
    house.voting()
    house.judging(2026)
    house.reported()
    house.call(issued=True)
    actions.offer_draft(house.written(), to=house.congress, by=house.deputy_user)

    member = lines(waiting.for_desk(house.leading))
    director = lines(waiting.for_desk(house.director))
    deputy = lines(waiting.for_deputy(house.deputy_user))

    assert member == {"请投票测评": 1, "请给候选打分": 1}
    assert (director["督办报告待审议"], director["草稿待预审"]) == (1, 1)
    assert deputy["正在征集建议"] == 1


def test_a_vote_cast_and_a_score_given_wait_no_more(house):
    review, award = house.voting(), house.judging(2026)
    actions.vote(review, answer="satisfied", by=house.leading)
    actions.score(award.candidates.standing().get(), points=80, by=house.leading)

    assert lines(waiting.for_desk(house.leading)) == {}


def test_a_unit_is_asked_for_its_report_and_its_sheet(house):
    house.chosen()
    house.replied()
    appraisal = actions.open_appraisal(house.congress, year=TODAY.year, by=house.clerk)
    actions.show_cards(appraisal, by=house.director)

    found = lines(waiting.for_desk(house.leader))

    assert (found["请送交办理情况报告"], found["评分请核对"]) == (1, 1)


def test_a_morning_reminds_once_a_level(house):
    house.supervised()
    house.chosen()
    subject = "报告单位送交书面报告已经逾期"

    with later(60):
        actions.remind()
        actions.remind()

    assert news_to(house.leader).count(subject) == 1
    assert subject in news_to(house.director)
    with later(182):  # four days before it is due
        actions.remind()
    assert "重点督办向主任会议报告快到期了" in news_to(house.leading)


def test_nobody_is_reminded_of_what_has_time(house):
    house.supervised()
    before = news_to(house.leading)

    actions.remind()

    assert news_to(house.leading) == before


def test_every_night_the_sheets_follow_the_events(house):
    suggestion = house.replied()
    appraisal = actions.open_appraisal(house.congress, year=TODAY.year, by=house.clerk)
    card = appraisal.cards.get()
    rate(suggestion, by=house.deputy_user)

    assert actions.recount_running() == 1
    assert len(fresh(card).line("satisfaction")["base"]) == 1
    night = Entry.objects.filter(item_kind=appraisal.item_kind(), step="recount").last()
    assert night is not None
    assert night.actor_kind == "system"


def test_the_ten_steps_count_what_supervision_holds(house):
    house.supervised()
    house.chosen()
    house.award(2026)
    call = house.call(issued=True)
    actions.offer_clue(call, title="断头路", by=house.clerk)
    actions.offer_draft(house.written(), to=house.congress, by=house.deputy_user)

    found = {s.number: s.count for s in figures.pipeline(Scope(house.congress, TODAY.year))}

    # step 8: the key item and its suggestion; step 9: the review and the candidate's reply
    assert found == {1: None, 2: None, 3: 1, 4: 1, 5: 1, 6: 0, 7: 0, 8: 2, 9: 2, 10: 1}


def test_a_step_opens_its_rows_by_age(house, client):
    suggestion = house.handling()
    client.force_login(house.director)

    with later(40):
        page = client.get("/overview/steps/8/?age=older").content.decode()
        none = client.get("/overview/steps/8/?age=week").content.decode()
        whole = client.get("/overview/steps/").content.decode()

    assert (suggestion.title in page, suggestion.title in none) == (True, False)
    assert "尚未记录" in whole


def test_figures_of_supervision_equal_a_count_by_hand(house):
    house.supervised()
    house.decided()
    house.proposed()
    house.concluded()
    house.counted(TODAY.year, "satisfied")
    house.heard(2025)

    found = {
        f.key: (f.count, f.of)
        for f in figures.supervision(Tally(Scope(house.congress, TODAY.year)))
    }

    assert found == {"K8": (3, None), "K8a": (1, 3), "K9": (1, None), "awards": (0, None)}
