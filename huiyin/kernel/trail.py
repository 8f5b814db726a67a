"""The trail: who took which step on what, chained so that nothing can be changed unseen.

Each item's entries form a hash chain of their own, so writers of different items never wait
for one another. Entries wait in `Unsealed` until the worker seals them into a block; blocks
are chained and keyed, so whoever can write the database still cannot forge the past.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.db import DatabaseError, connection, transaction
from django.db.models.sql.subqueries import UpdateQuery
from django.utils.functional import Promise
from django.utils.translation import gettext_noop

from huiyin.kernel import clock, crypto
from huiyin.kernel.models import Block, Entry, Trailed, Unsealed
from huiyin.kernel.wording import kept

BATCH = 5_000
SEALER_LOCK = 0x4855_4959


@dataclass(frozen=True)
class Actor:
    """Who did it, and as what: a name that stays readable when the account is gone."""

    kind: str
    label: str
    id: int | None = None
    acting_as: str = ""

    def as_actor(self) -> "Actor":
        return self


class HasActor(Protocol):
    def as_actor(self) -> Actor: ...


RESIDENT = Actor("resident", gettext_noop("居民"))
SYSTEM = Actor("system", gettext_noop("系统"))


def record(
    item: Trailed,
    step: str,
    *,
    by: HasActor,
    words: str | Promise = "",
    before: Mapping[str, Any] | None = None,
    changed: Iterable[str] = (),
) -> Entry:
    """Write the item's next entry and save the item with it.

    The caller holds the item's row lock, or has just created it. `changed` names the fields
    to save along; `before` is what they were.
    """
    entry = _next_entry(item, step, by=by, words=words, before=before or {})
    item.updated_at = entry.at
    _write_down(entry, item, [*changed, "version", "head", "updated_at"])
    return entry


def record_many(
    items: Sequence[Trailed],
    step: str,
    *,
    by: HasActor,
    words: str | Promise = "",
    before: Mapping[int, Mapping[str, Any]] | None = None,
) -> list[Entry]:
    """The next entry of many items at once: three statements a batch.

    The caller holds the rows' locks, or has just created them, and saves what else has changed.
    `before` tells of each item, by its key, what was there.
    """
    before = before or {}
    entries = [
        _next_entry(item, step, by=by, words=words, before=before.get(item.pk, {}))
        for item in items
    ]
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Unsealed.objects.bulk_create(
        [Unsealed(entry_id=entry.pk) for entry in entries], batch_size=BATCH
    )
    _mark(items)
    return entries


def entries_of(items: Iterable[Trailed]) -> list[Entry]:
    """Every entry of these items, oldest first: one query for each kind of item."""
    by_kind: dict[str, list[int]] = {}
    for item in items:
        by_kind.setdefault(item.item_kind(), []).append(item.pk)
    return sorted(
        (
            entry
            for kind, ids in by_kind.items()
            for entry in Entry.objects.filter(item_kind=kind, item_id__in=ids)
        ),
        key=lambda entry: (entry.at, entry.pk),
    )


def entry_facts(entry: Entry) -> dict[str, Any]:
    """What an entry's hash is made over, as JSON knows it, and the hash."""
    names = [field.attname for field in Entry._meta.concrete_fields]
    return {name: _plain(getattr(entry, name)) for name in names if name != "id"}


def item_facts(item: Trailed) -> dict[str, Any]:
    """What an item's hash is made over, as JSON knows it."""
    return {name: _plain(value) for name, value in item.trailed_fields().items()}


def item_hash(fields: Mapping[str, Any]) -> str:
    return _digest({name: _plain(value) for name, value in fields.items()})


def entry_hash(entry: Entry) -> str:
    """SHA-256 over everything the entry says and the hash of the entry before it."""
    return _digest({name: value for name, value in entry_facts(entry).items() if name != "hash"})


@transaction.atomic
def seal() -> Block | None:
    """Seal what waits into the next block; None if nothing waits."""
    _wait_for_other_sealers()
    waiting = list(Unsealed.objects.order_by("entry_id").values_list("entry_id", flat=True)[:BATCH])
    if not waiting:
        return None
    hashes = dict(Entry.objects.filter(pk__in=waiting).values_list("pk", "hash"))
    last = Block.objects.order_by("-number").first()
    block = Block(
        number=last.number + 1 if last else 1,
        sealed_at=clock.now(),
        entry_ids=waiting,
        previous_seal=last.seal if last else "",
    )
    block.key_id, block.seal = crypto.seal(block_text(block, hashes))
    block.save(force_insert=True)
    Unsealed.objects.filter(pk__in=waiting).delete()
    return block


def seal_all() -> int:
    """Seal until nothing waits; how many blocks were made."""
    made = 0
    while seal():
        made += 1
    return made


def block_text(block: Block, hashes: Mapping[int, str]) -> bytes:
    """What a seal is made over: the block's place in the chain and its entries' hashes."""
    return _canonical(
        {
            "number": block.number,
            "sealed_at": _plain(block.sealed_at),
            "previous_seal": block.previous_seal,
            "entries": [[pk, hashes.get(pk, "missing")] for pk in block.entry_ids],
        }
    )


def _write_down(entry: Entry, item: Trailed, changed: Sequence[str]) -> None:
    """The item, its entry and the entry's place in the sealer's queue in one statement: no step is without them."""
    updating, values = _updating(item, changed)
    fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
    values += [
        field.get_db_prep_save(getattr(entry, field.attname), connection) for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"WITH item AS ({updating} RETURNING 1), {_writing()}", values)
        found = cursor.fetchone()
    if found is None:
        raise DatabaseError(f"{item!r} is not there any more")
    entry.pk = found[0]


def _updating(item: Trailed, changed: Sequence[str]) -> tuple[str, list[Any]]:
    """What `save(update_fields=changed)` would send."""
    fields: list[Any] = [item._meta.get_field(name) for name in changed]
    query: Any = type(item)._base_manager.filter(pk=item.pk).query.chain(UpdateQuery)
    query.add_update_fields([(field, None, field.pre_save(item, add=False)) for field in fields])
    sql, values = query.get_compiler(connection=connection).as_sql()
    return sql, list(values)


@cache
def _writing() -> str:
    quote = connection.ops.quote_name
    fields = [field for field in Entry._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return (
        f"entry AS (INSERT INTO {quote(Entry._meta.db_table)} ({columns}) SELECT {places} FROM item RETURNING id)"  # noqa: S608  our own tables' names
        f" INSERT INTO {quote(Unsealed._meta.db_table)} (entry_id) SELECT id FROM entry RETURNING entry_id"
    )


def _mark(items: Sequence[Trailed]) -> None:
    """Write version and head of many items: one statement a batch, where a CASE for each row crawls."""
    for start in range(0, len(items), BATCH):
        batch = items[start : start + BATCH]
        table = connection.ops.quote_name(batch[0]._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} AS item SET version = marked.version, head = marked.head"  # noqa: S608  our own table's name
                " FROM unnest(%s::bigint[], %s::int[], %s::text[]) AS marked (id, version, head)"
                " WHERE item.id = marked.id",
                [[i.pk for i in batch], [i.version for i in batch], [i.head for i in batch]],
            )


def _wait_for_other_sealers() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SEALER_LOCK])


def _next_entry(
    item: Trailed, step: str, *, by: HasActor, words: str | Promise, before: Mapping[str, Any]
) -> Entry:
    actor = by.as_actor()
    item.version += 1
    entry = Entry(
        item_kind=item.item_kind(),
        item_id=item.pk,
        sequence=item.version,
        at=clock.now(),
        step=step,
        state=getattr(item, "state", ""),
        words=kept(words),
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_label=actor.label,
        acting_as=actor.acting_as,
        before={name: _plain(value) for name, value in before.items()},
        item_hash=item_hash(item.trailed_fields()),
        previous_hash=item.head,
    )
    entry.hash = item.head = entry_hash(entry)
    return entry


def _plain(value: Any) -> Any:
    """A value as JSON knows it, the same before and after a journey through the database."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat(timespec="microseconds")
    if isinstance(value, (bool, int, float, str, dict, list)) or value is None:
        return value
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    return str(value)


def _digest(value: Any) -> str:
    return hashlib.sha256(_canonical(value)).hexdigest()


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
