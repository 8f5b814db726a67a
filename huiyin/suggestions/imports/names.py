"""Who is meant by a name in an old file: found, asked for, or kept as of the past. A person decides."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from heapq import nlargest
from typing import Any

from huiyin.congress import actions as congress_actions
from huiyin.congress.actions import FormerDeputy
from huiyin.congress.models import Congress, Deputy
from huiyin.kernel import clock
from huiyin.kernel.trail import HasActor

FORMER = "former"
UNITS, DEPUTIES = "units", "deputies"
NEAREST = 5
FLOOR = 0.34  # one character of three is shared

Answers = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Question:
    """A name the house does not know, or knows twice, with the answers a person may give."""

    kind: str
    name: str  # as the file has it; of a deputy with the term before it: 16|王芳
    shown: str
    n_rows: int
    options: list[tuple[str, str]]
    chosen: str = ""
    may_be_former: bool = True


@dataclass
class Names:
    """Units and deputies of one congress by name, read in three queries however many rows."""

    congress: Congress
    answers: Answers = field(default_factory=dict)
    asked: dict[tuple[str, str], set[int]] = field(default_factory=lambda: defaultdict(set))
    former: dict[tuple[str, str], bool] = field(default_factory=dict)
    _made: dict[tuple[str, str], int] = field(default_factory=dict)
    _delegations: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.terms = {term.number: term for term in self.congress.terms.all()}
        self.sessions = {
            (session.term.number, session.number): session
            for term in self.congress.terms.prefetch_related("sessions__term")
            for session in term.sessions.all()
        }
        self.all_units = list(self.congress.units.order_by("-is_active", "sort_key"))
        self._unit_ids = {unit.pk for unit in self.all_units}
        self._units: dict[str, int] = {}
        for unit in self.all_units:
            self._units.setdefault(unit.short_name, unit.pk)
        self._units |= {unit.name: unit.pk for unit in self.all_units}
        rows = Deputy.objects.of(self.congress).order_by("pk")
        self._deputies: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
        self._mandates: set[tuple[int, int]] = set()
        self._people: dict[str, dict[int, int]] = defaultdict(dict)
        self._heads: dict[tuple[int, str], int] = {}
        told = ("pk", "term__number", "person__name", "person", "delegation", "heads_delegation")
        for pk, term, name, person, delegation, is_head in rows.values_list(*told):
            self._deputies[term, name].append((pk, person, delegation))
            self._people[name][person] = term
            self._mandates.add((term, pk))
            if is_head:
                self._heads[term, delegation] = pk

    def unit(self, name: str, row: int) -> int | None:
        """The unit of this name, 0 for one still to be kept as former; None asks a person."""
        key = (UNITS, name)
        if key in self._made:
            return self._made[key]
        answer = self.answers.get(UNITS, {}).get(name, "")
        if name in self._units and not answer:
            return self._units[name]
        self.asked[key].add(row)
        if answer.isdecimal():
            return int(answer) if int(answer) in self._unit_ids else None
        return self._agreed(key, answer)

    def deputy(self, term: int, name: str, row: int, *, delegation: str = "") -> int | None:
        """The mandate of that term, 0 for one still to be made of the name; None asks a person."""
        key = (DEPUTIES, f"{term}|{name}")
        if key in self._made:
            return self._made[key]
        answer = self.answers.get(DEPUTIES, {}).get(key[1], "")
        found = self._deputies.get((term, name), [])
        if len(found) == 1 and not answer:
            return found[0][0]
        self.asked[key].add(row)
        if answer.isdecimal():
            return int(answer) if (term, int(answer)) in self._mandates else None
        if delegation:
            self._delegations[key[1]] = delegation
        return self._agreed(key, answer) if self.is_past(term) else None

    def _agreed(self, key: tuple[str, str], answer: str) -> int | None:
        rest = self.answers.get("rest", {}).get(key[0], "")
        if answer == FORMER or answer.startswith("person:") or (not answer and rest == FORMER):
            self.former[key] = True
            return 0
        return None

    def head(self, term: int, delegation: str) -> int | None:
        return self._heads.get((term, delegation))

    def is_past(self, term: int) -> bool:
        found = self.terms.get(term)
        return found is not None and found.ends_on is not None and found.ends_on < clock.today()

    def questions(self) -> list[Question]:
        """What a person has to decide, or has decided, most rows first."""
        found = [self._question(kind, name, rows) for (kind, name), rows in self.asked.items()]
        return sorted(found, key=lambda each: (each.kind != UNITS, -each.n_rows, each.shown))

    def keep_former(self, *, by: HasActor) -> None:
        """Make the units and mandates of the past that a person agreed to."""
        names = [name for kind, name in self.former if kind == UNITS]
        units = congress_actions.keep_former_units(self.congress, names, by=by)
        self._made |= {(UNITS, unit.name): unit.pk for unit in units}
        keys = [name for kind, name in self.former if kind == DEPUTIES]
        made = congress_actions.seat_former([self._former(key) for key in keys], by=by)
        self._made |= {(DEPUTIES, key): one.pk for key, one in zip(keys, made, strict=True)}

    def _former(self, key: str) -> FormerDeputy:
        term, _bar, name = key.partition("|")
        answer = self.answers.get(DEPUTIES, {}).get(key, "")
        person = answer.removeprefix("person:")
        known = person.isdecimal() and int(person) in self._people.get(name, {})
        delegation = self._delegations.get(key, "")
        return FormerDeputy(name, self.terms[int(term)], int(person) if known else None, delegation)

    def _question(self, kind: str, name: str, rows: set[int]) -> Question:
        chosen = self.answers.get(kind, {}).get(name, "")
        if kind == UNITS:
            options = self._near_units(name)
            return Question(kind, name, name, len(rows), options, chosen)
        term, _bar, own = name.partition("|")
        options = self._near_deputies(int(term), own)
        is_past = self.is_past(int(term))
        return Question(kind, name, own, len(rows), options, chosen, is_past)

    def _near_units(self, name: str) -> list[tuple[str, str]]:
        near = nearest(name, {str(unit.pk): unit.name for unit in self.all_units})
        first = {pk for pk, _ in near}
        rest = [(str(u.pk), u.name) for u in self.all_units if str(u.pk) not in first]
        return [*near, *rest]

    def _near_deputies(self, term: int, name: str) -> list[tuple[str, str]]:
        same = self._deputies.get((term, name), [])
        if same:
            return [(str(pk), f"{name} {delegation} #{pk}") for pk, _, delegation in same]
        of_term = {str(rows[0][0]): own for (of, own), rows in self._deputies.items() if of == term}
        found = nearest(name, of_term)
        if self.is_past(term):
            people = self._people.get(name, {})
            found += [(f"person:{pk}", f"{name} · {of}") for pk, of in people.items()]
        return found


def nearest(name: str, known: Mapping[str, str]) -> list[tuple[str, str]]:
    """The few that look most like it, best first."""
    like: Iterable[tuple[float, str, str]] = (
        (SequenceMatcher(None, name, own).ratio(), key, own) for key, own in known.items()
    )
    best: list[Any] = nlargest(NEAREST, (each for each in like if each[0] >= FLOOR))
    return [(key, own) for _ratio, key, own in best]
