"""Lists as spreadsheets, all pages of them, and a person's time limits as a calendar."""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.congress.choices import Role
from huiyin.congress.seats import STAFF, Seats, seats_of
from huiyin.kernel import clock
from huiyin.rulebook.models import Clock
from huiyin.suggestions import visibility
from huiyin.suggestions.choices import Proposer
from huiyin.suggestions.models import Assignment, Motion, Suggestion

CHUNK = 1_000
MOST_EVENTS = 500
LONGEST_LINE = 75


def suggestions(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("编号"), _("标题"), _("领衔代表"), _("附议人数"), _("类别"), _("状态"), _("轮次"),
        _("主办单位"), _("提出日期"), _("交办日期"), _("答复日期"), _("办结日期"), _("到期日期"), _("期限"),
    ]  # fmt: skip
    return headers, (_suggestion_row(row) for row in rows.iterator(chunk_size=CHUNK))


def motions(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("议案号"), _("案由"), _("提出者"), _("联名人数"), _("议案类别"), _("状态"), _("会议"), _("委员会"),
        _("建议编号"), _("提出日期"), _("决定日期"), _("到期日期"), _("期限"),
    ]  # fmt: skip
    return headers, (_motion_row(row) for row in rows.iterator(chunk_size=CHUNK))


def tasks(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("编号"), _("标题"), _("领衔代表"), _("承办单位"), _("角色"), _("办理事项"), _("状态"),
        _("交办日期"), _("签收日期"), _("到期日期"), _("期限"),
    ]  # fmt: skip
    return headers, (_task_row(row) for row in rows.iterator(chunk_size=CHUNK))


def promises(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("建议编号"), _("建议标题"), _("承诺事项"), _("类型"), _("承诺单位"), _("责任人"),
        _("承诺日期"), _("状态"), _("完成情况"), _("未兑现说明"),
    ]  # fmt: skip
    return headers, (_promise_row(row) for row in rows.iterator(chunk_size=CHUNK))


def remarks(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("意见"), _("代表"), _("日期"), _("场合"), _("地点或会议"), _("单位"), _("状态"), _("答复"),
        _("到期日期"), _("期限"),
    ]  # fmt: skip
    return headers, (_remark_row(row) for row in rows.iterator(chunk_size=CHUNK))


def published(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """What anyone may read of suggestions: the approved titles."""
    headers = [
        _("编号"), _("标题"), _("领衔代表"), _("类别"), _("主办单位"), _("状态"), _("公开日期"), _("人大"),
    ]  # fmt: skip
    return headers, (_published_row(row) for row in rows.iterator(chunk_size=CHUNK))


def public_promises(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [
        _("建议编号"), _("承诺事项"), _("承诺单位"), _("承诺日期"), _("状态"), _("人大"),
    ]  # fmt: skip
    return headers, (_public_promise_row(row) for row in rows.iterator(chunk_size=CHUNK))


def public_motions(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [_("议案号"), _("案由"), _("提出者"), _("议案类别"), _("状态"), _("决定日期")]
    return headers, (_public_motion_row(row) for row in rows.iterator(chunk_size=CHUNK))


def old_item_files(rows: Any) -> tuple[list[str], Iterator[list[Any]]]:
    headers = [_("文件"), _("行数"), _("状态"), _("谁"), _("时间")]
    return headers, (
        [row.name, row.n_rows, row.get_state_display(), str(row.by or ""), row.created_at]
        for row in rows.iterator(chunk_size=CHUNK)
    )


def term_sheet(items: Any, promises: Any) -> tuple[list[str], Iterator[list[Any]]]:
    """One sheet for both: what is still to be answered, then what is still to be kept."""
    headers = [
        _("编号"), _("事项"), _("承办单位"), _("状态"), _("到期日期"), _("换届说明"),
    ]  # fmt: skip
    return headers, chain(
        (_item_left(row) for row in items.iterator(chunk_size=CHUNK)),
        (_promise_left(row) for row in promises.iterator(chunk_size=CHUNK)),
    )


def _item_left(row: Any) -> list[Any]:
    unit = row.lead_unit.name if row.lead_unit else ""
    due = row.clock.due_on if row.clock else ""
    return [row.number, row.title, unit, row.get_state_display(), due, ""]


def _promise_left(row: Any) -> list[Any]:
    return [
        row.suggestion.number, row.text, row.unit.name, row.get_state_display(), row.promised_on,
        row.term_words,
    ]  # fmt: skip


def _suggestion_row(row: Any) -> list[Any]:
    return [
        row.number, row.title, row.lead.person.name, row.n_cosigners, row.get_subject_display(),
        row.get_state_display(), row.round, row.lead_unit.name if row.lead_unit else "",
        _day(row.submitted_at), _day(row.handed_over_at), _day(row.replied_at), _day(row.closed_at),
        *_limit(row.clock),
    ]  # fmt: skip


def _published_row(row: Any) -> list[Any]:
    paper = row.suggestion
    return [
        paper.number, row.title, paper.lead.person.name, paper.get_subject_display(),
        paper.lead_unit.name if paper.lead_unit else "", paper.get_state_display(),
        _day(row.published_at), paper.congress.name,
    ]  # fmt: skip


def _public_promise_row(row: Any) -> list[Any]:
    return [
        row.suggestion.number, row.public_text, row.unit.name, row.promised_on,
        row.get_state_display(), row.suggestion.congress.name,
    ]  # fmt: skip


def _public_motion_row(row: Any) -> list[Any]:
    paper = row.suggestion
    return [
        paper.motion_number, paper.title, _proposer(paper), row.get_kind_display(),
        row.get_state_display(), _day(row.decided_at),
    ]  # fmt: skip


def _proposer(paper: Suggestion) -> str:
    is_delegations = paper.proposer == Proposer.DELEGATION
    return paper.lead.delegation if is_delegations else paper.lead.person.name


def _motion_row(row: Any) -> list[Any]:
    paper = row.suggestion
    return [
        paper.motion_number, paper.title, _proposer(paper), paper.n_cosigners + 1,
        row.get_kind_display(), row.get_state_display(),
        str(paper.session or ""), row.committee.name if row.committee else "", paper.number,
        _day(row.submitted_at), _day(row.decided_at), *_limit(row.clock),
    ]  # fmt: skip


def _task_row(row: Any) -> list[Any]:
    return [
        row.suggestion.number, row.suggestion.title, row.suggestion.lead.person.name, row.unit.name,
        row.get_role_display(), row.part, row.get_state_display(), _day(row.handed_over_at),
        _day(row.signed_at), *_limit(row.clock),
    ]  # fmt: skip


def _limit(running: Any) -> tuple[Any, str]:
    return (running.due_on, running.words(clock.today())) if running else ("", "")


def _promise_row(row: Any) -> list[Any]:
    return [
        row.suggestion.number, row.suggestion.title, row.text, row.get_kind_display(),
        row.unit.name, row.responsible, row.promised_on, row.get_state_display(), row.evidence,
        row.broken_reason,
    ]  # fmt: skip


def _remark_row(row: Any) -> list[Any]:
    return [
        row.text, row.deputy.person.name, row.said_on, row.get_occasion_display(), row.place,
        row.unit.name if row.unit else "", row.get_state_display(), row.answer, *_limit(row.clock),
    ]  # fmt: skip


def _day(moment: Any) -> Any:
    return moment.astimezone(clock.ZONE).date() if moment else ""


def calendar_of(user: Any, now: dt.datetime) -> str:
    """The person's running clocks as iCalendar (RFC 5545): a whole day each, no name, no title."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Huiyin//Clocks//ZH",
        f"X-WR-CALNAME:{_escaped(_('办理期限'))}",
        "X-PUBLISHED-TTL:PT1H",
    ]
    for running, number, path in clocks_of(user):
        lines += _event(running, number, path, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def clocks_of(user: Any) -> Iterator[tuple[Clock, str, str]]:
    """What the person works by: own tasks as a unit, papers as staff or signer, nearest first."""
    seats, seen = seats_of(user), set()
    papers = Q(congress__in=seats.congresses(*STAFF)) | visibility.signed(seats)
    page = "suggestions:detail" if seats.appointed else "suggestions:deputy_detail"
    rows = [
        *_nearest(Assignment.objects.of_units(seats).working().select_related("suggestion")),
        *_nearest(Suggestion.objects.visible_to(user).unfinished().filter(papers)),
        *_nearest(
            Motion.objects.visible_to(user).filter(_motions_of(seats)).select_related("suggestion")
        ),
    ]
    for row in rows:
        paper = row if isinstance(row, Suggestion) else row.suggestion
        if row.clock.pk not in seen:
            seen.add(row.clock.pk)
            yield (
                row.clock,
                paper.shown_number,
                f"{settings.SITE_ADDRESS}{reverse(page, args=[paper.pk])}",
            )


def _motions_of(seats: Seats) -> Q:
    """Whoever has a motion's day to keep: staff, the committees, the organ, its signers."""
    offices = Q(suggestion__congress__in=seats.congresses(*STAFF, Role.COMMITTEE))
    mine = Suggestion.objects.filter(visibility.signed(seats)).values("pk")
    return offices | Q(unit__in=seats.units()) | Q(suggestion__in=mine)


def _nearest(rows: Any) -> Any:
    running = rows.filter(clock__isnull=False, clock__stopped_on=None).select_related("clock")
    return running.order_by("clock__due_on", "pk")[:MOST_EVENTS]


def _event(running: Clock, number: str, address: str, now: dt.datetime) -> list[str]:
    day = running.due_on
    return [
        "BEGIN:VEVENT",
        f"UID:clock-{running.pk}@huiyin",
        f"DTSTAMP:{now.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}",
        f"SUMMARY:{_escaped(f'{number} {running.label}'.strip())}",
        f"URL:{address}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _escaped(text: str) -> str:
    """RFC 5545, 3.3.11."""
    for sign in "\\;,":
        text = text.replace(sign, f"\\{sign}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """No line longer than 75 octets, none cut inside a character (RFC 5545, 3.1)."""
    part, room = "", LONGEST_LINE
    for sign in line:
        if len((part + sign).encode()) > room:
            yield part
            part, room = " ", LONGEST_LINE
        part += sign
    yield part
