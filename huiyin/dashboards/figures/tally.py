"""Everything the figures of one scope are made of, counted once: four statements for a whole page."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import Concat, ExtractYear

from huiyin.dashboards.figures import facts
from huiyin.dashboards.figures.figure import Scope
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.rulebook.models.rules import nearest
from huiyin.suggestions.choices import PromiseState
from huiyin.suggestions.models import Promise
from huiyin.supervision.choices import CandidateState, KeyState
from huiyin.supervision.models import Candidate, KeyItem, Review
from huiyin.venues.models import Duty

KEPT_IN_TIME = Q(state=PromiseState.KEPT, claimed_at__date__lte=F("promised_on"))
# What promises are told apart by where items are by facts.GROUPS: the key, and the words for it.
PROMISED: dict[str, tuple[Any, Any]] = {
    "unit": (F("unit"), F("unit__short_name")),
    "subject": (F("suggestion__subject"),) * 2,
    "district": (
        F("suggestion__lead__electing_base__region"),
        F("suggestion__lead__electing_base__region__name"),
    ),
    "year": (ExtractYear("promised_on"),) * 2,
}


@dataclass(frozen=True)
class Group:
    """The counts of one unit, subject, district or year; a missing count is 0."""

    key: Any
    words: str
    counts: Mapping[str, int]

    @property
    def address(self) -> str:
        """How an address names the group."""
        return "-" if self.key is None else str(self.key)


@dataclass(frozen=True)
class Tally:
    scope: Scope
    by: str = "unit"

    @cached_property
    def rules(self) -> dict[str, Rule]:
        """The rules that held on the last day that is counted, by key."""
        held: dict[str, list[Rule]] = {}
        known = Rule.objects.applying_to(self._region).defer("article_text")
        for rule in known.filter(valid_from__lte=self.scope.last):
            held.setdefault(rule.key, []).append(rule)
        return {key: nearest(rules, key, self._region) for key, rules in held.items()}

    @cached_property
    def groups(self) -> list[Group]:
        """Items by group, the largest first."""
        found = facts.counted(self.scope, self.by, meets=self.meets)
        groups = [_group(row) for row in found]
        return sorted(groups, key=lambda each: (-each.counts["all"], str(each.words)))

    @cached_property
    def totals(self) -> Counter[str]:
        """All groups together, and what is counted by lines."""
        total: Counter[str] = Counter(self.lines)
        for group in self.groups:
            total.update(group.counts)
        return total

    @cached_property
    def lines(self) -> Counter[str]:
        """What is counted beside the items, each a line of one statement."""
        first, *more = (_line(name, rows) for name, rows in self._counted())
        return Counter(dict(first.union(*more, all=True)))

    @property
    def left_out(self) -> int:
        """Items handled in confidence: in no count and in no list, only in this number."""
        return sum(group.counts["left_out"] for group in self.groups)

    @property
    def meets(self) -> facts.Meets:
        return facts.Meets(
            telephone=bool(self._value(Key.RATES_TELEPHONE)),
            only_confirmed=bool(self._value(Key.MEETING_CONFIRMED)),
        )

    @property
    def few(self) -> int:
        """A share of fewer than so many is marked and not ranked."""
        return self._value(Key.RATES_FEW)

    def _value(self, key: str) -> Any:
        rule = self.rules.get(key)
        return rule.value if rule else 0

    @property
    def _region(self) -> Any:
        return self.scope.congress.region

    def _counted(self) -> Iterator[tuple[Any, QuerySet[Any]]]:
        scope = self.scope
        of_year = {"congress": scope.congress, "year": scope.year}
        items = KeyItem.objects.chosen().filter(**of_year)
        yield "chosen", items
        yield "over", items.filter(state=KeyState.CONCLUDED)
        yield "heard", Review.objects.counted().filter(**of_year)
        awards = {"award__congress": scope.congress, "award__year": scope.year}
        yield "given", Candidate.objects.filter(**awards, state=CandidateState.AWARDED)
        promises = due_promises(scope)
        yield "due", promises
        yield "kept", promises.filter(KEPT_IN_TIME)
        held = Duty.objects.filter(venue__congress=scope.congress, opened_at__isnull=False)
        days = held.filter(day__range=(scope.first, scope.last))
        yield Concat(Value("clinic:"), F("clinic")), days


def due_promises(scope: Scope) -> QuerySet[Promise]:
    """Promises whose date lies in the period and has passed."""
    return Promise.objects.made().filter(
        suggestion__congress=scope.congress,
        suggestion__is_secret=False,
        promised_on__range=(scope.first, scope.last),
        promised_on__lt=clock.today(),
    )


def promises_by(scope: Scope, by: str) -> dict[Any, Group]:
    """Promises due, and kept by their date, by group."""
    key, words = PROMISED[by]
    rows = due_promises(scope).order_by().values(group=key, words=words)
    counts = rows.annotate(due=Count("pk"), kept=Count("pk", filter=KEPT_IN_TIME))
    found = counts.values_list("group", "words", "due", "kept")
    return {
        group: Group(group, str(words or ""), {"due": due, "kept": kept})
        for group, words, due, kept in found
    }


def _group(row: tuple[Any, ...]) -> Group:
    key, words, *counts, days = row
    named = dict(zip(facts.CONDITIONS, counts, strict=True)) | {"days": int(days or 0)}
    return Group(key, "" if words is None else str(words), named)


def _line(name: Any, rows: QuerySet[Any]) -> QuerySet[Any, Any]:
    label = Value(name) if isinstance(name, str) else name
    named = rows.order_by().annotate(line=label).values("line")
    return named.annotate(n=Count("pk")).values_list("line", "n")
