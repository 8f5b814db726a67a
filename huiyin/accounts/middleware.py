"""Where a second factor is demanded, nothing opens before it is set up."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN_PATHS = ("/account/", "/static/", "/language/", "/ui/")


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
