"""One suggestion as an archive package: its texts, names, letters, talks, and every step on all of it."""

import json
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils import translation

from huiyin.kernel import archive as packages
from huiyin.kernel import clock, trail
from huiyin.kernel.models import Trailed
from huiyin.opinions.models import Matter, ProgressLine, Voice
from huiyin.suggestions.choices import PaperKind, ReplyState
from huiyin.suggestions.documents.letters import reply_letter
from huiyin.suggestions.models import (
    Assignment,
    Attachment,
    Contact,
    Convening,
    FaceRecord,
    Motion,
    Promise,
    PromiseRating,
    Rating,
    Reply,
    Signature,
    Suggestion,
    TextVersion,
)
from huiyin.suggestions.models.attachment import ENDINGS, AttachmentQuerySet
from huiyin.texts.redacting import redact

NEEDED = (
    "suggestion__congress__region",
    "suggestion__term",
    "suggestion__session",
    "suggestion__lead__person",
    "assignment__unit",
    "signed_by",
)


@translation.override(settings.LANGUAGE_CODE)
def archive(suggestion: Suggestion) -> packages.Package:
    """Everything of it as it is now, signed, with the script that checks it."""
    parts = [*_texts(suggestion), *_letters(suggestion), *_files(suggestion), *_tables(suggestion)]
    return packages.pack(str(suggestion), parts, list(_items(suggestion)))


def _texts(suggestion: Suggestion) -> Iterator[packages.Part]:
    """Every wording; signatures name the one they stand under by its hash."""
    for version in TextVersion.objects.filter(suggestion=suggestion).order_by("number"):
        text = f"{version.title}\n\n{version.situation}\n\n{version.proposals}\n"
        yield packages.Part(f"texts/version-{version.number}.txt", text.encode())


def _letters(suggestion: Suggestion) -> Iterator[packages.Part]:
    signed = Reply.objects.filter(suggestion=suggestion, state=ReplyState.SIGNED)
    for reply in signed.select_related(*NEEDED).order_by("round", "pk"):
        letter, name = reply_letter(reply), f"letters/round-{reply.round}-reply-{reply.pk}"
        yield packages.Part(f"{name}.pdf", letter.pdf())
        yield packages.Part(f"{name}.docx", letter.docx())


def _files(suggestion: Suggestion) -> Iterator[packages.Part]:
    """As they were laid there; the trail tells the hash of each."""
    for attachment in _attached(suggestion).kept():
        if default_storage.exists(str(attachment.file.name)):
            with attachment.file.open("rb") as file:
                yield packages.Part(_path(attachment), file.read())


def _attached(suggestion: Suggestion) -> AttachmentQuerySet:
    """All but what lies at a letter that is not signed."""
    return Attachment.objects.out().filter(suggestion=suggestion).order_by("pk")


def _path(attachment: Attachment) -> str:
    return f"attachments/{attachment.pk}.{ENDINGS[PaperKind(attachment.kind)]}"


def _tables(suggestion: Suggestion) -> Iterator[packages.Part]:
    """What a reader looks up: names, units, talks, ratings, promises, in words."""
    for name, rows in {
        "signatures": _signatures(suggestion),
        "units": _units(suggestion),
        "contacts": _contacts(suggestion),
        "ratings": _ratings(suggestion),
        "promises": _promises(suggestion),
        "convenings": _convenings(suggestion),
        "matters": _matters(suggestion),
        "attachments": _attachments(suggestion),
    }.items():
        text = json.dumps(rows, ensure_ascii=False, indent=1, default=str)
        yield packages.Part(f"tables/{name}.json", text.encode())


def _items(suggestion: Suggestion) -> Iterator[Trailed]:
    """The suggestion and all that grew on it and has steps of its own, read anew."""
    yield Suggestion.objects.get(pk=suggestion.pk)
    of_it = {"suggestion": suggestion.pk}
    yield from Signature.objects.filter(**of_it).order_by("pk")
    yield from Assignment.objects.filter(**of_it).order_by("pk")
    yield from Reply.objects.filter(**of_it).order_by("pk")
    yield from Rating.objects.filter(reply__suggestion=suggestion.pk).order_by("pk")
    yield from Promise.objects.filter(**of_it).order_by("pk")
    yield from PromiseRating.objects.filter(promise__suggestion=suggestion.pk).order_by("pk")
    yield from Motion.objects.filter(**of_it)
    yield from FaceRecord.objects.filter(**of_it).order_by("pk")
    yield from _attached(suggestion)
    publication = getattr(suggestion, "publication", None)
    if publication is not None:
        yield publication


def _signatures(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Signature.objects.filter(suggestion=suggestion).select_related("deputy__person")
    return [
        {
            "name": name.deputy.person.name,
            "is_lead": name.is_lead,
            "state": name.get_state_display(),
            "version": name.signed_version,
            "text_hash": name.text_hash,
            "signed_at": name.signed_at,
        }
        for name in rows.order_by("-is_lead", "pk")
    ]


def _units(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Assignment.objects.filter(suggestion=suggestion).select_related("unit", "clock")
    return [
        {
            "unit": task.unit.name,
            "role": task.get_role_display(),
            "part": task.part,
            "state": task.get_state_display(),
            "handed_over_at": task.handed_over_at,
            "signed_at": task.signed_at,
            "due_on": task.clock.due_on if task.clock else None,
            "opinion": task.opinion,
        }
        for task in rows.order_by("pk")
    ]


def _contacts(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Contact.objects.filter(assignment__suggestion=suggestion)
    return [
        {
            "unit": talk.assignment.unit.name,
            "kind": talk.get_kind_display(),
            "on": talk.on,
            "place": talk.place,
            "persons": talk.persons,
            "summary": talk.summary,
        }
        for talk in rows.select_related("assignment__unit").order_by("on", "pk")
    ]


def _ratings(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Rating.objects.filter(reply__suggestion=suggestion)
    return [
        {
            "name": rating.signature.deputy.person.name,
            "reply": rating.reply.document_number,
            "attitude": rating.get_attitude_display(),
            "result": rating.get_result_display(),
            "words": rating.words,
            "rated_at": rating.rated_at,
        }
        for rating in rows.select_related("reply", "signature__deputy__person").order_by("pk")
    ]


def _promises(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Promise.objects.made().filter(suggestion=suggestion).select_related("unit")
    return [
        {
            "unit": promise.unit.name,
            "text": promise.text,
            "responsible": promise.responsible,
            "promised_on": promise.promised_on,
            "state": promise.get_state_display(),
            "evidence": promise.evidence,
        }
        for promise in rows.order_by("pk")
    ]


def _convenings(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = Convening.objects.filter(suggestion=suggestion).select_related("noted_by")
    return [
        {
            "round": talk.round,
            "kind": talk.get_kind_display(),
            "held_on": talk.held_on,
            "place": talk.place,
            "convened_by": talk.convened_by,
            "attended": talk.attended,
            "agreed": talk.agreed,
            "next_step": talk.next_step,
            "noted_by": talk.noted_by.name,
        }
        for talk in rows.order_by("held_on", "pk")
    ]


def _attachments(suggestion: Suggestion) -> list[dict[str, Any]]:
    rows = _attached(suggestion).for_list()
    return [
        {
            "title": attachment.title,
            "part": attachment.place_label,
            "state": attachment.get_state_display(),
            "path": _path(attachment) if attachment.is_kept else "",
            "is_lost": attachment.is_kept and not default_storage.exists(str(attachment.file.name)),
            "kind": attachment.get_kind_display(),
            "size": attachment.size,
            "sha256": attachment.sha256,
            "added_by": attachment.added_by.name,
            "added_at": attachment.added_at,
            "removed_words": attachment.removed_words,
        }
        for attachment in rows
    ]


def _matters(suggestion: Suggestion) -> list[dict[str, Any]]:
    """What it cites of residents, as its trace shows it to everyone: how many, when, and what became
    of it. Never their words, names, numbers or places, nor what was written to them of anything else.
    """
    origins = suggestion.origins.filter(kind=Matter.item_kind())
    cited = origins.values_list("item_id", flat=True)
    matters = Matter.objects.with_hosts(cited).defer("search")
    return [_matter(matter, suggestion) for matter in matters.order_by("pk")]


def _matter(matter: Matter, suggestion: Suggestion) -> dict[str, Any]:
    voices = list(Voice.objects.filter(matter=matter).values_list("received_at", "n_people"))
    days = sorted(received.astimezone(clock.ZONE).date() for received, _n in voices)
    of_it = {"about_kind": suggestion.item_kind(), "about_id": suggestion.pk}
    lines = ProgressLine.objects.filter(matter=matter, **of_it).order_by("at", "pk")
    return {
        "matter": matter.pk,
        "title": matter.public_title if matter.is_public else "",
        "state": matter.get_state_display(),
        "way": matter.get_way_display(),
        "merged_into": matter.merged_into_id,
        "n_people": sum(max(n, 1) for _received, n in voices),
        "first_said_on": days[0] if days else None,
        "last_said_on": days[-1] if days else None,
        "steps": [
            {"at": entry.at, "step": entry.step, "state": entry.state, "as": entry.acting_as}
            for entry in trail.entries_of([matter])
        ],
        "told": [{"at": line.at, "words": redact(line.words)} for line in lines],
    }
