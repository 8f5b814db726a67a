"""What each mode of handling demands of the units named in it (docs/practice.md, modes)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from huiyin.congress.choices import UnitKind
from huiyin.congress.models import Unit
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.suggestions.choices import AssignmentRole, Mode
from huiyin.suggestions.models import Assignment, Suggestion

FEWEST_PARTS = 2
OF_THE_OFFICE = (Mode.GOVERNMENT, Mode.DISTRIBUTED)


@dataclass(frozen=True)
class Task:
    """One unit's share in the handling."""

    unit: Unit
    role: str = AssignmentRole.COHANDLER
    part: str = ""


def mode_of(tasks: Sequence[Task]) -> Mode:
    """The mode where none was said: one unit alone, or a lead with co-handlers."""
    helped = any(task.role == AssignmentRole.COHANDLER for task in tasks)
    return Mode.COHANDLED if helped else Mode.SINGLE


def refuse_odd(
    suggestion: Suggestion, mode: str, tasks: Sequence[Task], at_work: Iterable[Assignment]
) -> None:
    """Raise NotPossible where units and mode do not fit one another, or a unit is at work on it already."""
    _refuse_wrong_roles(mode, Counter(task.role for task in tasks))
    _refuse_wrong_parts(mode, tasks)
    units = {task.unit.pk for task in tasks}
    if len(units) != len(tasks):
        raise NotPossible(_("同一个单位只能列一次。"))
    if any(task.unit.congress_id != suggestion.congress_id for task in tasks):
        raise NotPossible(_("只能交给本级的承办单位。"))
    if any(task.unit_id in units for task in at_work if task.role != AssignmentRole.OFFICE):
        raise NotPossible(_("有的单位已经在办这件建议。"))


def _refuse_wrong_roles(mode: str, count: Counter[str]) -> None:
    lead, parts = count[AssignmentRole.LEAD], count[AssignmentRole.SEPARATE]
    fits = {
        Mode.SEPARATE: parts >= FEWEST_PARTS and parts == count.total(),
        Mode.JOINT: lead == 1 and count[AssignmentRole.JOINT] > 0 and not parts,
        Mode.DISTRIBUTED: count[AssignmentRole.OFFICE] == count.total() == 1,
        Mode.REFERENCE: count[AssignmentRole.REFERENCE] == count.total() > 0,
    }
    if not fits.get(Mode(mode), lead == 1):
        raise NotPossible(_REFUSALS.get(mode) or _("要有一个主办单位，也只能有一个。"))


_REFUSALS: dict[str, str] = {
    Mode.SEPARATE: _("分别办理要列两个以上的分办单位。"),
    Mode.JOINT: _("联合主办要有一个牵头单位和至少一个共同主办单位。"),
    Mode.DISTRIBUTED: _("交政府办分办只列政府办公厅。"),
    Mode.REFERENCE: _("作参考要列出参阅的单位。"),
}


def _refuse_wrong_parts(mode: str, tasks: Sequence[Task]) -> None:
    """A divided hand-over says which part is whose (Qingdao art. 16)."""
    if mode == Mode.SEPARATE and not all(task.part.strip() for task in tasks):
        raise NotPossible(_("分别办理要写明每个单位办哪一部分。"))
    if mode in OF_THE_OFFICE and tasks[0].unit.kind != UnitKind.OFFICE:
        raise NotPossible(_("这种办理方式只能交给政府办公厅。"))
