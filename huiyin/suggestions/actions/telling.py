"""Who hears of a step: deputies, units, the desk, and the residents it began with."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from django.db.models import Q
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Deputy, Unit
from huiyin.congress.seats import seats_of
from huiyin.kernel.compiled import Place, Question
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import kept, kept_day
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions import actions as opinions
from huiyin.opinions.models import Matter, ProgressLine
from huiyin.suggestions.calculations import class_parts
from huiyin.suggestions.choices import (
    FINISHED,
    HEADS,
    Mode,
    ResultClass,
    SignatureState,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Confidant,
    Origin,
    Promise,
    Reply,
    Signature,
    Suggestion,
)

MATTER = Matter.item_kind()
LONGEST_TITLE = 40  # of a promise or a paper inside a message


def tell_deputies(
    suggestion: Suggestion, news: str, subject: str, *, deputies: Iterable[Deputy] | None = None
) -> None:
    """The lead and every co-signer, unless some are named."""
    with notices.gathering():
        for deputy in signers(suggestion) if deputies is None else deputies:
            notices.send_to_deputy(
                deputy,
                key=_key(suggestion, news),
                subject=subject,
                words=suggestion.shown_name,
                about=suggestion,
                path=reverse("suggestions:deputy_detail", args=[suggestion.pk]),
            )


def tell_lead(suggestion: Suggestion, news: str, subject: str) -> None:
    leads = Deputy.objects.select_related("person__user").filter(pk=suggestion.lead_id)
    tell_deputies(suggestion, news, subject, deputies=leads)


def tell_desk(suggestion: Suggestion, news: str, subject: str, *roles: str) -> None:
    message = message_about(suggestion, news, subject)
    post_to_roles(suggestion, roles or (Role.CLERK,), message)


def tell_committee(suggestion: Suggestion, committee: Committee, news: str, subject: str) -> None:
    message = message_about(suggestion, news, subject)
    post_to_roles(suggestion, (Role.COMMITTEE,), message, committee_id=committee.pk)


def tell_unit(assignment: Assignment, news: str, subject: str) -> None:
    suggestion = assignment.suggestion
    post_to_unit(suggestion, assignment.unit, message_about(suggestion, news, subject))


def tell_users(suggestion: Suggestion, users: Iterable[User], news: str, subject: str) -> None:
    with notices.gathering():
        for user in users:
            notices.send(to=user, **message_about(suggestion, news, subject))


def post_to_roles(
    suggestion: Suggestion,
    roles: Sequence[str],
    message: dict[str, Any],
    *,
    committee_id: int | None = None,
) -> None:
    """To everybody in these roles; of a secret item to those among them who know of it."""
    congress = suggestion.congress
    if not suggestion.is_secret:
        notices.send_to_role(congress, *roles, **message, committee_id=committee_id)
        return
    told = congress_actions.users_with(congress, *roles, committee_id=committee_id)
    holders = set(told.values_list("pk", flat=True))
    for user in _confidants(suggestion):
        if user.pk in holders:
            notices.send(to=user, **message)


def post_to_unit(suggestion: Suggestion, unit: Unit, message: dict[str, Any]) -> None:
    if not suggestion.is_secret:
        notices.send_to_unit(unit, **message)
        return
    for user in _confidants(suggestion):
        if unit.pk in seats_of(user).units(*_OF_A_UNIT):
            notices.send(to=user, **message)


_OF_A_UNIT = (Role.UNIT_CLERK, Role.UNIT_LEADER, Role.GOVERNMENT)


def _confidants(suggestion: Suggestion) -> list[User]:
    return [row.user for row in Confidant.objects.of(suggestion)]


def message_about(suggestion: Suggestion, news: str, subject: str) -> dict[str, Any]:
    return {
        "key": _key(suggestion, news),
        "subject": subject,
        "words": suggestion.shown_name,
        "about": suggestion,
        "path": _desk_path(suggestion),
    }


def urge_unit(assignment: Assignment, words: str) -> None:
    """The reminder says which limit runs and, below it, what the desk adds."""
    suggestion, running = assignment.suggestion, assignment.clock
    limit = _("期限%(day)s") % {"day": kept_day(running.due_on)} if running else ""
    # Of a secret item nothing that was written leaves the page it stands on.
    said = "" if suggestion.is_secret else words
    message = message_about(suggestion, "urge", _("催办：请抓紧办理这件建议"))
    message["key"] = f"suggestions.urge:{assignment.pk}:{assignment.version}"
    message["words"] = "\n".join(filter(None, [suggestion.shown_name, limit, said]))
    post_to_unit(suggestion, assignment.unit, message)


def tell_of_promise(promise: Promise, news: str, subject: str, *, to_desk: bool) -> None:
    """To the desk that checks it, or to the unit that made it."""
    suggestion = promise.suggestion
    message: dict[str, Any] = {
        "key": f"suggestions.{news}:{promise.pk}:{promise.version}",
        "subject": subject,
        "words": suggestion.shown_name if suggestion.is_secret else promise.text,
        "about": promise,
        "path": _desk_path(suggestion),
    }
    if to_desk:
        post_to_roles(suggestion, (Role.CLERK,), message)
    else:
        post_to_unit(suggestion, promise.unit, message)


def link_origins(suggestion: Suggestion, *, by: HasActor) -> None:
    """The matters it cites are now on their way as a suggestion; of a secret one nobody hears."""
    if suggestion.is_secret:
        return
    for matter in matters_of(suggestion):
        opinions.link_suggestion(
            matter,
            suggestion_id=suggestion.pk,
            label=suggestion.title,
            lead=suggestion.lead,
            by=by,
        )


def unlink_origins(suggestion: Suggestion, words: str, *, by: HasActor) -> None:
    """They need another way, unless a second suggestion of the same matter is under way."""
    for matter in _hearing_matters(suggestion):
        same = Matter.objects.family_of([matter.pk]).values("pk")
        others = Origin.objects.filter(kind=MATTER, item_id__in=same)
        others = others.exclude(suggestion=suggestion).exclude(_ended("suggestion__"))
        heard = others.filter(suggestion__is_secret=False, suggestion__submitted_at__isnull=False)
        cited = set(heard.values_list("item_id", flat=True))
        opinions.unlink_suggestion(matter, words=words, still_cited=cited, by=by)


def tell_residents(suggestion: Suggestion, words: str) -> None:
    """How it goes. What is handled in confidence is no resident's news."""
    if suggestion.is_secret:
        return
    for matter in matters_of(suggestion):
        opinions.tell(
            matter,
            words,
            about_kind=suggestion.item_kind(),
            about_id=suggestion.pk,
            about_label=suggestion.shown_name,
        )


def ask_residents(suggestion: Suggestion, words: str, *, by: HasActor) -> None:
    """There is a result: everyone who said it is asked whether it is solved.

    Of a secret item only who heard of it while it was open, and no more than that it is over.
    """
    said = _("代表提出的建议已有结果。") if suggestion.is_secret else words
    for matter in _hearing_matters(suggestion):
        opinions.report_result(
            matter,
            said,
            about_kind=suggestion.item_kind(),
            about_id=suggestion.pk,
            about_label="" if suggestion.is_secret else suggestion.shown_name,
            by=by,
        )


def tell_of_reopened_matter(matter_id: int) -> None:
    """The residents behind a suggestion say it is not solved: its lead deputy hears of it.

    Also of one that cites what was merged into this matter. Who follows the matter was called
    back already.
    """
    matter = Matter.objects.defer("search").get(pk=matter_id)
    cited = Suggestion.objects.citing(Matter.objects.family_of([matter_id]))
    others = cited.exclude(state=State.WITHDRAWN).exclude(lead=matter.deputy_id)
    for suggestion in others.select_related("lead__person__user"):
        message = message_about(suggestion, f"reopened:{matter_id}", _("居民说还没解决，请您看看"))
        message["path"] = _path_to_matter(suggestion, matter)
        notices.send_to_deputy(suggestion.lead, **message)


def _path_to_matter(suggestion: Suggestion, matter: Matter) -> str:
    """To the matter itself, where its lead may read it; else to what was made of it."""
    user = suggestion.lead.person.user
    if user and Matter.objects.visible_to(user).filter(pk=matter.pk).exists():
        return reverse("opinions:deputy_matter", args=[matter.pk])
    return reverse("suggestions:deputy_detail", args=[suggestion.pk])


def matters_under_way(matter_ids: Collection[int]) -> set[int]:
    """Of these matters those that a suggestion cites which was handed in and is not finished."""
    cited = Origin.objects.filter(kind=MATTER, item_id__in=matter_ids)
    return set(cited.exclude(_ended("suggestion__")).values_list("item_id", flat=True))


def _ended(prefix: str = "") -> Q:
    """Nothing is done on it: not handed in, finished, or merged into what is finished."""
    merged = {f"{prefix}state": State.MERGED, f"{prefix}merged_into__state__in": FINISHED}
    return Q(**{f"{prefix}state__in": [State.DRAFT, *FINISHED]}) | Q(**merged)


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
    cited = [origin.item_id for origin in _origins().rows(suggestion=suggestion.pk)]
    return list(Matter.objects.filter(pk__in=cited).defer("search").order_by("pk"))


@cache
def _origins() -> Question[Origin]:
    return Question(Origin.objects.filter(suggestion=Place("suggestion"), kind=MATTER))


def _hearing_matters(suggestion: Suggestion) -> list[Matter]:
    """Those whose residents know of it: all, or what was linked before it became secret."""
    matters = matters_of(suggestion)
    if not suggestion.is_secret:
        return matters
    about = {"about_kind": suggestion.item_kind(), "about_id": suggestion.pk}
    known = ProgressLine.objects.filter(**about).values_list("matter", flat=True)
    heard = set(Matter.objects.family_of(known).values_list("pk", flat=True))
    return [matter for matter in matters if matter.pk in heard]


def signers(suggestion: Suggestion) -> list[Deputy]:
    return [signature.deputy for signature in _signed().rows(suggestion=suggestion.pk)]


@cache
def _signed() -> Question[Signature]:
    names = Signature.objects.filter(suggestion=Place("suggestion"), state=SignatureState.SIGNED)
    with_people = names.select_related("deputy__person__user", "deputy__congress")
    return Question(with_people.order_by("pk"))


def short(text: str) -> str:
    return text if len(text) <= LONGEST_TITLE else text[: LONGEST_TITLE - 1] + "…"


def tell_of_reply(suggestion: Suggestion, reply: Reply, promises: Sequence[Promise] = ()) -> None:
    """`promises` are those the letter lists."""
    unit = reply.assignment.unit.name
    subject = _("%(unit)s已答复，请您评价") % {"unit": unit}
    with notices.gathering():
        tell_deputies(suggestion, "replied", subject)
        tell_desk(suggestion, "replied", _("%(unit)s已答复") % {"unit": unit})
        tell_residents(suggestion, _result_words(reply, promises))


def _result_words(reply: Reply, promises: Sequence[Promise]) -> str:
    """The reply in one plain sentence; the first promise with its date where there is one."""
    unit = reply.assignment.unit.name
    if promises:
        first = min(promises, key=lambda promise: promise.promised_on)
        return _("%(unit)s答复：%(promise)s，%(day)s前完成。代表正在评价答复。") % {
            "unit": unit,
            "promise": short(first.text),
            "day": first.promised_on,
        }
    return _("%(unit)s已答复代表：%(result)s。代表正在评价答复。") % {
        "unit": unit,
        "result": class_words(reply),
    }


def class_words(reply: Reply) -> str:
    """What the reply comes to, without its mark, as it was written that day."""
    return class_parts(reply.class_label or kept(ResultClass(reply.result_class).label))[1]


def handed_over_words(suggestion: Suggestion, tasks: Sequence[Assignment]) -> str:
    """What deputies and residents read when somebody has the task: who, and by when."""
    heads = [task.unit.name for task in tasks if task.role in HEADS]
    if not heads or suggestion.reply_clock is None:
        return ""
    due = kept_day(suggestion.reply_clock.due_on)
    words = _("建议已交%(unit)s办理，%(due)s前答复代表。")
    if suggestion.mode == Mode.SEPARATE:
        words = _("建议已交%(unit)s分别办理，%(due)s前各自答复代表。")
    return words % {"unit": "、".join(heads), "due": due}


def _key(suggestion: Suggestion, news: str) -> str:
    """A further round of the same step is news again, so the version is part of the key."""
    return f"suggestions.{news}:{suggestion.pk}:{suggestion.version}"


def _desk_path(suggestion: Suggestion) -> str:
    return reverse("suggestions:detail", args=[suggestion.pk])
