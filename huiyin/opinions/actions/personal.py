"""The resident's own hand on what was left behind (个人信息保护法 art. 47), and what its time limit deletes (art. 19)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.congress.models import Congress
from huiyin.kernel import clock, steps
from huiyin.kernel.trail import RESIDENT, SYSTEM, HasActor
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions import events
from huiyin.opinions.actions.erasing import drop_pictures, erase
from huiyin.opinions.choices import MET
from huiyin.opinions.models import DONE_STATES, Matter, Picture, Voice
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule

AT_ONCE, MOST_A_RUN = 500, 10_000


@transaction.atomic
def forget_phone(voice: Voice, *, by: HasActor = RESIDENT) -> Voice:
    """Delete the telephone number; the voice itself stays and can be followed by its code.

    What waits to be sent to it is not sent, and the outbox forgets it too.
    """
    voice = steps.lock(voice)
    if not voice.phone:
        return voice
    notices.forget_numbers(Voice.item_kind(), [voice.pk])
    return steps.change(
        voice,
        "forget_phone",
        by=by,
        changes={"phone": "", "phone_index": ""},
        words=_("删掉了手机号"),
    )


def forget_old_contacts() -> int:
    """Numbers and names of visitors, when the matter has been done for as long as the rule says."""
    forgotten = 0
    for congress in Congress.objects.select_related("region"):
        done = _done_for(congress, Key.RETENTION_CONTACT)
        met = Q(channel__in=MET)
        for voice in done.filter(~Q(phone_index="") | met).defer("search"):
            if voice.phone or voice.visitor_name:
                _forget(voice)
                forgotten += 1
    return forgotten


def forget_old_pictures() -> int:
    forgotten = 0
    for congress in Congress.objects.select_related("region"):
        done = _done_for(congress, Key.RETENTION_ATTACHMENT)
        forgotten += drop_pictures(Picture.objects.filter(voice__in=done.values("pk")))
    return forgotten


def forget_old_words() -> int:
    """What residents said, when the matter has been done for as long as the rule says: counts remain."""
    return sum(_forget_words_of(one) for one in Congress.objects.select_related("region"))


def _forget_words_of(congress: Congress) -> int:
    """In batches, each kept or lost as a whole; what an upper floor still needs waits for another day."""
    before = Rule.objects.kept_since(Key.RETENTION_VOICE, congress.region, clock.today())
    if before is None:
        return 0
    # Nobody spoke after the words were to be deleted: the index ends the search at this moment.
    old = _done_for(congress, Key.RETENTION_VOICE).filter(created_at__lt=before)
    forgotten, needed = 0, set[int]()
    while forgotten < MOST_A_RUN:
        free = old.exclude(matter__in=needed).exclude(first_matter__in=needed)
        spoken = free.order_by("created_at", "pk").only("matter", "first_matter")
        batch = [(voice.pk, _matters_of(voice)) for voice in spoken[:AT_ONCE]]
        if not batch:
            break
        matters = set[int]().union(*(of_it for _pk, of_it in batch))
        needed |= (asked := _still_needed(matters))
        ready = [pk for pk, of_it in batch if not of_it & asked]
        forgotten += _forget_batch(ready, matters)
    return forgotten


def _matters_of(voice: Voice) -> set[int]:
    return {pk for pk in (voice.matter_id, voice.first_matter_id) if pk is not None}


def _still_needed(matters: set[int]) -> set[int]:
    """A suggestion that cites them is under way, for instance."""
    answers: Sequence[tuple[Any, Any]] = events.forgetting.send(Matter, matter_ids=matters)
    return set[int]().union(*(needed for _receiver, needed in answers))


@transaction.atomic
def _forget_batch(ids: list[int], matters: set[int]) -> int:
    """Matters first, as everybody locks them: what was reopened a moment ago stays."""
    held = steps.lock_all(Matter.objects.filter(pk__in=matters))
    done = [matter.pk for matter in held if matter.state in DONE_STATES]
    voices = Voice.objects.filter(pk__in=ids, matter__in=done, forgotten_at=None)
    return erase(
        steps.lock_all(voices),
        "forget_words",
        by=SYSTEM,
        words=_("保存期已满，删除居民说的话"),
    )


@transaction.atomic
def _forget(voice: Voice) -> None:
    notices.forget_numbers(Voice.item_kind(), [voice.pk])
    steps.change(
        steps.lock(voice),
        "forget_contact",
        by=SYSTEM,
        changes={"phone": "", "phone_index": "", "visitor_name": ""},
        words=_("保存期已满，删除联系方式"),
    )


def _done_for(congress: Congress, key: Key) -> QuerySet[Voice]:
    """Voices whose matter was closed longer ago than the rule keeps."""
    before = Rule.objects.kept_since(key, congress.region, clock.today())
    if before is None:
        return Voice.objects.none()
    return Voice.objects.filter(
        congress=congress,
        forgotten_at=None,
        matter__state__in=DONE_STATES,
        matter__ended_at__lt=before,
    )
