"""Bringing homes and stations in."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from huiyin.congress.models import Congress
from huiyin.congress.seats import STAFF
from huiyin.ui.imports import Import, import_page
from huiyin.venues import imports


@require_http_methods(["GET", "HEAD", "POST"])
def venues(request):
    mine = Congress.objects.where(request.user, *STAFF).select_related("region")
    congress = mine.order_by("pk").first()
    if congress is None:
        raise Http404

    def read(content, name, mapping):
        return imports.read_venues(content, name, congress=congress, mapping=mapping)

    def write(plan):
        n = imports.open_all(plan, congress=congress, by=request.user)
        return ngettext("导入了 %(n)d 个家站。", "导入了 %(n)d 个家站。", n) % {"n": n}

    wanted = Import(
        heading=_("导入家站"),
        into=congress.name,
        back="venues:desk",
        labels=imports.LABELS,
        required=imports.REQUIRED,
        read=read,
        write=write,
    )
    return import_page(request, wanted)
