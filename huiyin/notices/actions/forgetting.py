"""What the outbox forgets: numbers that nobody will send to any more, and words that were deleted elsewhere."""

from collections.abc import Sequence

from django.db import transaction

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.kernel.wording import written as _
from huiyin.notices.choices import State
from huiyin.notices.models import Message
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule

AT_ONCE, MOST_A_RUN = 1_000, 20_000
SETTLED = (State.SENT, State.FAILED, State.CANCELLED)


@transaction.atomic
def forget_numbers(kind: str, ids: Sequence[int]) -> None:
    """Whose number it is took it back: what waits is not sent, and no row keeps the number."""
    found = Message.objects.about(kind, ids).with_number()
    waiting = found.filter(state__in=[State.WAITING, State.HELD])
    waiting.update(
        state=State.CANCELLED, problem=_("手机号已经删掉，不再发"), updated_at=clock.now()
    )
    found.update(phone="", phone_index="")


def reword(kind: str, ids: Sequence[int], *, words: str) -> None:
    """What messages repeated of these items was corrected or deleted."""
    Message.objects.about(kind, ids).update(words=words)


def forget_old_numbers() -> int:
    """Bare numbers in messages that were sent or given up for as long as the rule keeps a contact."""
    return sum(_forget_of(congress) for congress in Congress.objects.select_related("region"))


def _forget_of(congress: Congress) -> int:
    before = Rule.objects.kept_since(Key.RETENTION_CONTACT, congress.region, clock.today())
    if before is None:
        return 0
    old = Message.objects.with_number().filter(
        congress=congress, state__in=SETTLED, updated_at__lt=before
    )
    forgotten = 0
    while forgotten < MOST_A_RUN:
        batch = old.order_by("updated_at").values("pk")[:AT_ONCE]
        done = Message.objects.filter(pk__in=batch).update(phone="", phone_index="")
        forgotten += done
        if done < AT_ONCE:
            break
    return forgotten
