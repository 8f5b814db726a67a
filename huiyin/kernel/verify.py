"""Proves the trail: every line, its order, that no tail was cut, that no item changed past its actions.

What has no trail of its own but follows from something else, the rooms prove themselves.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from itertools import groupby
from operator import attrgetter

from django.apps import apps
from django.db import connection, transaction

from huiyin.kernel import crypto, trail
from huiyin.kernel.models import Block, Entry, Trailed, Unsealed

CHUNK = 2_000

Proof = Callable[[], Iterator[str]]
_proofs: list[Proof] = []


def proves(proof: Proof) -> Proof:
    """Marks what a room proves of rows without a trail of their own: a line for each fault.

    It stands in the room's `proofs.py`, which the app imports when it is ready.
    """
    _proofs.append(proof)
    return proof


@contextmanager
def one_moment() -> Iterator[None]:
    """All that is read within is as it was at one moment, while others go on working.

    Otherwise a step taken between two reads looks like a fault. Within a transaction that has
    begun, that transaction's own sight holds.
    """
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def faults() -> Iterator[str]:
    """Everything that does not hold, a line each; nothing at all is the good answer."""
    kinds = {model.item_kind(): model for model in apps.get_models() if issubclass(model, Trailed)}
    for kind, model in sorted(kinds.items()):
        yield from _faults_of_kind(kind, model)
    for kind in _kinds_written().difference(kinds):
        yield f"{kind}: the trail tells of a kind that does not exist"
    yield from _faults_of_blocks()
    for proof in _proofs:
        yield from proof()


def _faults_of_kind(kind: str, model: type[Trailed]) -> Iterator[str]:
    entries = (
        Entry.objects.filter(item_kind=kind)
        .order_by("item_id", "sequence")
        .iterator(chunk_size=CHUNK)
    )
    chains = ((pk, list(chain)) for pk, chain in groupby(entries, key=attrgetter("item_id")))
    items = model._base_manager.order_by("pk").iterator(chunk_size=CHUNK)
    for pk, item, chain in _side_by_side(items, chains):
        name = f"{kind} {pk}"
        yield from _faults_of_chain(name, chain)
        if item is None:
            yield f"{name}: the item is gone, its trail is not"
        elif chain or item.version:
            yield from _faults_of_item(name, item, chain)
        else:
            yield f"{name}: the item has no trail"


def _side_by_side(
    items: Iterator[Trailed], chains: Iterator[tuple[int, list[Entry]]]
) -> Iterator[tuple[int, Trailed | None, list[Entry]]]:
    """Merge two streams that are both in the order of the item's id."""
    item, chain = next(items, None), next(chains, None)
    while item or chain:
        pk: int = min([one.pk for one in (item,) if one] + [one[0] for one in (chain,) if one])
        here: Trailed | None = None
        lines: list[Entry] = []
        if item and item.pk == pk:
            here, item = item, next(items, None)
        if chain and chain[0] == pk:
            lines, chain = chain[1], next(chains, None)
        yield pk, here, lines


def _faults_of_chain(name: str, chain: Iterable[Entry]) -> Iterator[str]:
    previous = ""
    for place, entry in enumerate(chain, start=1):
        if entry.sequence != place:
            yield f"{name}: entry {place} is missing"
            return
        if entry.hash != trail.entry_hash(entry):
            yield f"{name}: entry {place} was changed"
        if entry.previous_hash != previous:
            yield f"{name}: entry {place} does not follow from the one before"
        previous = entry.hash


def _faults_of_item(name: str, item: Trailed, chain: list[Entry]) -> Iterator[str]:
    if item.version != len(chain) or not chain:
        yield f"{name}: {item.version} steps were taken, {len(chain)} are written"
        return
    if item.head != chain[-1].hash:
        yield f"{name}: the item does not know its last entry"
    if trail.item_hash(item.trailed_fields()) != chain[-1].item_hash:
        yield f"{name}: the item was changed past its actions"


def _faults_of_blocks() -> Iterator[str]:
    previous, sealed = "", set[int]()
    for place, block in enumerate(Block.objects.order_by("number").iterator(), start=1):
        hashes = dict(Entry.objects.filter(pk__in=block.entry_ids).values_list("pk", "hash"))
        if block.number != place or block.previous_seal != previous:
            yield f"block {place}: missing or out of order"
        if missing := set(block.entry_ids).difference(hashes):
            yield f"block {block.number}: sealed entries are gone: {sorted(missing)[:5]}"
        if not crypto.check_seal(trail.block_text(block, hashes), block.key_id, block.seal):
            yield f"block {block.number}: the seal does not fit"
        previous = block.seal
        sealed.update(block.entry_ids)
    yield from _faults_of_coverage(sealed)


def _faults_of_coverage(sealed: set[int]) -> Iterator[str]:
    waiting = set(Unsealed.objects.values_list("entry_id", flat=True))
    written = set(Entry.objects.values_list("pk", flat=True).iterator(chunk_size=CHUNK))
    for pk in sorted(written - sealed - waiting)[:5]:
        yield f"entry {pk}: neither sealed nor waiting"
    for pk in sorted(waiting - written)[:5]:
        yield f"entry {pk}: waits for its seal but is gone"


def _kinds_written() -> set[str]:
    return set(Entry.objects.order_by().values_list("item_kind", flat=True).distinct())
