"""Pages of rules and calendar: open to read, changed only after a look at what would move."""

from itertools import groupby

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.kernel import clock, trail
from huiyin.regions.models import Region
from huiyin.rulebook import actions, exports, permissions
from huiyin.rulebook.calculations import year_sheet
from huiyin.rulebook.choices import Area
from huiyin.rulebook.forms import DayForm, FilterForm, RuleForm
from huiyin.rulebook.models import CalendarDay, Clock, Rule, RuleMissing
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import FORMATS, number_of

MOST_MOVES_SHOWN = 50
AREAS = list(Area)
FIRST_YEAR, LAST_YEAR = 2004, 2100


@login_not_required
@require_safe
def public(request):
    """Every rule that binds here, with where it is written."""
    region = _region(request)
    rules = Rule.objects.all_in_force(region, clock.today()) if region else []
    context = {"region": region, "areas": _by_area(rules), "tabs": _tabs(region)}
    return render(request, "rulebook/public.html", context)


@require_safe
def index(request):
    region = _region(request)
    form = FilterForm({"region": region and region.code, **request.GET.dict()})
    rules = _filtered(form, Rule.objects.all_in_force(region, clock.today()) if region else [])
    kind = request.GET.get("format", "")
    if kind in FORMATS:
        return spreadsheet("rules", exports.headers(), exports.rule_rows(rules), kind)
    changes = {entry.item_id: entry for entry in trail.entries_of(rules)}
    rows = [(rule, changes.get(rule.pk)) for rule in rules]
    return render(
        request, "rulebook/index.html", {"rows": rows, "filter_form": form, "region": region}
    )


@require_safe
def detail(request, key):
    versions = list(Rule.objects.versions(key))
    if not versions:
        raise Http404
    context = {
        "label": versions[0].label,
        "key": key,
        "versions": versions,
        "changes": _changes(versions),
        "region": _region(request),
        "running": Clock.objects.running().filter(rule_key=key).count(),
        "can_change": permissions.can_change(request.user, versions[0], at=_region(request)),
    }
    return render(request, "rulebook/detail.html", context)


def change(request, key):
    rule, region = _changeable_rule(request, key)
    form = RuleForm(request.POST or None, rule=rule)
    moves = None
    if form.is_valid():
        moves = _rule_moves(request, form, region)
    if moves is not None and "confirmed" in request.POST:
        messages.success(request, _("已修改，移动了 %(n)d 个期限。") % {"n": len(moves)})
        return redirect(f"{reverse('rulebook:detail', args=[key])}?region={region.code}")
    context = {"rule": rule, "region": region, **_asked(form, moves)}
    return render(request, "rulebook/change.html", context, status=status_of(form))


@require_safe
def calendar(request):
    year, region = _year(request), _region(request)
    days = CalendarDay.objects.applying_to(region).in_years(year, year).select_related("region")
    working = days.working_calendar(region)
    context = {
        "year": year,
        "months": year_sheet(year, working),
        "days": days.order_by("date"),
        "is_published": working.is_published(year),
        "can_change": permissions.can_change(request.user, at=region),
    }
    return render(request, "rulebook/calendar.html", context)


def change_day(request):
    if not permissions.can_change(request.user, at=request.user.keeps_rules_of):
        raise PermissionDenied
    form = DayForm(
        request.POST or None,
        initial={"date": request.GET.get("date")},
        only=None if request.user.is_superuser else request.user.keeps_rules_of,
    )
    moves = None
    if form.is_valid():
        moves = _day_moves(request, form)
    if moves is not None and "confirmed" in request.POST:
        messages.success(request, _("已修改，移动了 %(n)d 个期限。") % {"n": len(moves)})
        year = form.cleaned_data["date"].year
        return redirect(f"{reverse('rulebook:calendar')}?year={year}")
    return render(request, "rulebook/change_day.html", _asked(form, moves), status=status_of(form))


def _region(request):
    """The place asked for, else the one this installation serves, else any that has rules."""
    wanted = request.GET.get("region") or settings.HOME_REGION
    places = Rule.objects.places()
    return places.filter(code=wanted).first() or places.first()


def _tabs(region):
    places = Rule.objects.places()
    return [
        {"url": f"?region={place.code}", "label": place.name, "current": place == region}
        for place in places
    ]


def _changes(versions):
    """Every line of the versions' trails with its place, the newest first."""
    place_of = {rule.pk: rule.region for rule in versions}
    return [(place_of[entry.item_id], entry) for entry in reversed(trail.entries_of(versions))]


def _year(request):
    wanted = number_of(request.GET.get("year", "")) or 0
    return wanted if FIRST_YEAR <= wanted <= LAST_YEAR else clock.today().year


def _by_area(rules):
    order = sorted(rules, key=lambda rule: AREAS.index(rule.area))
    return [(area.label, list(group)) for area, group in groupby(order, key=lambda r: r.area)]


def _filtered(form, rules):
    form.is_valid()
    typed = form.cleaned_data.get("typed", "").strip().lower()
    only_unconfirmed = form.cleaned_data.get("unconfirmed")
    return [
        rule
        for rule in rules
        if typed in f"{rule.label} {rule.key} {rule.source}".lower()
        and not (only_unconfirmed and rule.is_confirmed)
    ]


def _changeable_rule(request, key):
    """The rule in force where it is to be changed."""
    region = get_object_or_404(Region, code=request.GET.get("region", ""))
    try:
        rule = Rule.objects.in_force(key, region, clock.today())
    except RuleMissing as missing:
        raise Http404 from missing
    if not permissions.can_change(request.user, rule, at=region):
        raise PermissionDenied
    return rule, region


def _rule_moves(request, form, region):
    """The moves of the change, made or only tried; None when it is not possible, with why."""
    act = actions.change_rule if "confirmed" in request.POST else actions.preview_rule
    with refusals_on(form):
        answer = act(form.key, region, **form.change(), by=request.user)
        return answer[1] if isinstance(answer, tuple) else answer
    return None


def _day_moves(request, form):
    change = {**form.cleaned_data, "by": request.user}
    day = change.pop("date")
    if "confirmed" in request.POST:
        return actions.change_day(day, **change)[1]
    return actions.preview_day(day, **change)


def _asked(form, moves):
    """What a change page shows: the form, or what would move and the question."""
    return {
        "form": form,
        "moves": moves[:MOST_MOVES_SHOWN] if moves else moves,
        "n_moves": len(moves or []),
        "is_asked": moves is not None,
    }
