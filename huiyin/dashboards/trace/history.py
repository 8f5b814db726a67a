"""What an old item's rows tell of its life elsewhere: turns this house did not see (adr/0014)."""

import datetime as dt
from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.dashboards.trace.chain import Chain
from huiyin.dashboards.trace.headings import (
    ASSIGNMENT,
    HEADINGS,
    PROMISE,
    PUBLIC_STEPS,
    SUGGESTION,
)
from huiyin.dashboards.trace.milestone import Milestone
from huiyin.kernel import clock
from huiyin.suggestions.choices import PromiseState
from huiyin.suggestions.models import (
    Contact,
    OldItem,
    Rating,
    Reply,
    ReturnRequest,
    Suggestion,
    UnitRequest,
)

NOON = 12
Turn = tuple[dt.datetime | None, str, str, str, str]  # when, kind, step, who, words


def old_history(chain: Chain) -> Iterator[Milestone]:
    """Oldest first, under the headings of steps taken here; a day that is not told is left out."""
    suggestion, old_item = chain.suggestion, chain.old_item
    if suggestion is None or old_item is None:
        return
    turns = [*_of_paper(suggestion, old_item), *_of_tasks(chain), *_of_letters(suggestion)]
    turns += [*_of_promises(chain)]
    for at, kind, step, who, words in sorted(turns, key=lambda turn: turn[0] or LAST):
        is_told = chain.knows_suggestion or (kind, step) in PUBLIC_STEPS
        if at is None or at > old_item.created_at or not is_told:
            continue
        is_hand_over = (kind, step) == (SUGGESTION, "hand_over")
        yield Milestone(
            heading=str(HEADINGS[kind, step]),
            state="done",
            at=at,
            who=" · ".join(part for part in (who, _("据旧系统")) if part),
            words=words if chain.knows_suggestion else "",
            clock=suggestion.reply_clock if is_hand_over else None,
            is_old=True,
        )


def _of_paper(suggestion: Suggestion, old_item: OldItem) -> Iterator[Turn]:
    lead = suggestion.lead.person.name
    unit = suggestion.lead_unit.name if suggestion.lead_unit else ""
    yield suggestion.submitted_at, SUGGESTION, "submit", lead, ""
    yield suggestion.registered_at, SUGGESTION, "register", "", suggestion.number
    yield _noon(old_item.handed_over_on), SUGGESTION, "hand_over", unit, ""
    yield _noon(old_item.closed_on), SUGGESTION, "close", "", ""


def _of_tasks(chain: Chain) -> Iterator[Turn]:
    tasks = {task.pk: task.unit.name for task in chain.assignments}
    for task in chain.assignments:
        yield task.signed_at, ASSIGNMENT, "sign_for", tasks[task.pk], ""
    for talk in Contact.objects.filter(assignment__in=tasks, by=None):
        words = "；".join(part for part in (talk.persons, talk.summary) if part)
        yield _noon(talk.on), ASSIGNMENT, "log_contact", tasks[talk.assignment_id], words
    for asked in ReturnRequest.objects.filter(assignment__in=tasks, asked_by=None):
        step = "grant_return" if asked.is_granted else "refuse_return"
        yield asked.ruled_at, SUGGESTION, step, tasks[asked.assignment_id], asked.reason
    started_at = chain.assignments[0].handed_over_at if chain.assignments else None
    for more in UnitRequest.objects.filter(assignment__in=tasks, asked_by=None):
        words = _("延到 %(day)s：%(reason)s") % {"day": more.until, "reason": more.reason}
        yield started_at, ASSIGNMENT, "grant_extension", tasks[more.assignment_id], words


def _of_letters(suggestion: Suggestion) -> Iterator[Turn]:
    letters = Reply.objects.filter(suggestion=suggestion, is_old=True)
    for letter in letters.select_related("assignment__unit"):
        words = " ".join(part for part in (letter.document_number, letter.shown_class) if part)
        yield letter.signed_at, SUGGESTION, "sign_reply", letter.assignment.unit.name, words
    ratings = Rating.objects.filter(reply__suggestion=suggestion, reply__is_old=True)
    for rating in ratings.select_related("signature__deputy__person"):
        scores = (rating.get_attitude_display(), rating.get_result_display(), rating.words)
        words = "；".join(str(part) for part in scores if part)
        yield rating.rated_at, SUGGESTION, "rate", str(rating.signature.deputy), words


def _of_promises(chain: Chain) -> Iterator[Turn]:
    """Made in the old letter; kept where the file says on which day."""
    for promise in chain.promises:
        made_at = promise.reply.signed_at if promise.reply.is_old else None
        yield made_at, PROMISE, "open", promise.unit.name, promise.text
        if promise.state == PromiseState.KEPT:
            yield promise.checked_at, PROMISE, "confirm", promise.unit.name, promise.text


def _noon(day: dt.date | None) -> dt.datetime | None:
    return clock.at(day, NOON) if day else None


LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
