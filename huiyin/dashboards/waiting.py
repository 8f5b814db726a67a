"""What waits for a person: one line a kind of work, with its count and where it is done."""

import datetime as dt
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import OF_A_UNIT, STAFF, Seats, seats_of
from huiyin.kernel import clock, compiled
from huiyin.kernel.compiled import Question, Statement
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import HANDED_TABS, TABS, Matter, MergeProposal, Voice
from huiyin.rulebook.models import Clock
from huiyin.suggestions.choices import (
    ANSWERING,
    AssignmentRole,
    AssignmentState,
    PromiseState,
    RemarkState,
    SignatureState,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    FaceRecord,
    Motion,
    Rating,
    Remark,
    Signature,
    Suggestion,
)
from huiyin.suggestions.models import Promise as PromiseRow
from huiyin.suggestions.visibility import told
from huiyin.supervision.choices import PrecheckState
from huiyin.supervision.models import (
    Award,
    AwardObjection,
    Call,
    CardObjection,
    KeyItem,
    Precheck,
    Review,
    Scorecard,
)

Label = str | Promise
WITH_DEPUTY = (State.DRAFT, State.COLLECTING, State.RETURNED)
KEPT = 512  # people whose questions are kept
FEW = 5


@dataclass(frozen=True)
class Line:
    label: Label
    count: int
    href: str
    tone: str = "calm"


class Work(NamedTuple):
    """One kind of work: the rows that wait, and where they are worked on."""

    label: Label
    rows: QuerySet[Any]
    href: str
    tone: str = "calm"


class Asked(NamedTuple):
    """The lines a person may have, each without its count, and the one statement that counts all."""

    lines: list[Line]
    counts: Statement


def for_deputy(user: Any) -> list[Line]:
    """Signatures asked for, replies to rate, matters that came back, texts to revise."""
    return _counted(_asked_of_deputy(seats_of(user), clock.today()))


def for_desk(user: Any) -> list[Line]:
    """Everything that waits for the person at a desk, by the roles held."""
    return _counted(_asked_of_desk(seats_of(user), clock.today()))


def soonest(user: Any) -> list[Any]:
    """The next things to fall due: a unit's own tasks, else the suggestions one may see."""
    return _soonest(seats_of(user)).rows()


@lru_cache(maxsize=KEPT)
def _soonest(seats: Seats) -> Question[Any]:
    rows: Any = Suggestion.objects.visible_from(seats).unfinished()
    if seats.units():
        rows = Assignment.objects.of_units(seats).working()
    running = rows.for_list().filter(clock__stopped_on=None, clock__isnull=False)
    return Question(running.order_by("clock__due_on")[:FEW])


@lru_cache(maxsize=KEPT)
def _asked_of_deputy(seats: Seats, today: dt.date) -> Asked:
    ids = seats.deputy_ids
    asked = Signature.objects.filter(
        deputy__in=ids,
        state__in=[SignatureState.INVITED, SignatureState.STALE],
        suggestion__state__in=[State.COLLECTING, State.RETURNED],
    )
    led = Suggestion.objects.filter(lead__in=ids, state=State.RETURNED)
    matters = Matter.objects.filter(deputy__in=ids)
    reopened = Matter.objects.called_back(ids)
    followed = matters.filter(state=MatterState.WITH_DEPUTY)
    mine, deputy = reverse("suggestions:mine"), reverse("opinions:deputy_matters")
    return _asked(
        Work(_("居民说没解决"), reopened, deputy, "late"),
        Work(_("请您附议"), asked, f"{mine}?tab=sign", "wait"),
        Work(_("请您评价答复"), _unrated(ids), f"{mine}?tab=rate", "wait"),
        Work(_("退回修改"), led, f"{mine}?tab=returned", "wait"),
        Work(_("您跟进的事"), followed, deputy),
        *_calls(seats),
    )


@lru_cache(maxsize=KEPT)
def _asked_of_desk(seats: Seats, today: dt.date) -> Asked:
    return _asked(
        *(_for_staff(seats, today) if seats.congresses(*STAFF) else []),
        *(_for_government(seats) if seats.congresses(Role.GOVERNMENT) else []),
        *(_for_units(seats, today) if seats.units(*OF_A_UNIT) else []),
        *(_for_officer(seats, today) if seats.congresses(Role.LIAISON) else []),
        *_supervision(seats),
    )


def _for_staff(seats: Seats, today: dt.date) -> list[Work]:
    congresses = seats.congresses(*STAFF)
    known = Suggestion.objects.filter(told(seats), congress__in=congresses)
    suggestions = known.unfinished()  # nothing else waits, and an index holds these
    matters = Matter.objects.filter(congress__in=congresses)
    desk, queue = reverse("suggestions:desk"), reverse("opinions:desk")
    overdue = suggestions.filter(Clock.overdue_q(today, prefix="clock__"))
    proposals = MergeProposal.objects.filter(congress__in=congresses, state=ProposalState.OPEN)
    claimed = PromiseRow.objects.filter(
        told(seats, "suggestion__"),
        suggestion__congress__in=congresses,
        state=PromiseState.CLAIMED,
    )
    late, todo, reopened = (_queued(matters, tab, today) for tab in ("late", "todo", "reopened"))
    return [
        Work(_("建议逾期"), overdue, f"{desk}?tab=overdue", "late"),
        _standing(_("两次不满意，待协调"), suggestions, State.COORDINATING, "late"),
        _standing(_("退办待裁"), suggestions, State.RETURN_ASKED, "wait"),
        _standing(_("延期待裁"), suggestions, State.EXTENSION_ASKED, "wait"),
        _standing(_("待审查"), suggestions, State.EXAMINING, "wait"),
        _standing(_("已立案，待拟交办"), suggestions, State.REGISTERED),
        _standing(_("待交办"), suggestions, State.ASSIGNING),
        _standing(_("已评价，待办结"), suggestions, State.RATED),
        Work(_("承诺待核实"), claimed, f"{reverse('suggestions:ledger')}?state=claimed"),
        Work(_("居民的话逾期"), late, f"{queue}?tab=late", "late"),
        Work(_("居民的话待分类"), todo, queue),
        Work(_("居民说没解决"), reopened, f"{queue}?tab=reopened", "late"),
        Work(_("像是同一件事"), proposals, reverse("opinions:proposals")),
    ]


def _for_government(seats: Seats) -> list[Work]:
    own = seats.congresses(Role.GOVERNMENT)
    suggestions = Suggestion.objects.filter(told(seats), congress__in=own).unfinished()
    return [
        _standing(_("退办待裁"), suggestions, State.RETURN_ASKED, "wait"),
        _standing(_("待分办"), suggestions, State.DISTRIBUTING, "wait"),
        _standing(_("待签收"), suggestions, State.HANDED_OVER),
    ]


def _standing(label: Label, suggestions: QuerySet[Any], state: str, tone: str = "calm") -> Work:
    """Those in one state, and the list of these."""
    address = f"{reverse('suggestions:desk')}?state={state}"
    return Work(label, suggestions.filter(state=state), address, tone)


def _for_units(seats: Seats, today: dt.date) -> list[Work]:
    units, known = seats.units(*OF_A_UNIT), told(seats, "suggestion__")
    working = Assignment.objects.filter(known, unit__in=units).working()
    unsigned = working.filter(state=AssignmentState.HANDED_OVER)
    overdue = working.filter(Clock.overdue_q(today, prefix="clock__"))
    opinions = working.filter(role=AssignmentRole.COHANDLER, state=AssignmentState.HANDLING)
    replies = Q(role__in=ANSWERING, state=AssignmentState.HANDLING)
    reviewing = replies & Q(suggestion__state=State.REVIEWING)
    unread = working.filter(reviewing | Q(state=AssignmentState.REVIEWING))
    remarks = Remark.objects.filter(unit__in=units, state=RemarkState.ASSIGNED)
    promises = PromiseRow.objects.filter(known, unit__in=units, state=PromiseState.OPEN)
    handed, matters = Matter.objects.handed_to(units), reverse("opinions:unit_matters")
    matters_late, matters_open = (
        handed.filter(HANDED_TABS[tab](today)) for tab in ("late", "open")
    )
    tasks, is_leader = reverse("suggestions:tasks"), bool(seats.units(Role.UNIT_LEADER))
    to_sign = [Work(_("待您签发"), unread, f"{tasks}?tab=reviewing", "wait")]
    return [
        Work(_("逾期"), overdue, f"{tasks}?tab=overdue", "late"),
        Work(_("转来的民意逾期"), matters_late, f"{matters}?tab=late", "late"),
        Work(_("待签收"), unsigned, f"{tasks}?tab=unsigned", "wait"),
        *(to_sign if is_leader else []),
        Work(_("待送会办意见"), opinions, f"{tasks}?tab=opinions"),
        Work(_("待答复"), working.filter(replies), f"{tasks}?tab=replies"),
        Work(_("转来的民意"), matters_open, matters),
        Work(_("在办的承诺"), promises, reverse("suggestions:ledger")),
        Work(_("会上意见待答复"), remarks, f"{reverse('suggestions:remarks')}?state=assigned"),
    ]


def _for_officer(seats: Seats, today: dt.date) -> list[Work]:
    matters = Matter.objects.visible_from(seats)
    late, todo = (_queued(matters, tab, today) for tab in ("late", "todo"))
    untold = Voice.objects.visible_from(seats).by_hand()
    queue = reverse("opinions:desk")
    return [
        Work(_("居民的话逾期"), late, f"{queue}?tab=late", "late"),
        Work(_("待分类"), todo, queue, "wait"),
        Work(_("没留电话，要当面告诉"), untold, reverse("opinions:by_hand"), "wait"),
    ]


def _unrated(deputies: set[int]) -> QuerySet[Signature]:
    """Signatures whose owner has not yet rated the reply of the present round."""
    rated = Rating.objects.filter(
        signature=OuterRef("pk"), reply__round=OuterRef("suggestion__round")
    )
    signed = Signature.objects.filter(deputy__in=deputies, state=SignatureState.SIGNED)
    return signed.filter(~Exists(rated), suggestion__state=State.REPLIED)


def _queued(matters: QuerySet[Matter], tab: str, today: dt.date) -> QuerySet[Matter]:
    """By the queue's own tabs, so that a line and its list never differ."""
    return matters.filter(TABS[tab](today))


def _calls(seats: Seats) -> list[Work]:
    """The call that is open, and what committees said about drafts that are not handed in yet."""
    page = reverse("supervision:deputy_call_now")
    said = Precheck.objects.filter(
        deputy__in=seats.deputy_ids,
        state=PrecheckState.COMMENTED,
        suggestion__state__in=WITH_DEPUTY,
    )
    calls = Call.objects.open().filter(congress__in=seats.deputy_congresses)
    faces = FaceRecord.objects.awaited().filter(deputy__in=seats.deputy_ids)
    confirm = f"{reverse('suggestions:mine')}?tab=confirm"
    return [
        Work(_("面谈记录请您确认"), faces, confirm, "wait"),
        Work(_("预审意见来了"), said, page, "wait"),
        Work(_("正在征集建议"), calls, page),
    ]


def _supervision(seats: Seats) -> list[Work]:
    """Votes, scores, rulings, reports, motions: what is asked of this person."""
    works = (
        (_("请投票测评"), "supervision:reviews", Review.objects.to_vote_on(seats)),
        (_("请给候选打分"), "supervision:awards", Award.objects.to_judge(seats)),
        (_("评分请核对"), "supervision:appraisals", Scorecard.objects.to_agree(seats)),
        (_("请送交办理情况报告"), "supervision:reviews", Review.objects.to_report(seats)),
        (_("评分异议待裁定"), "supervision:appraisals", CardObjection.objects.to_rule(seats)),
        (_("公示异议待核查"), "supervision:awards", AwardObjection.objects.to_rule(seats)),
        (_("督办报告待审议"), "supervision:key_items", KeyItem.objects.to_conclude(seats)),
        (_("草稿待预审"), "supervision:prechecks", Precheck.objects.to_comment(seats)),
        (_("议案待登记、待交委员会"), "suggestions:motions", Motion.objects.to_register(seats)),
        (_("议案待提出意见"), "suggestions:motions", Motion.objects.to_give_opinion(seats)),
        (_("议案待记录决定"), "suggestions:motions", Motion.objects.to_decide(seats)),
        (_("议案办理情况待报告"), "suggestions:motions", Motion.objects.to_answer(seats)),
    )
    return [Work(label, rows, reverse(name), "wait") for label, name, rows in works]


def _asked(*works: Work) -> Asked:
    """What the seats rule out asks nothing."""
    first, *more = (_counting(str(place), work.rows) for place, work in enumerate(works))
    lines = [Line(work.label, 0, work.href, work.tone) for work in works]
    return Asked(lines, compiled.statement(first.union(*more, all=True)))


def _counting(name: str, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    """How many there are, beside the name by which the count is found again."""
    named = rows.order_by().annotate(work_name=Value(name)).values("work_name")
    return named.annotate(n=Count("pk")).values_list("work_name", "n")


def _counted(asked: Asked) -> list[Line]:
    """The lines that have something to show."""
    counts = dict(compiled.rows(asked.counts))
    counted = enumerate(asked.lines)
    return [replace(line, count=n) for place, line in counted if (n := counts.get(str(place), 0))]
