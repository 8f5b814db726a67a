"""What is known of a person."""

from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.actions.appointments import keep_acting_as
from huiyin.congress.models import Person
from huiyin.kernel import identity
from huiyin.kernel.trail import HasActor

ENCRYPTED = {"phone": "phone_index", "identity_number": "identity_index"}
NORMALISED = {"phone": identity.normalise_phone, "identity_number": identity.normalise_number}


@transaction.atomic
def change_person(person: Person, *, changes: dict[str, Any], by: HasActor) -> Person:
    """Correct what is known; pghistory keeps what it was."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    names = set(changes)
    for name, value in changes.items():
        setattr(person, name, NORMALISED[name](value) if name in NORMALISED else value)
        names |= {ENCRYPTED[name]} & set(ENCRYPTED.values()) if name in ENCRYPTED else set()
    if "name" in changes:
        person.sort_key = identity.person_sort_key(person.name)
        person.mandates.update(sort_key=person.sort_key)
        names.add("sort_key")
    person.save(update_fields=sorted(names))
    return person


@transaction.atomic
def give_account(person: Person, *, user: User, by: HasActor) -> Person:
    """Let the person log in and act in all mandates of theirs."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    person.user = user
    person.save(update_fields=["user"])
    keep_acting_as(user)
    return person
