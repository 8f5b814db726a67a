"""Taking a step by its page: what it asks, the step itself, the way back. Works as a plain form."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages  # noqa: TID251  this is the plumbing of step pages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse  # noqa: TID251  likewise

from huiyin.ui.forms import refusals_on, status_of


def step_answer(
    request: HttpRequest,
    page: Any,
    item: Any,
    *,
    ask: Callable[[BaseForm, int], HttpResponse],
    leave: Callable[[Any], HttpResponse],
) -> HttpResponse:
    """Ask what the step asks, take it, leave for where it leads.

    `page` is a room's `StepPage`: its workflow, step, form, act and the words when it is done.
    `ask` draws a form with a status, `leave` is given what the act made.
    """
    if request.method != "POST":
        page.workflow.check(page.step, item, by=request.user)
        return ask(page.form(item=item), 200)
    page.workflow.demand_right(page.step, item, by=request.user)
    form = page.form(request.POST, item=item)
    if form.is_valid():
        with refusals_on(form):
            made = page.act(item, form.cleaned_data, request.user)
            messages.success(request, page.done)
            return leave(made)
    return ask(form, status_of(form))
