"""The plain format of repeated things inside one cell: one a line, its parts by ｜, | or ；."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from huiyin.kernel import spreadsheets
from huiyin.suggestions.actions.old_items import (
    Extended,
    Judged,
    OldPromise,
    PartReply,
    Returned,
    Talked,
)
from huiyin.suggestions.choices import ContactKind, Score

BARS, SEMICOLONS = re.compile(r"[|｜]"), re.compile(r"[；;]")
NAMES = re.compile(r"[、,，；;|｜\s]+")
DELEGATION = re.compile(r"(.+?代表团)\s*(?:\((.+)\))?")
ORDINAL = re.compile(r"第?\s*([0-9]+|[一二三四五六七八九十]+)\s*")
TERM = re.compile(r"第?\s*([0-9]+|[一二三四五六七八九十]+)\s*届")
SITTING = re.compile(r"第?\s*([0-9]+|[一二三四五六七八九十]+)\s*次")
DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")}
BROKEN = re.compile(r"(?:未兑现|没有兑现|not kept)[:：,，\s]*(.*)", re.IGNORECASE | re.DOTALL)
SILENT = {"未表态", "无", "-", "—", "no statement"}
SCORES = {
    "满意": Score.SATISFIED,
    "基本满意": Score.BASICALLY,
    "不满意": Score.DISSATISFIED,
    "satisfied": Score.SATISFIED,
    "basically satisfied": Score.BASICALLY,
    "not satisfied": Score.DISSATISFIED,
}
CONTACTS = {
    "座谈": ContactKind.MEETING,
    "面复": ContactKind.MEETING,
    "会议": ContactKind.MEETING,
    "meeting": ContactKind.MEETING,
    "走访": ContactKind.VISIT,
    "上门": ContactKind.VISIT,
    "visit": ContactKind.VISIT,
    "电话": ContactKind.TELEPHONE,
    "telephone": ContactKind.TELEPHONE,
    "phone": ContactKind.TELEPHONE,
    "其他": ContactKind.OTHER,
    "other": ContactKind.OTHER,
}
YES = {"是", "已确认", "确认", "yes", "confirmed"}
NO = {"否", "不同意", "未同意", "no", "refused"}


class Misread(ValueError):
    """A line that is not as the template says; the text in both languages."""

    def __init__(self, message_zh: str, message_en: str) -> None:
        super().__init__(message_zh)
        self.message_zh, self.message_en = message_zh, message_en


def plain(text: str) -> str:
    """Full-width digits and letters as usual ones, without space at the ends."""
    return unicodedata.normalize("NFKC", text).strip()


def lines(cell: str) -> list[str]:
    """The filled lines of a cell; some systems write a line's end as the two characters of its escape."""
    text = cell.replace("\\r", "").replace("\\n", "\n")
    return [line.strip() for line in text.splitlines() if line.strip()]


def parts(line: str, most: int) -> list[str]:
    """So many parts, the last with whatever more there is; missing ones are empty.

    Where there is a bar, a semicolon is one of the words'.
    """
    mark = BARS if BARS.search(line) else SEMICOLONS
    found = [part.strip() for part in mark.split(line, maxsplit=most - 1)]
    return found + [""] * (most - len(found))


def names(cell: str) -> list[str]:
    """Names by 、 comma or space; a full-width space inside a name of two characters is no end of it."""
    text = re.sub(r"(?<=[\u4e00-\u9fff])\u3000(?=[\u4e00-\u9fff](?:[、,，；;|｜\s]|$))", "", cell)
    return list(dict.fromkeys(name for name in NAMES.split(text) if name))


def units(cell: str) -> list[str]:
    """Units by line or 、; a name keeps its spaces."""
    found = (part.strip() for part in re.split(r"[、,，；;|｜\n]", cell))
    return list(dict.fromkeys(part for part in found if part))


def delegation(cell: str) -> tuple[str, str] | None:
    """安宁代表团（王芳）: the delegation and its head, who may be missing. None where deputies propose."""
    match = DELEGATION.fullmatch(plain(cell))
    return (match[1], match[2] or "") if match else None


def number(text: str) -> int | None:
    """16, 十六, 第十六: None where it is none up to ninety-nine."""
    match = ORDINAL.match(plain(text))
    return _number(match[1]) if match else None


def term_and_session(text: str) -> tuple[int | None, int | None]:
    """第十六届第三次会议, 16届3次; either may be missing."""
    told = plain(text)
    term, session = TERM.search(told), SITTING.search(told)
    return (
        _number(term[1]) if term else None,
        _number(session[1]) if session else None,
    )


def _number(text: str) -> int | None:
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    if not ten:
        return DIGITS.get(ones)
    return 10 * DIGITS.get(tens, 1) + DIGITS.get(ones, 0)


def returned(line: str) -> Returned:
    unit, on, reason, ruling = parts(line, 4)
    if not unit or not reason:
        raise Misread("退办要写：单位｜日期｜理由", "A return reads: unit | date | reason")
    return Returned(unit, _day(on), reason, plain(ruling).lower() not in NO)


def extended(line: str) -> Extended:
    until, reason = parts(line, 2)
    if not reason:
        raise Misread("延期要写：延到哪天｜理由", "An extension reads: new date | reason")
    return Extended(_day(until), reason)


def talked(line: str) -> Talked:
    on, kind, persons, summary, confirmed = parts(line, 5)
    day = _day(on)
    found = CONTACTS.get(plain(kind).lower())
    if found is None:
        raise Misread(
            "沟通方式写座谈、走访、电话或其他", "The form is meeting, visit, telephone or other"
        )
    return Talked(day, found, persons[:200], summary[:2000], plain(confirmed).lower() in YES)


def judged(line: str) -> Judged | None:
    """姓名｜态度｜结果｜日期｜意见, or one word alone for the lead. None for who kept silent."""
    if plain(line).lower() in SILENT:
        return None
    if plain(line).lower() in SCORES:
        return Judged("", SCORES[plain(line).lower()], SCORES[plain(line).lower()], None, "")
    name, attitude, result, on, words = parts(line, 5)
    if plain(attitude).lower() in SILENT and plain(result).lower() in SILENT | {""}:
        return None
    score = _score(attitude)
    return Judged(name, score, _score(result or attitude), _day(on) if on else None, words[:1000])


def promised(line: str) -> OldPromise:
    text, due, responsible, done = parts(line, 4)
    if not text:
        raise Misread(
            "承诺要写：事项｜承诺日期｜责任人｜完成日期",
            "A promise reads: what | due | responsible | done on",
        )
    if len(text) > LONGEST_PROMISE:
        raise Misread(
            f"承诺事项最多 {LONGEST_PROMISE} 个字",
            f"A promise has {LONGEST_PROMISE} characters at most",
        )
    due_on, broken = _day(due), BROKEN.fullmatch(done)
    if broken:
        reason = broken[1].strip() or UNTOLD
        return OldPromise(text, due_on, responsible[:60], None, reason[:1000])
    return OldPromise(text, due_on, responsible[:60], _day(done) if done else None)


def part_reply(line: str, classes: Mapping[str, str]) -> PartReply:
    unit, on, document, result, body = parts(line, 5)
    if not unit:
        raise Misread(
            "分办答复要写：单位｜日期｜文号｜类别｜正文",
            "A part's reply reads: unit | date | number | class | text",
        )
    return PartReply(unit, _day(on), document[:60], known_class(result, classes), body)


def known_class(text: str, classes: Mapping[str, str]) -> str:
    """The meaning behind a mark or label; an empty cell stays unknown."""
    told = plain(text).lower()
    if told and told not in classes:
        known = "、".join(dict.fromkeys(word.upper() for word in classes if len(word) == 1))
        raise Misread(f"结果类别只能写：{known}", f"The class must be one of: {known}")
    return classes.get(told, "")


def _score(text: str) -> str:
    found = SCORES.get(plain(text).lower())
    if found is None:
        raise Misread(
            "评价只能写满意、基本满意、不满意或未表态",
            "A rating is satisfied, basically satisfied, not satisfied or no statement",
        )
    return found


def _day(text: str) -> dt.date:
    found = spreadsheets.to_date(text)
    if found is None:
        raise Misread(
            f"日期写法不认识：“{text[:20]}”，例如 2019-03-05",
            f"“{text[:20]}” is no date, e.g. 2019-03-05",
        )
    return found


LONGEST_PROMISE = 300
LONGEST_UNIT = 60
UNTOLD = "旧系统没有记下理由"
