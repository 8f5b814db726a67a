"""Every step of supervision that has a page, as a POST with the page's form as its body."""

from functools import partial

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from huiyin.accounts.api import writes
from huiyin.supervision.api.router import router
from huiyin.supervision.forms.steps import StepForm
from huiyin.supervision.pages import PAGES, StepPage
from huiyin.ui.api import WRITE_REFUSALS, Body, Standing, add_step, body_of, standing_after


def _take(page: StepPage, request: HttpRequest, pk: int, body: Body | None) -> Standing:
    item = get_object_or_404(page.place.model.objects.visible_to(request.user), pk=pk)
    return standing_after(page, item, request, body)


for each in PAGES:
    add_step(
        router,
        f"{each.place.address.replace('desk/', '/work/', 1)}/{{pk}}/{each.step.replace('_', '-')}",
        name=f"{each.workflow.name}_{each.step}",
        label=each.label,
        body=None
        if each.form is StepForm
        else body_of(each.form, f"{each.workflow.name}_{each.step}_body"),
        take=partial(_take, each),
        auth=writes,
        response={200: Standing, **WRITE_REFUSALS},
    )
