"""Taking a step: what is it about, what does it ask, what became of it. Works as a plain form."""

from typing import Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render

from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.pages import StepPage, visible_items


def step(request, pk: int, page: StepPage):
    """Ask what the step asks, take it, go back to the suggestion."""
    item = get_object_or_404(visible_items(page, request.user), pk=pk)
    if request.method != "POST":
        page.workflow.check(page.step, item, by=request.user)
        return _ask(request, page, item, page.form(item=item))
    page.workflow.demand_right(page.step, item, by=request.user)
    form = page.form(request.POST, item=item)
    if not form.is_valid():
        return _ask(request, page, item, form, status=422)
    try:
        page.act(item, form.cleaned_data, request.user)
    except NotPossible as reason:
        form.add_error(None, str(reason))  # what was typed stays on the page
        return _ask(request, page, item, form, status=409)
    messages.success(request, page.done)
    return redirect(home_of(page), pk=suggestion_of(item).pk)


def suggestion_of(item: Any) -> Suggestion:
    return item if isinstance(item, Suggestion) else item.suggestion


def home_of(page: StepPage) -> str:
    return "suggestions:deputy_detail" if page.is_for_deputies else "suggestions:detail"


def _ask(request, page: StepPage, item: Any, form: Any, status: int = 200):
    context = {
        "page": page,
        "item": item,
        "suggestion": suggestion_of(item),
        "form": form,
        "home": home_of(page),
        "base": "base_deputy.html" if page.is_for_deputies else "base_desk.html",
    }
    return render(request, page.template, context, status=status)
