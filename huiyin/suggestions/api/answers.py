"""What the API says of suggestions to those who may see them."""

import datetime as dt
from typing import Any

from django.urls import reverse
from ninja import Schema
from pydantic import Field

from huiyin.kernel import clock
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    AttachmentPart,
    AttachmentState,
    PaperKind,
    PromiseState,
    ReplyState,
    Score,
    SignatureState,
    State,
    Subject,
)
from huiyin.suggestions.models import Suggestion
from huiyin.ui.api import StepOut


def day_of(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(clock.ZONE).date() if moment else None


def due_of(item: Any) -> dt.date | None:
    """When the item's clock runs out; nothing where it does not run."""
    limit = item.clock
    return limit.due_on if limit and limit.is_running else None


class WorkLine(Schema):
    """A suggestion as a row of one's list."""

    id: int
    number: str
    title: str
    state: State
    subject: Subject
    round: int
    lead: str = Field(alias="lead.person.name")
    unit: str | None = None
    cosigners: int = Field(alias="n_cosigners")
    submitted_at: dt.datetime | None
    handed_over_at: dt.datetime | None
    replied_at: dt.datetime | None
    closed_at: dt.datetime | None
    due_on: dt.date | None = None

    @staticmethod
    def resolve_unit(item: Suggestion) -> str | None:
        return item.lead_unit.name if item.lead_unit else None

    @staticmethod
    def resolve_due_on(item: Suggestion) -> dt.date | None:
        return due_of(item)


class Name(Schema):
    """A deputy's name under the paper, asked for or given."""

    id: int
    deputy: int = Field(alias="deputy_id")
    name: str = Field(alias="deputy.person.name")
    is_lead: bool
    state: SignatureState
    signed_at: dt.datetime | None


class TaskOut(Schema):
    """A unit's task in one suggestion."""

    id: int
    suggestion: int = Field(alias="suggestion_id")
    unit: str = Field(alias="unit.name")
    role: AssignmentRole
    part: str
    state: AssignmentState
    handed_over_at: dt.datetime | None
    signed_at: dt.datetime | None
    due_on: dt.date | None = None
    opinion: str

    @staticmethod
    def resolve_due_on(task: Any) -> dt.date | None:
        return due_of(task)


class PromiseOut(Schema):
    """A row of the ledger of promised items."""

    id: int
    suggestion: int = Field(alias="suggestion_id")
    unit: str = Field(alias="unit.name")
    text: str
    responsible: str
    promised_on: dt.date
    state: PromiseState
    evidence: str


class RatingOut(Schema):
    """One signer's judgement; others' are here when the round has closed."""

    reply: int = Field(alias="reply_id")
    name: str = Field(alias="signature.deputy.person.name")
    attitude: Score
    result: Score
    contact_kind: str
    words: str
    rated_at: dt.datetime
    is_late: bool


class ReplyOut(Schema):
    """A letter; a draft only its own unit sees."""

    id: int
    round: int
    unit: str = Field(alias="assignment.unit.name")
    state: ReplyState
    result_class: str
    body: str
    document_number: str
    signed_at: dt.datetime | None


class AttachmentOut(Schema):
    """A file that lies at the suggestion; of a removed one the line is left."""

    id: int
    part: AttachmentPart
    contact: int | None = Field(alias="contact_id")
    reply: int | None = Field(alias="reply_id")
    promise: int | None = Field(alias="promise_id")
    title: str
    state: AttachmentState
    kind: PaperKind
    size: int
    sha256: str
    added_by: str = Field(alias="added_by.name")
    added_at: dt.datetime
    removed_words: str
    file: str | None = Field(None, description="where a token of the same person gets it")

    @staticmethod
    def resolve_file(attachment: Any) -> str | None:
        return reverse("api:work_attachment", args=[attachment.pk]) if attachment.is_kept else None


class WorkPage(WorkLine):
    """Everything of one suggestion that the token's person may see, and the steps open to him."""

    text_version: int
    text_hash: str
    situation: str
    proposals: str
    openness: str
    wished_unit: str
    is_secret: bool
    mode: str
    examination_words: str
    signatures: list[Name]
    tasks: list[TaskOut]
    replies: list[ReplyOut]
    promises: list[PromiseOut]
    ratings: list[RatingOut]
    attachments: list[AttachmentOut]
    steps: list[StepOut]
