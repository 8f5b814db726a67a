"""Nothing opens before a password is one's own, and where a second factor is demanded, before it is set up."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

STATIC_PATHS = ("/static/", "/language/", "/ui/")
OPEN_PATHS = ("/account/", *STATIC_PATHS)


class OwnPassword:
    """Whoever logs in with a password that somebody handed out is led to choosing another."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_due(request):
            return redirect("account_change_password")
        return self.get_response(request)

    def _is_due(self, request: HttpRequest) -> bool:
        return (
            not request.path.startswith(STATIC_PATHS)
            and request.user.is_authenticated
            and request.user.must_change_password
            and request.path not in {reverse("account_change_password"), reverse("account_logout")}
        )


class SecondFactor:
    """Staff without a second factor are led to setting one up (等保 level 3)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if self._is_missing(request):
            return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _is_missing(self, request: HttpRequest) -> bool:
        user = request.user
        return (
            settings.SECOND_FACTOR_DEMANDED
            and user.is_authenticated
            and user.is_second_factor_demanded
            and not request.path.startswith(OPEN_PATHS)
            and not is_mfa_enabled(user)
        )
