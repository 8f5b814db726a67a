"""What is known of a person."""

from typing import Any

from django.db import transaction

from huiyin.congress.models import Deputy, Person
from huiyin.kernel import identity, steps, trail
from huiyin.kernel.fields import Sealed
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept

ENCRYPTED = {"phone": "phone_index", "identity_number": "identity_index"}
NORMALISED = {"phone": identity.normalise_phone, "identity_number": identity.normalise_number}


@transaction.atomic
def change_person(person: Person, *, changes: dict[str, Any], by: HasActor) -> Person:
    """Correct what is known. Each mandate's trail says who changed what; pghistory keeps what it was."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    names, changed = set(), []
    for name, value in changes.items():
        new = NORMALISED[name](value) if name in NORMALISED else value
        if _plain(getattr(person, name)) == new:
            continue
        setattr(person, name, new)
        changed.append(name)
        names |= {name, ENCRYPTED.get(name, name)}
    if "name" in changed:
        person.sort_key = identity.person_sort_key(person.name)
        person.mandates.update(sort_key=person.sort_key)
        names.add("sort_key")
    person.save(update_fields=sorted(names))
    _note_change(person, changed, by=by)
    return person


def _plain(value: Any) -> Any:
    return value.reveal() if isinstance(value, Sealed) else value


def _note_change(person: Person, changed: list[str], *, by: HasActor) -> None:
    """Which columns, in words, and never their values."""
    if not changed:
        return
    columns = {field.name: field for field in Person._meta.concrete_fields}
    labels = [kept(columns[name].verbose_name) for name in changed]
    mandates = steps.lock_all(Deputy.objects.filter(person=person))
    trail.record_many(mandates, "change_person", by=by, words="、".join(labels))
