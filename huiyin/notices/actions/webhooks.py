"""Telling other systems of steps: who is told, what waits, and sending until it is taken.

Every step leaves an entry in the trail in its own transaction, and the worker seals entries into
numbered blocks. A receiver remembers the last block it was told of: nothing is lost when a
worker dies, and nothing is told twice.
"""

import datetime as dt
import secrets
from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Max

from huiyin.accounts.models import User
from huiyin.congress.models import Congress
from huiyin.congress.seats import forget
from huiyin.kernel import clock, steps
from huiyin.kernel.models import Block, Entry, Trailed
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import permissions
from huiyin.notices.adapters import Undelivered, webhook
from huiyin.notices.choices import HookState, Outcome
from huiyin.notices.models import Delivery, Webhook

TRY = "webhook.try"
MOST_AT_ONCE, MOST_BLOCKS, MOST_WEBHOOKS = 200, 50, 20
WAITS = tuple(dt.timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 6 * 60, 24 * 60))


@transaction.atomic
def subscribe(
    congress: Congress,
    *,
    name: str,
    address: str,
    reads_as: User,
    kinds: Iterable[str] = (),
    by: User,
) -> tuple[Webhook, str]:
    """A new receiver and the key it checks signatures by, which is shown once.

    It hears of steps from now on, on items `reads_as` may see.
    """
    if not permissions.can_keep_webhooks(by, congress.pk):
        raise NotAllowed("keep webhooks")
    if Webhook.objects.filter(congress=congress).count() >= MOST_WEBHOOKS:
        raise NotPossible(_("最多登记%(most)d个接收系统。") % {"most": MOST_WEBHOOKS})
    _refuse_bad(address)
    secret = secrets.token_urlsafe(32)
    made = Webhook(
        congress=congress,
        name=name.strip(),
        address=address,
        reads_as=reads_as,
        kinds=sorted(kinds),
        secret=secret,
        last_block=Block.objects.aggregate(last=Max("number"))["last"] or 0,
    )
    return steps.create(made, "subscribe", by=by, words=made.address), secret


@transaction.atomic
def pause(hook: Webhook, *, by: User) -> Webhook:
    """Nothing more goes out; what waits, waits."""
    return _turn(hook, "pause", HookState.PAUSED, by=by)


@transaction.atomic
def resume(hook: Webhook, *, by: User) -> Webhook:
    """What happened meanwhile is told too."""
    return _turn(hook, "resume", HookState.ACTIVE, by=by)


@transaction.atomic
def try_out(hook: Webhook, *, by: User) -> Delivery:
    """An event that means nothing, to see whether it arrives."""
    if not permissions.can_keep_webhooks(by, hook.congress_id):
        raise NotAllowed("keep webhooks")
    made = Delivery(webhook=hook, event=TRY, body={}, not_before=clock.now())
    made.body = {"id": str(made.key), "event": TRY, "at": clock.now().isoformat()}
    made.save(force_insert=True)
    return made


@transaction.atomic
def deliver_again(delivery: Delivery, *, by: User) -> Delivery:
    """What was given up is tried anew, under its old key."""
    if not permissions.can_keep_webhooks(by, delivery.webhook.congress_id):
        raise NotAllowed("keep webhooks")
    locked = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if locked.outcome != Outcome.GIVEN_UP:
        raise NotPossible(_("这一条还在发，或者已经送达。"))
    return _note(locked, outcome=Outcome.WAITING, tries=0, not_before=clock.now())


def collect() -> int:
    """Write down what each receiver is to be told of newly sealed steps; how many were added."""
    hooks = Webhook.objects.active().select_related("reads_as")
    return sum(_collect_for(hook) for hook in hooks.order_by("pk"))


def send_webhooks(limit: int = MOST_AT_ONCE) -> int:
    """Send what is due; how many were taken."""
    taken = 0
    for _number in range(limit):
        delivery = _claim()
        if delivery is None:
            break
        taken += _deliver(delivery)
    return taken


def event_kinds() -> list[type[Trailed]]:
    """The kinds of items a person may see or not: only of these another system is told."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, Trailed)
        and hasattr(model._default_manager, "visible_to")
        and _way_to_congress(model)
    ]


def _way_to_congress(model: type[Trailed]) -> str:
    """How an item says whose it is: of itself, or by the suggestion it stands on."""
    fields = {field.name for field in model._meta.concrete_fields}
    if "congress" in fields:
        return "congress"
    return "suggestion__congress" if "suggestion" in fields else ""


@transaction.atomic
def _collect_for(hook: Webhook) -> int:
    locked = Webhook.objects.select_for_update(of=("self",)).get(pk=hook.pk)
    after = Block.objects.filter(number__gt=locked.last_block).order_by("number")
    blocks = list(after[:MOST_BLOCKS])
    if not blocks:
        return 0
    sealed = [pk for block in blocks for pk in block.entry_ids]
    entries = Entry.objects.filter(pk__in=sealed, at__gte=locked.created_at)
    rows = [_telling(locked, entry) for entry in _seen(locked, entries.order_by("pk"))]
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)
    locked.last_block = blocks[-1].number
    locked.save(update_fields=["last_block"])
    return len(rows)


def _seen(hook: Webhook, entries: Iterable[Entry]) -> Iterator[Entry]:
    """Those on items the receiver's person may see now."""
    forget(hook.reads_as)
    wanted = {model.item_kind(): model for model in event_kinds()}
    if hook.kinds:
        wanted = {kind: model for kind, model in wanted.items() if kind in hook.kinds}
    of_kinds = [entry for entry in entries if entry.item_kind in wanted]
    visible = {
        (kind, pk)
        for kind in {entry.item_kind for entry in of_kinds}
        for pk in _visible_among(wanted[kind], hook, of_kinds)
    }
    return (entry for entry in of_kinds if (entry.item_kind, entry.item_id) in visible)


def _visible_among(model: Any, hook: Webhook, entries: Iterable[Entry]) -> set[int]:
    """Of the receiver's own congress only, also where its person sits in several."""
    ids = {entry.item_id for entry in entries if entry.item_kind == model.item_kind()}
    rows = model._default_manager.visible_to(hook.reads_as).filter(pk__in=ids)
    rows = rows.filter(**{_way_to_congress(model): hook.congress_id})
    return set(rows.order_by().values_list("pk", flat=True))


def _telling(hook: Webhook, entry: Entry) -> Delivery:
    made = Delivery(
        webhook=hook,
        entry_id=entry.pk,
        event=f"{entry.item_kind}.{entry.step}",
        body={},
        not_before=clock.now(),
    )
    made.body = {
        "id": str(made.key),
        "event": made.event,
        "at": entry.at.isoformat(),
        "item": {
            "kind": entry.item_kind,
            "id": entry.item_id,
            "state": entry.state,
            "version": entry.sequence,
        },
    }
    return made


@transaction.atomic
def _claim() -> Delivery | None:
    """Take the oldest due one; should the worker die now, it is tried again after the wait."""
    due = Delivery.objects.due(clock.now()).select_for_update(of=("self",), skip_locked=True)
    delivery = due.select_related("webhook").first()
    if delivery is None:
        return None
    wait = WAITS[min(delivery.tries, len(WAITS) - 1)]
    return _note(delivery, tries=delivery.tries + 1, not_before=clock.now() + wait)


def _deliver(delivery: Delivery) -> bool:
    hook = delivery.webhook
    parcel = webhook.Parcel(str(delivery.key), delivery.event, delivery.body)
    try:
        status = webhook.post(hook.address, parcel, secret=hook.secret.reveal())
    except Undelivered as problem:
        is_last = delivery.tries > len(WAITS)
        _note(
            delivery,
            outcome=Outcome.GIVEN_UP if is_last else Outcome.WAITING,
            answer=getattr(problem, "status", None),
            problem=str(problem)[:200],
        )
        return False
    _note(delivery, outcome=Outcome.SENT, answer=status, problem="", sent_at=clock.now())
    return True


def _note(delivery: Delivery, **changes: Any) -> Delivery:
    for name, value in changes.items():
        setattr(delivery, name, value)
    delivery.updated_at = clock.now()
    delivery.save(update_fields=[*changes, "updated_at"])
    return delivery


def _turn(hook: Webhook, step: str, state: str, *, by: User) -> Webhook:
    locked = steps.lock(hook)
    if not permissions.can_keep_webhooks(by, locked.congress_id):
        raise NotAllowed("keep webhooks")
    if locked.state == state:
        raise NotPossible(_("已经是这个状态了。"))
    return steps.change(locked, step, by=by, changes={"state": state})


def _refuse_bad(address: str) -> None:
    try:
        webhook.checked(address)
    except Undelivered as problem:
        raise NotPossible(str(problem)) from problem
