"""The form above every page of figures, bounded to the reader's congresses."""

from django.http import Http404

from huiyin.dashboards.permissions import overview_congresses


def form_of(request, form, data=None):
    """The form filled in from the address; whoever may read no overview finds no page."""
    congresses = overview_congresses(request.user)
    if not congresses:
        raise Http404
    return form(request.GET if data is None else data, among=congresses)
