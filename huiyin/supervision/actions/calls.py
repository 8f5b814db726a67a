"""The yearly call: sent out, fed with clues, answered by drafts that a committee looks over first."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept_day
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions.models import Matter
from huiyin.rulebook.choices import Key
from huiyin.suggestions import actions as suggestions
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import permissions
from huiyin.supervision.actions import telling, timing
from huiyin.supervision.models import Call, Clue, Precheck
from huiyin.supervision.workflow import CALL, CLUE, PRECHECK

PAGE, DEPUTYS = "supervision:call", "supervision:deputy_call"
WITH_DEPUTY = (State.DRAFT, State.COLLECTING, State.RETURNED)


@transaction.atomic
def draft_call(
    congress: Congress,
    *,
    title: str,
    words: str,
    topics: str = "",
    starts_on: dt.date,
    ends_on: dt.date,
    by: User,
) -> Call:
    if not permissions.can_draft_call(by, congress):
        raise NotAllowed(f"{by} may not draft a call")
    _refuse_bad_days(starts_on, ends_on)
    call = Call(
        congress=congress,
        year=starts_on.year,
        title=title,
        words=words,
        topics=topics,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    return steps.create(call, "draft_call", by=by)


@transaction.atomic
def change_call(call: Call, *, by: User, **changes: Any) -> Call:
    _refuse_bad_days(changes["starts_on"], changes["ends_on"])
    return steps.take(CALL, "change_call", call, by=by, changes=changes)


@transaction.atomic
def issue_call(call: Call, *, by: User) -> Call:
    """Every sitting deputy and the committees of the counties hear of it."""
    Congress.objects.select_for_update(of=("self",)).get(pk=call.congress_id)
    begun = steps.begin(CALL, "issue_call", call, by=by)
    if Call.objects.open().filter(congress=call.congress_id).exists():
        raise NotPossible(_("还有一次征集没有结束。"))
    call = begun.finish()
    subject = _("征集代表建议，%(day)s截止") % {"day": kept_day(call.ends_on)}
    sitting = Deputy.objects.sitting().of(call.congress).select_related("person__user", "congress")
    telling.tell_deputies(sitting, **telling.message(call, "issued", subject, DEPUTYS))
    for county in counties_of(call.congress):
        said = telling.message(call, "issued", subject, PAGE)
        telling.tell_roles(county, Role.CLERK, Role.DIRECTOR, **said)
    return call


@transaction.atomic
def close_call(call: Call, *, words: str = "", by: User) -> Call:
    return steps.take(CALL, "close_call", call, by=by, words=words)


@transaction.atomic
def offer_clue(
    call: Call,
    *,
    title: str,
    words: str = "",
    matter: Matter | None = None,
    by: User,
) -> Clue:
    """A clue for the pool; of a matter its number of residents, never their words."""
    call = steps.take(CALL, "offer_clue", call, by=by, words=title)
    if matter is not None and not Matter.objects.visible_to(by).filter(pk=matter.pk).exists():
        raise NotAllowed(f"{by} does not see the matter")
    taken = {"origin_kind": Matter.item_kind(), "origin_id": matter.pk} if matter else {}
    if taken and call.clues.filter(**taken).exists():
        raise NotPossible(_("这件事已经在线索池里。"))
    clue = Clue(
        call=call,
        title=title,
        words=words,
        n_voices=matter.n_voices if matter else 0,
        offered_by=_offering(call, by),
        **taken,
    )
    return steps.create(clue, "add_clue", by=by)


@transaction.atomic
def take_clue(clue: Clue, *, by: User) -> Suggestion:
    """The deputy makes it his: a draft begins, with the clue and its matter as origins."""
    begun = steps.begin(CLUE, "take_clue", clue, by=by)
    locked = begun.item
    deputy = _mandate(by, locked.call.congress)
    begun.finish(changes={"taken_by": deputy})
    cited = [suggestions.Cited(locked.item_kind(), locked.pk, locked.title)]
    if locked.origin_id is not None:
        cited.append(suggestions.Cited(locked.origin_kind, locked.origin_id, locked.title))
    title = _("关于%(title)s的建议") % {"title": locked.title}
    text = suggestions.Text(title=title[:80], situation=_begun(locked))
    return suggestions.write(deputy, text=text, origins=cited, by=by)


@transaction.atomic
def drop_clue(clue: Clue, *, words: str, by: User) -> Clue:
    return steps.take(CLUE, "drop_clue", clue, by=by, words=words)


@transaction.atomic
def offer_draft(suggestion: Suggestion, *, to: Congress, by: User) -> Precheck:
    """Show the wording as it is now to a committee, which has its time to comment."""
    locked = steps.lock(suggestion)
    if not permissions.can_offer_draft(by, locked):
        raise NotAllowed(f"{by} may not offer the draft")
    if locked.state not in WITH_DEPUTY:
        raise NotPossible(_("已经提交的建议不用预审。"))
    if locked.is_secret:
        raise NotPossible(_("保密办理的建议不送预审。"))
    if to.pk not in {each.pk for each in committees_for(locked)}:
        raise NotPossible(_("只能送本级或选举您的县区代工委。"))
    if locked.prechecks.waiting().filter(congress=to).exists():
        raise NotPossible(_("已经送过，还在等意见。"))
    precheck = Precheck(
        suggestion=locked,
        text_version=locked.text_version,
        title=locked.title,
        situation=locked.situation,
        proposals=locked.proposals,
        congress=to,
        deputy=locked.lead,
        clock=timing.start(to, Key.PRECHECK_WINDOW, _("送预审")),
    )
    steps.create(precheck, "offer_draft", by=by)
    said = telling.message(precheck, "offered", _("有代表送来草稿，请预审"), "supervision:precheck")
    telling.tell_roles(to, Role.CLERK, Role.DIRECTOR, **said)
    return precheck


@transaction.atomic
def comment(precheck: Precheck, *, reasons: Sequence[str], words: str, by: User) -> Precheck:
    """What stands in the way (N01 to N13) and what to mend; the deputy's text is not touched."""
    changes = {
        "reasons": list(reasons),
        "words": words,
        "commented_at": clock.now(),
        "commented_by": by,
    }
    precheck = steps.take(PRECHECK, "comment", precheck, by=by, changes=changes)
    timing.stop(precheck.clock)
    said = telling.message(precheck, "commented", _("预审意见来了"), "supervision:deputy_precheck")
    telling.tell_deputies([precheck.deputy], **said)
    return precheck


@transaction.atomic
def withdraw_precheck(precheck: Precheck, *, by: User) -> Precheck:
    precheck = steps.take(PRECHECK, "withdraw_precheck", precheck, by=by)
    timing.void(precheck.clock)
    return precheck


def committees_for(suggestion: Suggestion) -> list[Congress]:
    """Where a draft may be shown: the deputy's own congress, and the county that elected him."""
    found = [suggestion.congress]
    base = suggestion.lead.electing_base
    if base is not None and base.region_id is not None:
        elected_by = Congress.objects.filter(region=base.region_id)
        found += list(elected_by.exclude(pk=suggestion.congress_id).select_related("region"))
    return found


def counties_of(congress: Congress) -> list[Congress]:
    below = Congress.objects.filter(region__parent=congress.region_id)
    return list(below.select_related("region").order_by("region__code"))


def _refuse_bad_days(starts_on: dt.date, ends_on: dt.date) -> None:
    if ends_on <= starts_on:
        raise NotPossible(_("截止日期要晚于开始日期。"))


def _offering(call: Call, by: User) -> Congress:
    """The committee the person acts for: the calling one's own, else a county's below it."""
    own = seats_of(by).congresses(*permissions.STAFF)
    if call.congress_id in own:
        return call.congress
    return next(county for county in counties_of(call.congress) if county.pk in own)


def _mandate(by: User, congress: Congress) -> Deputy:
    mine = Deputy.objects.filter(pk__in=seats_of(by).deputy_ids, congress=congress)
    return mine.select_related("person", "congress__region", "term").get()


def _begun(clue: Clue) -> str:
    """A first line: how many said it, never what one said."""
    if clue.n_voices:
        values = {"count": clue.n_voices, "title": clue.title}
        return _("有%(count)d位居民反映：%(title)s。") % values
    return clue.words
