"""Who knocks at the API: a token, and the person behind it."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from ninja.security import HttpBearer

from huiyin.accounts import actions
from huiyin.accounts.models import User
from huiyin.kernel import limits
from huiyin.kernel.workflow import NotAllowed
from huiyin.ui.api import READ_REFUSALS

router = Router(tags=["account"])
HOUR = 3600
MOST_READS, MOST_WRITES, MOST_WRONG = 3_600, 600, 30  # an hour


class Bearer(HttpBearer):
    """`Authorization: Bearer huiyin_…`, from the account's own page.

    A token lives no longer than its person may log in: a closed account, a password that is yet
    to be changed or a missing second factor closes it too.
    """

    def __init__(self, *, writes: bool = False) -> None:
        self.writes = writes
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return admit(request, token, writes=self.writes)


def admit(request: HttpRequest, secret: str, *, writes: bool) -> User | None:
    """The person of a living token, counted; None for anything else.

    Raises NotAllowed where a token that only reads is to write, TooMany past the limits.
    """
    found = actions.use_token(secret)
    if found is None or found.user.must_change_password or _lacks_second_factor(found.user):
        who = limits.visitor(request)
        limits.count("token", who, times=MOST_WRONG, seconds=HOUR)
        return None
    if writes and not found.can_write:
        raise NotAllowed("this token only reads")
    most = MOST_WRITES if writes else MOST_READS
    limits.count(f"api:{writes}", f"token {found.pk}", times=most, seconds=HOUR)
    request.user = found.user  # the history of rows names whoever acts
    return found.user


reads, writes = Bearer(), Bearer(writes=True)


class Me(Schema):
    """Whose token it is."""

    username: str
    name: str
    acting_as: str


@router.get("/work/me", response={200: Me, **READ_REFUSALS}, auth=reads)
def me(request: HttpRequest) -> User:
    """The person the token acts for."""
    return person(request)


def person(request: HttpRequest) -> User:
    """Whoever the token let in."""
    if not isinstance(request.user, User):
        raise NotAllowed("nobody")
    return request.user


def _lacks_second_factor(user: User) -> bool:
    demanded = settings.SECOND_FACTOR_DEMANDED and user.is_second_factor_demanded
    return demanded and not is_mfa_enabled(user)
