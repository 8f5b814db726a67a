"""Tabs of a list as links that keep the other filters."""

from collections.abc import Collection, Mapping
from typing import Any


def tabs_of(
    request, labels: Mapping[str, Any], counts: Mapping[str, int], urgent: Collection[str] = ()
) -> list[dict[str, Any]]:
    current = request.GET.get("tab", "")
    current = current if current in labels else ""
    return [
        {
            "url": _address(request, tab),
            "label": label,
            "count": counts.get(tab or "all"),
            "current": tab == current,
            "tone": "late" if tab in urgent and counts.get(tab) else "",
        }
        for tab, label in labels.items()
    ]


def _address(request, tab: str) -> str:
    query = request.GET.copy()
    query.pop("page", None)
    query.pop("tab", None)
    if tab:
        query["tab"] = tab
    return f"?{query.urlencode()}"
