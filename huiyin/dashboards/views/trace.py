"""The trace of any object, on screen and on paper."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.congress.seats import frame_of, seats_of
from huiyin.dashboards.documents import printed
from huiyin.dashboards.trace import chain_of, trace_of
from huiyin.opinions.models import Matter, Voice
from huiyin.ui.downloads import as_file


@require_safe
@login_not_required
def trace(request, kind, pk):
    found = _visible_trace(request, kind, pk)
    context = {
        "trace": found,
        "base": _base(request.user),
        "back": _page_of(found.chain, request.user),
    }
    return render(request, "dashboards/trace.html", context)


@require_safe
@login_not_required
def trace_pdf(request, kind, pk):
    found = _visible_trace(request, kind, pk)
    return as_file(printed(found), f"trace-{found.number or pk}", "pdf")


def _base(user):
    """The frame of the reader's own pages, so that the way back is where it was."""
    if not user.is_authenticated:
        return "base_public.html"
    return frame_of(user)


def _page_of(chain, user):
    """The page of what the trace tells of, as this reader may open it; "" where there is none."""
    seats, paper = seats_of(user), chain.suggestion
    subject = chain.subject
    if isinstance(subject, (Matter, Voice)) and seats.any_congress:
        name = "opinions:matter" if seats.appointed else "opinions:deputy_matter"
        return reverse(name, args=[subject.matter_id if isinstance(subject, Voice) else subject.pk])
    if paper and chain.knows_suggestion:
        name = "suggestions:detail" if seats.appointed else "suggestions:deputy_detail"
        return reverse(name, args=[paper.pk])
    return (
        reverse("suggestions:published", args=paper.public_address)
        if paper and paper.number
        else ""
    )


def _visible_trace(request, kind, pk):
    """What one may not see does not exist; a published suggestion is open to all."""
    try:
        return trace_of(chain_of(kind, pk, request.user))
    except (LookupError, ObjectDoesNotExist) as hidden:
        raise Http404 from hidden
