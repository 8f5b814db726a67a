"""One row of a file of old items: read, checked against itself and against the house."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from huiyin.congress.models import Session
from huiyin.kernel.spreadsheets import Row
from huiyin.kernel.wording import kept
from huiyin.suggestions.actions.old_items import Judged, OldPaper, Rated
from huiyin.suggestions.calculations import suggestion_number
from huiyin.suggestions.choices import Gap, OldKind, Openness, Proposer, Subject
from huiyin.suggestions.imports import cells, handling
from huiyin.suggestions.imports.columns import COLUMNS, TOLD_BY
from huiyin.suggestions.imports.context import RowContext

LONGEST_TITLE, LONGEST_TEXT, LONGEST_ID, LONGEST_NUMBER = 80, 32_767, 60, 30
OLDEST = dt.date(1954, 9, 15)  # the first session of the first National People's Congress
# In the order in which they happen.
DATES = (
    *("submitted_on", "accepted_on", "handed_over_on", "signed_for_on", "replied_on"),
    *("again_on", "closed_on"),
)
KINDS = {
    **dict.fromkeys(("建议", "代表建议", "批评", "意见", "suggestion"), OldKind.SUGGESTION),
    **dict.fromkeys(
        ("议案转建议", "议案", "转建议", "motion", "converted motion"), OldKind.CONVERTED
    ),
}
PUBLICATIONS = {
    **dict.fromkeys(("公开", "全文公开", "是", "yes", "public"), Openness.FULL),
    **dict.fromkeys(("仅公开标题", "仅标题", "title only"), Openness.TITLE),
    **dict.fromkeys(("不公开", "不宜公开", "否", "no", "not public"), Openness.CLOSED),
}
OPEN_WORDS = {"", "否", "不", "不保密", "无", "0", "no", "not secret"}
BETWEEN = ("闭会", "between", "平时")
Found = TypeVar("Found")


@dataclass
class Place:
    """Where in the years a row belongs."""

    term: int
    term_id: int
    session: Session | None
    is_between: bool


@dataclass(frozen=True)
class People:
    """Mandates of who signed, 0 for one still to be made of the name; and the names as written."""

    lead: int
    cosigners: list[int]
    proposer: str
    names: set[str]


def read_row(context: RowContext, row: Row) -> OldPaper | None:
    """The paper, or None where something is wrong and noted."""
    _refuse_secret(context, row)
    _refuse_another_congress(context, row)
    place = _place(context, row)
    days = _days(context, row)
    if place is None or days["submitted_on"] is None:
        return None
    people = _people(context, row, place.term)
    dealt = handling.read(context, row, days)
    number, old_number, old_id = _numbers(context, row, place)
    _refuse_under_way(context, row, days, dealt)
    told = _told(context, row)
    if people is None or not context.reader.is_good(row):
        return None
    return OldPaper(
        row=row.number,
        number=number,
        old_number=old_number,
        old_id=old_id,
        term_id=place.term_id,
        session_id=place.session.pk if place.session else None,
        is_between=place.is_between,
        lead_id=people.lead,
        cosigner_ids=people.cosigners,
        proposer=people.proposer,
        submitted_on=days["submitted_on"],
        accepted_on=days["accepted_on"],
        handed_over_on=days["handed_over_on"],
        signed_for_on=days["signed_for_on"],
        closed_on=days["closed_on"],
        ratings=_ratings(context, row, place.term, people, dealt),
        gaps=_gaps(context, dealt),
        **told,
        **dealt.fields(),
    )


def _refuse_secret(context: RowContext, row: Row) -> None:
    if cells.plain(context.value(row, "secrecy")).lower() not in OPEN_WORDS:
        context.wrong(
            row,
            "secrecy",
            "保密办理的旧件不从表格导入，请手工录入",
            "an item handled in confidence is not imported; please enter it by hand",
        )


def _refuse_another_congress(context: RowContext, row: Row) -> None:
    told, own = context.value(row, "congress"), context.congress
    if told and told not in {own.name, own.short_name, own.region.code}:
        context.wrong(row, "congress", f"不是{own.name}的旧件", f"is not an item of {own.name}")


def _place(context: RowContext, row: Row) -> Place | None:
    """The term and the session; both must be in the house."""
    told_term, told_session = context.value(row, "term"), context.value(row, "session")
    term, within = cells.term_and_session(told_term)
    term = term or cells.number(told_term)
    if term is None or term not in context.names.terms:
        context.wrong(
            row,
            "term",
            f"系统里没有这一届：“{told_term[:20]}”，请先建立" if told_term else "没有填",
            f"there is no such term: “{told_term[:20]}”; open it first"
            if told_term
            else "is missing",
        )
        return None
    is_between = any(word in (told_session + told_term).lower() for word in BETWEEN)
    number = cells.term_and_session(told_session)[1] or cells.number(told_session) or within
    session = context.names.sessions.get((term, number)) if number else None
    if session is None and (number or not is_between):
        shown = told_session or told_term
        context.wrong(
            row,
            "session",
            f"第{term}届没有这次会议：“{shown[:20]}”；闭会期间提出的写“闭会”",
            f"term {term} has no such session: “{shown[:20]}”; between sessions write 闭会",
        )
        return None
    return Place(term, context.names.terms[term].pk, session, is_between)


def _days(context: RowContext, row: Row) -> dict[str, dt.date | None]:
    """Every date of the row; each not before the one before, none still to come."""
    days = {name: context.reader.day(row, name) for name in DATES}
    if not context.value(row, "submitted_on"):
        context.wrong(row, "submitted_on", "没有填", "is missing")
    last = ""
    for name in DATES:
        day = days[name]
        if day is None:
            continue
        if not OLDEST <= day <= context.today:
            context.wrong(
                row, name, "不能早于 1954 年，也不能晚于今天", "must lie between 1954 and today"
            )
        earlier = days.get(last)
        if earlier and day < earlier:
            before, english = kept(COLUMNS[last].label), context.english[last]
            context.wrong(
                row, name, f"早于{before}（{earlier}）", f"is before {english} ({earlier})"
            )
        last = name
    return days


def _people(context: RowContext, row: Row, term: int) -> People | None:
    """The lead's mandate, the others', and in whose name."""
    told = context.value(row, "lead")
    if not told:
        context.wrong(row, "lead", "没有填", "is missing")
        return None
    proposer, lead = Proposer.DEPUTIES, None
    delegation = cells.delegation(told)
    if delegation:
        proposer, lead = Proposer.DELEGATION, _head(context, row, term, *delegation)
    else:
        first, *more = cells.names(told) or [""]
        lead = deputy(context, row, "lead", term, first)
        if more:
            context.wrong(
                row,
                "lead",
                "只写一位，其他人写在“附议代表”",
                "names one; the others are co-signers",
            )
    names = cells.names(context.value(row, "cosigners"))
    cosigners = [deputy(context, row, "cosigners", term, name) for name in names]
    if lead is None or None in cosigners:
        return None
    others = [each for each in dict.fromkeys(cosigners) if each is not None and each != lead]
    return People(lead, others, proposer, {*names, *(name for name in cells.names(told)[:1])})


def _head(context: RowContext, row: Row, term: int, delegation: str, name: str) -> int | None:
    if name:
        return deputy(context, row, "lead", term, name, delegation=delegation)
    head = context.names.head(term, delegation)
    if head is None:
        context.wrong(
            row,
            "lead",
            f"不知道{delegation}的团长，请写成“{delegation}（姓名）”",
            f"the head of {delegation} is not known; write {delegation}（name）",
        )
    return head


def deputy(
    context: RowContext, row: Row, column: str, term: int, name: str, *, delegation: str = ""
) -> int | None:
    found = context.names.deputy(term, name, row.number, delegation=delegation)
    if found is None:
        past = (
            "可以对应到相近的人，或者只凭姓名建立往届代表"
            if context.names.is_past(term)
            else "请先导入代表"
        )
        context.wrong(
            row,
            column,
            f"第{term}届代表里认不出“{name}”：{past}",
            f"“{name}” is not known in term {term}: choose who is meant",
        )
    return found


def _numbers(context: RowContext, row: Row, place: Place) -> tuple[str, str, str]:
    """The number as this house writes it, as it was written, and the other system's id."""
    old_id = context.reader.text(row, "old_id", longest=LONGEST_ID)
    told = context.reader.text(row, "number", longest=LONGEST_NUMBER)
    if not told and not old_id:
        context.wrong(
            row, "number", "编号和原系统编号至少填一个", "a number or the old id is needed"
        )
    number = cells.plain(told)
    if number.isdecimal():
        number = suggestion_number(
            context.congress.number_format,
            term=place.term,
            session=place.session.number if place.session else 0,
            serial=int(number),
            is_between=place.is_between,
        )
    if not told and len(old_id) > LONGEST_NUMBER:
        context.wrong(
            row, "old_id", "没有编号时，最多 30 个字", "has at most 30 characters without a number"
        )
    return number or old_id, told, old_id


def _refuse_under_way(
    context: RowContext, row: Row, days: Mapping[str, dt.date | None], dealt: handling.Handling
) -> None:
    if context.value(row, "closed_on"):
        return
    if not (days["replied_on"] and any(promise.is_open for promise in dealt.promises)):
        context.wrong(
            row,
            "closed_on",
            "没有办结日期：还在办的件请作为新建议录入，不从这里导入",
            "has no closing date: what is still under way must be entered as a paper",
        )


def _told(context: RowContext, row: Row) -> dict[str, Any]:
    """What the paper says and is called."""
    reader = context.reader
    published = context.choice(row, "publication", PUBLICATIONS, "")
    return {
        "kind": context.choice(row, "kind", KINDS, OldKind.SUGGESTION),
        "motion_number": reader.text(row, "motion_number", longest=LONGEST_NUMBER),
        "title": reader.text(row, "title", longest=LONGEST_TITLE, required=True).replace("\0", ""),
        "situation": reader.text(row, "situation", longest=LONGEST_TEXT, required=True).replace(
            "\0", ""
        ),
        "proposals": reader.text(row, "proposals", longest=LONGEST_TEXT).replace("\0", ""),
        "subject": context.choice(row, "subject", context.subjects, Subject.OTHER),
        "published": published,
    }


def _ratings(
    context: RowContext, row: Row, term: int, people: People, dealt: handling.Handling
) -> list[Rated]:
    found = []
    for number, (column, judged) in enumerate(dealt.judged.items(), start=1):
        raters = [_rater(context, row, column, term, people, one) for one in judged]
        if len(set(raters)) < len(raters) and 0 not in raters:
            context.wrong(row, column, "同一位代表评价了两次", "one deputy has rated twice")
        found += [Rated(by, number, one) for by, one in zip(raters, judged, strict=True)]
    return found


def _rater(
    context: RowContext, row: Row, column: str, term: int, people: People, judged: Judged
) -> int:
    """Only who signed rates."""
    if not judged.name:
        return people.lead
    found = context.names.deputy(term, judged.name, row.number)
    is_signer = judged.name in people.names or (found and found in {people.lead, *people.cosigners})
    if found is None or not is_signer:
        context.wrong(
            row,
            column,
            f"“{judged.name}”不是领衔代表，也不是附议代表",
            f"“{judged.name}” is neither the lead nor a co-signer",
        )
    return found or 0


def _gaps(context: RowContext, dealt: handling.Handling) -> list[str]:
    """What this file cannot tell; a column that is there and empty says there was none."""
    there = context.reader.columns.index
    gaps = [gap.value for column, gap in TOLD_BY.items() if column not in there]
    if any(not letter.result_class for letter in dealt.letters):
        gaps.append(Gap.CLASSES.value)
    return gaps
