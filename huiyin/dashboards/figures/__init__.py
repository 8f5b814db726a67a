"""Figures with their numerator, denominator, exclusions and the list behind them (domain.md 2.8, 11)."""

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.opinions import clinics, opinions
from huiyin.dashboards.figures.pipeline import METHODS, STATES, pipeline, rows_in
from huiyin.dashboards.figures.series import by_month, by_unit, by_year
from huiyin.dashboards.figures.suggestions import of_submitted, rates, six_functions
from huiyin.dashboards.figures.supervision import supervision

__all__ = [
    "METHODS",
    "STATES",
    "Figure",
    "Scope",
    "by_month",
    "by_unit",
    "by_year",
    "clinics",
    "of_submitted",
    "opinions",
    "pipeline",
    "rates",
    "rows_in",
    "six_functions",
    "supervision",
]
