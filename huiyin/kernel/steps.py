"""Taking a step: lock, check, change, write the trail. The one door to every change of state."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from django.db import models
from django.utils.functional import Promise

from huiyin.kernel import clock, trail
from huiyin.kernel.compiled import Place, Question
from huiyin.kernel.models import Trailed
from huiyin.kernel.trail import HasActor
from huiyin.kernel.workflow import Step, Workflow

Item = TypeVar("Item", bound=Trailed)


@dataclass(frozen=True)
class Begun(Generic[Item]):
    """A step that may be taken on a row that is held, and that is not yet written."""

    step: Step[Any, Any]
    item: Item
    by: HasActor

    def finish(
        self, *, changes: Mapping[str, Any] | None = None, words: str | Promise = ""
    ) -> Item:
        """Change the row and write the entry; answers with the row."""
        wanted = dict(changes or {})
        if self.step.target:
            wanted["state"] = self.step.target
        return change(self.item, self.step.name, by=self.by, changes=wanted, words=words)


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
    return begin(workflow, name, item, by=by).finish(changes=changes, words=words)


def take_held(
    workflow: Workflow[Any, Any],
    name: str,
    held: Item,
    *,
    by: HasActor,
    changes: Mapping[str, Any] | None = None,
    words: str | Promise = "",
) -> Item:
    """`take` for a row that the action has locked before: it is as it was, and not read again."""
    return begin_held(workflow, name, held, by=by).finish(changes=changes, words=words)


def begin(workflow: Workflow[Any, Any], name: str, item: Item, *, by: HasActor) -> Begun[Item]:
    """Lock the row and ask whether the step may be taken, where its changes follow from the row.

    Call inside a transaction. Raises NotAllowed or NotPossible.
    """
    return begin_held(workflow, name, lock(item), by=by)


def begin_held(workflow: Workflow[Any, Any], name: str, held: Item, *, by: HasActor) -> Begun[Item]:
    """`begin` for a row that the action has locked before."""
    if not held.is_held:
        raise RuntimeError(f"{name}: decided on a row that was not locked")
    return Begun(workflow.check(name, held, by=by), held, by)


def lock(item: Item) -> Item:
    """The row as it is now, held until the transaction ends."""
    row = _locking(type(item)).row(pk=item.pk)
    if row is None:
        raise type(item).DoesNotExist(f"{item!r} is not there any more")
    return _holding(row)


def lock_all(rows: models.QuerySet[Item]) -> list[Item]:
    """The rows as they are now, all held until the transaction ends: one statement, oldest first."""
    return [_holding(row) for row in _to_lock(rows.order_by("pk"))]


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


@cache
def _locking(model: type[Item]) -> Question[Item]:
    return Question(_to_lock(model._default_manager.filter(pk=Place("pk"))))


def _to_lock(rows: models.QuerySet[Item]) -> models.QuerySet[Item]:
    held, with_them = rows.select_for_update(of=("self",)), rows.model.locked_with
    return held.select_related(*with_them) if with_them else held


def _holding(row: Item) -> Item:
    row.is_held = True
    return row


def _set(item: Trailed, changes: Mapping[str, Any]) -> dict[str, Any]:
    """Give the item its new values; what the trail remembers of the old ones."""
    before = {}
    for field, value in changes.items():
        attribute = str(getattr(item._meta.get_field(field), "attname"))  # noqa: B009  mypy does not know it
        before[attribute] = getattr(item, attribute)
        setattr(item, field, value)
    left_out = item.untrailed | item.unremembered
    return {name: value for name, value in before.items() if name not in left_out}


def create(item: Item, name: str, *, by: HasActor, words: str | Promise = "") -> Item:
    """Insert a new row with the first entry of its trail."""
    item.save(force_insert=True)
    trail.record(item, name, by=by, words=words)
    return _holding(item)
