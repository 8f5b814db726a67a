"""Suggestions handled in other ways than by one unit: divided, jointly, merged, by the government."""

from dataclasses import dataclass
from typing import Any

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.suggestions import actions
from huiyin.suggestions.choices import AssignmentRole, AssignmentState, Mode
from huiyin.suggestions.models import Assignment, Attachment, Remark, Reply, Suggestion
from tests.congress.factories import person_as
from tests.papers import paper
from tests.remembering import remembered
from tests.suggestions import walk
from tests.suggestions.walk import City, fresh


@dataclass
class Leaders:
    """People beside those of the city: who signs for the second unit and for the office."""

    finance_leader: Any
    office_clerk: Any
    office_leader: Any


def leaders(city: City) -> Leaders:
    return Leaders(
        city.finance_leader,
        person_as(Role.UNIT_CLERK, unit=city.office),
        person_as(Role.UNIT_LEADER, unit=city.office),
    )


PARTS = ("加装电梯", "补助资金")


def proposed(city: City, mode: str, *tasks: actions.Task, **more: Any) -> Suggestion:
    return actions.propose_units(city.registered(**more), tasks=tasks, mode=mode, by=city.clerk)


@remembered
def divided(city: City, **more: Any) -> Suggestion:
    """Two units, each with its part, handed over and signed for."""
    suggestion = proposed(
        city,
        Mode.SEPARATE,
        actions.Task(city.unit, AssignmentRole.SEPARATE, PARTS[0]),
        actions.Task(city.finance, AssignmentRole.SEPARATE, PARTS[1]),
        **more,
    )
    return _taken_up(city, suggestion)


@remembered
def joint(city: City, **more: Any) -> Suggestion:
    suggestion = proposed(
        city,
        Mode.JOINT,
        actions.Task(city.unit, AssignmentRole.LEAD),
        actions.Task(city.finance, AssignmentRole.JOINT),
        **more,
    )
    return _taken_up(city, suggestion)


@remembered
def joint_drafted(city: City, **more: Any) -> Suggestion:
    suggestion = joint(city, **more)
    city.draft(suggestion)
    return fresh(suggestion)


@remembered
def distributing(city: City, **more: Any) -> Suggestion:
    office = actions.Task(city.office, AssignmentRole.OFFICE)
    suggestion = proposed(city, Mode.DISTRIBUTED, office, **more)
    return actions.hand_over(suggestion, by=city.director)


@remembered
def by_government(city: City, **more: Any) -> Suggestion:
    office = actions.Task(city.office, AssignmentRole.LEAD)
    suggestion = proposed(city, Mode.GOVERNMENT, office, **more)
    return actions.hand_over(suggestion, by=city.director)


@remembered
def for_reference(city: City, **more: Any) -> Suggestion:
    task = actions.Task(city.unit, AssignmentRole.REFERENCE)
    return proposed(city, Mode.REFERENCE, task, **more)


@remembered
def merged(city: City, into: Suggestion | None = None, **more: Any) -> Suggestion:
    lead = into or city.handling()
    return actions.merge(
        city.registered(**more), into=lead, words="同一个小区同一件事", by=city.clerk
    )


def answered_part(city: City, task: Assignment, *, leader: Any, **letter: Any) -> Reply:
    """One unit's part drafted, reviewed and signed."""
    clerk = city.unit_clerk if task.unit_id == city.unit.pk else city.finance_clerk
    written = {"result_class": "A", "body": walk.BODY} | letter
    actions.draft_part(task, **written, by=clerk)
    actions.send_part(task, by=clerk)
    return actions.sign_part(task, by=leader)


def parts(suggestion: Suggestion) -> list[Assignment]:
    tasks = suggestion.assignments.filter(role=AssignmentRole.SEPARATE).exclude(
        state=AssignmentState.RETURNED
    )
    return list(tasks.select_related("unit").order_by("pk"))


def joint_task(suggestion: Suggestion) -> Assignment:
    return suggestion.assignments.get(role=AssignmentRole.JOINT)


def divided_and_answered(city: City, people: Leaders, **more: Any) -> Suggestion:
    suggestion = divided(city, **more)
    mine, theirs = parts(suggestion)
    answered_part(city, mine, leader=city.leader)
    answered_part(city, theirs, leader=people.finance_leader)
    return fresh(suggestion)


@remembered
def extension_asked(city: City, until: Any = None) -> Assignment:
    task = city.task(city.handling())
    until = until or walk.dt.date(2026, 8, 5)
    actions.ask_extension(task, reason="管线要先迁改", until=until, by=city.unit_clerk)
    return fresh(task)


@remembered
def recall_asked(city: City) -> Assignment:
    task = city.task(city.replied())
    actions.ask_recall(task, reason="附错了文件", by=city.leader)
    return fresh(task)


def _taken_up(city: City, suggestion: Suggestion) -> Suggestion:
    suggestion = actions.hand_over(suggestion, by=city.director)
    for task in suggestion.assignments.order_by("pk"):
        person = city.unit_clerk if task.unit_id == city.unit.pk else city.finance_clerk
        actions.sign_for(task, by=person)
    return fresh(suggestion)


@remembered
def remark(city: City, **more: Any) -> Remark:
    said = {
        "occasion": "meeting",
        "said_on": walk.TODAY,
        "text": "路口没有红绿灯，孩子过马路危险。",
    }
    return actions.note_remark(city.lead, **(said | more), by=city.clerk)


def convene(suggestion, *, by):
    """Deputy and units at one table, after the second "not satisfied" (T27)."""
    return actions.convene(
        suggestion,
        kind="meeting",
        held_on=clock.today(),
        convened_by="代工委主任",
        attended="代表、市住建局",
        agreed="五月底前开工",
        next_step="六月复查",
        by=by,
    )


def convened(city, suggestion):
    convene(suggestion, by=city.clerk)
    return fresh(suggestion)


def attached(city: City) -> Attachment:
    """A paper at a draft of the lead deputy."""
    draft = city.written()
    return actions.attach(draft, place="text", title="图", paper=paper(), by=city.deputy_user)
