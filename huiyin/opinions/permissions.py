"""Who may do what with a matter and with what residents said of it. Pure questions, no side effects."""

from typing import Any

from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import STAFF, seats_of
from huiyin.kernel.trail import RESIDENT, SYSTEM
from huiyin.kernel.workflow import NotAllowed
from huiyin.opinions.models import Matter, Voice
from huiyin.venues.models import Officer, Placement, Venue


def is_staff(user: Any, matter: Matter) -> bool:
    return seats_of(user).has(matter.congress_id, *STAFF)


def keeps_venue(user: Any, matter: Matter) -> bool:
    return matter.venue_id is not None and matter.venue_id in kept_venues(user)


def is_near(user: Any, matter: Matter) -> bool:
    """A deputy placed where the matter came in, or whom a resident spoke to by the deputy's code."""
    ids = seats_of(user).deputy_ids
    if not ids:
        return False
    if matter.deputy_id in ids:
        return True
    if matter.venue_id is not None and matter.venue_id in _places_of(user, ids):
        return True
    return Voice.objects.filter(matter=matter.pk, deputy__in=ids).exists()


def can_route(user: Any, matter: Matter) -> bool:
    """The desk gives a matter its way: staff of the congress, officers of the venue."""
    return is_staff(user, matter) or keeps_venue(user, matter)


can_point_elsewhere = can_route
can_answer_on_the_spot = can_route
can_give_to_deputy = can_route
can_hand_to_department = can_route
can_hand_to_hotline = can_route


def can_take_up(user: Any, matter: Matter) -> bool:
    return is_near(user, matter)


def can_deputy_answers(user: Any, matter: Matter) -> bool:
    return matter.deputy_id is not None and matter.deputy_id in seats_of(user).deputy_ids


can_give_back = can_deputy_answers


def can_report_back(user: Any, matter: Matter) -> bool:
    """The result comes from the department itself, or the desk writes down what it was told."""
    return can_route(user, matter) or _acts_for_unit(user, matter)


def _acts_for_unit(user: Any, matter: Matter) -> bool:
    return matter.unit_id is not None and matter.unit_id in seats_of(user).units(
        Role.UNIT_CLERK, Role.UNIT_LEADER
    )


def can_link_suggestion(user: Any, matter: Matter) -> bool:
    """An order from the suggestions, which asked its own questions first; never a resident's."""
    return user == SYSTEM or bool(seats_of(user).any_congress)


can_unlink_suggestion = can_link_suggestion
can_report_result = can_link_suggestion


def can_answer_for_resident(user: Any, matter: Matter) -> bool:
    """The resident by code, or someone at the desk who met the resident."""
    return user == RESIDENT or can_route(user, matter)


def can_close(user: Any, matter: Matter) -> bool:
    return user == SYSTEM or can_answer_for_resident(user, matter)


def can_pass_on(user: Any, matter: Matter) -> bool:
    return user == SYSTEM


can_publish = is_staff
can_hide = is_staff


can_merge = can_route
can_unmerge = can_route


def can_tell_by_hand(user: Any, voice: Voice) -> bool:
    return can_route(user, voice.matter)


def can_correct(user: Any, voice: Voice) -> bool:
    return can_route(user, voice.matter)


def can_withdraw(user: Any, voice: Voice) -> bool:
    """The resident by code, or someone at the desk for whoever asks."""
    return can_answer_for_resident(user, voice.matter)


can_forget_words = can_withdraw


def can_receive_at(user: Any, venue: Venue) -> bool:
    return venue.pk in kept_venues(user) or seats_of(user).has(venue.congress_id, *STAFF)


def can_receive_visitors(user: Any) -> bool:
    """Whether there is a counter for this person at all; which venue, can_receive_at says."""
    return bool(seats_of(user).congresses(*STAFF, Role.LIAISON))


def can_decide_proposals(user: Any, congress: Congress) -> bool:
    return seats_of(user).has(congress.pk, *STAFF)


can_import_voices = can_decide_proposals


def kept_venues(user: Any) -> set[int]:
    """The venues an officer keeps: one query a request."""
    if not getattr(user, "is_authenticated", False):
        return set()
    if not hasattr(user, "kept_venue_ids"):
        kept = Officer.objects.filter(user=user.pk).values_list("venue_id", flat=True)
        user.kept_venue_ids = set(kept)
    return user.kept_venue_ids


def _places_of(user: Any, deputy_ids: set[int]) -> set[int]:
    if not hasattr(user, "placed_venue_ids"):
        placed = Placement.objects.filter(deputy__in=deputy_ids).values_list("venue_id", flat=True)
        user.placed_venue_ids = set(placed)
    return user.placed_venue_ids


def deputy_of(user: Any, matter: Matter) -> Deputy:
    """As which of his mandates a deputy acts: the one of the matter's congress first."""
    deputies = Deputy.objects.named().filter(pk__in=seats_of(user).deputy_ids)
    found = sorted(deputies, key=lambda one: (one.congress_id != matter.congress_id, one.pk))
    if not found:
        raise NotAllowed("no mandate")
    return found[0]
