"""The matters behind a figure of what residents said."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.dashboards import figures
from huiyin.dashboards.figures.rows import COUNT, OF
from huiyin.dashboards.forms import ScopeForm
from huiyin.dashboards.views.rates import asked_without, tabs_of
from huiyin.dashboards.views.scoping import form_of
from huiyin.opinions.models import Matter
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage

SORTS = {
    "newest": "-last_voice_at",
    "people": "-n_voices",
    "state": ("state", "-last_voice_at"),
    "venue": ("venue__sort_key", "-last_voice_at"),
}


@require_safe
def matters(request, key):
    """Those its numerator speaks of, or with ?part=of its denominator, as far as the reader may see them."""
    form = form_of(request, ScopeForm)
    line, part = figures.LINES_BY_KEY.get(key), request.GET.get("part", COUNT)
    if line is None or part not in {COUNT, OF}:
        raise Http404
    scope = form.scope()
    behind = figures.matters_behind(line, scope, is_base=part == OF)
    seen = Matter.objects.visible_to(request.user).values("pk")
    page = ListPage(request, behind.filter(pk__in=seen).for_list(), sorts=SORTS)
    if page.format:
        return spreadsheet(f"matters-{key}", _headers(), _lines(page.queryset), page.format)
    counted = behind.count()
    context = {
        "rate": figures.figure_of(line, scope),
        "scope": scope,
        "page": page,
        "query": asked_without(request, "page", "sort", "format", "part"),
        "tabs": tabs_of(request, part) if line.of is not None else [],
        "counted": counted,
        "unseen": counted - page.counted if page.counted <= page.most_counted else 0,
    }
    return render(request, "dashboards/matters.html", context)


def _headers():
    return [_("什么事"), _("类别"), _("人数"), _("状态"), _("家站、地方"), _("最近一次")]


def _lines(rows):
    for row in rows:
        place = row.venue or row.region
        yield [
            *(row.title, row.get_subject_display(), row.n_voices, row.get_state_display()),
            *(place.name if place else "", row.last_voice_at),
        ]
