"""Tabs of a list as links that keep the other filters."""

from collections.abc import Collection, Mapping
from typing import Any


def tabs_of(
    request,
    labels: Mapping[str, Any],
    counts: Mapping[str, int],
    urgent: Collection[str] = (),
    *,
    beyond: Collection[str] = (),
) -> list[dict[str, Any]]:
    """With filters from `beyond` and no tab the list shows rows of several: none is current."""
    current = request.GET.get("tab", "")
    current = current if current in labels else ""
    kept = _kept_query(request, beyond)
    return [
        {
            "url": f"?{kept}&tab={tab}".replace("?&", "?") if tab else f"?{kept}",
            "label": label,
            "count": counts.get(tab or "all"),
            "current": tab == current and bool(tab or not beyond),
            "tone": "late" if tab in urgent and counts.get(tab) else "",
        }
        for tab, label in labels.items()
    ]


def _kept_query(request, dropped: Collection[str]) -> str:
    query = request.GET.copy()
    for name in ("page", "tab", *dropped):
        query.pop(name, None)
    return query.urlencode()
