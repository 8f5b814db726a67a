"""Open311 GeoReport v2 for residents' voices: other platforms say something, and read what is public.

Sending asks for a token that writes, as `api_key`. What was sent has a token of its own, the
code of the voice; a request id comes when a clerk has approved a title for its matter.
"""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.accounts.api import admit
from huiyin.congress.models import Congress
from huiyin.kernel.limits import TooMany, visitor
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions import actions
from huiyin.opinions.choices import Channel, Subject
from huiyin.opinions.forms.open311 import CLOSED as CLOSED_WORD
from huiyin.opinions.forms.open311 import AskForm, RequestForm
from huiyin.opinions.models import Matter, destination
from huiyin.opinions.views.open311_answers import (
    CLOSED,
    FORMATS,
    answer,
    refusal,
    request_of,
    service,
)

View = Callable[..., HttpResponse]
MOST = 1000
SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"


def _speaking(view: View) -> View:
    """Every refusal in the format asked for, with the standard's codes."""

    @wraps(view)
    def spoken(request: HttpRequest, *args, form: str, **kwargs) -> HttpResponse:
        if form not in FORMATS:
            raise Http404
        try:
            _jurisdiction(request)
            return view(request, *args, form=form, **kwargs)
        except Http404:
            return refusal(404, _("没有找到。"), form)
        except NotAllowed:
            return refusal(403, _("api_key 只能读，不能写。"), form)
        except TooMany as error:
            return refusal(429, _("太频繁了，请 %(n)d 分钟后再试。") % {"n": error.minutes}, form)
        except NotPossible as error:
            return refusal(400, str(error), form)

    return login_not_required(spoken)


@_speaking
@require_safe
def discovery(request: HttpRequest, form: str) -> HttpResponse:
    """Where this server is and what it speaks."""
    home = settings.SITE_ADDRESS.rstrip("/")
    services = reverse("opinions:open311_services", args=["json"])
    endpoint = {
        "specification": SPECIFICATION,
        "url": home + services.removesuffix("/services.json"),
        "changeset": "2026-11-26T00:00:00Z",
        "type": "test" if settings.DEMO else "production",
        "formats": ["text/xml", "application/json"],
    }
    facts = {
        "changeset": "2026-11-26T00:00:00Z",
        "contact": home + reverse("opinions:privacy"),
        "key_service": home + reverse("accounts:profile"),
        "endpoints": [endpoint],
    }
    return answer("discovery", facts, form)


@_speaking
@require_safe
def services(request: HttpRequest, form: str) -> HttpResponse:
    return answer("services", [service(subject) for subject in Subject], form)


@_speaking
@require_safe
def service_definition(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """No kind of matter asks for more than the standard's own fields."""
    if code not in Subject.values:
        raise Http404
    return answer("service_definition", {"service_code": code, "attributes": []}, form)


@csrf_exempt
@_speaking
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest, form: str) -> HttpResponse:
    return _receive(request, form) if request.method == "POST" else _list(request, form)


@_speaking
@require_safe
def one_request(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    found = Matter.objects.public().for_list().filter(pk=pk).first()
    if found is None:
        raise Http404
    return answer("service_requests", [request_of(found)], form)


@_speaking
@require_safe
def token(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """The request id of what was sent; empty until its matter is public. Guessing is limited."""
    voice = actions.find_voice(code, who=visitor(request))
    if voice is None:
        raise Http404
    is_public = Matter.objects.public().filter(pk=voice.matter_id).exists()
    number = str(voice.matter_id) if is_public else ""
    response = answer(
        "service_requests", [{"token": voice.code, "service_request_id": number}], form
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _list(request: HttpRequest, form: str) -> HttpResponse:
    asked = AskForm(request.GET)
    if not asked.is_valid():
        return refusal(400, _first_problem(asked), form)
    given = asked.cleaned_data
    rows = Matter.objects.public().for_list()
    if given["service_request_id"]:
        rows = rows.filter(pk__in=given["service_request_id"])
    else:
        rows = rows.filter(_wanted(given["service_code"], given["status"]))
        rows = rows.filter(created_at__range=asked.span())
    if code := _jurisdiction(request):
        rows = rows.filter(congress__region__code=code)
    facts = [request_of(matter) for matter in rows.order_by("-created_at", "-pk")[:MOST]]
    return answer("service_requests", facts, form)


def _wanted(codes: list[str], statuses: list[str]) -> Q:
    wanted = Q()
    if codes:
        # A matter nobody has sorted yet is told as "other".
        wanted &= Q(subject__in=[*codes, ""] if Subject.OTHER in codes else codes)
    if len(set(statuses)) == 1:
        is_closed = Q(state__in=CLOSED)
        wanted &= is_closed if statuses[0] == CLOSED_WORD else ~is_closed
    return wanted


def _receive(request: HttpRequest, form: str) -> HttpResponse:
    sender = admit(request, request.POST.get("api_key", ""), writes=True)
    if sender is None:
        return refusal(403, _("缺少 api_key，或者已经失效。"), form)
    given = RequestForm(request.POST)
    if not given.is_valid():
        return refusal(400, _first_problem(given), form)
    said = given.said()
    congress, venue = destination(region=said["region"])
    if congress is None:
        raise NotPossible(_("这里还没有开通，请直接到代表家站说。"))
    voice = actions.receive(
        congress=congress, venue=venue, channel=Channel.PLATFORM, by=sender, **said
    )
    notice = _("请保存 token，凭它查看办理进展。")
    facts = [{"token": voice.code, "service_notice": notice, "account_id": ""}]
    return answer("service_requests", facts, form, status=201)


def _jurisdiction(request: HttpRequest) -> str:
    """The code of a region with a congress here, or none named: then all are meant."""
    named = request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id") or ""
    if named and not Congress.objects.filter(region__code=named[:12].replace("\0", "")).exists():
        raise Http404
    return named


def _first_problem(form) -> str:
    name, errors = next(iter(form.errors.items()))
    return errors[0] if name == "__all__" else f"{name}: {errors[0]}"
