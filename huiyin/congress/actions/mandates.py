"""Seating deputies, and what may become of their mandates."""

import datetime as dt
from functools import partial

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress import events
from huiyin.congress.actions.appointments import keep_acting_as
from huiyin.congress.choices import EndGround, MandateState
from huiyin.congress.models import Congress, Deputy, ElectingBase, Person, Term
from huiyin.congress.workflow import MANDATE
from huiyin.kernel import clock, codes, steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible


@transaction.atomic
def seat(
    person: Person,
    *,
    congress: Congress,
    term: Term,
    electing_base: ElectingBase | None = None,
    delegation: str = "",
    card_number: str = "",
    elected_on: dt.date | None = None,
    user: User | None = None,
    by: HasActor,
) -> Deputy:
    """Give the person a mandate, and with `user` an account to use it with."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    _refuse_wrong_term(congress, term, electing_base)
    refuse_unrelated(person, congress)
    if Deputy.objects.filter(person=person, congress=congress, term=term).exists():
        raise NotPossible(_("%(name)s已经是本届代表。") % {"name": person.name})
    deputy = Deputy(
        person=person,
        congress=congress,
        term=term,
        electing_base=electing_base,
        delegation=delegation,
        card_number=card_number,
        elected_on=elected_on,
        code=codes.new_code(),
        sort_key=person.sort_key,
    )
    steps.create(deputy, "seat", by=by)
    if user is not None:
        person.user = user
        person.save(update_fields=["user"])
    if person.user:
        keep_acting_as(person.user)
    return deputy


@transaction.atomic
def suspend(deputy: Deputy, *, on: dt.date, words: str, by: HasActor) -> Deputy:
    """代表法 art. 61: from this day the deputy neither signs, rates nor counts."""
    changes = {"suspended_on": on}
    deputy = steps.take(MANDATE, "suspend", deputy, by=by, changes=changes, words=words)
    return _tell(deputy)


@transaction.atomic
def resume(deputy: Deputy, *, words: str = "", by: HasActor) -> Deputy:
    """The ground of the suspension has gone within the term."""
    changes = {"suspended_on": None}
    deputy = steps.take(MANDATE, "resume", deputy, by=by, changes=changes, words=words)
    return _tell(deputy)


@transaction.atomic
def end(deputy: Deputy, *, ground: str, on: dt.date, words: str = "", by: HasActor) -> Deputy:
    """Record that the mandate has ended, by one ground of 代表法 art. 62."""
    if on > clock.today():
        raise NotPossible(_("终止日期不能晚于今天。"))
    changes = {"ended_on": on, "end_ground": EndGround(ground)}
    deputy = steps.take(MANDATE, "end", deputy, by=by, changes=changes, words=words)
    return _tell(deputy)


@transaction.atomic
def name_head(deputy: Deputy, *, by: HasActor) -> Deputy:
    """From now on this deputy hands in what the delegation proposes; there is one head at a time."""
    begun = steps.begin(MANDATE, "name_head", deputy, by=by)
    earlier = Deputy.objects.filter(
        term=deputy.term_id, delegation=deputy.delegation, heads_delegation=True
    )
    for head in earlier:
        relieve_head(head, by=by)
    return begun.finish(changes={"heads_delegation": True}, words=deputy.delegation)


@transaction.atomic
def relieve_head(deputy: Deputy, *, by: HasActor) -> Deputy:
    changes = {"heads_delegation": False}
    return steps.take(
        MANDATE, "relieve_head", deputy, by=by, changes=changes, words=deputy.delegation
    )


def refuse_unrelated(person: Person, congress: Congress) -> None:
    """选举法 art. 48: nobody is a deputy in two areas of which neither contains the other."""
    sitting = Deputy.objects.filter(person=person).exclude(state=MandateState.ENDED)
    for other in sitting.select_related("congress__region"):
        area = other.congress.region
        if not (area.contains(congress.region) or congress.region.contains(area)):
            raise NotPossible(
                _("%(name)s已经是%(congress)s代表，不能同时担任两个没有隶属关系地区的代表。")
                % {"name": person.name, "congress": other.congress.name}
            )


def _refuse_wrong_term(congress: Congress, term: Term, electing_base: ElectingBase | None) -> None:
    if term.congress_id != congress.pk:
        raise NotPossible(_("这一届不属于这个人大。"))
    if electing_base and electing_base.congress_id != congress.pk:
        raise NotPossible(_("这个选区或者选举单位不属于这个人大。"))


def _tell(deputy: Deputy) -> Deputy:
    """Keep the account's words, and let upper floors know on commit."""
    if deputy.person.user:
        keep_acting_as(deputy.person.user)
    transaction.on_commit(partial(events.mandate_changed.send, Deputy, deputy_id=deputy.pk))
    return deputy
