"""Changing a rule or a day of the calendar: the running clocks follow in the same transaction."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.utils import translation

from huiyin.kernel import steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.regions.models import Region
from huiyin.rulebook.actions.clocks import Move, recompute
from huiyin.rulebook.calculations import is_well_formed, is_within
from huiyin.rulebook.choices import Key, Latitude
from huiyin.rulebook.models import CalendarDay, Clock, ClockQuerySet, Rule
from huiyin.rulebook.models.reckoning import ALWAYS


@transaction.atomic
def change_rule(
    key: str,
    region: Region,
    *,
    value: Any,
    valid_from: dt.date,
    source: str,
    article: str = "",
    article_text: str = "",
    is_confirmed: bool = True,
    by: HasActor,
) -> tuple[Rule, list[Move]]:
    """A new version of a rule, or a correction of the version of that very day.

    What the law fixes is not changed here: it comes with a rule pack. Clocks that started
    before `valid_from` keep the version they started under.
    """
    found = Rule.objects.filter(key=key, region=region)
    if found.filter(is_law=True).exists():
        raise NotPossible(_("这是法律规定，不能在这里修改。"))
    wanted = {
        "value": value,
        "source": source,
        "article": article,
        "article_text": article_text,
        "is_confirmed": is_confirmed,
    }
    rule = write_rule(Rule(key=key, region=region, valid_from=valid_from, **wanted), by=by)
    return rule, recompute(clocks_under(key, region))


@transaction.atomic
def change_day(
    day: dt.date,
    *,
    is_working: bool,
    name: str,
    region: Region | None = None,
    source: str = "",
    by: HasActor,
) -> tuple[CalendarDay, list[Move]]:
    """Make one day a working day or a day of rest."""
    wanted = {"is_working": is_working, "name": name, "source": source}
    found = CalendarDay.objects.filter(date=day, region=region).first()
    if found:
        special = steps.change(steps.lock(found), "change", by=by, changes=wanted)
    else:
        special = CalendarDay(date=day, region=region, **wanted)
        special = steps.create(special, "create", by=by)
    clocks = Clock.objects.of(region) if region else Clock.objects.all()
    return special, recompute(clocks)


def preview_rule(key: str, region: Region, **change: Any) -> list[Move]:
    """Which clocks `change_rule` would move: the change itself, taken back."""
    with transaction.atomic():
        moves = change_rule(key, region, **change)[1]
        transaction.set_rollback(True)
    return moves


def preview_day(day: dt.date, **change: Any) -> list[Move]:
    """Which clocks `change_day` would move: the change itself, taken back."""
    with transaction.atomic():
        moves = change_day(day, **change)[1]
        transaction.set_rollback(True)
    return moves


def write_rule(rule: Rule, *, by: HasActor) -> Rule:
    """Insert the version, or bring the stored one of the same day to it; with its trail."""
    _refuse_nonsense(rule)
    _refuse_against_law(rule)
    stored = Rule.objects.filter(
        key=rule.key, region=rule.region, valid_from=rule.valid_from
    ).first()
    if stored is None:
        return steps.create(rule, "create", by=by, words=_kept_words(rule))
    changes = {
        name: getattr(rule, name) for name in FIELDS if getattr(rule, name) != getattr(stored, name)
    }
    if not changes:
        return stored
    words = f"{_kept_words(stored)} → {_kept_words(rule)}"
    return steps.change(steps.lock(stored), "change", by=by, changes=changes, words=words)


def _kept_words(rule: Rule) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return rule.words


FIELDS = (
    "value",
    "source",
    "article",
    "article_text",
    "is_law",
    "latitude",
    "is_confirmed",
)


def clocks_under(key: str, region: Region) -> ClockQuerySet:
    """The clocks a rule of this key in this place can concern."""
    clocks = Clock.objects.of(region)
    if key in ALWAYS:
        return clocks
    return clocks.filter(models.Q(rule_key=key) | models.Q(maximum_key=key))


def _refuse_nonsense(rule: Rule) -> None:
    if rule.key not in Key.values:
        raise NotPossible(_("没有“%(key)s”这项规则。") % {"key": rule.key})
    if not is_well_formed(rule.key, rule.value):
        words = {"label": rule.label, "value": rule.value}
        raise NotPossible(_("“%(label)s”的规定写法不对：%(value)s。") % words)


def _refuse_against_law(rule: Rule) -> None:
    """A smaller place stays inside the room that the laws above it leave."""
    above = Rule.objects.applying_to(rule.region).exclude(region=rule.region)
    laws = above.filter(key=rule.key, is_law=True, valid_from__lte=rule.valid_from)
    law = laws.order_by("-valid_from").first()
    if law and not is_within(rule.value, law.value, law.latitude):
        raise NotPossible(
            _("《%(source)s》%(article)s规定“%(label)s”为%(words)s，%(latitude)s。")
            % {
                "source": law.source,
                "article": law.article,
                "label": law.label,
                "words": law.words,
                "latitude": Latitude(law.latitude).label,
            }
        )
