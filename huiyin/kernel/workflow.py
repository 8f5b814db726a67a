"""State machines as data: what may follow what, who may make it happen, and by which law."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from huiyin.kernel.wording import read

Words = str | Promise


class HasState(Protocol):
    state: str

    def get_state_display(self) -> str: ...


User = TypeVar("User")
Item = TypeVar("Item", bound=HasState)


class NotAllowed(PermissionDenied):
    """This person may not do this. Answered with 403."""


class NotPossible(Exception):
    """Nobody may do this now; the message says why in the reader's language. Answered with 409."""

    def __str__(self) -> str:
        return read(self.args[0]) if self.args else ""


@dataclass(frozen=True)
class Step(Generic[User, Item]):
    """One way from state to state.

    `target` None means the item stays where it is. `guard` looks at the item only and
    answers with the reason why the step is closed now, or None; the reason stands beside
    the disabled button. `law` names the source of the step or of its time limit.
    """

    name: str
    label: Words
    sources: tuple[str, ...]
    target: str | None
    allowed: Callable[[User, Item], bool]
    guard: Callable[[Item], Words | None] | None = None
    law: Words = ""

    def reason_against(self, item: Item) -> Words | None:
        return self.guard(item) if self.guard else None


@dataclass(frozen=True)
class Button(Generic[User, Item]):
    """A step as a page shows it: open, or closed with its reason."""

    step: Step[User, Item]
    reason: Words | None

    @property
    def name(self) -> str:
        return self.step.name

    @property
    def label(self) -> Words:
        return self.step.label


class Workflow(Generic[User, Item]):
    def __init__(self, name: str, *steps: Step[User, Item]) -> None:
        self.name = name
        self.steps = {step.name: step for step in steps}

    def open_to(self, user: User, item: Item) -> list[Step[User, Item]]:
        """The steps this user may take now."""
        return [button.step for button in self.buttons(user, item) if not button.reason]

    def buttons(self, user: User, item: Item) -> list[Button[User, Item]]:
        """The steps of this state that are this user's, with the reason where one is closed."""
        return [
            Button(step, step.reason_against(item))
            for step in self.steps.values()
            if item.state in step.sources and step.allowed(user, item)
        ]

    def demand_right(self, name: str, item: Item, *, by: User) -> Step[User, Item]:
        """The step, if it is this user's at all; a page asks before it reads what was typed.

        Raises NotAllowed.
        """
        step = self.steps[name]
        if not step.allowed(by, item):
            raise NotAllowed(f"{by} may not {name}")
        return step

    def check(self, name: str, item: Item, *, by: User) -> Step[User, Item]:
        """The step, if this user may take it now.

        Raises NotAllowed or NotPossible.
        """
        step = self.demand_right(name, item, by=by)
        if item.state not in step.sources:
            raise NotPossible(
                _("现在不能“%(step)s”：这件事目前是“%(state)s”，可能刚有人处理过。")
                % {"step": step.label, "state": item.get_state_display()}
            )
        if reason := step.reason_against(item):
            raise NotPossible(str(reason))
        return step

    def states(self) -> Iterable[str]:
        """Every state some step leads from or to, in the table's order."""
        seen = dict.fromkeys(
            state for step in self.steps.values() for state in (*step.sources, step.target) if state
        )
        return list(seen)

    def as_mermaid(self) -> str:
        """The picture for docs/workflows/, drawn from the rules themselves."""
        arrows = (
            f"    {source} --> {step.target or source}: {step.name}"
            for step in self.steps.values()
            for source in step.sources
        )
        return "\n".join(["stateDiagram-v2", *arrows])
