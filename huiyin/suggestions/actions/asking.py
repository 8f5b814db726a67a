"""What a unit asks for in writing and how it is ruled: the parts release, time and recall share."""

from typing import Any

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.actions import timing
from huiyin.suggestions.models import Assignment, Suggestion, UnitRequest


def lock_both(assignment: Assignment) -> tuple[Suggestion, Assignment]:
    """Always the suggestion first: two units acting at once must not wait for each other crosswise."""
    suggestion = steps.lock(Suggestion(pk=assignment.suggestion_id))
    return suggestion, lock_task(assignment, suggestion)


def lock_task(task: Assignment, suggestion: Suggestion) -> Assignment:
    """A task of a suggestion that is held already: its rights are decided on that very row."""
    locked = steps.lock(task)
    locked.suggestion = suggestion
    return locked


def open_request(task: Assignment, kind: str, *, reason: str, by: User, **more: Any) -> UnitRequest:
    return UnitRequest.objects.create(
        assignment=task, kind=kind, reason=reason.strip(), asked_by=by, **more
    )


def rule_on(task: Assignment, kind: str, *, is_granted: bool, ruling: str, by: User) -> UnitRequest:
    """Write the ruling into the open request; its clock stops."""
    request = task.unit_requests.select_for_update(of=("self",)).get(kind=kind, is_granted=None)
    request.is_granted, request.ruling = is_granted, ruling.strip()
    request.ruled_by, request.ruled_at = by, clock.now()
    request.updated_at = request.ruled_at
    request.save(update_fields=["is_granted", "ruling", "ruled_by", "ruled_at", "updated_at"])
    timing.stop(request.clock_id)
    return request


def rulers(task: Assignment) -> tuple[str, ...]:
    """Who is asked: the committee, for the administration also the government office."""
    return (Role.CLERK, Role.GOVERNMENT) if task.unit.is_administrative else (Role.CLERK,)


def demand_reason(reason: str) -> None:
    if not reason.strip():
        raise NotPossible(_("请写明理由。"))
