"""Taking a step: lock, check, change, write the trail. The one door to every change of state."""

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from django.utils.functional import Promise

from huiyin.kernel import clock, trail
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
    rows = type(item)._default_manager.select_for_update(of=("self",))
    if item.locked_with:
        rows = rows.select_related(*item.locked_with)
    return rows.get(pk=item.pk)


def change(
    locked: Item,
    name: str,
    *,
    by: HasActor,
    changes: Mapping[str, Any],
    words: str | Promise = "",
) -> Item:
    """Change a locked row's fields and write one entry that remembers what they were."""
    before = _set(locked, changes)
    trail.record(locked, name, by=by, words=words, before=before, changed=changes)
    return locked


def change_many(
    locked: Sequence[Trailed],
    name: str,
    *,
    by: HasActor,
    changes: Mapping[str, Any],
    words: str | Promise = "",
) -> None:
    """The same change to many locked rows of one table, each with its own entry: four statements."""
    if not locked:
        return
    before = {item.pk: _set(item, changes) for item in locked}
    trail.record_many(locked, name, by=by, words=words, before=before)
    rows = type(locked[0])._default_manager.filter(pk__in=before)
    rows.update(**changes, updated_at=clock.now())


def _set(item: Trailed, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the item its new values; what the trail remembers of the old ones."""
    before = {}
    for field, value in changes.items():
        attribute = str(getattr(item._meta.get_field(field), "attname"))  # noqa: B009  mypy does not know it
        before[attribute] = getattr(item, attribute)
        setattr(item, field, value)
    return {name: value for name, value in before.items() if name not in item.untrailed}


def create(item: Item, name: str, *, by: HasActor, words: str | Promise = "") -> Item:
    """Insert a new row with the first entry of its trail."""
    item.save(force_insert=True)
    trail.record(item, name, by=by, words=words)
    return item
