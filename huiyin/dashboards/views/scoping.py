"""The form above every page of figures, bounded to the reader's congresses."""

from django.http import Http404
from django.urls import reverse

from huiyin.dashboards.permissions import overview_congresses
from huiyin.suggestions.permissions.motions import can_list_motions


def form_of(request, form, data=None):
    """The form filled in from the address; whoever may read no overview finds no page."""
    congresses = overview_congresses(request.user)
    if not congresses:
        raise Http404
    return form(request.GET if data is None else data, among=congresses)


def motions_at(user) -> str:
    """Where the motions behind their rate are listed; nowhere for whom the list is closed."""
    return reverse("suggestions:motions") if can_list_motions(user) else ""
