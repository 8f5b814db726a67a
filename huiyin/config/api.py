"""The public API: one router an app, described at /api/v1/openapi.json."""

from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern
from ninja import NinjaAPI

from huiyin.opinions.api import router as opinions
from huiyin.suggestions.api import router as suggestions

api = NinjaAPI(
    title="Huiyin 回音",
    version="1",
    description="What the public pages show, for machines. Read only; no key is needed.",
    urls_namespace="api",
    docs_url=None,  # its page runs inline scripts, which our Content-Security-Policy forbids
)
api.add_router("", opinions)
api.add_router("", suggestions)


def open_to_all() -> list[URLPattern]:
    """The API's addresses: everything behind them is public, so none asks for a login."""
    patterns = [pattern for pattern in api.urls[0] if isinstance(pattern, URLPattern)]
    for pattern in patterns:
        login_not_required(pattern.callback)
    return patterns
