"""What allauth may do here: log in and keep second factors, never open accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest  # noqa: TID251  allauth hands it in
from django.shortcuts import resolve_url  # noqa: TID251  allauth asks where to go
from django.utils.translation import gettext as _

from huiyin.accounts import actions
from huiyin.accounts.models import User
from huiyin.kernel.limits import visitor


class ClosedAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators; residents need none."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere else: behind a proxy all would share one limit of failed logins."""
        return visitor(request)

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The one-time password is no choice of one's own."""
        if user and user.must_change_password and user.check_password(password):
            raise ValidationError(_("这就是别人给您的密码，请另想一个。"))
        cleaned: str = super().clean_password(password, user=user)
        return cleaned

    def set_password(self, user: User, password: str) -> None:
        """Where all of allauth's ways to a new password meet."""
        actions.choose_password(user, password=password)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return resolve_url(settings.LOGIN_REDIRECT_URL)
