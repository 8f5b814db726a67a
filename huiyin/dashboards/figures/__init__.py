"""Figures with their numerator, denominator, exclusions and the list behind them (docs/practice.md, rates and figures)."""

from huiyin.dashboards.figures.comparisons import (
    COMPARED,
    SHOWN,
    YEARS_SIDE_BY_SIDE,
    SortedRows,
    compare,
)
from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.motions import conversion
from huiyin.dashboards.figures.opinions import (
    LINES_BY_KEY,
    clinics,
    figure_of,
    matters_behind,
    opinions,
)
from huiyin.dashboards.figures.overview import Overview
from huiyin.dashboards.figures.pipeline import METHODS, STATES, pipeline, rows_in
from huiyin.dashboards.figures.rows import items_behind, promises_behind
from huiyin.dashboards.figures.series import Series
from huiyin.dashboards.figures.suggestions import (
    BY_KEY,
    FORMULAS,
    RATES,
    asked_of,
    by_unit,
    rates,
    six_functions,
)
from huiyin.dashboards.figures.supervision import supervision
from huiyin.dashboards.figures.tally import Tally
from huiyin.dashboards.figures.year_report import opening

__all__ = [
    "BY_KEY",
    "COMPARED",
    "FORMULAS",
    "LINES_BY_KEY",
    "METHODS",
    "RATES",
    "SHOWN",
    "STATES",
    "YEARS_SIDE_BY_SIDE",
    "Figure",
    "Overview",
    "Scope",
    "Series",
    "SortedRows",
    "Tally",
    "asked_of",
    "by_unit",
    "clinics",
    "compare",
    "conversion",
    "figure_of",
    "items_behind",
    "matters_behind",
    "opening",
    "opinions",
    "pipeline",
    "promises_behind",
    "rates",
    "rows_in",
    "six_functions",
    "supervision",
]
