"""Bodies and deputies of the past, of whom old papers keep no more than the name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction

from huiyin.congress.choices import EndGround, MandateState, UnitKind
from huiyin.congress.models import Congress, Deputy, Person, Term, Unit
from huiyin.kernel import clock, codes, identity, trail
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible

SHORT = 20


@dataclass(frozen=True)
class FormerDeputy:
    """A mandate of a past term; `person_id` where a person said who it was."""

    name: str
    term: Term
    person_id: int | None = None
    delegation: str = ""


@transaction.atomic
def keep_former_units(congress: Congress, names: Iterable[str], *, by: HasActor) -> list[Unit]:
    """Units that are no more: they keep their name and get no task."""
    return Unit.objects.bulk_create(
        Unit(
            congress=congress,
            kind=UnitKind.OTHER,
            name=name,
            short_name=name[:SHORT],
            is_active=False,
            sort_key=identity.sort_key(name),
        )
        for name in names
    )


@transaction.atomic
def seat_former(former: Sequence[FormerDeputy], *, by: HasActor) -> list[Deputy]:
    """Mandates that ended with their term, each with the first line of a trail.

    A name alone is a person of its own: nobody is taken for a namesake unless someone said so.
    """
    if any(one.term.ends_on is None or one.term.ends_on >= clock.today() for one in former):
        raise NotPossible(_("本届代表请先导入代表名单，不能只凭姓名建立。"))
    known = Person.objects.in_bulk([one.person_id for one in former if one.person_id])
    people = [known.get(one.person_id or 0) or _person(one.name) for one in former]
    Person.objects.bulk_create(person for person in people if person.pk is None)
    deputies = [_mandate(one, person) for one, person in zip(former, people, strict=True)]
    Deputy.objects.bulk_create(deputies)
    if deputies:
        trail.record_many(deputies, "seat", by=by, words=_("按旧件上的姓名建立"))
    return deputies


def _person(name: str) -> Person:
    return Person(name=name, sort_key=identity.person_sort_key(name))


def _mandate(one: FormerDeputy, person: Person) -> Deputy:
    return Deputy(
        person=person,
        congress_id=one.term.congress_id,
        term=one.term,
        delegation=one.delegation,
        code=codes.new_code(),
        state=MandateState.ENDED,
        end_ground=EndGround.TERM_OVER,
        ended_on=one.term.ends_on,
        sort_key=person.sort_key,
    )
