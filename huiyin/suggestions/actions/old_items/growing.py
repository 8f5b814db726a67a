"""What grows on one old item: tasks, talks, letters, ratings, promises, the public copy."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from huiyin.congress.models import Unit
from huiyin.kernel import clock
from huiyin.kernel.models import Trailed
from huiyin.kernel.wording import written as _
from huiyin.suggestions.actions.old_items.papers import Letter, OldPaper, OldPromise, Rated
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    Mode,
    Openness,
    PromiseState,
    PublicationState,
    RecordState,
    ReplyState,
    RequestKind,
    Score,
)
from huiyin.suggestions.models import (
    Assignment,
    Contact,
    FaceRecord,
    Promise,
    Publication,
    Rating,
    Reply,
    ReturnRequest,
    Signature,
    Suggestion,
    UnitRequest,
)
from huiyin.texts.redacting import redact

NOON = 12  # old files tell days, not hours


@dataclass
class Grown:
    """The rows of one paper, in the order they must be saved."""

    tasks: list[Assignment] = field(default_factory=list)
    returns: list[ReturnRequest] = field(default_factory=list)
    extensions: list[UnitRequest] = field(default_factory=list)
    contacts: list[Contact] = field(default_factory=list)
    records: list[FaceRecord] = field(default_factory=list)
    replies: list[Reply] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)
    promises: list[Promise] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)


def grow(
    paper: OldPaper,
    suggestion: Suggestion,
    signatures: Mapping[int, Signature],
    units: Mapping[int, Unit],
    classes: Mapping[str, str],
) -> Grown:
    """Nothing is saved; every row already points at the rows it hangs on."""
    grown = Grown(tasks=[*_tasks(paper, suggestion, units)])
    by_unit = {task.unit_id: task for task in grown.tasks}
    _add_returns(grown, paper, suggestion, by_unit, units)
    lead = by_unit.get(paper.lead_units[0]) if paper.lead_units else None
    if lead:
        _add_talks(grown, paper, suggestion, lead)
    for letter in paper.letters:
        grown.replies.append(_reply(letter, suggestion, by_unit[letter.unit_id], classes))
    grown.ratings = [_rating(rated, grown.replies, signatures) for rated in paper.ratings]
    grown.promises = [_promise(each, suggestion, grown.replies[-1]) for each in paper.promises]
    grown.publications = [*_publications(paper, suggestion)]
    return grown


def save(grown: Sequence[Grown]) -> None:
    """One statement a table, the rows others point at first."""
    Assignment.objects.bulk_create(row for one in grown for row in one.tasks)
    ReturnRequest.objects.bulk_create(row for one in grown for row in one.returns)
    UnitRequest.objects.bulk_create(row for one in grown for row in one.extensions)
    Contact.objects.bulk_create(row for one in grown for row in one.contacts)
    FaceRecord.objects.bulk_create(row for one in grown for row in one.records)
    Reply.objects.bulk_create(row for one in grown for row in one.replies)
    Rating.objects.bulk_create(row for one in grown for row in one.ratings)
    Promise.objects.bulk_create(row for one in grown for row in one.promises)
    Publication.objects.bulk_create(row for one in grown for row in one.publications)


def trailed(grown: Sequence[Grown]) -> Iterator[Iterable[Trailed]]:
    """Table by table, the rows that have a life of their own."""
    yield (row for one in grown for row in one.tasks)
    yield (row for one in grown for row in one.records)
    yield (row for one in grown for row in one.replies)
    yield (row for one in grown for row in one.ratings)
    yield (row for one in grown for row in one.promises)
    yield (row for one in grown for row in one.publications)


def moment(day: dt.date) -> dt.datetime:
    return clock.at(day, NOON)


def is_public(paper: OldPaper) -> bool:
    return paper.published in {Openness.FULL, Openness.TITLE}


def _tasks(
    paper: OldPaper, suggestion: Suggestion, units: Mapping[int, Unit]
) -> Iterator[Assignment]:
    answered = {letter.unit_id for letter in paper.letters}
    for place, unit_id in enumerate(paper.lead_units):
        role = _role(paper.mode, place)
        is_answered = unit_id in answered or (role == AssignmentRole.JOINT and answered)
        state = AssignmentState.REPLIED if is_answered else AssignmentState.ENDED
        yield _task(paper, suggestion, units[unit_id], role, state)
    for unit_id in paper.cohandlers:
        state = AssignmentState.OPINION_GIVEN
        yield _task(paper, suggestion, units[unit_id], AssignmentRole.COHANDLER, state)


def _role(mode: str, place: int) -> AssignmentRole:
    if mode == Mode.SEPARATE:
        return AssignmentRole.SEPARATE
    return AssignmentRole.JOINT if place else AssignmentRole.LEAD


def _task(paper: OldPaper, suggestion: Suggestion, unit: Unit, role: str, state: str) -> Assignment:
    is_answering = role != AssignmentRole.COHANDLER
    signed_on = paper.signed_for_on if is_answering else None
    return Assignment(
        suggestion=suggestion,
        unit=unit,
        role=role,
        state=state,
        handed_over_at=moment(paper.handed_over_on) if paper.handed_over_on else None,
        signed_at=moment(signed_on) if signed_on else None,
    )


def _add_returns(
    grown: Grown,
    paper: OldPaper,
    suggestion: Suggestion,
    by_unit: Mapping[int, Assignment],
    units: Mapping[int, Unit],
) -> None:
    """A granted return leaves a task of its own behind; a refused one stays with its unit's task."""
    for unit_id, returned in paper.returns:
        task = by_unit.get(unit_id)
        if returned.is_granted or task is None:
            role, state = AssignmentRole.LEAD, AssignmentState.RETURNED
            task = _task(paper, suggestion, units[unit_id], role, state)
            task.signed_at = None
            grown.tasks.append(task)
        grown.returns.append(
            ReturnRequest(
                assignment=task,
                reason=returned.reason[:1000],
                is_granted=returned.is_granted,
                created_at=moment(returned.on),
                ruled_at=moment(returned.on),
            )
        )


def _add_talks(grown: Grown, paper: OldPaper, suggestion: Suggestion, lead: Assignment) -> None:
    """More time and talks, of the unit that answered. Unconfirmed talks ask nobody to confirm now."""
    for extended in paper.extensions:
        grown.extensions.append(
            UnitRequest(
                assignment=lead,
                kind=RequestKind.EXTENSION,
                reason=extended.reason[:1000],
                until=extended.until,
                is_granted=True,
            )
        )
    for talked in paper.contacts:
        contact = Contact(
            assignment=lead,
            kind=talked.kind,
            on=talked.on,
            persons=talked.persons,
            summary=talked.summary,
        )
        grown.contacts.append(contact)
        if talked.is_confirmed:
            grown.records.append(
                FaceRecord(
                    suggestion=suggestion,
                    contact=contact,
                    deputy_id=paper.lead_id,
                    state=RecordState.CONFIRMED,
                    settled_at=moment(talked.on),
                )
            )


def _reply(
    letter: Letter, suggestion: Suggestion, task: Assignment, classes: Mapping[str, str]
) -> Reply:
    return Reply(
        suggestion=suggestion,
        assignment=task,
        round=letter.round,
        state=ReplyState.SIGNED,
        result_class=letter.result_class,
        class_label=classes.get(letter.result_class, "")[:40],
        body=letter.body,
        document_number=letter.document_number,
        is_old=True,
        signed_at=moment(letter.on),
    )


def _rating(rated: Rated, replies: Sequence[Reply], signatures: Mapping[int, Signature]) -> Rating:
    """Of the round's first letter: the files tell one judgement a round."""
    reply = next(reply for reply in replies if reply.round == rated.round)
    replied_at = reply.signed_at or clock.now()
    judged = rated.judged
    is_bad = Score.DISSATISFIED in {judged.attitude, judged.result}
    untold = _("旧系统没有记下理由") if is_bad else ""
    return Rating(
        reply=reply,
        signature=signatures[rated.deputy_id],
        attitude=judged.attitude,
        result=judged.result,
        words=judged.words or untold,
        rated_at=moment(judged.on) if judged.on else replied_at,
    )


def _promise(old: OldPromise, suggestion: Suggestion, reply: Reply) -> Promise:
    done_at = moment(old.done_on) if old.done_on else None
    state = PromiseState.OPEN
    if done_at or old.broken_reason:
        state = PromiseState.KEPT if done_at else PromiseState.BROKEN
    return Promise(
        suggestion=suggestion,
        reply=reply,
        unit=reply.assignment.unit,
        state=state,
        text=old.text,
        responsible=old.responsible,
        promised_on=old.due_on,
        claimed_at=done_at,
        checked_at=done_at,
        broken_reason=old.broken_reason,
    )


def _publications(paper: OldPaper, suggestion: Suggestion) -> Iterator[Publication]:
    """As the other system decided; what is open is redacted like everything else."""
    if not paper.published:
        return
    whole = f"{paper.situation}\n\n{paper.proposals}" if paper.published == Openness.FULL else ""
    last = max((letter.round for letter in paper.letters), default=0)
    newest = [letter.body for letter in paper.letters if letter.round == last]
    is_open = is_public(paper)
    yield Publication(
        suggestion=suggestion,
        state=PublicationState.PUBLISHED if is_open else PublicationState.KEPT_CLOSED,
        title=redact(paper.title),
        text=redact(whole.strip()),
        reply=redact("\n\n".join(newest)),
        reason="" if is_open else str(_("旧系统没有公开")),
        published_at=clock.now() if is_open else None,
    )
