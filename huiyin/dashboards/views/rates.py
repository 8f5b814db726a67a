"""The rates of a period, the rows behind each of them, and groups side by side."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.dashboards import figures
from huiyin.dashboards.figures.rows import COUNT, OF
from huiyin.dashboards.forms import ComparisonForm, PeriodForm
from huiyin.dashboards.views.keeping import forget, keeping
from huiyin.dashboards.views.scoping import form_of, motions_at
from huiyin.kernel import clock
from huiyin.suggestions.models import Promise, Suggestion
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import FORMATS, ListPage

ITEM_SORTS = {
    "handed": ("handed_over_at",),
    "number": "number",
    "unit": ("lead_unit__sort_key", "handed_over_at"),
    "state": ("state", "handed_over_at"),
    "replied": ("replied_at", "handed_over_at"),
}
PROMISE_SORTS = {
    "due": ("promised_on",),
    "unit": ("unit__sort_key", "promised_on"),
    "state": ("state", "promised_on"),
}
UNLISTED = ("situation", "proposals", "examination_words", "search")


@require_safe
def rates(request):
    """Every rate (docs/practice.md, rates) with what it is made of, kept for some minutes; a file is counted anew."""
    form = form_of(request, PeriodForm)
    scope = form.scope()
    motions = motions_at(request.user)
    overview = figures.Overview(scope, motions)
    if wanted := _format(request):
        lines = _rate_lines(overview.inner_rates, scope)
        return spreadsheet("rates", _rate_headers(), lines, wanted)
    asked = urlencode(figures.asked_of(scope))
    if "anew" in request.GET:
        forget("rates", scope, get_language(), motions)
        return redirect(f"{request.path}?{asked}")
    context = {
        "form": form,
        "scope": scope,
        "overview": overview,
        "formulas": figures.FORMULAS,
        "asked": asked,
        **keeping(scope, motions),
    }
    return render(request, "dashboards/rates.html", context)


@require_safe
def rate(request, key):
    """The very rows a rate counts: its numerator, or with ?part=of its denominator."""
    form = form_of(request, PeriodForm)
    wanted = figures.BY_KEY.get(key)
    if wanted is None:
        raise Http404
    by, part = request.GET.get("by", "unit"), request.GET.get("part", COUNT)
    if by not in figures.COMPARED or part not in {COUNT, OF}:
        raise Http404
    tally = figures.Tally(form.scope(), by)
    listing = _promises if wanted.of == "due" else _items
    return listing(request, wanted, tally, part, request.GET.get("group", "")[:40])


@require_safe
def comparisons(request):
    """Groups side by side: picture, table, file. Too few items are marked and not ranked.

    Picture and table are kept for some minutes under all that the address asks; a file is counted anew.
    """
    form = form_of(request, ComparisonForm)
    scope = form.scope()
    by, key = form.chosen("by", "unit"), form.chosen("rate", "K10")
    if by == "year":
        scope = scope.back(years=figures.YEARS_SIDE_BY_SIDE)
    tally = figures.Tally(scope, by)
    comparison = figures.compare(tally, key)
    page = figures.SortedRows(request, comparison, q=form.chosen("q", ""))
    if page.format:
        headers, lines = _comparison_headers(by), _comparison_lines(page.sorted)
        return spreadsheet(f"comparison-{by}", headers, lines, page.format)
    asked = _asked_only(request, *form.fields, "sort", "page")
    if "anew" in request.GET:
        forget("comparisons", scope, get_language(), asked)
        return redirect(f"{request.path}?{asked}")
    context = {
        "form": form,
        "scope": scope,
        "by": figures.COMPARED[by],
        "comparison": comparison,
        "page": page,
        "heads": list(figures.SHOWN.items()),
        "anew": f"?{asked}&anew=1".replace("?&", "?"),
        **keeping(scope, asked),
    }
    return render(request, "dashboards/comparisons.html", context)


def _items(request, wanted, tally, part, group):
    behind = figures.items_behind(wanted, tally, part=part, group=group)
    seen = Suggestion.objects.visible_to(request.user).values("pk")
    listed = behind.filter(pk__in=seen).select_related("lead__person", "lead_unit", "reply_clock")
    page = ListPage(request, listed.defer(*UNLISTED), sorts=ITEM_SORTS)
    if page.format:
        return spreadsheet(
            f"rate-{wanted.key}", _item_headers(), _item_lines(page.queryset), page.format
        )
    context = _context(request, wanted, tally, part, page, behind.count())
    return render(request, "dashboards/rate_items.html", context)


def _promises(request, wanted, tally, part, group):
    behind = figures.promises_behind(tally, part=part, group=group)
    seen = Promise.objects.visible_to(request.user).values("pk")
    page = ListPage(request, behind.filter(pk__in=seen).for_list(), sorts=PROMISE_SORTS)
    if page.format:
        lines = _promise_lines(page.queryset)
        return spreadsheet(f"rate-{wanted.key}", _promise_headers(), lines, page.format)
    context = _context(request, wanted, tally, part, page, behind.count())
    today = clock.today()
    context["rows"] = [(promise, promise.tone(today)) for promise in page]
    return render(request, "dashboards/rate_promises.html", context)


def _context(request, wanted, tally, part, page, counted):
    """What both lists say above their rows: the rate, the part of it, and what is not shown."""
    return {
        "rate": wanted,
        "scope": tally.scope,
        "page": page,
        "query": asked_without(request, "page", "sort", "format", "part"),
        "tabs": tabs_of(request, part),
        "counted": counted,
        "unseen": counted - page.counted if page.counted <= page.most_counted else 0,
    }


def tabs_of(request, part):
    """Numerator and denominator."""
    asked = asked_without(request, "page", "sort", "format", "part")
    return [
        {"url": f"?{asked}{more}", "label": label, "current": part == name, "count": None}
        for name, label, more in ((COUNT, _("分子"), ""), (OF, _("分母"), "&part=of"))
    ]


def asked_without(request, *names):
    """What the address asks, without these."""
    asked = request.GET.copy()
    for name in names:
        asked.pop(name, None)
    return asked.urlencode()


def _asked_only(request, *names):
    """What the address asks of these: other words in it make no page of their own."""
    return urlencode([(name, request.GET[name]) for name in names if name in request.GET])


def _format(request):
    wanted = request.GET.get("format", "")
    return wanted if wanted in FORMATS else ""


def _rate_headers():
    return [
        *(_("指标"), _("数值"), _("单位"), _("分子"), _("分母")),
        *(_("怎么算的"), _("不算的"), _("依据"), _("规则版本"), _("公式版本"), _("从"), _("到")),
    ]


def _rate_lines(found, scope):
    for figure in found:
        yield [
            *(figure.name, figure.size, "%" if figure.is_share else figure.unit),
            *(figure.count, figure.of, figure.definition, figure.excluded, figure.source),
            *(figure.rule, figures.FORMULAS, scope.first, scope.last),
        ]


def _item_headers():
    return [
        *(_("编号"), _("标题"), _("领衔代表"), _("主办单位"), _("状态")),
        *(_("首次交办"), _("首次答复"), _("答复期限")),
    ]


def _item_lines(rows):
    for row in rows:
        yield [
            *(row.number, row.title, row.lead.person.name),
            *(row.lead_unit.name if row.lead_unit else "", row.get_state_display()),
            *(_day(row.handed_over_at), _day(row.replied_at)),
            row.reply_clock.due_on if row.reply_clock else "",
        ]


def _day(moment):
    return moment.astimezone(clock.ZONE).date() if moment else ""


def _promise_headers():
    return [
        *(_("编号"), _("承诺事项"), _("承诺单位"), _("承诺日期"), _("状态"), _("称已完成")),
    ]


def _promise_lines(rows):
    for row in rows:
        yield [
            *(row.suggestion.number, row.text, row.unit.name, row.promised_on),
            *(row.get_state_display(), _day(row.claimed_at)),
        ]


def _comparison_headers(by):
    heads = [str(figures.COMPARED[by]), _("交办件数")]
    for rate in figures.RATES:
        heads += [str(rate.name), _("分子"), _("分母"), _("样本少")]
    return heads


def _comparison_lines(rows):
    for row in rows:
        line = [row.name, row.n]
        for figure, is_few in row.all_cells:
            base = row.base(figures.BY_KEY[figure.key])
            line += [figure.size, figure.count, base, _("是") if is_few else ""]
        yield line
