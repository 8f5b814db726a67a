"""Whether the house stands, for machines that watch it."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import Http404, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from huiyin.kernel.limits import visitor
from huiyin.kernel.models import Unsealed
from huiyin.notices.choices import State
from huiyin.notices.models import Message

LOOPBACK = {"127.0.0.1", "::1"}
# Whatever a proxy on this machine hands on comes from elsewhere, also while none is declared.
HANDED_ON = {"x-forwarded-for", "x-real-ip", "forwarded"}


@require_safe
@login_not_required
def healthz(request):
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request):
    """Ready means the database answers."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"database": "down"}, status=503)
    return JsonResponse({"database": "up"})


@require_safe
@login_not_required
def metrics(request):
    """For the machine itself only: elsewhere the page does not exist."""
    if visitor(request) not in LOOPBACK or any(name in request.headers for name in HANDED_ON):
        raise Http404
    values = {
        "huiyin_messages_waiting": Message.objects.filter(state=State.WAITING).count(),
        "huiyin_messages_failed": Message.objects.filter(state=State.FAILED).count(),
        "huiyin_trail_unsealed": Unsealed.objects.count(),
    }
    text = "".join(f"# TYPE {name} gauge\n{name} {value}\n" for name, value in values.items())
    return HttpResponse(text, content_type="text/plain; version=0.0.4")
