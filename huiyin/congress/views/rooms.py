"""Which congress a page of the desk is about."""

from django.http import Http404

from huiyin.congress.models import Congress
from huiyin.ui.lists import number_of


def congress_of(request, *roles):
    """The congress asked for, or the first in which the person holds one of the roles; else 404."""
    mine = Congress.objects.where(request.user, *roles).select_related("region").order_by("pk")
    wanted = number_of(request.POST.get("congress") or request.GET.get("congress") or "")
    if wanted is not None:
        mine = mine.filter(pk=wanted)
    congress = mine.first()
    if congress is None:
        raise Http404
    return congress
