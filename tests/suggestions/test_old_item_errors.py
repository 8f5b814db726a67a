"""Every way a row of an old system can be wrong is said in its column, in the reader's language."""

import datetime as dt

import pytest
from django.utils import translation
from xlsxwriter import Workbook

from huiyin.kernel import spreadsheets
from huiyin.kernel.spreadsheets import SpreadsheetError
from huiyin.suggestions.imports import columns, old_items
from huiyin.suggestions.models import NumberSeries
from tests.congress.factories import DeputyFactory
from tests.suggestions import old_sheet
from tests.suggestions.old_sheet import check, problems, row


@pytest.fixture
def past(city):
    return old_sheet.past(city)


# fmt: off
WRONG = [
    ({"secrecy": "是"}, "保密", "an item handled in confidence is not imported; please enter it by hand"),
    ({"congress": "青岛市人大"}, "人大", "is not an item of 兰州市人民代表大会"),
    ({"kind": "提案"}, "类型", "must be one of: suggestion, motion, converted motion"),
    ({"number": "", "old_id": ""}, "编号", "a number or the old id is needed"),
    ({"number": "长" * 31}, "编号", "at most 30 characters"),
    ({"old_id": "长" * 61}, "原系统编号", "at most 60 characters"),
    ({"term": "第十五届"}, "届", "there is no such term: “第十五届”; open it first"),
    ({"term": ""}, "届", "is missing"),
    ({"session": "第四次会议"}, "次会议", "term 16 has no such session: “第四次会议”; between sessions write 闭会"),
    ({"session": ""}, "次会议", "term 16 has no such session: “第十六届”; between sessions write 闭会"),
    ({"title": ""}, "标题", "is missing"),
    ({"title": "长" * 81}, "标题", "at most 80 characters"),
    ({"situation": ""}, "正文", "is missing"),
    ({"subject": "水利"}, "类别", None),
    ({"lead": ""}, "领衔代表", "is missing"),
    ({"lead": "郑无名"}, "领衔代表", "“郑无名” is not known in term 16: choose who is meant"),
    ({"lead": "方晓岚、石望川"}, "领衔代表", "names one; the others are co-signers"),
    ({"lead": "安宁代表团"}, "领衔代表", "the head of 安宁代表团 is not known; write 安宁代表团（name）"),
    ({"cosigners": "石望川、郑无名"}, "附议代表", "“郑无名” is not known in term 16: choose who is meant"),
    ({"submitted_on": ""}, "提出日期", "is missing"),
    ({"submitted_on": "去年春天"}, "提出日期", "is no date, e.g. 2026-03-05"),
    ({"submitted_on": "2019-02-30"}, "提出日期", "is no date, e.g. 2026-03-05"),
    ({"submitted_on": "1919-01-10"}, "提出日期", "must lie between 1954 and today"),
    ({"closed_on": "2036-01-10"}, "办结日期", "must lie between 1954 and today"),
    ({"accepted_on": "2019-01-09"}, "立案日期", "is before Submitted on (2019-01-10)"),
    ({"handed_over_on": "2019-01-09", "accepted_on": "", "returns": ""}, "交办日期", "is before Submitted on (2019-01-10)"),
    ({"signed_for_on": "2019-03-01"}, "签收日期", "is before Handed over on (2019-03-05)"),
    ({"replied_on": "2019-03-06", "returns": ""}, "答复日期", "is before Signed for on (2019-03-07)"),
    ({"closed_on": "2019-05-01"}, "办结日期", "is before Replied on (2019-05-20)"),
    ({"closed_on": ""}, "办结日期", "has no closing date: what is still under way must be entered as a paper"),
    ({"mode": "快办"}, "办理方式", "must be one of: single, with co-handlers, separate, joint, government"),
    ({"mode": "联合主办"}, "主办单位", "this mode needs two units at least"),
    ({"mode": "单办", "lead_units": "兰州市财政局、兰州市住房和城乡建设局"}, "主办单位", "there is one lead unit; for parts or joint leads fill in the mode"),
    ({"lead_units": "", "returns": "", "contacts": ""}, "主办单位", "who handled and answered must be told"),
    ({"lead_units": "兰州市建委"}, "主办单位", "“兰州市建委” is not known: choose the unit meant, or keep it as a former one"),
    ({"cohandlers": "长" * 61}, "会办单位", "a unit's name has at most 60 characters"),
    ({"returns": "旧规划局"}, "退办", "A return reads: unit | date | reason"),
    ({"returns": "旧规划局|2019-06-06|不属本单位"}, "退办", "a return lies between the hand-over and the reply"),
    ({"returns": "没有的局|2019-03-06|不属本单位"}, "退办", "“没有的局” is not known: choose the unit meant, or keep it as a former one"),
    ({"extensions": "2019-07-01"}, "延期", "An extension reads: new date | reason"),
    ({"extensions": "2019-03-01|等资金"}, "延期", "the new date must lie after the hand-over"),
    ({"contacts": "2019-04-02|书信|方晓岚"}, "沟通记录", "The form is meeting, visit, telephone or other"),
    ({"contacts": "2018-04-02|座谈|方晓岚|谈了"}, "沟通记录", "a talk lies between the submission and today"),
    ({"replied_on": "", "ratings": "", "promises": "", "returns": ""}, "答复日期", "a reply needs its date"),
    ({"result_class": "优"}, "答复类别", "The class must be one of: A、B、C、D、甲、乙、丙、丁"),
    ({"part_replies": "兰州市财政局|2019-05-20|1号|A|已办"}, "分办答复", "only items in parts have part replies"),
    ({"again_class": "A"}, "再次答复日期", "a reply needs its date"),
    ({"ratings": "方晓岚|很好|很好"}, "评价", "A rating is satisfied, basically satisfied, not satisfied or no statement"),
    ({"ratings": "郑无名|满意|满意"}, "评价", "“郑无名” is neither the lead nor a co-signer"),
    ({"ratings": "方晓岚|满意|满意\n方晓岚|满意|满意"}, "评价", "one deputy has rated twice"),
    ({"ratings": "方晓岚|满意|满意|2019-05-01"}, "评价", "a rating lies between the reply and today"),
    ({"promises": "|2020-01-01|李局长"}, "承诺", "A promise reads: what | due | responsible | done on"),
    ({"promises": "装电梯|明年|李局长"}, "承诺", "“明年” is no date, e.g. 2019-03-05"),
    ({"promises": "装电梯|2019-01-01|李局长"}, "承诺", "the promised date is before the reply"),
    ({"promises": "装电梯|2020-01-01|李局长|2019-01-01"}, "承诺", "done lies between the reply and today"),
    ({"publication": "再议"}, "公开", "must be one of: yes, public, title only, no, not public"),
]
# fmt: on


@pytest.mark.parametrize(("more", "column", "words"), WRONG)
def test_each_wrong_row_says_what_is_wrong_and_where(city, past, more, column, words):
    found = problems(city, row(**more), language="en")

    assert (2, column) in {(number, where) for number, where, _words in found}
    assert words is None or (2, column, words) in found


@pytest.mark.parametrize(
    "day",
    [
        "2019-01-10",
        "2019/1/10",
        "2019.1.10",
        "2019年1月10日",
        "20190110",
        "２０１９－０１－１０",
        "43475",
    ],
)
def test_every_usual_way_to_write_a_day_is_read(city, past, day):
    assert check(city, row(submitted_on=day)).samples[0].submitted_on == dt.date(2019, 1, 10)


@pytest.mark.parametrize(
    "told",
    [
        {"term": "16", "session": "3"},
        {"term": "第十六届第三次会议", "session": ""},
        {"term": "１６", "session": "三次会议"},
    ],
)
def test_terms_and_sessions_are_read_as_people_write_them(city, past, told):
    [paper] = check(city, row(**told)).samples

    assert (paper.term_id, paper.session_id) == (past.term.pk, past.session.pk)


def test_between_sessions_needs_no_session(city, past):
    [paper] = check(city, row(session="闭会")).samples

    assert (paper.session_id, paper.is_between, paper.number) == (None, True, "16-0-B126")


def test_the_same_number_twice_in_a_file_names_the_first_row(city, past):
    assert problems(city, row(), row(old_id="other")) == [(3, "编号", "和第 2 行重复")]


def test_an_unknown_unit_is_one_problem_and_not_two(city, past):
    assert len(problems(city, row(lead_units="兰州市建委"))) == 1


def test_a_namesake_is_asked_about(city, past):
    DeputyFactory(term=past.term, person__name="方晓岚")

    found = check(city, row())

    assert [question.shown for question in found.questions] == ["方晓岚"]
    assert len(found.questions[0].options) == 2


def test_nearest_names_are_proposed_first(city, past):
    found = check(city, row(lead_units="兰州市住房城乡建设局", cosigners="石望州"))

    assert [question.options[0][1] for question in found.questions] == [
        "兰州市住房和城乡建设局",
        "石望川",
    ]


def test_a_deputy_of_this_term_is_never_made_of_a_name(city, past):
    answers = {"rest": {"deputies": "former"}}
    found = check(
        city,
        row(term="17", session="5", lead="郑无名", cosigners="", number="旧1"),
        answers=answers,
    )

    assert "请先导入代表" in found.problems[0].message_zh


def test_a_number_the_series_will_still_give_is_refused(city, past):
    NumberSeries.objects.create(
        congress=city.congress, term=city.term, session=city.session, last=12
    )
    name = city.lead.person.name
    told = {
        "term": "17", "session": "5", "lead": name, "cosigners": "", "ratings": "满意", "returns": "",
        "submitted_on": "2026-01-13", "accepted_on": "", "handed_over_on": "2026-01-20",
        "signed_for_on": "", "contacts": "", "replied_on": "2026-02-20", "closed_on": "2026-03-01",
        "promises": "",
    }  # fmt: skip

    assert problems(city, row(number="13", **told)) == [
        (2, "编号", "这个编号系统以后还要用（现在编到 12）；请在编号前加“旧”字")
    ]
    assert problems(city, row(number="旧13", **told)) == []


def test_a_file_without_the_needed_columns_asks_for_them(city, past):
    found = check(city, row(), without=("title", "lead"))

    assert [problem.column for problem in found.problems] == ["标题", "领衔代表"]


def test_columns_may_be_called_otherwise(city, past):
    headers = ["案由", "内容", "届次", "领衔人", "提交日期", "id", "结案日期", "备注"]
    content = [
        ["关于路灯的建议", "路灯坏了。", "十六届三次", "方晓岚", "2019-1-10", "7", "2019-5-1", ""]
    ]
    out = old_sheet.io.BytesIO()
    spreadsheets.write_csv(out, headers, content)

    found = old_items.check(spreadsheets.read(out.getvalue(), "f.csv"), congress=city.congress)

    assert (found.n_good, found.problems, found.columns.unknown) == (1, [], ("备注",))


def test_the_template_is_read_back_in_both_languages(city, past):
    for language in ("zh-hans", "en"):
        with translation.override(language):
            content = columns.template()
        table = spreadsheets.read(content, "t.xlsx")
        found = old_items.check(table, congress=city.congress)

        assert (found.columns.missing, found.columns.unknown, table.rows) == ((), (), [])


def test_a_cell_with_a_formula_counts_by_its_result(city, past):
    out = old_sheet.io.BytesIO()
    told = {name: value for name, value in row().items() if value}
    with Workbook(out) as workbook:
        page = workbook.add_worksheet()
        for at, (name, value) in enumerate(told.items()):
            page.write_string(0, at, str(columns.COLUMNS[name].label))
            page.write_formula(1, at, '="x"', None, value)

    found = old_items.check(spreadsheets.read(out.getvalue(), "f"), congress=city.congress)

    assert (found.n_good, found.problems) == (1, [])


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken"])
def test_what_is_no_table_is_refused_as_a_whole(content):
    with pytest.raises(SpreadsheetError):
        spreadsheets.read(content, "旧件.xlsx")


def test_rows_in_error_come_back_with_their_reasons(city, past):
    found = check(city, row(), row(number="2", old_id="2", closed_on=""))

    content = spreadsheets.errors_workbook(found.table, found.problems, language="en")
    back = spreadsheets.read(content, "p.xlsx")

    assert len(back.rows) == 1
    assert back.rows[0].cells[-1].endswith("must be entered as a paper")
