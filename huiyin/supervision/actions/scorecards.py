"""The yearly appraisal of units: counted from events, shown, objected to, ruled on, settled."""

from decimal import Decimal
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.supervision import permissions
from huiyin.supervision.actions import telling, timing
from huiyin.supervision.calculations import Facts, corrected, score_sheet
from huiyin.supervision.choices import AppraisalState, Line
from huiyin.supervision.models import Appraisal, CardObjection, Scorecard
from huiyin.supervision.models.facts import facts_of
from huiyin.supervision.models.scorecards import labels_of
from huiyin.supervision.workflow import APPRAISAL, CARD_OBJECTION, SCORECARD

COUNTED = {
    "weights": Key.APPRAISAL_WEIGHTS,
    "deductions": Key.APPRAISAL_DEDUCTIONS,
    "alike": Key.APPRAISAL_ALIKE,
}
PAGE = "supervision:scorecard"


@transaction.atomic
def open_appraisal(congress: Congress, *, year: int, by: User) -> Appraisal:
    """Begin a year's appraisal: every unit that was given something gets a sheet."""
    if not permissions.can_open_appraisal(by, congress):
        raise NotAllowed(f"{by} may not open an appraisal")
    Congress.objects.select_for_update(of=("self",)).get(pk=congress.pk)
    if Appraisal.objects.filter(congress=congress, year=year).exists():
        raise NotPossible(_("%(year)s年的评分已经有了。") % {"year": year})
    appraisal = Appraisal(congress=congress, year=year)
    steps.create(appraisal, "open_appraisal", by=by)
    return recount(appraisal, by=by)


@transaction.atomic
def recount(appraisal: Appraisal, *, by: HasActor) -> Appraisal:
    """Count every sheet anew from the events as they are now, by the rules as they hold now."""
    locked = steps.lock(appraisal)
    rules = _rules(locked)
    changes = {"rules": rules, "counted_at": clock.now()}
    locked = steps.take(APPRAISAL, "recount", locked, by=by, changes=changes)
    found = facts_of(locked.congress, locked.year, rules["alike"]["value"])
    _open_missing(locked, set(found))
    for card in locked.cards.select_related("unit").order_by("pk"):
        _recount_card(card, found.get(card.unit_id, Facts()), rules)
    return locked


def recount_running() -> int:
    """All appraisals that no unit has seen yet; how many there are."""
    running = list(Appraisal.objects.filter(state=AppraisalState.RUNNING).order_by("pk"))
    for appraisal in running:
        recount(appraisal, by=trail.SYSTEM)
    return len(running)


@transaction.atomic
def show_cards(appraisal: Appraisal, *, by: User) -> Appraisal:
    """Every unit gets its sheet, and time to object to any row of it."""
    locked = steps.lock(appraisal)
    running = timing.start(locked.congress, Key.APPRAISAL_REPLY, _("评分送单位核对"))
    changes = {"shown_at": clock.now(), "clock": running}
    locked = steps.take_held(APPRAISAL, "show_cards", locked, by=by, changes=changes)
    for card in locked.cards.select_related("unit__congress").order_by("pk"):
        card = steps.take(SCORECARD, "show_card", card, by=trail.SYSTEM)
        subject = _("年度评分请核对，可以逐条提出异议")
        telling.tell_units([card.unit], **telling.message(card, "shown", subject, PAGE))
    return locked


@transaction.atomic
def object_to_row(
    card: Scorecard, *, line: str, row: int, wanted: str, words: str, by: User
) -> CardObjection:
    """One row of one line is wrong; ruled on within its time."""
    begun = steps.begin(SCORECARD, "object_to_row", card, by=by)
    locked = begun.item
    if (line, row) not in locked.rows_against():
        raise NotPossible(_("这条记录不在失分的记录里。"))
    if locked.objections.filter(line=line, row=row).exists():
        raise NotPossible(_("对这条记录已经提过异议。"))
    label, _item = labels_of(line, [row]).get(row, ("", 0))
    objection = CardObjection(
        card=locked,
        line=line,
        row=row,
        row_label=label[:200],
        wanted=wanted,
        words=words,
        clock=timing.start(locked.appraisal.congress, Key.APPRAISAL_RULING, _("收到评分异议")),
        by=by,
    )
    steps.create(objection, "file_objection", by=by, words=words)
    begun.finish(words=label)
    subject = _("%(unit)s对评分提出异议，请裁定") % {"unit": locked.unit}
    said = telling.message(locked, "objected", subject, PAGE)
    telling.tell_roles(locked.appraisal.congress, Role.CLERK, Role.DIRECTOR, **said)
    return objection


@transaction.atomic
def agree_card(card: Scorecard, *, by: User) -> Scorecard:
    return steps.take(SCORECARD, "agree_card", card, by=by)


@transaction.atomic
def grant_objection(objection: CardObjection, *, words: str, by: User) -> CardObjection:
    """The row is counted as the unit asked, and the sheet anew at once."""
    objection = _rule(objection, "grant_objection", words, by)
    card = steps.lock(objection.card)
    rules = card.appraisal.rules
    found = facts_of(card.appraisal.congress, card.appraisal.year, rules["alike"]["value"])
    _recount_card(card, found.get(card.unit_id, Facts()), rules)
    return objection


@transaction.atomic
def refuse_objection(objection: CardObjection, *, words: str, by: User) -> CardObjection:
    return _rule(objection, "refuse_objection", words, by)


@transaction.atomic
def finish_appraisal(appraisal: Appraisal, *, by: User) -> Appraisal:
    """The sheets stand as they were shown and ruled on, with their rank; equal totals share one."""
    changes = {"finished_at": clock.now()}
    locked = steps.take(APPRAISAL, "finish_appraisal", appraisal, by=by, changes=changes)
    timing.stop(locked.clock)
    for rank, card in _ranked(locked):
        card = steps.take(SCORECARD, "finish_card", card, by=trail.SYSTEM, changes={"rank": rank})
        subject = _("年度评分已定案")
        telling.tell_units([card.unit], **telling.message(card, "final", subject, PAGE))
    return locked


def _rules(appraisal: Appraisal) -> dict[str, Any]:
    """The values counted by, each with where it comes from."""
    found = {
        name: Rule.objects.in_force(key, appraisal.congress.region, clock.today())
        for name, key in COUNTED.items()
    }
    return {
        name: {"value": rule.value, "key": rule.key, "confirmed": rule.is_confirmed}
        for name, rule in found.items()
    }


def _open_missing(appraisal: Appraisal, units: set[int]) -> None:
    known = set(appraisal.cards.values_list("unit", flat=True))
    for unit in sorted(units - known):
        card = Scorecard(appraisal=appraisal, unit_id=unit)
        steps.create(card, "open_card", by=trail.SYSTEM)


def _recount_card(card: Scorecard, facts: Facts, rules: dict[str, Any]) -> None:
    """Write the sheet where it has changed; rulings hold whatever the events say."""
    counted = corrected(facts, card.objections.all().corrections())
    sheet = score_sheet(counted, rules["weights"]["value"], rules["deductions"]["value"])
    if sheet == card.sheet:
        return
    changes = {
        "sheet": sheet,
        "total": Decimal(sheet["total"]),
        "n_items": len(_items(counted)),
    }
    steps.take(SCORECARD, "recount_card", card, by=trail.SYSTEM, changes=changes)


def _items(facts: Facts) -> set[int]:
    lines = (Line.ON_TIME, Line.CONTACT, Line.SATISFACTION)
    return set().union(*(facts.base.get(line, set()) for line in lines))


def _rule(objection: CardObjection, step: str, words: str, by: User) -> CardObjection:
    changes = {"ruling": words}
    objection = steps.take(CARD_OBJECTION, step, objection, by=by, changes=changes, words=words)
    timing.stop(objection.clock)
    label = kept(CARD_OBJECTION.steps[step].label)
    said = telling.message(objection, "ruled", label, PAGE, objection.card_id)
    telling.tell_units([objection.card.unit], **said)
    return objection


def _ranked(appraisal: Appraisal) -> list[tuple[int, Scorecard]]:
    cards = list(appraisal.cards.select_related("unit__congress").order_by("-total", "pk"))
    totals = [card.total for card in cards]
    return [(totals.index(card.total) + 1, card) for card in cards]
