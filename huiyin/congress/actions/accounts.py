"""Accounts for deputies, many at a time."""

import re
import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import make_password
from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress import permissions
from huiyin.congress.choices import MandateState
from huiyin.congress.models import Congress, Deputy, Person
from huiyin.kernel import steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed

AT_ONCE = 50  # a password is hashed slowly on purpose
FIRST_PASSWORD = 9  # bytes of chance
LONGEST_NAME, LONGEST_WORDS = 40, 200
NO_READING = "deputy"  # a name that is written in no letters


@dataclass(frozen=True)
class Opened:
    """A deputy's new account and its first password, which is shown now and never again."""

    person: Person
    user: User
    password: str


@transaction.atomic
def open_accounts(congress: Congress, *, by: User) -> list[Opened]:
    """Let the next sitting deputies without an account log in, each under the reading of the name."""
    if not permissions.can_open_accounts(by, congress):
        raise NotAllowed("open accounts of another congress")
    people = _held(congress)
    opened = [
        _opened(person, username, words)
        for person, username, words in zip(
            people, _usernames(people), _acting_as(people), strict=True
        )
    ]
    User.objects.bulk_create(each.user for each in opened)
    Person.objects.bulk_update(people, ["user"])
    mandates = Deputy.objects.of(congress).sitting().filter(person__in=people)
    if deputies := steps.lock_all(mandates):
        trail.record_many(deputies, "open_account", by=by)
    return opened


def _held(congress: Congress) -> list[Person]:
    """The next ones, locked; whom another administrator has just served is left out."""
    waiting = Deputy.objects.of(congress).without_account().order_by("sort_key", "pk")
    wanted = list(waiting.values_list("person_id", flat=True)[:AT_ONCE])
    people = Person.objects.select_for_update(of=("self",)).filter(pk__in=wanted, user=None)
    return list(people.order_by("sort_key", "pk"))


def _opened(person: Person, username: str, words: str) -> Opened:
    password = secrets.token_urlsafe(FIRST_PASSWORD)
    person.user = User(
        username=username, name=person.name, acting_as=words, password=make_password(password)
    )
    return Opened(person, person.user, password)


def _usernames(people: Sequence[Person]) -> list[str]:
    """wangfang, then wangfang2: namesakes are told apart by a number."""
    readings = [_reading(person) for person in people]
    pattern = rf"^({'|'.join(sorted(set(readings)))})[0-9]*$"
    taken = {
        name.lower()
        for name in User.objects.filter(username__iregex=pattern).values_list("username", flat=True)
    }
    found = []
    for reading in readings:
        number = 1
        while (username := f"{reading}{number if number > 1 else ''}") in taken:
            number += 1
        taken.add(username)
        found.append(username)
    return found


def _reading(person: Person) -> str:
    return re.sub("[^a-z]", "", person.sort_key.lower())[:LONGEST_NAME] or NO_READING


def _acting_as(people: Sequence[Person]) -> list[str]:
    """What `keep_acting_as` would say of each: somebody without an account holds mandates only."""
    found = defaultdict(list)
    mandates = Deputy.objects.filter(person__in=people, state=MandateState.ACTIVE).order_by("pk")
    for person_id, congress in mandates.values_list("person_id", "congress__name"):
        found[person_id].append(_("%(congress)s代表") % {"congress": congress})
    return ["、".join(found[person.pk])[:LONGEST_WORDS] for person in people]
