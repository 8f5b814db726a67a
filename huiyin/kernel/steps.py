"""Taking a step: lock, check, change, write the trail. The one door to every change of state."""

from collections.abc import Mapping
from typing import Any, TypeVar

from django.utils.functional import Promise

from huiyin.kernel import trail
from huiyin.kernel.models import Trailed
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import Workflow

Item = TypeVar("Item", bound=Trailed)


def take(
    workflow: Workflow[Any, Any],
    name: str,
    item: Item,
    *,
    by: HasActor,
    changes: Mapping[str, Any] | None = None,
    words: str | Promise = "",
) -> Item:
    """Take the step on the locked row and answer with that row.

    Call inside a transaction. Raises NotAllowed or NotPossible before anything is written.
    """
    locked = lock(item)
    step = workflow.check(name, locked, by=by)
    changes = dict(changes or {})
    if step.target:
        changes["state"] = step.target
    return change(locked, name, by=by, changes=changes, words=words)


def lock(item: Item) -> Item:
    """The row as it is now, held until the transaction ends."""
    return type(item)._default_manager.select_for_update(of=("self",)).get(pk=item.pk)


def change(
    locked: Item,
    name: str,
    *,
    by: HasActor,
    changes: Mapping[str, Any],
    words: str | Promise = "",
) -> Item:
    """Change a locked row's fields and write one entry that remembers what they were."""
    before = {}
    for field, value in changes.items():
        attribute = str(getattr(locked._meta.get_field(field), "attname"))  # noqa: B009  mypy does not know it
        before[attribute] = getattr(locked, attribute)
        setattr(locked, field, value)
    kept = {name: value for name, value in before.items() if name not in locked.untrailed}
    trail.record(locked, name, by=by, words=words, before=kept, changed=changes)
    return locked


def create(item: Item, name: str, *, by: HasActor, words: str | Promise = "") -> Item:
    """Insert a new row with the first entry of its trail."""
    item.save(force_insert=True)
    trail.record(item, name, by=by, words=words)
    return item
