"""The API: one router an app, described at /api/v1/openapi.json."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern
from django.utils.translation import gettext as _
from ninja import NinjaAPI

from huiyin.accounts.api import router as accounts
from huiyin.dashboards.api import router as dashboards
from huiyin.kernel.limits import TooMany
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions.api import router as opinions
from huiyin.suggestions.api import router as suggestions
from huiyin.supervision.api import router as supervision
from huiyin.ui.api import FormRefused

DESCRIPTION = """\
What the pages show and do, for machines. What lies under `/work/` asks for a token from the
account's own page (`Authorization: Bearer huiyin_...`) and sees and does exactly what its person
may. What one may not see is 404, a step of others is 403, a step that is closed now is 409, input
that the page's form would refuse is 422, and too much of anything is 429.
"""

api = NinjaAPI(
    title="Huiyin 回音",
    version="1",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,  # its page runs inline scripts, which our Content-Security-Policy forbids
)
for router in (accounts, opinions, suggestions, supervision, dashboards):
    api.add_router("", router)


@api.exception_handler(NotPossible)
def not_possible(request: HttpRequest, error: NotPossible) -> HttpResponse:
    return api.create_response(request, {"detail": str(error)}, status=409)


@api.exception_handler(PermissionDenied)
def not_allowed(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return api.create_response(request, {"detail": _("您不能办这一步。")}, status=403)


@api.exception_handler(TooMany)
def too_many(request: HttpRequest, error: TooMany) -> HttpResponse:
    words = _("太频繁了，请 %(minutes)d 分钟后再试。") % {"minutes": error.minutes}
    return api.create_response(request, {"detail": words}, status=429)


@api.exception_handler(FormRefused)
def form_refused(request: HttpRequest, error: FormRefused) -> HttpResponse:
    problems = [problem.dict() for problem in error.problems]
    return api.create_response(request, {"detail": problems}, status=422)


def open_to_all() -> list[URLPattern]:
    """The API's addresses: each asks for its token itself, so none leads to the login page."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns
