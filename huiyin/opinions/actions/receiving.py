"""Taking in what a resident says: a voice, and the matter it speaks of."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.db.models import Max, Sum
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy
from huiyin.kernel import clock, codes, identity, search_fields, steps
from huiyin.kernel.trail import RESIDENT, HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices
from huiyin.opinions import permissions
from huiyin.opinions.actions.telling import note, standing
from huiyin.opinions.actions.ways import answer_on_the_spot, due_words
from huiyin.opinions.choices import Channel, State, Subject
from huiyin.opinions.models import Matter, Picture, Voice
from huiyin.regions.models import Region
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.texts.redacting import redact
from huiyin.venues.models import Duty, Venue

LONGEST_TITLE = 60


def receive(
    *,
    congress: Congress,
    text: str,
    channel: str,
    place: str = "",
    region: Region | None = None,
    venue: Venue | None = None,
    deputy: Deputy | None = None,
    duty: Duty | None = None,
    phone: str = "",
    visitor_name: str = "",
    n_people: int = 1,
    pictures: Sequence[bytes] = (),
    joined: Matter | None = None,
    title: str = "",
    subject: str = "",
    received_at: dt.datetime | None = None,
    submission: str | None = None,
    by: HasActor = RESIDENT,
) -> Voice:
    """A new voice, with a matter of its own or with the one it joins.

    The same `submission` gives the same voice, however often and however fast it is sent.
    """
    voice = Voice(
        congress=congress,
        code=codes.new_code(),
        channel=channel,
        text=text,
        place=place,
        region=region,
        venue=venue,
        deputy=deputy,
        duty=duty,
        entered_by=by if isinstance(by, User) else None,
        received_at=received_at or clock.now(),
        phone=identity.normalise_phone(phone),
        visitor_name=visitor_name,
        n_people=n_people,
        submission=submission,
    )
    try:
        return _take_in(voice, joined, title or title_of(text), subject, pictures, by)
    except IntegrityError:
        if submission and (earlier := Voice.objects.filter(submission=submission).first()):
            return earlier
        raise


@transaction.atomic
def receive_visitor(
    *,
    venue: Venue,
    deputies: Sequence[Deputy] = (),
    answer: str = "",
    channel: str = Channel.WALK_IN,
    region: Region | None = None,
    received_at: dt.datetime | None = None,
    by: User,
    **said: Any,
) -> Voice:
    """What an officer was told, written down at once or from paper, answered at once or later."""
    if not permissions.can_receive_at(by, venue):
        raise NotAllowed("receive visitors")
    day = received_at.astimezone(clock.ZONE).date() if received_at else clock.today()
    duty = Duty.objects.filter(venue=venue, day=day).order_by("starts_at").first()
    voice = receive(
        congress=venue.congress,
        venue=venue,
        region=region or venue.region,
        duty=duty,
        channel=channel,
        received_at=received_at,
        by=by,
        **said,
    )
    voice.received_by.set(deputies)
    if answer.strip():
        answer_on_the_spot(voice.matter, words=answer.strip(), by=by)
    return voice


@transaction.atomic
def _take_in(
    voice: Voice,
    joined: Matter | None,
    title: str,
    subject: str,
    pictures: Sequence[bytes],
    by: HasActor,
) -> Voice:
    matter = _joinable(joined) if joined else _new_matter(voice, title, subject, by)
    voice.matter = voice.first_matter = matter
    voice.asked_at = clock.now() if matter.state == State.ANSWERED else None
    voice.search = search_fields.vector(voice.text, voice.place)
    steps.create(voice, "receive", by=by, words=Channel(voice.channel).label)
    count(matter)
    for content in pictures:
        _keep(voice, content)
    if not joined:
        _announce(voice, matter)
    return voice


def title_of(text: str) -> str:
    """The first sentence, cut to what fits a line.

    Units, deputies and messages get to read it, so it names nobody as far as a machine can tell.
    """
    first = next((part for part in re.split(r"[。！？!?\n\r；;]", text) if part.strip()), text)
    tidy = " ".join(redact(first).split())
    return tidy if len(tidy) <= LONGEST_TITLE else f"{tidy[: LONGEST_TITLE - 1]}…"


def count(matter: Matter) -> None:
    """How many people said it, and when last: figures that follow from the voices."""
    found = (
        Voice.objects.filter(matter=matter)
        .standing()
        .aggregate(people=Sum("n_people"), last=Max("received_at"))
    )
    Matter.objects.filter(pk=matter.pk).update(
        n_voices=found["people"] or 0, last_voice_at=found["last"] or matter.last_voice_at
    )


def index_matter(matter: Matter, text: str) -> None:
    """After a change that a step has written already."""
    Matter.objects.filter(pk=matter.pk).update(search=_found_by(matter, text))


def _found_by(matter: Matter, text: str) -> Any:
    return search_fields.vector(matter.title, matter.public_title, text)


def _joinable(matter: Matter) -> Matter:
    locked = steps.lock(standing(matter))
    if not locked.is_public:
        raise NotPossible(_("这件事现在不公开，不能加入。请直接说您的事。"))
    return locked


def _new_matter(voice: Voice, title: str, subject: str, by: HasActor) -> Matter:
    matter = Matter(
        congress=voice.congress,
        region=voice.region,
        venue=voice.venue,
        title=title,
        subject=Subject(subject) if subject else "",
        last_voice_at=voice.received_at,
        clock=rulebook.start_clock(
            rule=Key.RECEPTION_CLASSIFY,
            region=voice.congress.region,
            start=clock.today(),
            start_words=_("收到"),
        ),
    )
    matter.search = _found_by(matter, voice.text)
    steps.create(matter, "receive", by=by, words=_("收到居民反映"))
    note(matter, _("收到了，%(due)s前告诉您由谁来办。") % {"due": due_words(matter)})
    return matter


def _keep(voice: Voice, content: bytes) -> None:
    picture = Picture(voice=voice, added_at=clock.now())
    picture.file.save(f"{codes.new_code()}.jpg", ContentFile(content), save=False)
    picture.save(force_insert=True)


def _announce(voice: Voice, matter: Matter) -> None:
    """To the officers of the venue, else to the clerks; and to the deputy who was spoken to."""
    news: dict[str, Any] = {
        "key": f"opinions.received:{matter.pk}",
        "subject": _("收到新的居民反映"),
        "words": matter.title,
        "about": matter,
    }
    path = reverse("opinions:matter", args=[matter.pk])
    officers = User.objects.filter(kept_venues__venue=voice.venue_id) if voice.venue_id else ()
    for officer in officers:
        notices.send(to=officer, path=path, congress=voice.congress, **news)
    if not officers:
        notices.send_to_role(voice.congress, Role.CLERK, path=path, **news)
    if voice.deputy:
        path = reverse("opinions:deputy_matter", args=[matter.pk])
        notices.send_to_deputy(voice.deputy, path=path, **news)
