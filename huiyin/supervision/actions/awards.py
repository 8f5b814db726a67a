"""Awards: short-listed by rule, judged blind, published for objection, decided, certified."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, QuerySet

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment, Congress, Unit
from huiyin.congress.seats import OF_A_UNIT
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.models import Assignment, Signature, Suggestion
from huiyin.supervision import permissions
from huiyin.supervision.actions import telling, timing
from huiyin.supervision.choices import AwardKind, Merit
from huiyin.supervision.models import (
    Award,
    AwardObjection,
    Candidate,
    Juror,
    JuryScore,
    Recusal,
)
from huiyin.supervision.models.short_list import Nominee, advanced_units, excellent_suggestions
from huiyin.supervision.workflow import AWARD, AWARD_OBJECTION, CANDIDATE

PAGE = "supervision:award"
PLACES = {AwardKind.SUGGESTION: Key.AWARD_SUGGESTIONS, AwardKind.UNIT: Key.AWARD_UNITS}
CENT = Decimal("0.01")


@transaction.atomic
def open_award(congress: Congress, *, year: int, kind: str, by: User) -> Award:
    """Begin a selection: as many candidates as the rule says, each with the facts for it."""
    if not permissions.can_open_award(by, congress):
        raise NotAllowed(f"{by} may not open an award")
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    if Award.objects.filter(congress=congress, year=year, kind=kind).exists():
        raise NotPossible(_("%(year)s年的这项评选已经有了。") % {"year": year})
    places = _rule(congress, PLACES[AwardKind(kind)])
    award = Award(
        congress=congress,
        year=year,
        kind=kind,
        n_places=places,
        n_needed=_rule(congress, Key.AWARD_JURY),
    )
    steps.create(award, "open_award", by=by)
    most = places * _rule(congress, Key.AWARD_CANDIDATES)
    for nominee in _short_list(congress, year, kind, most):
        _enter(award, nominee, "shortlist", by=trail.SYSTEM)
    return award


@transaction.atomic
def nominate(
    award: Award,
    *,
    suggestion: Suggestion | None = None,
    unit: Unit | None = None,
    words: str,
    by: User,
) -> Candidate:
    """Somebody the rule did not find, with the reason."""
    begun = steps.begin(AWARD, "nominate", award, by=by)
    locked = begun.item
    item = suggestion if locked.kind == AwardKind.SUGGESTION else unit
    if item is None or item.congress_id != locked.congress_id:
        raise NotPossible(_("请选一件本级的建议或一个本级的单位。"))
    if suggestion is not None and suggestion.is_secret:
        raise NotPossible(_("保密办理的不参加评选。"))
    if locked.candidates.filter(suggestion=suggestion, unit=unit).exists():
        raise NotPossible(_("已经在候选里。"))
    begun.finish(words=str(item))
    nominee = Nominee(item, [[str(Merit.NOMINATED), words]])
    candidate = _enter(locked, nominee, "nominate_candidate", by=by)
    for juror in locked.jurors.select_related("user"):
        _recuse_by_rule(juror, candidate)
    return candidate


@transaction.atomic
def remove_candidate(candidate: Candidate, *, words: str, by: User) -> Candidate:
    steps.lock(candidate.award)
    return steps.take(CANDIDATE, "remove_candidate", candidate, by=by, words=words)


@transaction.atomic
def appoint_jury(award: Award, *, jurors: Sequence[User], by: User) -> Award:
    """Who judges; whoever signed a candidate or handled it does not judge that one."""
    names = "、".join(user.name for user in jurors)
    locked = steps.take(AWARD, "appoint_jury", award, by=by, words=names)
    locked.jurors.exclude(user__in=jurors).delete()
    known = set(locked.jurors.values_list("user", flat=True))
    for user in jurors:
        if user.pk not in known:
            juror = Juror.objects.create(award=locked, user=user)
            for candidate in locked.candidates.select_related("suggestion", "unit"):
                _recuse_by_rule(juror, candidate)
    return locked


@transaction.atomic
def start_judging(award: Award, *, by: User) -> Award:
    award = steps.take(AWARD, "start_judging", award, by=by)
    for juror in award.jurors.select_related("user"):
        said = telling.message(award, "judging", _("请给候选打分"), PAGE)
        telling.tell_person(juror.user, award.congress, **said)
    return award


@transaction.atomic
def score(candidate: Candidate, *, points: int, words: str = "", by: User) -> JuryScore:
    """A juror's own points, to be changed until the scoring ends."""
    _award, juror, candidate = _judging(candidate, "score", by)
    if candidate.recusals.filter(juror=juror).exists():
        raise NotPossible(_("您对这个候选要回避，不能打分。"))
    made, _new = JuryScore.objects.update_or_create(
        candidate=candidate, juror=juror, defaults={"points": points, "words": words.strip()}
    )
    steps.take(CANDIDATE, "score", candidate, by=by)
    return made


@transaction.atomic
def recuse(candidate: Candidate, *, words: str, by: User) -> Recusal:
    """A juror says himself that he should not judge this one; his points fall away."""
    award, juror, candidate = _judging(candidate, "recuse", by)
    if candidate.recusals.filter(juror=juror).exists():
        raise NotPossible(_("您已经回避了这个候选。"))
    free = award.jurors.count() - candidate.recusals.count() - 1
    if free < award.n_needed:
        raise NotPossible(_("回避后评委不够，请先告诉代工委增补评委。"))
    JuryScore.objects.filter(candidate=candidate, juror=juror).delete()
    steps.take(CANDIDATE, "recuse", candidate, by=by, words=words)
    return Recusal.objects.create(candidate=candidate, juror=juror, reason=words)


@transaction.atomic
def close_judging(award: Award, *, by: User) -> Award:
    """The best averages get the places; equal averages at the edge all stay, for people to decide."""
    award = steps.take(AWARD, "close_judging", award, by=by)
    ranked = _averages(award)
    edge = ranked[min(award.n_places, len(ranked)) - 1][1] if ranked else Decimal(0)
    for candidate, average, n in ranked:
        step = "propose_candidate" if average >= edge else "pass_over"
        changes = {"average": average, "n_scores": n}
        steps.take(CANDIDATE, step, candidate, by=trail.SYSTEM, changes=changes)
    return award


@transaction.atomic
def publish_award(award: Award, *, by: User) -> Award:
    """The names stand open to objection, for as long as the rule says."""
    running = timing.start(award.congress, Key.AWARD_OBJECTION, _("开始公示"))
    changes = {"published_at": clock.now(), "clock": running}
    award = steps.take(AWARD, "publish_award", award, by=by, changes=changes)
    said = telling.message(award, "published", _("评选结果公示，接受异议"), PAGE)
    told = (Role.CLERK, Role.MEMBER, Role.COMMITTEE, Role.GOVERNMENT)
    telling.tell_roles(award.congress, *told, **said)
    return award


@transaction.atomic
def object_to_award(candidate: Candidate, *, person: str, words: str, by: User) -> AwardObjection:
    """By name, with facts; the desk writes it down for who comes by letter or telephone."""
    candidate = steps.take(CANDIDATE, "object_to_award", candidate, by=by)
    running = timing.start(candidate.award.congress, Key.AWARD_RULING, _("收到公示异议"))
    objection = AwardObjection(
        candidate=candidate, person=person, words=words, clock=running, by=by
    )
    steps.create(objection, "file_award_objection", by=by)
    said = telling.message(
        objection, "filed", _("公示期收到异议，请核查"), PAGE, candidate.award_id
    )
    telling.tell_roles(candidate.award.congress, Role.CLERK, Role.DIRECTOR, **said)
    return objection


@transaction.atomic
def uphold_objection(objection: AwardObjection, *, words: str, by: User) -> AwardObjection:
    """It is so: the candidate loses the place, which stays empty."""
    objection = _settle(objection, "uphold_objection", words, by)
    steps.take(CANDIDATE, "strike", objection.candidate, by=trail.SYSTEM, words=words)
    return objection


@transaction.atomic
def dismiss_objection(objection: AwardObjection, *, words: str, by: User) -> AwardObjection:
    return _settle(objection, "dismiss_objection", words, by)


@transaction.atomic
def decide_award(award: Award, *, meeting: str, by: User) -> Award:
    """The council or the standing committee has decided; each gets a certificate with a number."""
    changes = {"meeting": meeting, "decided_at": clock.now()}
    award = steps.take(AWARD, "decide_award", award, by=by, changes=changes, words=meeting)
    if award.clock is not None and award.clock.is_running:
        rulebook.stop_clock(award.clock, on=award.clock.due_on)
    chosen = award.candidates.chosen().select_related("suggestion", "unit__congress")
    for serial, candidate in enumerate(chosen.order_by("-average", "pk"), start=1):
        number = f"{award.year}-{award.pk}-{serial:02d}"
        _give(candidate, number)
    return award


def _give(candidate: Candidate, number: str) -> None:
    changes = {"certificate": number}
    candidate = steps.take(CANDIDATE, "award", candidate, by=trail.SYSTEM, changes=changes)
    subject = _("恭喜，获得%(award)s") % {"award": kept(candidate.award.get_kind_display())}
    said = telling.message(candidate, "given", subject, PAGE, candidate.award_id)
    if candidate.unit is not None:
        telling.tell_units([candidate.unit], **said)
    elif candidate.suggestion is not None:
        telling.tell_deputies(telling.signers_of([candidate.suggestion]), **said)


def _short_list(congress: Congress, year: int, kind: str, most: int) -> list[Nominee]:
    found = excellent_suggestions if kind == AwardKind.SUGGESTION else advanced_units
    return found(congress, year, most)


def _enter(award: Award, nominee: Nominee, step: str, *, by: Any) -> Candidate:
    is_suggestion = award.kind == AwardKind.SUGGESTION
    candidate = Candidate(
        award=award,
        suggestion=nominee.item if is_suggestion else None,
        unit=None if is_suggestion else nominee.item,
        merits=nominee.merits,
    )
    return steps.create(candidate, step, by=by)


def _recuse_by_rule(juror: Juror, candidate: Candidate) -> None:
    """Whoever signed the suggestion, or acts for a unit that handled it or is the candidate."""
    reason = _conflict(juror.user, candidate)
    if reason:
        Recusal.objects.get_or_create(
            candidate=candidate,
            juror=juror,
            defaults={"reason": reason, "is_automatic": True},
        )


def _conflict(user: User, candidate: Candidate) -> str:
    signed = Signature.objects.filter(
        suggestion=candidate.suggestion_id, deputy__person__user=user.pk
    )
    if candidate.suggestion_id and signed.exists():
        return _("在这件建议上签过名")
    served = Appointment.objects.in_force(clock.today()).filter(user=user.pk, role__in=OF_A_UNIT)
    if served.filter(unit__in=_units(candidate)).exists():
        return _("在承办单位任职")
    return ""


def _units(candidate: Candidate) -> QuerySet[Any, Any]:
    if candidate.unit_id:
        return Unit.objects.filter(pk=candidate.unit_id).values("pk")
    return Assignment.objects.filter(suggestion=candidate.suggestion_id).values("unit")


def _judging(candidate: Candidate, step: str, by: User) -> tuple[Award, Juror, Candidate]:
    """Award, juror and candidate, held so that the scoring cannot end meanwhile."""
    award = steps.lock(candidate.award)
    candidate = steps.lock(candidate)
    candidate.award = award
    CANDIDATE.check(step, candidate, by=by)
    return award, award.jurors.get(user=by), candidate


def _averages(award: Award) -> list[tuple[Candidate, Decimal, int]]:
    standing = award.candidates.standing().annotate(mean=Avg("scores__points"), n=Count("scores"))
    rows = [(row, Decimal(row.mean).quantize(CENT), row.n) for row in standing.order_by("pk")]
    return sorted(rows, key=lambda row: -row[1])


def _settle(objection: AwardObjection, step: str, words: str, by: User) -> AwardObjection:
    changes = {"ruling": words}
    objection = steps.take(AWARD_OBJECTION, step, objection, by=by, changes=changes, words=words)
    timing.stop(objection.clock)
    label = kept(AWARD_OBJECTION.steps[step].label)
    award = objection.candidate.award
    said = telling.message(objection, "settled", label, PAGE, award.pk)
    telling.tell_person(objection.by, award.congress, **said)
    return objection


def _rule(congress: Congress, key: Key) -> Any:
    return Rule.objects.value(key, congress.region, clock.today())
