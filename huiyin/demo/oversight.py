"""What the standing committee did over the suggestions: last year's whole round, this year's half."""

import datetime as dt
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from huiyin.accounts.models import User
from huiyin.congress import actions as congress
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Congress, Deputy, Unit
from huiyin.demo.city import City
from huiyin.demo.names import People
from huiyin.demo.office import Office, account_of
from huiyin.demo.people import SINCE, account
from huiyin.kernel import clock
from huiyin.kernel.trail import SYSTEM
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import actions
from huiyin.supervision.choices import ActKind, AwardKind, Result, Vote
from huiyin.supervision.models import Award, Call, KeyItem, Scorecard

DAY = dt.timedelta(days=1)
MEMBERS = 34  # beside the one who may log in; a city of this size has 29 to 51 (地方组织法 art. 47)
KEY_ITEMS = 10
JURY = 7
COMMITTEES = (
    "城乡建设环境资源保护委员会",
    "教育科学文化卫生委员会",
    "社会建设委员会",
    "财政经济委员会",
)
REPORT = (
    "全年承办代表建议情况如下：均在法定期限内答复，办理前都与代表当面沟通。"
    "\n没有办成的主要受管线权属和资金限制，已列入明年计划并逐件书面说明。"
)


@dataclass
class Bench:
    """The people of the standing committee."""

    city: City
    office: Office
    member: User
    members: list[User]
    committee_clerk: User
    county_clerk: User
    committees: list[Committee]

    @property
    def congress(self) -> Congress:
        return self.city.congress


def seat_bench(city: City, office: Office, people: People) -> Bench:
    """Members, a special committee's clerk, and one county's clerk for the pre-check."""
    own = city.congress
    member = User.objects.get(username="member")
    members = [_appointed(f"member{n}", people, Role.MEMBER, own) for n in range(2, MEMBERS + 2)]
    return Bench(
        city=city,
        office=office,
        member=member,
        members=[member, *members],
        committee_clerk=_appointed("committee", people, Role.COMMITTEE, own),
        county_clerk=_appointed("county", people, Role.CLERK, city.counties[0]),
        committees=[Committee.objects.create(congress=own, name=name) for name in COMMITTEES],
    )


def oversee(bench: Bench, chance: random.Random, today: dt.date) -> None:
    """Last year is over; of this year something stands in every state."""
    last = today.year - 1
    _key_items(bench, chance, last, dt.date(last, 9, 8), today, is_over=True)
    _key_items(bench, chance, today.year, today - DAY * 120, today, is_over=False)
    units = _busiest(bench, last)
    for unit in units[:2]:
        _heard(bench, unit, last, dt.date(last, 9, 15), is_over=True)
    spring = dt.date(today.year, 4, 13)
    if today > spring + DAY * 90:
        _last_appraisal(bench, last, spring)
        for kind in AwardKind.values:
            _last_award(bench, chance, last, kind, spring + DAY * 30)
    this = _busiest(bench, today.year)
    for place, unit in enumerate(this[:2]):
        _heard(bench, unit, today.year, today - DAY * 60, is_over=place == 0)
    _this_appraisal(bench, today)
    _this_award(bench, chance, today)
    _call(bench, today)


def _key_items(
    bench: Bench,
    chance: random.Random,
    year: int,
    day: dt.date,
    today: dt.date,
    *,
    is_over: bool,
) -> None:
    items = Suggestion.objects.filter(
        congress=bench.congress,
        handed_over_at__lt=clock.at(day),
        submitted_at__year=year,
        key_memberships=None,
    ).exclude(state=State.WITHDRAWN)
    found = items.order_by("-n_cosigners", "number").select_related("congress__region")
    for place, suggestion in enumerate(found[:KEY_ITEMS]):
        _key_item(bench, suggestion, year, day, place, is_over=is_over)


def _key_item(
    bench: Bench, suggestion: Suggestion, year: int, day: dt.date, place: int, *, is_over: bool
) -> None:
    with on(day):
        item = actions.propose_key_item(
            bench.congress,
            year=year,
            title=suggestion.title.removeprefix("关于").removesuffix("的建议")[:80],
            criteria=["major", "many"] if suggestion.n_cosigners else ["major"],
            reason="代表联名提出，群众反映强烈，需要几个单位一起办。",
            suggestions=[suggestion],
            by=bench.committee_clerk,
        )
    with on(day + DAY * 2):
        actions.give_key_opinion(item, agrees=True, by=bench.members[place + 1])
    if not is_over and place == KEY_ITEMS - 1:
        return
    with on(day + DAY * 7):
        item = actions.decide_key_item(
            item, meeting=f"第{40 + place // 5}次主任会议", decided_on=clock.today(),
            by=bench.office.director,
        )  # fmt: skip
    if is_over or place < KEY_ITEMS - 2:
        _follow_up(bench, item, day + DAY * 10, place, is_over=is_over)


def _follow_up(bench: Bench, item: KeyItem, day: dt.date, place: int, *, is_over: bool) -> None:
    committee = bench.committees[place % len(bench.committees)]
    with on(day):
        item = actions.issue_notice(
            item,
            leader=bench.members[place],
            committee=committee,
            plan="一、一个月内现场视察，请提建议的代表参加。\n二、两个月内听取承办单位汇报。\n三、年底前向主任会议报告。",
            by=bench.office.director,
        )
    for kind, after, summary in (
        (ActKind.VISIT, 25, "到现场看了进度，要求明确完工时间，每周通报一次。"),
        (ActKind.MEETING, 55, "听取承办单位汇报，协调了资金和管线迁改两个难点。"),
    ):
        with on(day + DAY * after):
            actions.log_act(
                item,
                kind=kind,
                on=clock.today(),
                persons=f"{bench.members[place].name}、提建议的代表、承办单位负责人",
                summary=summary,
                by=bench.committee_clerk,
            )
    if is_over or place < 2:
        _report(bench, item, day + DAY * 80, is_over=is_over)


def _report(bench: Bench, item: KeyItem, day: dt.date, *, is_over: bool) -> None:
    with on(day):
        item = actions.report_key_item(
            item,
            report="督办情况：现场视察一次，座谈一次，协调解决两个难点。建议提出的主要事项已办结，居民反映较好。",
            by=bench.committee_clerk,
        )
    if not is_over:
        return
    with on(day + DAY * 10):
        item = actions.conclude_key_item(
            item,
            conclusion=Result.SOLVED,
            words="同意报告，继续关注后续管护。",
            by=bench.office.director,
        )
    with on(day + DAY * 12):
        words = "这件事由常委会领导领衔督办，经过现场视察和座谈协调，主要事项已经办结。"
        actions.publish_key_item(item, words=words, by=bench.office.director)


def _heard(bench: Bench, unit: Unit, year: int, day: dt.date, *, is_over: bool) -> None:
    """A unit reports; the ballot of the second one this year is still open."""
    with on(day):
        review = actions.choose_unit(
            bench.congress,
            unit=unit,
            year=year,
            meeting="第39次主任会议",
            reason="承办件数多，代表关注度高。",
            by=bench.office.director,
        )
    with on(day + DAY * 14):
        review = actions.hand_in_report(review, report=REPORT, by=bench.office.handlers[unit.pk][1])
    present = bench.members[: MEMBERS - 4]
    with on(day + DAY * (40 if is_over else 60)):
        review = actions.open_ballot(
            review, meeting="第36次会议", is_secret=True, present=present, by=bench.office.director
        )
        voters = present if is_over else present[1 : len(present) // 2]
        for place, member in enumerate(voters):
            answer = (Vote.SATISFIED, Vote.SATISFIED, Vote.BASICALLY)[place % 3]
            answer = Vote.DISSATISFIED if place % 11 == 10 else answer
            actions.vote(review, answer=answer, by=member)
        if is_over:
            actions.close_ballot(review, by=bench.office.director)


def _last_appraisal(bench: Bench, year: int, day: dt.date) -> None:
    office = bench.office
    with on(day):
        appraisal = actions.open_appraisal(bench.congress, year=year, by=office.clerk)
    with on(day + DAY):
        appraisal = actions.show_cards(appraisal, by=office.director)
    with on(day + DAY * 2):
        cards = appraisal.cards.select_related("unit", "appraisal__congress__region")
        for place, card in enumerate(cards.order_by("pk")):
            if place < 2 and card.rows_against():
                _object(bench, card, is_granted=place == 0)
    with on(day + DAY * 12):
        actions.finish_appraisal(appraisal, by=office.director)


def _object(bench: Bench, card: Scorecard, *, is_granted: bool) -> None:
    line, row = card.rows_against()[0]
    objection = actions.object_to_row(
        card,
        line=line,
        row=row,
        wanted="counts_well",
        words="当时已与代表电话沟通并约定现场办理，记录在附件里。",
        by=bench.office.handlers[card.unit_id][0],
    )
    rule = actions.grant_objection if is_granted else actions.refuse_objection
    words = "经核对通话记录，情况属实。" if is_granted else "没有记录可以证明，维持原分。"
    rule(objection, words=words, by=bench.office.director)


def _this_appraisal(bench: Bench, today: dt.date) -> None:
    """Shown to the units: one of them objects, the others may."""
    with on(today - DAY * 3):
        appraisal = actions.open_appraisal(bench.congress, year=today.year, by=bench.office.clerk)
        appraisal = actions.show_cards(appraisal, by=bench.office.director)
    cards = appraisal.cards.select_related("unit", "appraisal__congress__region")
    with on(today - DAY):
        card = next(card for card in cards.order_by("total", "pk") if card.rows_against())
        line, row = card.rows_against()[0]
        actions.object_to_row(
            card,
            line=line,
            row=row,
            wanted="left_out",
            words="这件中途由我单位改为会办，不应计入我单位。",
            by=bench.office.handlers[card.unit_id][0],
        )


def _last_award(bench: Bench, chance: random.Random, year: int, kind: str, day: dt.date) -> None:
    award = _opened(bench, year, kind, day)
    if not award.candidates.standing().exists():
        return
    with on(day + DAY * 4):
        _score_all(award, chance, bench.members[1 : JURY + 1])
        award = actions.close_judging(award, by=bench.office.director)
    with on(day + DAY * 6):
        award = actions.publish_award(award, by=bench.office.director)
    with on(day + DAY * 20):
        actions.decide_award(award, meeting="第45次主任会议", by=bench.office.director)


def _this_award(bench: Bench, chance: random.Random, today: dt.date) -> None:
    """The jury is at work; the member who may log in has not scored yet."""
    award = _opened(bench, today.year, AwardKind.SUGGESTION, today - DAY * 6)
    if award.candidates.standing().exists():
        with on(today - DAY * 2):
            _score_all(award, chance, bench.members[1:4])


def _opened(bench: Bench, year: int, kind: str, day: dt.date) -> Award:
    with on(day):
        award = actions.open_award(bench.congress, year=year, kind=kind, by=bench.office.clerk)
        jurors = bench.members[: JURY + 1]
        award = actions.appoint_jury(award, jurors=jurors, by=bench.office.director)
        if award.candidates.standing().exists():
            award = actions.start_judging(award, by=bench.office.director)
    return award


def _score_all(award: Award, chance: random.Random, jurors: Sequence[User]) -> None:
    for candidate in award.candidates.standing().select_related("award").order_by("pk"):
        for juror in jurors:
            actions.score(candidate, points=chance.randint(78, 98), by=juror)


def _call(bench: Bench, today: dt.date) -> None:
    """The call before the next session, its pool of clues, and two drafts for pre-check."""
    office = bench.office
    with on(today - DAY * 10):
        call = actions.draft_call(
            bench.congress,
            title=f"{today.year + 1}年人代会代表建议征集",
            words="请各位代表结合走访接待和视察调研，围绕群众急难愁盼提出建议。一件一事，写清情况、问题和具体建议。",
            topics="老旧小区改造\n学位和托育\n出行和停车\n乡村供水和道路",
            starts_on=clock.today(),
            ends_on=clock.today() + DAY * 45,
            by=office.clerk,
        )
        call = actions.issue_call(call, by=office.director)
    with on(today - DAY * 8):
        _fill_pool(bench, call)
    drafts = Suggestion.objects.filter(congress=bench.congress, state=State.COLLECTING)
    for place, draft in enumerate(drafts.select_related("lead__person__user").order_by("-pk")[:2]):
        with on(today - DAY * 2):
            row = actions.offer_draft(
                draft, to=_committee_for(bench, draft), by=account_of(draft.lead)
            )
        if place:
            with on(today - DAY):
                words = "内容清楚，建议补充涉及多少户、需要多少资金，便于承办单位研究。"
                actions.comment(row, reasons=[], words=words, by=_clerk_of(bench, row.congress))


def _fill_pool(bench: Bench, call: Call) -> None:
    matters = Matter.objects.visible_to(bench.office.clerk).standing().open().defer("search")
    for matter in matters.order_by("-n_voices", "pk")[:8]:
        title = (matter.public_title or matter.title)[:80]
        actions.offer_clue(call, title=title, matter=matter, by=bench.office.clerk)
    actions.offer_clue(
        call,
        title="两区交界处的断头路怎么打通",
        words="涉及两个区，区里协调不了，建议由市里牵头。",
        by=bench.county_clerk,
    )
    deputy = Deputy.objects.sitting().filter(congress=bench.congress).order_by("-pk")
    taken = call.clues.order_by("-n_voices", "pk").first()
    if taken is not None:
        first = deputy.select_related("person__user").first()
        if first is not None:
            actions.take_clue(taken, by=account_of(first))


def _committee_for(bench: Bench, draft: Suggestion) -> Congress:
    """The first county has a clerk who may log in; every other draft goes to the city's committee."""
    county = bench.city.counties[0]
    return county if county in actions.committees_for(draft) else bench.congress


def _clerk_of(bench: Bench, owner: Congress) -> User:
    return bench.office.clerk if owner == bench.congress else bench.county_clerk


def _busiest(bench: Bench, year: int) -> list[Unit]:
    """The units with most items of the year, which the council would choose."""
    given = Suggestion.objects.filter(congress=bench.congress, handed_over_at__year=year)
    counts: dict[int, int] = {}
    for unit in given.values_list("lead_unit", flat=True):
        if unit is not None:
            counts[unit] = counts.get(unit, 0) + 1
    units = Unit.objects.in_bulk(counts)
    return [units[pk] for pk in sorted(counts, key=lambda pk: (-counts[pk], pk))]


@contextmanager
def on(day: dt.date) -> Iterator[None]:
    with clock.set_to(clock.at(day, 10)):
        yield


def _appointed(username: str, people: People, role: str, owner: Congress) -> User:
    user = account(username, people)
    congress.appoint(user, role=role, congress=owner, starts_on=SINCE, by=SYSTEM)
    return user
