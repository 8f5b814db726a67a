"""Starting, stopping, extending clocks, and reckoning them anew when rules or calendar change."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db import models, transaction
from django.utils.formats import date_format

from huiyin.kernel import clock as time
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region
from huiyin.rulebook import events
from huiyin.rulebook.calculations import Due, Extension
from huiyin.rulebook.models import Clock, ClockQuerySet, Reckoning
from huiyin.rulebook.models.reckoning import Maximum, maximum_for

RECKONED = ["rule", "due_on", "yellow_on", "orange_on", "arithmetic"]
BATCH = 1_000


@dataclass(frozen=True)
class Move:
    """A clock whose due date a change has moved."""

    clock: Clock
    before: dt.date
    after: dt.date


@dataclass(frozen=True)
class Start:
    """A time limit that begins; `maximum` names the rule of a hard end and the day it counts from."""

    rule: str
    on: dt.date
    words: str
    maximum: Maximum | None = None


def start_clock(
    *, rule: str, region: Region, start: dt.date, start_words: str, maximum: Maximum | None = None
) -> Clock:
    """Start one time limit."""
    return start_clocks(region, [Start(rule, start, start_words, maximum)])[0]


def start_clocks(region: Region, starts: Sequence[Start]) -> list[Clock]:
    """Start many in one place at once: three statements however many."""
    if not starts:
        return []
    clocks = [_new(each.rule, region, each.on, each.words, each.maximum) for each in starts]
    reckoning = _reckoning(clocks)
    for clock in clocks:
        _settle(clock, reckoning)
    return Clock.objects.bulk_create(clocks, batch_size=BATCH)


@dataclass(frozen=True)
class Past:
    """A term that ran and ended before this house knew of it; `extended_to` where it was granted."""

    start: dt.date
    stopped_on: dt.date
    extended_to: dt.date | None = None
    extension_reason: str = ""


def keep_past_clocks(
    *, rule: str, region: Region, pasts: Sequence[Past], start_words: str
) -> list[Clock]:
    """Terms that are over, reckoned by the rules of their own days: they run for nobody.

    Raises RuleMissing where a start lies before the oldest rule.
    """
    if not pasts:
        return []
    clocks = [_new(rule, region, past.start, start_words, None) for past in pasts]
    for clock, past in zip(clocks, pasts, strict=True):
        clock.stopped_on = past.stopped_on
        clock.extended_to, clock.extension_reason = past.extended_to, past.extension_reason
    reckoning = _reckoning(clocks)
    for clock in clocks:
        _settle(clock, reckoning)
    return Clock.objects.bulk_create(clocks, batch_size=BATCH)


@transaction.atomic
def stop_clock(clock: Clock, *, on: dt.date) -> Clock:
    """What it measured is done; kept or missed is settled by this day."""
    clock = _lock_running(clock)
    clock.stopped_on = on
    return _save(clock, "stopped_on")


def stop_clocks(clock_ids: Iterable[int], *, on: dt.date) -> None:
    """Those of the clocks that run, stopped at once."""
    _end(clock_ids, stopped_on=on)


def void_clocks(clock_ids: Iterable[int], *, on: dt.date) -> None:
    """Those of the clocks that run, voided at once."""
    _end(clock_ids, stopped_on=on, is_void=True)


@transaction.atomic
def resume_clock(clock: Clock) -> Clock:
    """The stop was a mistake: it runs on from its old start, by the rules of today's rulebook."""
    clock = Clock.objects.select_for_update(of=("self",)).select_related("region").get(pk=clock.pk)
    if clock.is_running:
        raise NotPossible(_("这个期限还在计时。"))
    clock.stopped_on, clock.is_void = None, False
    _settle(clock, _reckoning([clock]))
    return _save(clock, "stopped_on", "is_void", *RECKONED)


@transaction.atomic
def extend_clock(clock: Clock, *, to: dt.date, reason: str) -> Clock:
    """More time, never past the hard maximum of the law."""
    clock = _lock_running(clock)
    if not reason.strip():
        raise NotPossible(_("请写明延期原因。"))
    if to <= clock.due_on:
        raise NotPossible(_("延期后的日期必须晚于现在的到期日%(date)s。") % _named(clock.due_on))
    if clock.latest and to > clock.latest:
        raise NotPossible(_("最长只能延到%(date)s：这是法定上限。") % _named(clock.latest))
    clock.extended_to, clock.extension_reason = to, reason.strip()
    _settle(clock, _reckoning([clock]))
    return _save(clock, "extended_to", "extension_reason", *RECKONED)


def recompute(clocks: ClockQuerySet) -> list[Move]:
    """Reckon running clocks anew; which dates moved. Call inside a transaction."""
    running = clocks.running().select_related("region").order_by("pk")
    held = list(running.select_for_update(of=("self",)))
    if not held:
        return []
    reckoning = _reckoning(held)
    changed, moves = [], []
    for clock in held:
        before = _reckoned(clock)
        _settle(clock, reckoning)
        if _reckoned(clock) != before:
            clock.updated_at = time.now()
            changed.append(clock)
        if clock.due_on != before["due_on"]:
            moves.append(Move(clock, before["due_on"], clock.due_on))
    Clock.objects.bulk_update(changed, [*RECKONED, "updated_at"], batch_size=BATCH)
    transaction.on_commit(partial(_tell, moves))
    return moves


def verify_clocks() -> Iterator[str]:
    """One line for each running clock whose stored date does not follow from rule and start."""
    running = Clock.objects.running().select_related("region").order_by("pk")
    for batch in _batches(running):
        reckoning = _reckoning(batch)
        for clock in batch:
            stored = clock.due_on
            found = _due(clock, reckoning).on
            if found != stored:
                yield f"clock {clock.pk} {clock.rule_key}: stored {stored}, follows {found}"


def _new(
    rule: str, region: Region, start: dt.date, start_words: str, maximum: Maximum | None
) -> Clock:
    limit = maximum_for(rule, start, maximum)
    return Clock(
        region=region,
        rule_key=rule,
        started_on=start,
        start_words=start_words,
        maximum_key=limit[0] if limit else "",
        maximum_from=limit[1] if limit else None,
    )


def _lock_running(clock: Clock) -> Clock:
    locked = Clock.objects.select_for_update(of=("self",)).select_related("region").get(pk=clock.pk)
    if not locked.is_running:
        raise NotPossible(_("这个期限已经停止计时。"))
    return locked


def _end(clock_ids: Iterable[int], **changes: Any) -> None:
    """The running ones, held in the order of their keys; what has stopped keeps its day."""
    wanted = sorted(set(clock_ids))
    if wanted:
        running = Clock.objects.running().filter(pk__in=wanted).order_by("pk")
        held = running.select_for_update(of=("self",)).values("pk")
        Clock.objects.filter(pk__in=held).update(**changes, updated_at=time.now())


def _save(clock: Clock, *fields: str) -> Clock:
    clock.updated_at = time.now()
    clock.save(update_fields=[*fields, "updated_at"])
    return clock


def _reckoning(clocks: Sequence[Clock]) -> Reckoning:
    """The rules and days these clocks need, read once."""
    keys = {key for clock in clocks for key in (clock.rule_key, clock.maximum_key) if key}
    starts = [clock.started_on for clock in clocks]
    starts += [clock.maximum_from for clock in clocks if clock.maximum_from]
    return Reckoning.over({clock.region for clock in clocks}, keys, starts)


def _due(clock: Clock, reckoning: Reckoning) -> Due:
    return reckoning.due(
        clock.started_on,
        reckoning.rule(clock.rule_key, clock.region, clock.started_on),
        clock.region,
        start_words=clock.start_words,
        maximum=(clock.maximum_key, clock.maximum_from) if clock.maximum_from else None,
        extension=Extension(clock.extended_to, clock.extension_reason)
        if clock.extended_to
        else None,
    )


def _settle(clock: Clock, reckoning: Reckoning) -> None:
    """Write into the clock what follows from its start, its rule and the calendar."""
    found = _due(clock, reckoning)
    clock.rule = reckoning.rule(clock.rule_key, clock.region, clock.started_on)
    clock.due_on, clock.arithmetic = found.on, list(found.lines)
    clock.yellow_on, clock.orange_on = reckoning.warnings(clock.region, clock.started_on, found.on)


def _reckoned(clock: Clock) -> dict[str, Any]:
    return {
        "rule": clock.rule_id,
        "due_on": clock.due_on,
        "yellow_on": clock.yellow_on,
        "orange_on": clock.orange_on,
        "arithmetic": clock.arithmetic,
    }


def _tell(moves: Iterable[Move]) -> None:
    for move in moves:
        events.clock_moved.send(Clock, clock_id=move.clock.pk, before=move.before, after=move.after)


def _batches(clocks: models.QuerySet[Clock]) -> Iterator[list[Clock]]:
    batch: list[Clock] = []
    for clock in clocks.iterator(chunk_size=BATCH):
        batch.append(clock)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _named(day: dt.date) -> dict[str, str]:
    return {"date": date_format(day, "DATE_FORMAT")}
