"""Taking a step: what is it about, what does it ask, what became of it. Works as a plain form."""

from typing import Any

from django.http import Http404
from django.shortcuts import redirect, render

from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.pages import StepPage, visible_item
from huiyin.ui.steps import step_answer


def step(request, pk: int, page: StepPage):
    """Ask what the step asks, take it, go back to the suggestion."""
    item = visible_item(page, request.user, pk)
    if item is None:
        raise Http404
    return step_answer(
        request,
        page,
        item,
        ask=lambda form, status: _ask(request, page, item, form, status),
        leave=lambda _made: redirect(home_of(page), pk=suggestion_of(item).pk),
    )


def suggestion_of(item: Any) -> Suggestion:
    return item if isinstance(item, Suggestion) else item.suggestion


def home_of(page: StepPage) -> str:
    return "suggestions:deputy_detail" if page.is_for_deputies else "suggestions:detail"


def _ask(request, page: StepPage, item: Any, form: Any, status: int):
    context = {
        "page": page,
        "item": item,
        "suggestion": suggestion_of(item),
        "form": form,
        "home": home_of(page),
        "base": "base_deputy.html" if page.is_for_deputies else "base_desk.html",
    }
    return render(request, page.template, context, status=status)
