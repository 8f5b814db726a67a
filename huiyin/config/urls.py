"""Which address belongs to which app."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

from huiyin.config.api import open_to_all

urlpatterns = [
    path("", include("huiyin.dashboards.urls")),
    path("", include("huiyin.opinions.urls")),
    path("", include("huiyin.suggestions.urls")),
    path("", include("huiyin.supervision.urls")),
    path("", include("huiyin.venues.urls")),
    path("", include("huiyin.congress.urls")),
    path("", include("huiyin.notices.urls")),
    path("", include("huiyin.rulebook.urls")),
    path("", include("huiyin.accounts.urls")),
    path("", include("huiyin.ui.urls")),
    path("language/setlang/", login_not_required(set_language), name="set_language"),
    path("account/", include("allauth.urls")),
    path("api/v1/", include((open_to_all(), "api"))),
]

handler400 = "huiyin.ui.views.bad_request"
handler403 = "huiyin.ui.views.not_allowed"
handler404 = "huiyin.ui.views.not_found"
handler500 = "huiyin.ui.views.broken"

if settings.DEBUG:
    urlpatterns += [path("ui/", include("huiyin.ui.gallery"))]
