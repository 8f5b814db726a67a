"""Figures for machines: each with numerator, denominator, what was left out and where it comes from."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema

from huiyin.accounts.api import reads
from huiyin.congress.models import Congress
from huiyin.dashboards import figures
from huiyin.dashboards.figures import Scope
from huiyin.dashboards.forms import ScopeForm
from huiyin.dashboards.permissions import overview_congresses
from huiyin.ui.api import PUBLIC_REFUSALS, READ_REFUSALS, Year

router = Router(tags=["figures"])


class ScopeIn(Schema):
    congress: str | None = Query(None, max_length=12, description="the code of its region")
    year: Year | None = None


class FigureOut(Schema):
    key: str
    name: str
    count: float | None
    of: int | None
    unit: str
    definition: str
    excluded: str
    source: str


class FiguresOut(Schema):
    """One congress in one year."""

    congress: str
    year: int
    figures: list[FigureOut]


@router.get("/figures", response={200: FiguresOut, **PUBLIC_REFUSALS}, auth=None)
def public_figures(request: HttpRequest, wanted: Query[ScopeIn]) -> Any:
    """The rates anyone may see."""
    scope = _scope(wanted, None)
    return _answer(scope, figures.rates(figures.Tally(scope)) + figures.opinions(scope))


@router.get("/work/figures", response={200: FiguresOut, **READ_REFUSALS}, auth=reads)
def work_figures(request: HttpRequest, wanted: Query[ScopeIn]) -> Any:
    """The overview of a congress whose figures the token's person may read."""
    among = overview_congresses(request.user)
    if not among:
        raise Http404
    scope = _scope(wanted, among)
    tally = figures.Tally(scope)
    found = [*figures.rates(tally), figures.conversion(tally), *figures.six_functions(tally)]
    found += [*figures.supervision(tally), *figures.opinions(scope), *figures.clinics(tally)]
    return _answer(scope, found)


def _scope(wanted: ScopeIn, among: set[int] | None) -> Scope:
    asked: dict[str, Any] = {"year": wanted.year} if wanted.year else {}
    if wanted.congress is not None:
        congress = Congress.objects.filter(region__code=wanted.congress).first()
        if congress is None or (among is not None and congress.pk not in among):
            raise Http404
        asked["congress"] = congress.pk
    scope = ScopeForm(asked, among=among).scope()
    if scope is None:
        raise Http404
    return scope


def _answer(scope: Scope, found: list[figures.Figure]) -> dict[str, Any]:
    lines = [{name: getattr(figure, name) for name in FigureOut.model_fields} for figure in found]
    texts = ("name", "unit", "definition", "excluded", "source")
    figures_out = [line | {name: str(line[name]) for name in texts} for line in lines]
    return {"congress": str(scope.congress), "year": scope.year, "figures": figures_out}
