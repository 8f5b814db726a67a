"""The rates of handling (domain.md 2.8) and the six functions (K28), each counted in the database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DurationField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
)
from django.urls import reverse
from django.utils.functional import Promise as Words
from django.utils.translation import gettext_lazy as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.suggestions.choices import (
    FACE_TO_FACE,
    MotionState,
    PromiseState,
    RecordState,
    ReplyState,
    ResultClass,
    Score,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Contact,
    Promise,
    Rating,
    Reply,
    ReturnRequest,
    Suggestion,
)

DAY = 24 * 3600


def handed_over(scope: Scope) -> QuerySet[Suggestion]:
    """H of domain.md 2.8: handed over in the period, without the withdrawn; joint items once."""
    return Suggestion.objects.filter(
        scope.during("handed_over_at"), congress=scope.congress
    ).exclude(state=State.WITHDRAWN)


@dataclass(frozen=True)
class Rate:
    """How one figure is made of the counts, and what a reader must know of it."""

    key: str
    name: Words
    count: str
    of: str
    definition: Words
    excluded: Words
    source: Words
    query: str = ""


WITHDRAWN = _("本期交办的建议，联名的算一件，已撤回的不算")
SILENT = _("未表态 %(silent)d 件不计")
CHONGQING = _("重庆市条例第二十九条：未表态不计入")
THE_LAW = _("《代表法》第五十一条")
OURS = _("公式为产品提出，待本地确认")

# fmt: off
RATES = (
    Rate("K10", _("满意率（办理结果，含基本满意）"), "result_good", "rated", _("最近一轮没有代表对结果表示不满意的件数 ÷ 已评价的件数"), SILENT, CHONGQING, "&rated=1"),
    Rate("K10a", _("满意率（办理态度，含基本满意）"), "attitude_good", "rated", _("最近一轮没有代表对态度表示不满意的件数 ÷ 已评价的件数"), SILENT, CHONGQING, "&rated=1"),
    Rate("reply", _("办复率"), "replied", "all", _("已有签发答复的件数 ÷ 交办件数"), WITHDRAWN, OURS, "&replied=1"),
    Rate("K11", _("按期办复率"), "on_time", "replied", _("在期限内首次答复的件数 ÷ 已答复件数"), WITHDRAWN, THE_LAW, "&replied=1"),
    Rate("K11a", _("平均办复天数"), "days", "", _("首次答复日减首次交办日的平均数"), _("未答复的不算"), OURS, "&replied=1"),
    Rate("meeting", _("见面率"), "met", "all", _("答复前至少有一次座谈或走访的件数 ÷ 交办件数，电话和代表有异议的不算；代表没有确认的%(unconfirmed)s"), WITHDRAWN, OURS),
    Rate("contact", _("沟通率"), "contacted", "all", _("答复前至少有一次沟通记录的件数 ÷ 交办件数"), WITHDRAWN, THE_LAW),
    Rate("resolution", _("解决率（%(solved)s）"), "class_a", "all", _("最近一轮答复为“%(solved)s”的件数 ÷ 交办件数"), WITHDRAWN, OURS),
    Rate("redo", _("重新办理率"), "redone", "rated", _("进入第二轮的件数 ÷ 已评价的件数"), SILENT, OURS, "&rated=1"),
    Rate("return", _("退办率"), "returned", "all", _("同意过退办的件数 ÷ 交办件数"), WITHDRAWN, OURS),
)
# fmt: on


def rates(scope: Scope) -> list[Figure]:
    """Every rate the chain can feed, two statements for all of them."""
    only_confirmed = bool(scope.rules.get(Key.MEETING_CONFIRMED))
    counts = _counts(scope, only_confirmed=only_confirmed) | _words(scope.rules)
    return [*(_figure(rate, counts, scope) for rate in RATES), _promises_kept(scope)]


def _words(rules: Mapping[str, Any]) -> dict[str, str]:
    """What the definitions say differently in each place."""
    classes = rules.get(Key.REPLY_CLASSES, {})
    return {
        "solved": classes.get(ResultClass.A, str(ResultClass.A.label)),
        "unconfirmed": str(_("不算") if rules.get(Key.MEETING_CONFIRMED) else _("也算")),
    }


def _figure(rate: Rate, counts: Mapping[str, Any], scope: Scope) -> Figure:
    return Figure(
        rate.key,
        str(rate.name) % counts,
        counts[rate.count],
        counts[rate.of] if rate.of else None,
        unit="" if rate.of else str(_("天")),
        definition=str(rate.definition) % counts,
        excluded=str(rate.excluded) % counts,
        source=str(rate.source),
        href=f"{reverse('suggestions:desk')}?handed={scope.year}{rate.query}",
    )


def _counts(scope: Scope, *, only_confirmed: bool) -> dict[str, Any]:
    """All counts over H in one statement: each condition is an EXISTS over an index."""
    rows = handed_over(scope).annotate(
        has_rating=Exists(_ratings()),
        bad_result=Exists(_ratings().filter(result=Score.DISSATISFIED)),
        bad_attitude=Exists(_ratings().filter(attitude=Score.DISSATISFIED)),
        has_contact=Exists(_contacts()),
        has_met=Exists(_meetings(only_confirmed=only_confirmed)),
        is_class_a=Exists(_replies().filter(result_class=ResultClass.A)),
        was_returned=Exists(_returns()),
    )
    rated, replied = Q(has_rating=True), Q(replied_at__isnull=False)
    counts = rows.aggregate(
        all=Count("pk"),
        rated=Count("pk", filter=rated),
        silent=Count("pk", filter=Q(has_rating=False) & _round_over()),
        result_good=Count("pk", filter=rated & Q(bad_result=False)),
        attitude_good=Count("pk", filter=rated & Q(bad_attitude=False)),
        replied=Count("pk", filter=replied),
        on_time=Count("pk", filter=replied & Q(replied_at__date__lte=F("reply_clock__due_on"))),
        met=Count("pk", filter=Q(has_met=True)),
        contacted=Count("pk", filter=Q(has_contact=True)),
        class_a=Count("pk", filter=Q(is_class_a=True)),
        redone=Count("pk", filter=Q(round__gt=1)),
        returned=Count("pk", filter=Q(was_returned=True)),
        time=Avg(_time_to_reply(), filter=replied),
    )
    time = counts.pop("time")
    return counts | {"days": round(time.total_seconds() / DAY, 1) if time is not None else None}


def _time_to_reply() -> ExpressionWrapper:
    return ExpressionWrapper(F("replied_at") - F("handed_over_at"), output_field=DurationField())


def _round_over() -> Q:
    return Q(state__in=[State.RATED, State.TRACKING, State.CLOSED])


def _ratings() -> QuerySet[Rating]:
    """Ratings of the newest rated round: an item redone and then rated well counts as good."""
    newest = (
        Rating.objects.filter(reply__suggestion=OuterRef("reply__suggestion"))
        .order_by("-reply__round")
        .values("reply__round")[:1]
    )
    return Rating.objects.filter(reply__suggestion=OuterRef("pk"), reply__round=newest)


def _replies() -> QuerySet[Reply]:
    signed = Reply.objects.filter(state=ReplyState.SIGNED)
    newest = signed.filter(suggestion=OuterRef("suggestion")).order_by("-round").values("round")[:1]
    return signed.filter(suggestion=OuterRef("pk"), round=newest)


def _meetings(*, only_confirmed: bool) -> QuerySet[Contact]:
    """Talks face to face; what the deputy disputes is none, and a place may want it confirmed."""
    met = _contacts().filter(kind__in=FACE_TO_FACE)
    if only_confirmed:
        return met.filter(face_record__state=RecordState.CONFIRMED)
    return met.exclude(face_record__state=RecordState.DISPUTED)


def _contacts() -> QuerySet[Contact]:
    return Contact.objects.filter(assignment__suggestion=OuterRef("pk"))


def _returns() -> QuerySet[ReturnRequest]:
    return ReturnRequest.objects.filter(assignment__suggestion=OuterRef("pk"), is_granted=True)


def _promises_kept(scope: Scope) -> Figure:
    """Promises whose date lies in the year and has passed: kept by their date, of all of them."""
    due = Promise.objects.made().filter(
        suggestion__congress=scope.congress,
        promised_on__year=scope.year,
        promised_on__lt=clock.today(),
    )
    in_time = Q(state=PromiseState.KEPT, claimed_at__date__lte=F("promised_on"))
    counts = due.aggregate(all=Count("pk"), kept=Count("pk", filter=in_time))
    return Figure(
        "promise",
        str(_("承诺按期兑现率")),
        counts["kept"],
        counts["all"],
        definition=str(_("在承诺日期前完成并经核实的项数 ÷ 本年到期的承诺项数")),
        excluded=str(_("未到期的不算")),
        source=str(OURS),
        href=f"{reverse('suggestions:ledger')}?year={scope.year}",
    )


def six_functions(scope: Scope) -> list[Figure]:
    """K28: the share of items that went through each function here and not on paper."""
    return of_submitted(scope)[0]


def of_submitted(scope: Scope) -> tuple[list[Figure], Figure]:
    """The six functions and the conversion of motions: one statement over what was handed in."""
    moved = Q(motion__submitted_at__isnull=False)
    items = Suggestion.objects.filter(scope.during("submitted_at"), congress=scope.congress)
    n = items.aggregate(
        all=Count("pk"),
        handed=Count("pk", filter=Q(handed_over_at__isnull=False)),
        handled=Count("pk", filter=Exists(_signed_for())),
        replied=Count("pk", filter=Q(replied_at__isnull=False)),
        rated=Count("pk", filter=Exists(Rating.objects.filter(reply__suggestion=OuterRef("pk")))),
        public=Count("pk", filter=Q(is_published=True)),
        moved=Count("pk", filter=moved),
        converted=Count("pk", filter=moved & Q(motion__state=MotionState.CONVERTED)),
    )
    steps = [
        (_("提出"), n["all"], n["all"]),
        (_("交办"), n["handed"], n["all"]),
        (_("办理"), n["handled"], n["handed"]),
        (_("答复"), n["replied"], n["handed"]),
        (_("反馈"), n["rated"], n["replied"]),
        (_("查询"), n["public"], n["replied"]),
    ]
    functions = [Figure("K28", str(name), count, of) for name, count, of in steps]
    return functions, _conversion(n)


def _conversion(counts: Mapping[str, int]) -> Figure:
    """Motions that became suggestions, of those handed in (domain.md 2.8)."""
    return Figure(
        "conversion",
        str(_("议案转建议率")),
        counts["converted"],
        counts["moved"],
        definition=str(_("转为建议的议案件数 ÷ 提出的议案件数")),
        excluded=str(_("没有提出的草稿不算")),
        source=str(OURS),
        href=reverse("suggestions:motions"),
    )


def _signed_for() -> QuerySet[Assignment]:
    return Assignment.objects.filter(suggestion=OuterRef("pk"), signed_at__isnull=False)
