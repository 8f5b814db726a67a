"""What waits for a person: one line a kind of work, with its count and where it is done."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import OF_A_UNIT, STAFF, Seats, seats_of
from huiyin.kernel import clock
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.choices import State as MatterState
from huiyin.opinions.models import TABS, Matter, MergeProposal, Voice
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


@dataclass(frozen=True)
class Line:
    label: Label
    count: int
    href: str
    tone: str = "calm"


def for_deputy(user: Any) -> list[Line]:
    """Signatures asked for, replies to rate, matters that came back, texts to revise."""
    ids = seats_of(user).deputy_ids
    asked = Signature.objects.filter(
        deputy__in=ids,
        state__in=[SignatureState.INVITED, SignatureState.STALE],
        suggestion__state__in=[State.COLLECTING, State.RETURNED],
    )
    led = Suggestion.objects.filter(lead__in=ids, state=State.RETURNED).count()
    matters = _by_state(Matter.objects.filter(deputy__in=ids))
    mine, deputy = reverse("suggestions:mine"), reverse("opinions:deputy_matters")
    return _some(
        Line(_("居民说没解决"), matters.get(MatterState.REOPENED, 0), deputy, "late"),
        Line(_("请您附议"), asked.count(), f"{mine}?tab=sign", "wait"),
        Line(_("请您评价答复"), _unrated(ids).count(), f"{mine}?tab=rate", "wait"),
        Line(_("退回修改"), led, f"{mine}?tab=returned", "wait"),
        Line(_("您跟进的事"), matters.get(MatterState.WITH_DEPUTY, 0), deputy),
        *_call_lines(user, ids),
    )


def for_desk(user: Any) -> list[Line]:
    """Everything that waits for the person at a desk, by the roles held."""
    seats = seats_of(user)
    return [
        *(_for_staff(seats) if seats.congresses(*STAFF) else []),
        *(_for_government(seats) if seats.congresses(Role.GOVERNMENT) else []),
        *(_for_units(seats) if seats.units(*OF_A_UNIT) else []),
        *(_for_officer(user) if seats.congresses(Role.LIAISON) else []),
        *_supervision_lines(user),
    ]


def _for_staff(seats: Seats) -> list[Line]:
    congresses = seats.congresses(*STAFF)
    suggestions = Suggestion.objects.filter(told(seats), congress__in=congresses)
    states = _by_state(suggestions.unfinished())  # nothing else waits, and an index holds these
    matters = _queued(Matter.objects.filter(congress__in=congresses))
    desk, queue = reverse("suggestions:desk"), reverse("opinions:desk")
    overdue = suggestions.unfinished().filter(Clock.overdue_q(clock.today(), prefix="clock__"))
    proposals = MergeProposal.objects.filter(congress__in=congresses, state=ProposalState.OPEN)
    claimed = PromiseRow.objects.filter(
        told(seats, "suggestion__"),
        suggestion__congress__in=congresses,
        state=PromiseState.CLAIMED,
    )
    counts = _counted({"overdue": overdue, "proposals": proposals, "claimed": claimed})
    unhappy = states.get(State.COORDINATING, 0)
    return _some(
        Line(_("建议逾期"), counts["overdue"], f"{desk}?tab=overdue", "late"),
        Line(_("两次不满意，待协调"), unhappy, f"{desk}?state={State.COORDINATING}", "late"),
        Line(
            _("退办待裁"), states.get(State.RETURN_ASKED, 0), f"{desk}?state=return_asked", "wait"
        ),
        Line(
            _("延期待裁"),
            states.get(State.EXTENSION_ASKED, 0),
            f"{desk}?state={State.EXTENSION_ASKED}",
            "wait",
        ),
        Line(_("待审查"), states.get(State.EXAMINING, 0), f"{desk}?state=examining", "wait"),
        Line(_("已立案，待拟交办"), states.get(State.REGISTERED, 0), f"{desk}?state=registered"),
        Line(_("待交办"), states.get(State.ASSIGNING, 0), f"{desk}?state=assigning"),
        Line(_("已评价，待办结"), states.get(State.RATED, 0), f"{desk}?state=rated"),
        Line(_("承诺待核实"), counts["claimed"], f"{reverse('suggestions:ledger')}?state=claimed"),
        Line(_("居民的话待分类"), matters["todo"], queue),
        Line(_("居民说没解决"), matters["reopened"], f"{queue}?tab=reopened", "late"),
        Line(_("像是同一件事"), counts["proposals"], reverse("opinions:proposals")),
    )


def _for_government(seats: Seats) -> list[Line]:
    own = seats.congresses(Role.GOVERNMENT)
    states = _by_state(Suggestion.objects.filter(told(seats), congress__in=own).unfinished())
    desk = reverse("suggestions:desk")
    return _some(
        Line(
            _("退办待裁"), states.get(State.RETURN_ASKED, 0), f"{desk}?state=return_asked", "wait"
        ),
        Line(
            _("待分办"),
            states.get(State.DISTRIBUTING, 0),
            f"{desk}?state={State.DISTRIBUTING}",
            "wait",
        ),
        Line(_("待签收"), states.get(State.HANDED_OVER, 0), f"{desk}?state=handed_over"),
    )


def _for_units(seats: Seats) -> list[Line]:
    units, known = seats.units(*OF_A_UNIT), told(seats, "suggestion__")
    mine = Assignment.objects.filter(known, unit__in=units)
    tasks = reverse("suggestions:tasks")
    working = mine.working()
    opinions = Q(role=AssignmentRole.COHANDLER, state=AssignmentState.HANDLING)
    replies = Q(role__in=ANSWERING, state=AssignmentState.HANDLING)
    reviewing = replies & Q(suggestion__state=State.REVIEWING)
    counts = working.aggregate(
        unsigned=Count("pk", filter=Q(state=AssignmentState.HANDED_OVER)),
        overdue=Count("pk", filter=Clock.overdue_q(clock.today(), prefix="clock__")),
        opinions=Count("pk", filter=opinions),
        replies=Count("pk", filter=replies),
        reviewing=Count("pk", filter=reviewing | Q(state=AssignmentState.REVIEWING)),
    )
    leader = seats.units(Role.UNIT_LEADER)
    remarks = Remark.objects.filter(unit__in=units, state=RemarkState.ASSIGNED)
    promises = PromiseRow.objects.filter(known, unit__in=units, state=PromiseState.OPEN)
    ledger = reverse("suggestions:ledger")
    return _some(
        Line(_("逾期"), counts["overdue"], f"{tasks}?tab=overdue", "late"),
        Line(_("待签收"), counts["unsigned"], f"{tasks}?tab=unsigned", "wait"),
        Line(_("待您签发"), counts["reviewing"] if leader else 0, f"{tasks}?tab=reviewing", "wait"),
        Line(_("待送会办意见"), counts["opinions"], f"{tasks}?tab=opinions"),
        Line(_("待答复"), counts["replies"], f"{tasks}?tab=replies"),
        Line(_("在办的承诺"), promises.count(), ledger),
        Line(
            _("会上意见待答复"), remarks.count(), f"{reverse('suggestions:remarks')}?state=assigned"
        ),
    )


def _for_officer(user: Any) -> list[Line]:
    matters = _queued(Matter.objects.visible_to(user))
    untold = Voice.objects.visible_to(user).untold()
    return _some(
        Line(_("待分类"), matters["todo"], reverse("opinions:desk"), "wait"),
        Line(_("没留电话，要当面告诉"), untold.count(), reverse("opinions:by_hand"), "wait"),
    )


def _unrated(deputies: set[int]) -> QuerySet[Signature]:
    """Signatures whose owner has not yet rated the reply of the present round."""
    rated = Rating.objects.filter(
        signature=OuterRef("pk"), reply__round=OuterRef("suggestion__round")
    )
    signed = Signature.objects.filter(deputy__in=deputies, state=SignatureState.SIGNED)
    return signed.filter(~Exists(rated), suggestion__state=State.REPLIED)


def _queued(matters: Any) -> dict[str, int]:
    """By the queue's own tabs, so that a line and its list never differ."""
    today = clock.today()
    return matters.counted({name: TABS[name](today) for name in ("todo", "reopened")})


def _by_state(rows: Any) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def _some(*lines: Line) -> list[Line]:
    return [line for line in lines if line.count]


def _call_lines(user: Any, ids: set[int]) -> list[Line]:
    """The call that is open, and what committees said about drafts that are not handed in yet."""
    page = reverse("supervision:deputy_call_now")
    said = Precheck.objects.filter(
        deputy__in=ids, state=PrecheckState.COMMENTED, suggestion__state__in=WITH_DEPUTY
    )
    calls = Call.objects.open().filter(congress__in=seats_of(user).deputy_congresses)
    faces = FaceRecord.objects.awaited().filter(deputy__in=ids)
    counts = _counted({"said": said, "calls": calls, "faces": faces})
    confirm = f"{reverse('suggestions:mine')}?tab=confirm"
    return [
        Line(_("面谈记录请您确认"), counts["faces"], confirm, "wait"),
        Line(_("预审意见来了"), counts["said"], page, "wait"),
        Line(_("正在征集建议"), counts["calls"], page),
    ]


def _supervision_lines(user: Any) -> list[Line]:
    """Votes, scores, rulings, reports, motions: what is asked of this person, in one statement."""
    tasks = (
        (_("请投票测评"), "supervision:reviews", Review.objects.to_vote_on(user)),
        (_("请给候选打分"), "supervision:awards", Award.objects.to_judge(user)),
        (_("评分请核对"), "supervision:appraisals", Scorecard.objects.to_agree(user)),
        (_("请送交办理情况报告"), "supervision:reviews", Review.objects.to_report(user)),
        (_("评分异议待裁定"), "supervision:appraisals", CardObjection.objects.to_rule(user)),
        (_("公示异议待核查"), "supervision:awards", AwardObjection.objects.to_rule(user)),
        (_("督办报告待审议"), "supervision:key_items", KeyItem.objects.to_conclude(user)),
        (_("草稿待预审"), "supervision:prechecks", Precheck.objects.to_comment(user)),
        (_("议案待登记、待交委员会"), "suggestions:motions", Motion.objects.to_register(user)),
        (_("议案待提出意见"), "suggestions:motions", Motion.objects.to_give_opinion(user)),
        (_("议案待记录决定"), "suggestions:motions", Motion.objects.to_decide(user)),
        (_("议案办理情况待报告"), "suggestions:motions", Motion.objects.to_answer(user)),
    )
    counts = _counted({str(place): rows for place, (_l, _n, rows) in enumerate(tasks)})
    return _some(
        *(
            Line(label, counts[str(place)], reverse(name), "wait")
            for place, (label, name, _rows) in enumerate(tasks)
        )
    )


def _counted(tables: dict[str, QuerySet[Any]]) -> dict[str, int]:
    """How many rows each has, all in one statement; what the seats rule out asks nothing."""
    first, *more = (
        rows.order_by()
        .annotate(task_name=Value(name))
        .values("task_name")
        .annotate(n=Count("pk"))
        .values_list("task_name", "n")
        for name, rows in tables.items()
    )
    return dict.fromkeys(tables, 0) | dict(first.union(*more, all=True))
