"""What allauth may do here: log in and keep second factors, never open accounts."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest  # noqa: TID251  allauth hands it in

from huiyin.kernel.limits import visitor


class ClosedAccounts(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by administrators; residents need none."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """As everywhere else: behind a proxy all would share one limit of failed logins."""
        return visitor(request)
