"""Erasing what a resident said, wherever it was repeated. That it was said, and when, stays and is counted.

The trail keeps no words to be erased: its entries tell steps and remember none of the words that a
step changed (`unremembered`). What was published or written into a suggestion is a text of its own.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Min

from huiyin.kernel import clock, search_fields, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions.choices import State
from huiyin.opinions.models import DONE_STATES, Matter, MergeProposal, Picture, Voice

ENDED = (*DONE_STATES, State.MERGED)


def erase(
    voices: Sequence[Voice],
    step: str,
    *,
    by: HasActor,
    words: str,
    besides: Mapping[str, Any] | None = None,
) -> int:
    """Words, place, name, number and pictures of locked voices, and the titles made of their words."""
    ids = [voice.pk for voice in voices]
    changes = _nothing_left() | dict(besides or {})
    steps.change_many(voices, step, by=by, changes=changes, words=words)
    notices.forget_numbers(Voice.item_kind(), ids)
    drop_pictures(Picture.objects.filter(voice__in=ids))
    _erase_titles(titled_by(ids), step, by, words)
    return len(ids)


def drop_pictures(pictures: Iterable[Picture]) -> int:
    """The rows now, the files once nothing can bring the rows back."""
    found = {picture.pk: str(picture.file.name) for picture in pictures}
    Picture.objects.filter(pk__in=found).delete()
    for name in found.values():
        transaction.on_commit(partial(default_storage.delete, name))
    return len(found)


def titled_by(voice_ids: Sequence[int]) -> list[Matter]:
    """Matters, locked, whose title comes from one of these voices: the first that was said of each."""
    begun = Voice.objects.filter(pk__in=voice_ids).values("first_matter")
    first = Voice.objects.filter(first_matter__in=begun).values("first_matter")
    named = first.annotate(first=Min("pk")).filter(first__in=voice_ids).values_list("first_matter")
    return steps.lock_all(Matter.objects.filter(pk__in=[pk for (pk,) in named]))


def retitle(
    matters: Sequence[Matter],
    title: str,
    step: str,
    *,
    by: HasActor,
    words: str,
    besides: Mapping[str, Any] | None = None,
) -> None:
    """A new title, also in the field history, in messages and in proposals that repeat the old one."""
    ids = [matter.pk for matter in matters]
    changes = {"title": title, **(besides or {})}
    steps.change_many(matters, step, by=by, changes=changes, words=words)
    told = {name: changes[name] for name in ("title", "brief") if name in changes}
    apps.get_model("opinions", "MatterEvent").objects.filter(pgh_obj__in=ids).update(**told)
    MergeProposal.objects.filter(matters__in=ids).update(shared_words=[])
    notices.reword(Matter.item_kind(), ids, words=title)


def _nothing_left() -> dict[str, Any]:
    return {
        "text": _("（内容已删除）"),
        "place": "",
        "phone": "",
        "phone_index": "",
        "visitor_name": "",
        "solved_words": "",
        "search": None,
        "asked_at": None,
        "has_news": False,
        "is_unreached": False,
        "forgotten_at": clock.now(),
    }


def _erase_titles(matters: Iterable[Matter], step: str, by: HasActor, words: str) -> None:
    """What a clerk made public stands in for the title; what the organ works on keeps its brief."""
    for (public, is_ended), same in groupby(sorted(matters, key=_kind_of), key=_kind_of):
        besides: dict[str, Any] = {"search": search_fields.vector(public) if public else None}
        besides |= {"brief": ""} if is_ended else {}
        title = public or _("居民反映（内容已删除）")
        retitle(list(same), title, step, by=by, words=words, besides=besides)


def _kind_of(matter: Matter) -> tuple[str, bool]:
    return matter.public_title, matter.state in ENDED
