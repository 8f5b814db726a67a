"""Pages and switches without domain: large text, accessibility, offline, the gallery of components."""

import hashlib

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from huiyin.ui.samples import samples

ONE_YEAR = 365 * 24 * 3600
SHELL = (
    "ui/vendor/govuk.css",
    "ui/huiyin.css",
    "ui/vendor/htmx.min.js",
    "ui/huiyin.js",
    "ui/icons/echo.svg",
    "ui/icons/icon-192.png",
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request's own context: the request is what was bad."""
    return HttpResponse(render_to_string("400.html"), status=400)


def not_allowed(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"reason": str(exception)}, status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Without anything that could break again."""
    return HttpResponse(render_to_string("500.html"), status=500)


@login_not_required
@require_POST
def large_text(request: HttpRequest) -> HttpResponse:
    """Turn the large text on or off and go back to where one was."""
    response = HttpResponseRedirect(_way_back(request))
    if request.COOKIES.get("large_text") == "1":
        response.delete_cookie("large_text", samesite="Lax")
    else:
        response.set_cookie(
            "large_text", "1", max_age=ONE_YEAR, samesite="Lax", secure=request.is_secure()
        )
    return response


@login_not_required
@require_GET
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html")


@login_not_required
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component once, for people who build pages."""
    messages.success(request, _("已交办。"))
    return render(request, "ui/gallery.html", samples(request.GET))


@login_not_required
@require_GET
def manifest(request: HttpRequest) -> JsonResponse:
    """What a phone needs to put the deputies' pages on its home screen."""
    content = {
        "name": _("回音"),
        "short_name": _("回音"),
        "lang": request.LANGUAGE_CODE
        if hasattr(request, "LANGUAGE_CODE")
        else settings.LANGUAGE_CODE,
        "start_url": "/deputy/",
        "scope": "/deputy/",
        "display": "standalone",
        "background_color": "#f7f5f2",
        "theme_color": "#8c1c13",
        "icons": [_icon(192, "any"), _icon(512, "any"), _icon(512, "maskable")],
    }
    return JsonResponse(
        content, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False}
    )


@login_not_required
@never_cache
@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """The script that keeps the deputies' pages usable without a network."""
    shell = [static(name) for name in SHELL]
    version = hashlib.sha256("|".join(shell).encode()).hexdigest()[:12]
    context = {
        "shell": [*shell, reverse("ui:offline")],
        "version": version,
        "offline": reverse("ui:offline"),
    }
    return render(request, "ui/service_worker.js", context, content_type="text/javascript")


@login_not_required
@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/offline.html")


def _icon(size: int, purpose: str) -> dict[str, str]:
    name = f"ui/icons/{'maskable' if purpose == 'maskable' else 'icon'}-{size}.png"
    return {"src": static(name), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


def _way_back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(
        wanted, {request.get_host()}, require_https=request.is_secure()
    )
    return wanted if safe else "/"
