"""Whose account it is to keep: by the seats people hold, held or will hold."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.accounts.models import User
from huiyin.congress.choices import EndGround, MandateState
from huiyin.congress.models.appointments import Appointment
from huiyin.congress.models.people import Deputy
from huiyin.kernel import clock

# A mandate that ended with its term still answers for what was left open; any other end is one.
OVER = Q(state=MandateState.ENDED) & ~Q(end_ground=EndGround.TERM_OVER)
STATES = ("seatless", "unused", "closed")


def seated(congresses: Iterable[int] | None = None) -> QuerySet[Any, Any]:
    """Accounts with a seat, one to come or a mandate suspended; in these congresses, or anywhere."""
    appointed = Appointment.objects.filter(Q(ends_on=None) | Q(ends_on__gt=clock.today()))
    mandates = Deputy.objects.exclude(OVER).filter(person__user__isnull=False)
    if congresses is not None:
        appointed = appointed.filter(congress__in=congresses)
        mandates = mandates.filter(congress__in=congresses)
    return appointed.order_by().values("user").union(mandates.order_by().values("person__user"))


def accounts_of(congresses: Iterable[int]) -> QuerySet[User]:
    """Accounts with a seat there, and those whose last seat was there."""
    once = (
        Appointment.objects.filter(congress__in=congresses)
        .order_by()
        .values("user")
        .union(
            Deputy.objects.filter(congress__in=congresses, person__user__isnull=False)
            .order_by()
            .values("person__user")
        )
    )
    known = Q(pk__in=once) & ~Q(pk__in=seated())
    return User.objects.filter(Q(pk__in=seated(congresses)) | known)


def accounts_matching(accounts: QuerySet[User], *, q: str = "", state: str = "") -> QuerySet[User]:
    """By name or login name; those without any seat, with a password never changed, or closed."""
    found = accounts
    if q:
        found = found.filter(Q(name__contains=q) | Q(username__icontains=q))
    if state == "closed":
        return found.filter(is_active=False)
    if state == "seatless":
        return found.filter(is_active=True).exclude(pk__in=seated())
    if state == "unused":
        return found.filter(is_active=True, must_change_password=True)
    return found if state == "all" else found.filter(is_active=True)


def congresses_where_seated(account: User) -> set[int]:
    """Where the account acts today, will act or was suspended."""
    appointed = Appointment.objects.filter(user=account).filter(
        Q(ends_on=None) | Q(ends_on__gt=clock.today())
    )
    mandates = Deputy.objects.exclude(OVER).filter(person__user=account)
    return {
        *appointed.values_list("congress", flat=True),
        *mandates.values_list("congress", flat=True),
    }
