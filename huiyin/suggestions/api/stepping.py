"""Every step that has a page, as a POST: the page's form is the body, the page's action is taken."""

from functools import partial
from typing import Any

from django.http import Http404, HttpRequest
from pydantic import Field, StrictStr

from huiyin.accounts.api import writes
from huiyin.suggestions.api.router import router
from huiyin.suggestions.forms.steps import RateForm
from huiyin.suggestions.forms.writing import UnitsForm
from huiyin.suggestions.pages import PAGES, REMARKS, StepPage, visible_item
from huiyin.suggestions.workflow import (
    ASSIGNMENT,
    FACE_RECORD,
    MOTION,
    PROMISE,
    PUBLICATION,
    REMARK,
    SIGNATURE,
    SUGGESTION,
)
from huiyin.ui.api import WRITE_REFUSALS, Body, Id, Standing, add_step, body_of, standing_after

PLACES = {
    SUGGESTION: "suggestions",
    SIGNATURE: "signatures",
    ASSIGNMENT: "tasks",
    PROMISE: "promises",
    PUBLICATION: "publications",
    REMARK: "remarks",
    FACE_RECORD: "talks",
    MOTION: "motions",
}


def _further_units() -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for number in range(1, UnitsForm.MOST_COHANDLERS + 1):
        words = f"further unit {number}"
        fields[f"unit{number}"] = (Id | None, Field(None, description=words))
        fields[f"part{number}"] = (StrictStr | None, Field(None, max_length=300, description=words))
    return fields


def _grown(page: StepPage) -> dict[str, Any]:
    """Fields a form has for its item only."""
    if page.form is RateForm:
        words = "which letter, where each unit has answered its own part"
        return {"reply": (Id | None, Field(None, description=words))}
    return _further_units() if issubclass(page.form, UnitsForm) else {}


def _take(page: StepPage, request: HttpRequest, pk: int, body: Body | None) -> Standing:
    item = visible_item(page, request.user, pk)
    if item is None:
        raise Http404
    return standing_after(page, item, request, body)


for each in [*PAGES, *REMARKS]:
    add_step(
        router,
        f"/work/{PLACES[each.workflow]}/{{pk}}/{each.step.replace('_', '-')}",
        name=f"{each.workflow.name}_{each.step}",
        label=each.label,
        body=None
        if each.asks_nothing
        else body_of(each.form, f"{each.workflow.name}_{each.step}_body", **_grown(each)),
        take=partial(_take, each),
        auth=writes,
        response={200: Standing, **WRITE_REFUSALS},
    )
