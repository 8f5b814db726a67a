"""Bringing deputies and units in."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from huiyin.congress import imports, tasks
from huiyin.congress.choices import Role
from huiyin.congress.imports import deputies as deputy_rows
from huiyin.congress.imports import units as unit_rows
from huiyin.congress.seats import STAFF
from huiyin.congress.views.rooms import congress_of
from huiyin.kernel import limits
from huiyin.ui.imports import Import, import_page

TRIES = 60  # files and columns an hour: enough to mend a list, too few to guess numbers with


@require_http_methods(["GET", "HEAD", "POST"])
def deputies(request):
    congress = congress_of(request, *STAFF)
    if request.method == "POST":
        limits.count("import_deputies", str(request.user.pk), times=TRIES, seconds=3600)
    term = congress.terms.order_by("-number").first()
    if term is None:
        raise Http404

    def read(content, name, mapping):
        return imports.read_deputies(content, name, term=term, mapping=mapping)

    def start(token, mapping):
        given = {"token": token, "owner": request.user.pk, "mapping": mapping}
        tasks.seat_deputies.defer(term_id=term.pk, **given)

    wanted = Import(
        heading=_("导入代表"),
        into=f"{congress} {term}",
        back="congress:desk_deputies",
        labels=deputy_rows.LABELS,
        required=deputy_rows.REQUIRED,
        read=read,
        start=start,
        told=lambda n: ngettext("导入了 %(n)d 位代表。", "导入了 %(n)d 位代表。", n) % {"n": n},
    )
    return import_page(request, wanted)


@require_http_methods(["GET", "HEAD", "POST"])
def units(request):
    congress = congress_of(request, *STAFF, Role.SYSTEM_ADMINISTRATOR)

    def read(content, name, mapping):
        return imports.read_units(content, name, congress=congress, mapping=mapping)

    def write(plan):
        n = imports.open_all(plan, congress=congress, by=request.user)
        return ngettext("导入了 %(n)d 个单位。", "导入了 %(n)d 个单位。", n) % {"n": n}

    wanted = Import(
        heading=_("导入承办单位"),
        into=congress.name,
        back="congress:units",
        labels=unit_rows.LABELS,
        required=unit_rows.REQUIRED,
        read=read,
        write=write,
    )
    return import_page(request, wanted)
