"""Accounts of deputies, and the care for everybody's account."""

import re
from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models.functions import Lower

from huiyin.accounts import actions as accounts
from huiyin.accounts.actions import Opened
from huiyin.accounts.models import User
from huiyin.congress import permissions
from huiyin.congress.actions.appointments import keep_acting_as, keep_acting_as_of, refuse_own_seat
from huiyin.congress.models import Congress, Deputy, Person
from huiyin.congress.workflow import MANDATE
from huiyin.kernel import steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible

AT_ONCE = 100  # a password costs a fifth of a second: what a reader waits for, and proxies allow
PLAIN = re.compile(r"[A-Za-z0-9-]{3,30}")


@transaction.atomic
def give_account(deputy: Deputy, *, username: str, by: User) -> Opened:
    """A new account for the person of the mandate, with a one-time password."""
    begun = steps.begin(MANDATE, "give_account", deputy, by=by)
    person = begun.item.person
    password = accounts.one_time_password()
    user = accounts.create_account(username, name=person.name, password=password, by=by)
    _join(person, user)
    begun.finish(words=username)
    return Opened(user, password)


@transaction.atomic
def link_account(deputy: Deputy, *, user: User, by: User) -> Deputy:
    """The person has an account by another seat: from now on it acts in all mandates too."""
    begun = steps.begin(MANDATE, "link_account", deputy, by=by)
    person, user = begun.item.person, User.objects.select_for_update().get(pk=user.pk)
    refuse_own_seat(user, by=by)
    if user.name != person.name or Person.objects.filter(user=user).exists():
        raise NotPossible(_("登录名“%(username)s”是别人的账号。") % {"username": user.username})
    _join(person, user)
    return begun.finish(words=user.username)


def give_accounts(
    congress: Congress, deputies: Iterable[int], *, by: User
) -> list[tuple[Deputy, Opened]]:
    """Accounts for these sitting deputies, of whom none is given to who has one already."""
    if not permissions.can_give_accounts(by, congress):
        raise NotAllowed("open accounts of another congress")
    wanted = list(deputies)
    if len(wanted) > AT_ONCE:
        raise NotPossible(_("一次最多开通%(most)d个账号。") % {"most": AT_ONCE})
    with transaction.atomic():
        rows = Deputy.objects.of(congress).without_account().filter(pk__in=wanted)
        locked = steps.lock_all(rows.select_related("person", "congress__region"))
        one_each = list({deputy.person_id: deputy for deputy in locked}.values())
        names = zip(propose_usernames(one_each), one_each, strict=True)
        opened = accounts.create_accounts([(name, one.person.name) for name, one in names], by=by)
        for deputy, new in zip(one_each, opened, strict=True):
            deputy.person.user = new.user
        Person.objects.bulk_update([deputy.person for deputy in one_each], ["user"])
        if one_each:
            trail.record_many(one_each, "give_account", by=by, words=_("成批开通"))
        keep_acting_as_of([new.user for new in opened])
    return list(zip(one_each, opened, strict=True))


def propose_usernames(deputies: Sequence[Deputy]) -> list[str]:
    """For each a name that nobody has: the card's number, with the area where that is taken, else a serial."""
    choices = [_names_for(deputy) for deputy in deputies]
    lowered = [name.lower() for names in choices for name in names]
    asked = User.objects.annotate(lowered=Lower("username")).filter(lowered__in=lowered)
    taken = set(asked.values_list("lowered", flat=True))
    proposed = []
    for names in choices:
        name = next((name for name in names if name.lower() not in taken), names[-1])
        taken.add(name.lower())
        proposed.append(name)
    return proposed


def give_password(account: User, *, reason: str, by: User) -> Opened:
    allowed = permissions.can_give_password(by, account)
    return accounts.give_password(account, reason=reason, by=by, allowed=allowed)


def reset_second_factor(account: User, *, reason: str, by: User) -> User:
    allowed = permissions.can_reset_second_factor(by, account)
    return accounts.reset_second_factor(account, reason=reason, by=by, allowed=allowed)


def close_account(account: User, *, reason: str, by: User) -> User:
    allowed = permissions.can_close_account(by, account)
    return accounts.close_account(account, reason=reason, by=by, allowed=allowed)


def reopen_account(account: User, *, reason: str, by: User) -> User:
    allowed = permissions.can_reopen_account(by, account)
    return accounts.reopen_account(account, reason=reason, by=by, allowed=allowed)


def _join(person: Person, user: User) -> None:
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if person.user_id:
        raise NotPossible(_("已经有账号了。"))
    person.user = user
    person.save(update_fields=["user"])
    keep_acting_as(user)


def _names_for(deputy: Deputy) -> list[str]:
    card, serial = deputy.card_number, f"d{deputy.pk}"
    if not PLAIN.fullmatch(card):
        return [serial]
    return [card, f"{deputy.congress.region.code}-{card}", serial]
