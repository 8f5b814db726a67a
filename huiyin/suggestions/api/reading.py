"""Reading with a token: lists and pages, bounded by what its person may see."""

from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from ninja import Query, Schema
from ninja.pagination import paginate
from pydantic import Field

from huiyin.accounts.api import reads
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.kernel.workflow import Workflow
from huiyin.suggestions.api.answers import PromiseOut, TaskOut, WorkLine, WorkPage
from huiyin.suggestions.api.public import LONGEST_QUERY
from huiyin.suggestions.api.router import router
from huiyin.suggestions.choices import PromiseState, State, Subject
from huiyin.suggestions.models import Assignment, Attachment, Promise, Suggestion
from huiyin.suggestions.models.attachment import CONTENT_TYPES
from huiyin.suggestions.models.gathering import find
from huiyin.suggestions.models.queries import newest_first
from huiyin.suggestions.permissions.seen import seen
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, PUBLICATION, SIGNATURE, SUGGESTION
from huiyin.ui.api import READ_REFUSALS, Paged, Pk, StepOut, Text, Year
from huiyin.ui.downloads import upload

A_FILE = {
    "description": "the file",
    "content": {
        kind: {"schema": {"type": "string", "format": "binary"}} for kind in CONTENT_TYPES.values()
    },
}


class WorkSearch(Schema):
    q: Text = Field("", max_length=LONGEST_QUERY, description="words of the number, title or text")
    state: list[State] = Field(default_factory=list)
    subject: Subject | None = None
    year: Year | None = None


class LedgerSearch(Schema):
    q: Text = Field("", max_length=LONGEST_QUERY)
    state: PromiseState | None = None
    year: Year | None = None


@router.get("/work/suggestions", response={200: list[WorkLine], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_suggestions(request: HttpRequest, search: Query[WorkSearch]) -> Any:
    """Suggestions the token's person may see, the newest first."""
    wanted = {name: value for name, value in search.dict().items() if value}
    rows = Suggestion.objects.visible_to(request.user).matching(**wanted)
    return rows.for_list().order_by(newest_first(), "-pk")


@router.get("/work/suggestions/{pk}", response={200: WorkPage, **READ_REFUSALS}, auth=reads)
def work_suggestion(request: HttpRequest, pk: Pk) -> Any:
    """One suggestion with all that hangs on it, and the steps its reader may take."""
    suggestion = find(seats_of(request.user), pk)
    if suggestion is None:
        raise Http404
    return _page(request.user, suggestion)


@router.get("/work/tasks", response={200: list[TaskOut], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_tasks(request: HttpRequest) -> Any:
    """The tasks of the units the token's person acts for, the newest first."""
    return Assignment.objects.of_units(seats_of(request.user)).for_list().order_by("-pk")


@router.get("/work/promises", response={200: list[PromiseOut], **READ_REFUSALS}, auth=reads)
@paginate(Paged)
def work_promises(request: HttpRequest, search: Query[LedgerSearch]) -> Any:
    """The ledger, the nearest date first."""
    wanted = {name: value for name, value in search.dict().items() if value}
    rows = Promise.objects.visible_to(request.user).matching(today=clock.today(), **wanted)
    return rows.for_list().order_by("promised_on", "pk")


@router.get(
    "/work/attachments/{pk}",
    response=READ_REFUSALS,
    auth=reads,
    url_name="work_attachment",
    openapi_extra={"responses": {200: A_FILE}},
)
def work_attachment(request: HttpRequest, pk: Pk) -> HttpResponse:
    """The file itself: a PDF or a JPEG."""
    rows = Attachment.objects.visible_to(request.user).kept()
    attachment = get_object_or_404(rows, pk=pk)
    return upload(attachment.file, attachment.content_type, attachment.file_name)


def _page(user: Any, suggestion: Suggestion) -> Any:
    tasks, replies, ratings = seen(user, suggestion)
    promises = [promise for promise in suggestion.promises.all() if promise.is_made]
    fields = {name: getattr(suggestion, name) for name in _FIELDS}
    return SimpleNamespace(
        **fields,
        signatures=list(suggestion.signatures.all()),
        tasks=tasks,
        replies=replies,
        promises=promises,
        ratings=ratings,
        attachments=_attachments(user, suggestion),
        steps=_steps(user, suggestion, tasks, promises),
    )


def _attachments(user: Any, suggestion: Any) -> list[Attachment]:
    if not suggestion.has_attachments:
        return []
    rows = Attachment.objects.readable_from(seats_of(user)).filter(suggestion=suggestion)
    return list(rows.for_list())


_FIELDS = (
    *("id", "number", "title", "state", "subject", "round", "lead", "lead_unit", "clock"),
    *("n_cosigners", "submitted_at", "handed_over_at", "replied_at", "closed_at"),
    *("text_version", "text_hash", "situation", "proposals", "openness", "wished_unit"),
    *("is_secret", "mode", "examination_words"),
)


def _steps(
    user: Any, suggestion: Suggestion, tasks: Iterable[Any], promises: Iterable[Any]
) -> list[StepOut]:
    publication = getattr(suggestion, "publication", None)
    groups: list[tuple[Workflow[Any, Any], Iterable[Any]]] = [
        (SUGGESTION, [suggestion]),
        (SIGNATURE, suggestion.signatures.all()),
        (ASSIGNMENT, tasks),
        (PROMISE, promises),
        (PUBLICATION, [publication] if publication else []),
    ]
    return [
        StepOut.of(workflow.name, item.pk, button)
        for workflow, items in groups
        for item in items
        for button in workflow.buttons(user, item)
    ]
