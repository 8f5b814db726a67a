"""Pages of figures that are kept for some minutes: a hundred readers cost one count."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.cache.utils import make_template_fragment_key

from huiyin.dashboards.figures import FORMULAS, Scope
from huiyin.kernel import clock


def keeping(scope: Scope, *more: str) -> dict[str, Any]:
    """What a template needs to keep its counts: for how long, under which name, and when they were made.

    `more` is all that the page shows differently within the scope.
    """
    return {
        "kept_for": settings.FIGURES_KEPT,
        "kept_as": _name(scope, *more),
        "counted_at": clock.now(),
    }


def forget(page: str, scope: Scope, language: str, *more: str) -> None:
    """The next reader has the page counted anew."""
    cache.delete(make_template_fragment_key(page, [_name(scope, *more), language]))


def _name(scope: Scope, *more: str) -> str:
    """Everything the counts hang on but the rows: yesterday's page is no page of today."""
    days = f"{scope.year}:{scope.first}:{scope.last}"
    return ":".join([str(scope.congress.pk), days, str(clock.today()), str(FORMULAS), *more])
