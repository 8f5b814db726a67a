"""Who hears of a step: deputies, units, the desk, and the residents it began with."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept_day
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions import actions as opinions
from huiyin.opinions.models import Matter
from huiyin.suggestions.choices import SignatureState, State
from huiyin.suggestions.models import Assignment, Promise, Signature, Suggestion

MATTER = Matter.item_kind()
LONGEST_TITLE = 40  # of a promise or a paper inside a message


def tell_deputies(
    suggestion: Suggestion, news: str, subject: str, *, deputies: Iterable[Deputy] | None = None
) -> None:
    """The lead and every co-signer, unless some are named."""
    for deputy in signers(suggestion) if deputies is None else deputies:
        notices.send_to_deputy(
            deputy,
            key=_key(suggestion, news),
            subject=subject,
            words=str(suggestion),
            about=suggestion,
            path=reverse("suggestions:deputy_detail", args=[suggestion.pk]),
        )


def tell_lead(suggestion: Suggestion, news: str, subject: str) -> None:
    tell_deputies(suggestion, news, subject, deputies=[suggestion.lead])


def tell_desk(suggestion: Suggestion, news: str, subject: str, *roles: str) -> None:
    notices.send_to_role(
        suggestion.congress,
        *(roles or (Role.CLERK,)),
        key=_key(suggestion, news),
        subject=subject,
        words=str(suggestion),
        about=suggestion,
        path=_desk_path(suggestion),
    )


def tell_unit(assignment: Assignment, news: str, subject: str) -> None:
    suggestion = assignment.suggestion
    notices.send_to_unit(
        assignment.unit,
        key=_key(suggestion, news),
        subject=subject,
        words=str(suggestion),
        about=suggestion,
        path=_desk_path(suggestion),
    )


def urge_unit(assignment: Assignment, words: str) -> None:
    """The reminder says which limit runs and, below it, what the desk adds."""
    suggestion, running = assignment.suggestion, assignment.clock
    limit = _("期限%(day)s") % {"day": kept_day(running.due_on)} if running else ""
    notices.send_to_unit(
        assignment.unit,
        key=f"suggestions.urge:{assignment.pk}:{assignment.version}",
        subject=_("催办：请抓紧办理这件建议"),
        words="\n".join(filter(None, [str(suggestion), limit, words])),
        about=suggestion,
        path=_desk_path(suggestion),
    )


def tell_of_promise(promise: Promise, news: str, subject: str, *, to_desk: bool) -> None:
    """To the desk that checks it, or to the unit that made it."""
    message: dict[str, Any] = {
        "key": f"suggestions.{news}:{promise.pk}:{promise.version}",
        "subject": subject,
        "words": promise.text,
        "about": promise,
        "path": _desk_path(promise.suggestion),
    }
    if to_desk:
        notices.send_to_role(promise.suggestion.congress, Role.CLERK, **message)
    else:
        notices.send_to_unit(promise.unit, **message)


def link_origins(suggestion: Suggestion, *, by: HasActor) -> None:
    """The matters it cites are now on their way as a suggestion."""
    for matter in matters_of(suggestion):
        opinions.link_suggestion(matter, suggestion_id=suggestion.pk, label=suggestion.title, by=by)


def unlink_origins(suggestion: Suggestion, words: str, *, by: HasActor) -> None:
    for matter in matters_of(suggestion):
        opinions.unlink_suggestion(matter, words=words, by=by)


def tell_residents(suggestion: Suggestion, words: str) -> None:
    for matter in matters_of(suggestion):
        opinions.tell(
            matter,
            words,
            about_kind=suggestion.item_kind(),
            about_id=suggestion.pk,
            about_label=str(suggestion),
        )


def ask_residents(suggestion: Suggestion, words: str, *, by: HasActor) -> None:
    """There is a result: everyone who said it is asked whether it is solved."""
    for matter in matters_of(suggestion):
        opinions.report_result(
            matter,
            words,
            about_kind=suggestion.item_kind(),
            about_id=suggestion.pk,
            about_label=str(suggestion),
            by=by,
        )


def tell_of_reopened_matter(matter_id: int) -> None:
    """The residents behind a suggestion say it is not solved: its lead deputy hears of it."""
    cited = Suggestion.objects.filter(origins__kind=MATTER, origins__item_id=matter_id)
    for suggestion in cited.exclude(state=State.WITHDRAWN).select_related("lead__person__user"):
        tell_lead(suggestion, f"reopened:{matter_id}", _("居民说还没解决，请您看看"))


def tell_of_moved_clock(clock_id: int, *, before: dt.date, after: dt.date) -> None:
    """Whoever works by this date learns the new one."""
    words = _("到期日由%(before)s改为%(after)s") % {
        "before": kept_day(before),
        "after": kept_day(after),
    }
    tasks = Assignment.objects.working().filter(clock=clock_id)
    for task in tasks.select_related("unit", "suggestion"):
        tell_unit(task, f"moved:{clock_id}:{after}", words)
    for suggestion in Suggestion.objects.filter(clock=clock_id):
        tell_deputies(suggestion, f"moved:{clock_id}:{after}", words)


def matters_of(suggestion: Suggestion) -> list[Matter]:
    ids = suggestion.origins.filter(kind=MATTER).values_list("item_id", flat=True)
    return list(Matter.objects.filter(pk__in=list(ids)).defer("search").order_by("pk"))


def signers(suggestion: Suggestion) -> list[Deputy]:
    standing = Signature.objects.filter(suggestion=suggestion, state=SignatureState.SIGNED)
    rows = standing.select_related("deputy__person__user", "deputy__congress").order_by("pk")
    return [signature.deputy for signature in rows]


def short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def handed_over_words(suggestion: Suggestion) -> str:
    """What deputies and residents read when somebody has the task: who, and by when."""
    if suggestion.lead_unit is None or suggestion.reply_clock is None:
        return ""
    due = kept_day(suggestion.reply_clock.due_on)
    return _("建议已交%(unit)s办理，%(due)s前答复代表。") % {
        "unit": suggestion.lead_unit.name,
        "due": due,
    }


def _key(suggestion: Suggestion, news: str) -> str:
    """A further round of the same step is news again, so the version is part of the key."""
    return f"suggestions.{news}:{suggestion.pk}:{suggestion.version}"


def _desk_path(suggestion: Suggestion) -> str:
    return reverse("suggestions:detail", args=[suggestion.pk])
