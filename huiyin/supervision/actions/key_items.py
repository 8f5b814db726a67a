"""Key items: proposed, consulted on, decided by the council, followed up, reported on."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress import actions as congress_actions
from huiyin.congress.choices import Role
from huiyin.congress.models import Committee, Congress
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept, kept_day
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.rulebook.choices import Key
from huiyin.suggestions.models import Suggestion
from huiyin.supervision import permissions
from huiyin.supervision.actions import telling, timing
from huiyin.supervision.choices import ActKind, KeyState, Result
from huiyin.supervision.models import KeyAct, KeyItem, KeyMember, KeyOpinion
from huiyin.supervision.workflow import KEY_ITEM

PAGE = "supervision:key_item"


@transaction.atomic
def propose_key_item(
    congress: Congress,
    *,
    year: int,
    title: str,
    criteria: Sequence[str],
    reason: str,
    suggestions: Sequence[Suggestion],
    by: User,
) -> KeyItem:
    """A candidate for the council: one suggestion, or several of the same matter."""
    if not permissions.can_propose_key_item(by, congress):
        raise NotAllowed(f"{by} may not propose")
    _refuse_unfit(suggestions, congress)
    item = KeyItem(
        congress=congress, year=year, title=title, criteria=list(criteria), reason=reason
    )
    numbers = "、".join(suggestion.number for suggestion in suggestions)
    steps.create(item, "propose_key_item", by=by, words=numbers)
    _hold(item, suggestions)
    asked = (Role.MEMBER, Role.COMMITTEE, Role.DIRECTOR)
    said = telling.message(item, "proposed", _("请对重点督办候选事项提意见"), PAGE)
    telling.tell_roles(congress, *asked, **said)
    return item


@transaction.atomic
def revise_key_item(
    item: KeyItem, *, title: str, criteria: Sequence[str], reason: str, by: User
) -> KeyItem:
    changes = {"title": title, "criteria": list(criteria), "reason": reason}
    return steps.take(KEY_ITEM, "revise_key_item", item, by=by, changes=changes)


@transaction.atomic
def give_key_opinion(item: KeyItem, *, agrees: bool, words: str = "", by: User) -> KeyOpinion:
    """Said once, it may be changed until the council decides."""
    if not agrees and not words.strip():
        raise NotPossible(_("不赞成请写明理由。"))
    view = _("赞成列入") if agrees else _("不赞成列入")
    item = steps.take(KEY_ITEM, "give_key_opinion", item, by=by, words=view)
    opinion, _new = KeyOpinion.objects.update_or_create(
        item=item, by=by, defaults={"agrees": agrees, "words": words.strip()}
    )
    return opinion


@transaction.atomic
def decide_key_item(item: KeyItem, *, meeting: str, decided_on: dt.date, by: User) -> KeyItem:
    """What the council of chairpersons decided, at which meeting (代表法 art. 52)."""
    if decided_on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    changes = {"meeting": meeting, "decided_on": decided_on}
    words = f"{meeting} · {kept_day(decided_on)}"
    item = steps.take(KEY_ITEM, "decide_key_item", item, by=by, changes=changes, words=words)
    said = telling.message(item, "decided", _("主任会议确定了一件重点督办事项"), PAGE)
    told = (Role.CLERK, Role.MEMBER, Role.COMMITTEE, Role.GOVERNMENT)
    telling.tell_roles(item.congress, *told, **said)
    return item


@transaction.atomic
def drop_key_item(item: KeyItem, *, words: str, by: User) -> KeyItem:
    return steps.take(KEY_ITEM, "drop_key_item", item, by=by, words=words)


@transaction.atomic
def issue_notice(
    item: KeyItem, *, leader: User, committee: Committee, plan: str, by: User
) -> KeyItem:
    """Who leads, who follows up, by which plan, and by when the council hears of it."""
    _refuse_wrong_leader(item, leader, committee)
    running = timing.start(item.congress, Key.KEY_REPORT, _("印发督办通知"))
    changes = {
        "leader": leader,
        "committee": committee,
        "plan": plan,
        "noticed_at": clock.now(),
        "clock": running,
    }
    words = f"{leader.name} · {committee.name}"
    item = steps.take(KEY_ITEM, "issue_notice", item, by=by, changes=changes, words=words)
    _tell_everyone(item, "notice", _("列为重点督办，请按督办通知办理"))
    return item


@transaction.atomic
def log_act(
    item: KeyItem,
    *,
    kind: str,
    on: dt.date,
    persons: str,
    summary: str,
    place: str = "",
    by: User,
) -> KeyAct:
    """What was done, when and with whom; never in the future."""
    if on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    words = f"{kept_day(on)} {kept(ActKind(kind).label)}"
    item = steps.take(KEY_ITEM, "log_act", item, by=by, words=words)
    act = KeyAct(item=item, kind=kind, on=on, place=place, persons=persons, summary=summary, by=by)
    act.save(force_insert=True)
    return act


@transaction.atomic
def report_key_item(item: KeyItem, *, report: str, by: User) -> KeyItem:
    """The report before the council of chairpersons (Qingdao art. 35); its clock stops."""
    changes = {"report": report, "reported_at": clock.now()}
    item = steps.take(KEY_ITEM, "report_key_item", item, by=by, changes=changes)
    timing.stop(item.clock)
    said = telling.message(item, "reported", _("督办报告已提交，请安排主任会议审议"), PAGE)
    telling.tell_roles(item.congress, Role.CLERK, Role.DIRECTOR, **said)
    return item


@transaction.atomic
def send_back_key_report(item: KeyItem, *, words: str, by: User) -> KeyItem:
    """The council wants more done: the same clock runs on."""
    item = steps.take(KEY_ITEM, "send_back_key_report", item, by=by, words=words)
    timing.resume(item.clock)
    said = telling.message(item, "sent_back", _("督办报告退回补充"), PAGE)
    told = (Role.COMMITTEE, Role.CLERK)
    telling.tell_roles(item.congress, *told, **said, committee_id=item.committee_id)
    telling.tell_person(item.leader, item.congress, **said)
    return item


@transaction.atomic
def conclude_key_item(item: KeyItem, *, conclusion: str, words: str, by: User) -> KeyItem:
    changes = {"result": conclusion, "result_words": words, "concluded_at": clock.now()}
    said = kept(Result(conclusion).label)
    item = steps.take(KEY_ITEM, "conclude_key_item", item, by=by, changes=changes, words=said)
    _tell_everyone(item, "concluded", _("重点督办结束"))
    return item


@transaction.atomic
def publish_key_item(item: KeyItem, *, words: str, by: User) -> KeyItem:
    """The words are the committee's own; texts of suggestions follow their own publication."""
    changes = {"is_published": True, "public_words": words}
    return steps.take(KEY_ITEM, "publish_key_item", item, by=by, changes=changes)


@transaction.atomic
def take_back_key_item(item: KeyItem, *, words: str, by: User) -> KeyItem:
    changes = {"is_published": False}
    return steps.take(KEY_ITEM, "take_back_key_item", item, by=by, changes=changes, words=words)


def suggestions_in(item: KeyItem) -> list[Suggestion]:
    held = Suggestion.objects.filter(key_memberships__item=item)
    return list(
        held.select_related(
            "congress__region", "lead__person", "lead_unit", "clock", "publication"
        ).order_by("number")
    )


def _refuse_unfit(suggestions: Sequence[Suggestion], congress: Congress) -> None:
    """Numbered, of this congress, in no other key item, in no confidence; the rows are held meanwhile."""
    if not suggestions:
        raise NotPossible(_("至少选一件建议。"))
    ids = [suggestion.pk for suggestion in suggestions]
    held = list(Suggestion.objects.select_for_update(of=("self",)).filter(pk__in=ids))
    for suggestion in held:
        if suggestion.congress_id != congress.pk or not suggestion.number:
            raise NotPossible(_("“%(title)s”还没有立案。") % {"title": suggestion.title})
        if suggestion.is_secret:
            raise NotPossible(
                _("%(number)s号是保密办理的，不能列为重点督办。") % {"number": suggestion.number}
            )
    taken = KeyMember.objects.filter(suggestion__in=ids).exclude(item__state=KeyState.DROPPED)
    if found := taken.select_related("suggestion", "item").first():
        words = {"number": found.suggestion.number, "item": found.item.title}
        raise NotPossible(_("%(number)s号已经在“%(item)s”里。") % words)


def _hold(item: KeyItem, suggestions: Sequence[Suggestion]) -> None:
    KeyMember.objects.bulk_create([KeyMember(item=item, suggestion=each) for each in suggestions])


def _refuse_wrong_leader(item: KeyItem, leader: User, committee: Committee) -> None:
    members = congress_actions.users_with(item.congress, Role.MEMBER)
    if not members.filter(pk=leader.pk).exists():
        raise NotPossible(_("领衔督办的要是常委会组成人员。"))
    if committee.congress_id != item.congress_id:
        raise NotPossible(_("这个委员会不在本级。"))


def _tell_everyone(item: KeyItem, news: str, subject: str) -> None:
    """The leading member, the committee, the units at work and the deputies who asked."""
    held = suggestions_in(item)
    said = telling.message(item, news, subject, PAGE)
    telling.tell_person(item.leader, item.congress, **said)
    told = (Role.CLERK, Role.COMMITTEE, Role.GOVERNMENT)
    telling.tell_roles(item.congress, *told, **said, committee_id=item.committee_id)
    telling.tell_units(telling.units_of(held), **said)
    own = telling.message(item, news, subject, "supervision:deputy_key_item")
    telling.tell_deputies(telling.signers_of(held), **own)
