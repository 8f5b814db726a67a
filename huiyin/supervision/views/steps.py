"""Taking a step, and the buttons that lead to one. Works as a plain form."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from huiyin.kernel import trail
from huiyin.kernel.models import Trailed
from huiyin.kernel.workflow import Workflow
from huiyin.supervision.pages import BY_STEP, StepPage
from huiyin.supervision.workflow import ALL, CREATED
from huiyin.ui.steps import step_answer


@dataclass(frozen=True)
class Choice:
    """A button as the page draws it: open, or closed with its reason."""

    label: Any
    url: str
    reason: Any
    tone: str
    asks_nothing: bool


def step(request, pk: int, page: StepPage):
    """Ask what the step asks, take it, go back to the page of the item."""
    item = visible(request.user, page.place.model, pk)
    return step_answer(
        request,
        page,
        item,
        ask=lambda form, status: _ask(request, page, item, form, status),
        leave=lambda _made: redirect(page.place.home, pk=page.place.owner(item).pk),
    )


def visible(user: Any, model: Any, pk: int) -> Any:
    """What one may not see does not exist."""
    return get_object_or_404(model.objects.visible_to(user), pk=pk)


def choices(
    workflow: Workflow[Any, Any], user: Any, item: Any, *, without: Collection[str] = ()
) -> list[Choice]:
    """The steps of this person, open or closed with the reason; what is meant next comes first.

    `without` names steps that this person has taken already and takes once only.
    """
    found = []
    for button in workflow.buttons(user, item):
        page = BY_STEP.get((workflow.name, button.name))
        if page is None or button.name in without:  # the system's, or on a page of its own
            continue
        if button.reason and not page.is_shown_closed:
            continue
        url = reverse(f"supervision:{button.name}", args=[item.pk])
        tone = "quiet" if page.tone == "warning" else page.tone
        found.append(Choice(button.label, url, button.reason, tone, page.asks_nothing))
    return sorted(found, key=lambda choice: choice.tone != "primary")


def told(*items: Trailed) -> list[tuple[Any, Any]]:
    """The trail, newest first, each entry with what the step is called."""
    return [(LABELS.get(entry.step, entry.step), entry) for entry in trail.entries_of(items)[::-1]]


LABELS: dict[str, Any] = CREATED | {
    name: step.label for workflow in ALL for name, step in workflow.steps.items()
}


def _ask(request, page: StepPage, item: Any, form: Any, status: int):
    owner = page.place.owner(item)
    context = {
        "page": page,
        "item": item,
        "owner": owner,
        "form": form,
        "home": reverse(page.place.home, args=[owner.pk]),
    }
    return render(request, "supervision/step.html", context, status=status)
