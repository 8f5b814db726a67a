"""The trace of any object, on screen and on paper."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.dashboards.documents import printed
from huiyin.dashboards.trace import chain_of, trace_of


@require_safe
@login_not_required
def trace(request, kind, pk):
    return render(request, "dashboards/trace.html", {"trace": _visible_trace(request, kind, pk)})


@require_safe
@login_not_required
def trace_pdf(request, kind, pk):
    found = _visible_trace(request, kind, pk)
    response = HttpResponse(printed(found), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="trace-{found.number or pk}.pdf"'
    return response


def _visible_trace(request, kind, pk):
    """What one may not see does not exist; a published suggestion is open to all."""
    try:
        return trace_of(chain_of(kind, pk, request.user))
    except (LookupError, ObjectDoesNotExist) as hidden:
        raise Http404 from hidden
