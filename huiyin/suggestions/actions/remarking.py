"""Remarks at meetings and inspections: noted, answered on the spot or within a month (Qingdao 32)."""

import datetime as dt
from typing import Any

from django.db import transaction
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy, Unit
from huiyin.kernel import clock, steps
from huiyin.kernel.wording import kept
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices
from huiyin.rulebook import actions as rulebook
from huiyin.rulebook.choices import Key
from huiyin.suggestions import permissions
from huiyin.suggestions.actions import timing
from huiyin.suggestions.actions.writing import Cited, Text, write
from huiyin.suggestions.choices import Occasion
from huiyin.suggestions.models import Remark, Suggestion
from huiyin.suggestions.workflow import REMARK

LONGEST_TITLE = 40


@transaction.atomic
def note_remark(
    deputy: Deputy, *, occasion: str, said_on: dt.date, text: str, place: str = "", by: User
) -> Remark:
    """Write down what was said; the month counts from that day, not from the minutes."""
    if not permissions.can_note_remark(by, deputy.congress_id):
        raise NotAllowed("note a remark")
    if said_on > clock.today():
        raise NotPossible(_("日期不能晚于今天。"))
    if not text.strip():
        raise NotPossible(_("请写明意见。"))
    running = rulebook.start_clock(
        rule=Key.REMARK_ANSWER,
        region=deputy.congress.region,
        start=said_on,
        start_words=_("代表提出意见"),
    )
    remark = Remark(
        congress=deputy.congress,
        deputy=deputy,
        occasion=occasion,
        said_on=said_on,
        place=place.strip(),
        text=text.strip(),
        clock=running,
        noted_by=by,
    )
    return steps.create(remark, "note_remark", by=by)


@transaction.atomic
def answer_on_the_spot(remark: Remark, *, answer: str, by: User) -> Remark:
    """Whoever could say it there and then has said it."""
    return _answer("answer_on_the_spot", remark, answer, by=by)


@transaction.atomic
def pass_remark(remark: Remark, *, unit: Unit, by: User) -> Remark:
    """To the unit it concerns; its month is running already."""
    if unit.congress_id != remark.congress_id:
        raise NotPossible(_("只能交给本级的承办单位。"))
    remark = steps.take(
        REMARK, "pass_remark", remark, by=by, changes={"unit": unit}, words=unit.name
    )
    notices.send_to_unit(unit, **_message(remark, "passed", _("有代表意见请你单位答复")))
    return remark


@transaction.atomic
def answer_remark(remark: Remark, *, answer: str, by: User) -> Remark:
    return _answer("answer_remark", remark, answer, by=by)


@transaction.atomic
def turn_into_suggestion(remark: Remark, *, by: User) -> Suggestion:
    """One click, and the deputy has a draft of his own that tells where it came from."""
    begun = steps.begin(REMARK, "turn_into_suggestion", remark, by=by)
    locked = begun.item
    where = _("%(day)s在%(place)s") % {
        "day": locked.said_on,
        "place": locked.place or kept(Occasion(locked.occasion).label),
    }
    text = Text(
        title=_("关于%(title)s的建议") % {"title": locked.title[:LONGEST_TITLE]},
        situation=f"{where}{_('提出：')}{locked.text}",
    )
    cited = Cited(Remark.item_kind(), locked.pk, locked.title)
    suggestion = write(locked.deputy, text=text, origins=[cited], by=by)
    begun.finish(changes={"suggestion": suggestion})
    timing.stop(locked.clock_id)
    if locked.unit:
        words = _("代表已就此写成建议，会另行交办")
        notices.send_to_unit(locked.unit, **_message(locked, "turned", words))
    return suggestion


def remind_of_remark(remark: Remark, message: dict[str, Any], *, is_late: bool) -> None:
    """The unit before the day, the committee when it has passed or nobody has it yet."""
    if remark.unit:
        notices.send_to_unit(remark.unit, **message)
    if is_late or remark.unit is None:
        notices.send_to_role(remark.congress, Role.CLERK, **message)


def _answer(name: str, remark: Remark, answer: str, *, by: User) -> Remark:
    if not answer.strip():
        raise NotPossible(_("请写明答复。"))
    changes = {"answer": answer.strip(), "answered_at": clock.now()}
    remark = steps.take(REMARK, name, remark, by=by, changes=changes)
    timing.stop(remark.clock_id)
    notices.send_to_deputy(remark.deputy, **_message(remark, "answered", _("您提出的意见已有答复")))
    return remark


def _message(remark: Remark, news: str, subject: str) -> dict[str, Any]:
    return {
        "key": f"suggestions.remark:{news}:{remark.pk}:{remark.version}",
        "subject": subject,
        "words": remark.title,
        "about": remark,
        "path": reverse("suggestions:remark", args=[remark.pk]),
    }
