"""Who hears of a step, each once a step."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from huiyin.accounts.models import User
from huiyin.congress.models import Congress, Deputy, Unit
from huiyin.kernel.models import Trailed
from huiyin.notices import actions as notices
from huiyin.suggestions.choices import SignatureState
from huiyin.suggestions.models import Assignment, Signature, Suggestion


def message(item: Trailed, news: str, subject: str, page: str, *args: Any) -> dict[str, Any]:
    """What is said: a further round of the same step is news again, so the version is in the key."""
    with translation.override(settings.LANGUAGE_CODE):
        words = str(item)
    return {
        "key": f"supervision.{news}:{item.item_kind()}:{item.pk}:{item.version}",
        "subject": subject,
        "words": words,
        "about": item,
        "path": reverse(page, args=args or [item.pk]),
    }


def tell_roles(congress: Congress, *roles: str, **said: Any) -> None:
    """`committee_id` leaves out the staff of other committees."""
    notices.send_to_role(congress, *roles, **said)


def tell_person(user: User | None, congress: Congress, **said: Any) -> None:
    if user is not None:
        notices.send(to=user, congress=congress, **said)


def tell_units(units: Any, **said: Any) -> None:
    with notices.gathering():
        for unit in units:
            notices.send_to_unit(unit, **said)


def tell_deputies(deputies: Any, **said: Any) -> None:
    with notices.gathering():
        for deputy in deputies:
            notices.send_to_deputy(deputy, **said)


def units_of(suggestions: list[Suggestion]) -> list[Unit]:
    """The units at work on any of these, once each."""
    tasks = Assignment.objects.working().filter(suggestion__in=suggestions)
    units = Unit.objects.filter(pk__in=tasks.values("unit")).select_related("congress")
    return list(units.order_by("pk"))


def signers_of(suggestions: list[Suggestion]) -> list[Deputy]:
    names = Signature.objects.filter(suggestion__in=suggestions, state=SignatureState.SIGNED)
    deputies = Deputy.objects.filter(pk__in=names.values("deputy"))
    return list(deputies.select_related("person__user", "congress").order_by("pk"))
