"""Files of an invented old system, row by row."""

import datetime as dt
import hashlib
import io
from types import SimpleNamespace

from huiyin.congress.choices import EndGround, MandateState
from huiyin.kernel import spreadsheets
from huiyin.kernel.wording import kept
from huiyin.suggestions.imports import old_items
from huiyin.suggestions.imports.columns import COLUMNS
from huiyin.suggestions.models import OldItemFile, Suggestion
from tests.congress.factories import DeputyFactory, SessionFactory, TermFactory, UnitFactory

GOOD = {
    "number": "126",
    "old_id": "JY2019-0126",
    "term": "第十六届",
    "session": "第三次会议",
    "title": "关于为雁滩小区加装电梯的建议",
    "situation": "雁滩小区建于一九九六年，没有电梯，老人上下楼困难。",
    "proposals": "列入明年加装电梯计划。",
    "subject": "城建环保",
    "lead": "方晓岚",
    "cosigners": "石望川、柳青禾",
    "submitted_on": "2019-01-10",
    "accepted_on": "2019/1/12",
    "handed_over_on": "2019年3月5日",
    "mode": "主办会办",
    "lead_units": "兰州市住房和城乡建设局",
    "cohandlers": "兰州市财政局",
    "signed_for_on": "20190307",
    "returns": "旧规划局|2019-03-06|不属本单位职责",
    "extensions": "",
    "contacts": "2019-04-02|座谈|方晓岚、李科长|当面商量了安排|已确认",
    "replied_on": "2019-05-20",
    "document_number": "兰建办〔2019〕12号",
    "result_class": "B",
    "reply": "雁滩小区已列入计划，明年完成。",
    "ratings": "方晓岚|满意|基本满意|2019-06-01\n石望川|满意|满意|2019-06-02\n柳青禾|未表态",
    "promises": "三号楼加装电梯|2020-06-30|李局长|2020-05-12",
    "publication": "公开",
    "closed_on": "2019-06-20",
    "secrecy": "",
}


def past(city):
    """The term before, its third session, three deputies of it and a unit that is no more."""
    term = TermFactory(
        congress=city.congress,
        number=16,
        starts_on=dt.date(2017, 1, 5),
        ends_on=dt.date(2022, 1, 4),
    )
    session = SessionFactory(
        term=term, number=3, starts_on=dt.date(2019, 1, 8), ends_on=dt.date(2019, 1, 12)
    )
    over = {"state": MandateState.ENDED, "end_ground": EndGround.TERM_OVER}
    deputies = [
        DeputyFactory(term=term, person__name=name, **over)
        for name in ("方晓岚", "石望川", "柳青禾")
    ]
    planning = UnitFactory(congress=city.congress, name="旧规划局", is_active=False)
    return SimpleNamespace(term=term, session=session, deputies=deputies, planning=planning)


def row(**more):
    return {**GOOD, **more}


def numbered(count, **more):
    return [row(number=str(n), old_id=f"JY2019-{n:04d}", **more) for n in range(1, count + 1)]


def workbook(rows, *, without=()):
    names = [name for name in dict.fromkeys(n for r in rows for n in r) if name not in without]
    out = io.BytesIO()
    headers = [kept(COLUMNS[name].label) for name in names]
    spreadsheets.write_xlsx(out, headers, [[r.get(name, "") for name in names] for r in rows])
    return out.getvalue()


def table(rows, **more):
    return spreadsheets.read(workbook(rows, **more), "旧件.xlsx")


def check(city, *rows, answers=None, **more):
    return old_items.check(table(list(rows), **more), congress=city.congress, answers=answers)


def problems(city, *rows, language="zh", **more):
    found = check(city, *rows, **more).problems
    return [(problem.row, problem.column, problem.text(language)) for problem in found]


def take_in(city, *rows, answers=None, by=None, **more):
    """What came of the rows, in their order."""
    content = workbook(list(rows), **more)
    old_file = OldItemFile.objects.create(
        congress=city.congress,
        by=by or city.clerk,
        name="旧件.xlsx",
        sha256=hashlib.sha256(content).hexdigest(),
        answers=answers or {},
    )
    sheet = spreadsheets.read(content, "旧件.xlsx")
    old_items.take_in(sheet, old_file=old_file, by=by or city.clerk)
    return list(Suggestion.objects.filter(old_item__file=old_file).order_by("old_item__row"))
