"""A host goes on with the way of what is merged into it, and stands as before when that is undone.

Whoever merges chooses the host, also one that nobody has looked at yet. What its guests were promised
goes with them: the suggestion, the deputy, the department, and the day by which they are told.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from huiyin.kernel import clock, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.notices import actions as notices
from huiyin.opinions.actions.answers import tell_reopened
from huiyin.opinions.actions.receiving import count
from huiyin.opinions.actions.remembering import own_way_of
from huiyin.opinions.actions.telling import note, tell
from huiyin.opinions.actions.ways import tell_way
from huiyin.opinions.choices import State, Way
from huiyin.opinions.models import Matter, ProgressLine
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock

# What was furthest on its way leads.
LEADING = (State.IN_SUGGESTION, State.REOPENED, State.WITH_DEPUTY, State.WITH_DEPARTMENT)
# The residents of an answered host are being asked; the suggestion's result will ask them again.
BEFORE_SUGGESTION = (
    State.RECEIVED,
    State.REOPENED,
    State.WITH_DEPUTY,
    State.WITH_DEPARTMENT,
)
WAY = (
    "way",
    "unit_id",
    "brief",
    "ticket_number",
    "ticket_due_on",
    "is_reopened",
    "is_passed_on",
)


def inherited(host: Matter, guests: Iterable[Matter]) -> dict[str, Any]:
    """What changes for the host; nothing where it goes on as it is.

    Its own way is kept aside, and with the way of a guest begins that guest's limit.
    """
    following = sorted(guests, key=_rank)
    changes = _way_of(host, following[0])
    followers = [guest.deputy_id for guest in following if guest.deputy_id]
    deputy_id = host.deputy_id or next(iter(followers), None)
    if changes.get("state") in {State.WITH_DEPUTY, State.REOPENED}:
        deputy_id = following[0].deputy_id or deputy_id
    if deputy_id != host.deputy_id:
        changes["deputy_id"] = deputy_id
    if not changes:
        return {}
    own = host.own_way or own_way_of(host)
    return changes | {"own_way": own | {"until": changes.get("state", _state(host))}}


def tell_inherited(host: Matter, guests: Sequence[Matter], changes: dict[str, Any]) -> None:
    """The host's own residents hear what its guests' residents were told; deputies hear of the merge."""
    _tell_suggestions(host, guests)
    state = changes.get("state")
    if state == State.REOPENED:
        tell_reopened(host, [host.deputy] if host.deputy else [])
    elif state == State.WITH_DEPUTY:
        tell_way(host, _("由%(who)s代表跟进") % {"who": host.deputy})
    elif state == State.WITH_DEPARTMENT:
        who = host.unit or _("12345 热线")
        tell_way(host, _("已转%(who)s办理") % {"who": who})
    with notices.gathering():
        for guest in guests:
            _tell_deputy(host, guest)
            _tell_unit(host, guest)


def give_back(hosts: Sequence[Matter], guest: Matter, *, by: HasActor) -> None:
    """The guest has left these hosts, the nearest first: each stands as without it."""
    words = _("有几件事看来不是同一件，已经分开办理。")
    for host in hosts:
        before = _stand(host)
        if host.own_way:
            _put_back(host, by)
            _inherit_again(host, by)
        count(host)
        if _stand(host) != before:
            tell(host, words)
        elif host.state != State.MERGED:
            note(host, words)
    note(guest, words)


def clock_after_merge(matter: Matter) -> Clock | None:
    """The limit that runs on once it stands alone; a new one where news came in the meantime."""
    if matter.clock and matter.clock.is_void:
        return rulebook.resume_clock(matter.clock)
    begun = {State.RECEIVED: Key.RECEPTION_CLASSIFY, State.ANSWERED: Key.RESIDENT_RATE}
    rule = begun.get(State(matter.state_before_merge))
    return matter.clock if matter.clock or rule is None else _start(matter, rule)


def _rank(guest: Matter) -> tuple[int, int]:
    state = _state(guest)
    return (LEADING.index(state) if state in LEADING else len(LEADING), guest.pk)


def _state(matter: Matter) -> State:
    """How it stands, or stood before it was merged."""
    return State(matter.state_before_merge or matter.state)


def _way_of(host: Matter, leader: Matter) -> dict[str, Any]:
    own, state = _state(host), _state(leader)
    if state == State.IN_SUGGESTION and own in BEFORE_SUGGESTION:
        changes: dict[str, Any] = {"way": Way.SUGGESTION, "clock_id": None}
    elif own == State.RECEIVED and state in LEADING:
        changes = {name: getattr(leader, name) for name in WAY}
        changes["clock_id"] = _same_limit(host, leader)
    else:
        return {}
    _rest(host.clock_id)
    return changes | {"state": state}


def _same_limit(host: Matter, leader: Matter) -> int | None:
    """The residents of both are told by the day that was promised to some."""
    limit = leader.clock
    if limit is None:
        return None
    begun = rulebook.start_clock(
        rule=limit.rule_key,
        region=limit.region,
        start=limit.started_on,
        start_words=limit.start_words,
    )
    if host.state == State.MERGED:
        _rest(begun.pk)
    return begun.pk


def _rest(clock_id: int | None) -> None:
    if clock_id:
        rulebook.void_clocks([clock_id], on=clock.today())


def _start(matter: Matter, rule: Key) -> Clock:
    region = matter.congress.region
    return rulebook.start_clock(
        rule=rule, region=region, start=clock.today(), start_words=_("撤销合并")
    )


def _tell_suggestions(host: Matter, guests: Sequence[Matter]) -> None:
    """Each suggestion once; its name is told by the suggestion itself, where it may be."""
    cited = [guest.pk for guest in guests if _state(guest) == State.IN_SUGGESTION]
    lines = ProgressLine.objects.exclude(about_kind="")
    known = set(lines.filter(matter=host).values_list("about_kind", "about_id"))
    newest = lines.filter(matter__in=cited).order_by("matter", "-at", "-pk").distinct("matter")
    for kind, pk in dict.fromkeys(newest.values_list("about_kind", "about_id")):
        if (kind, pk) not in known:
            words = _("同一件事已由代表写成建议，一起办理。")
            tell(host, words, about_kind=kind, about_id=pk)


def _tell_deputy(host: Matter, guest: Matter) -> None:
    """Whoever followed the guest: of the host, where it is theirs now; else of the guest, which they may read."""
    if guest.deputy is None:
        return
    follows = host if host.deputy_id == guest.deputy_id else guest
    notices.send_to_deputy(
        guest.deputy,
        key=f"opinions.merged:{guest.pk}:{guest.version}",
        subject=_("您跟进的事并入了同一件事"),
        words=follows.title,
        about=follows,
        path=reverse("opinions:deputy_matter", args=[follows.pk]),
    )


def _tell_unit(host: Matter, guest: Matter) -> None:
    """A unit that was at work on it hears whether it goes on under the host, or is done with it."""
    if guest.unit is None or _state(guest) != State.WITH_DEPARTMENT:
        return
    is_its_own = host.unit_id == guest.unit_id and _state(host) == State.WITH_DEPARTMENT
    follows, subject = (
        (host, _("转给你们的事并入了同一件事，继续办理"))
        if is_its_own
        else (guest, _("转给你们的事已并入另一件事，不用再单独办理"))
    )
    notices.send_to_unit(
        guest.unit,
        key=f"opinions.merged_for_unit:{guest.pk}:{guest.version}",
        subject=subject,
        words=follows.title,
        about=follows,
        path=reverse("opinions:matter", args=[follows.pk]),
    )


def _put_back(host: Matter, by: HasActor) -> None:
    """As it stood, unless it has gone on by itself since."""
    kept = dict(host.own_way or {})
    until = kept.pop("until")
    if until == _state(host):
        changes = _renamed(host, kept)
        if until not in {kept["state"], State.IN_SUGGESTION}:
            changes |= {"brief": "", "ticket_number": "", "ticket_due_on": None}
        if kept["clock_id"] != host.clock_id:
            _rest(host.clock_id)
        if host.state != State.MERGED:
            changes["clock_id"] = _run_on(host, kept)
    else:
        changes = {}
    steps.change(host, "unmerge", by=by, changes=changes | {"own_way": None}, words=_("撤销合并"))


def _run_on(host: Matter, kept: dict[str, Any]) -> int | None:
    """Its own limit; a new one where its suggestion came to nothing in the meantime."""
    if kept["clock_id"]:
        own = Clock.objects.get(pk=kept["clock_id"])
        return (rulebook.resume_clock(own) if own.is_void else own).pk
    is_waiting = kept["state"] == State.RECEIVED
    return _start(host, Key.RECEPTION_CLASSIFY).pk if is_waiting else None


def _inherit_again(host: Matter, by: HasActor) -> None:
    """What is still merged into it may have a way too."""
    guests = list(host.absorbed.select_related("clock__region").defer("search"))
    if guests and (changes := inherited(host, guests)):
        steps.change(host, "gather", by=by, changes=_renamed(host, changes))


def _renamed(host: Matter, changes: dict[str, Any]) -> dict[str, Any]:
    """A host that is merged itself keeps its state for the day it stands alone."""
    if host.state != State.MERGED or "state" not in changes:
        return changes
    return {**changes, "state_before_merge": changes["state"], "state": State.MERGED}


def _stand(host: Matter) -> tuple[str, int | None]:
    """What its residents were told of it."""
    return host.state, host.deputy_id
