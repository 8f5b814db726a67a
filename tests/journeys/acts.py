"""The acts of the chain: what each person does at the screen."""

import io
import re
import zipfile

import pypdf

from huiyin.suggestions.models import Promise, Suggestion
from tests.journeys.town import PASSWORD

SAID = "翠园小区三号楼没有电梯，楼里住着十几位七十岁以上的老人，上下楼很困难，希望能加装电梯。"
SAID_TOO = "翠园小区三号楼老人多，没有电梯上下楼困难，什么时候能加装电梯？"
PUBLIC_TITLE = "翠园小区三号楼加装电梯"
SITUATION = "翠园小区建于一九九六年，三号楼住着十几位七十岁以上的老人，没有电梯，上下楼很困难。"
PROPOSALS = "一、把翠园小区三号楼列入今年加装电梯计划。二、明确补贴标准。"
MORE_PROPOSALS = PROPOSALS + "三、施工期间为老人安排临时座椅。"
BEST_PROPOSALS = MORE_PROPOSALS + "四、明确牵头科室。"
OPINION = "我局同意从老旧小区改造资金中安排加装电梯补助，每部二十万元，随工程进度拨付。"
FIRST_REPLY = "您提出的建议收悉。翠园小区三号楼已列入今年加装电梯计划，资金正在落实。"
SECOND_REPLY = (
    "您对答复提出的意见收悉。现将开工日期和责任人补充如下：六月底前完成招标，九月底前投入使用。"
)
FIRST_PROMISE, SECOND_PROMISE = "三号楼加装电梯并投入使用", "完成三号楼加装电梯的施工招标"

# Every step of the walk, in its order: two rounds, two signers, two promises.
TOLD = [
    "2 位居民说了同一件事",
    "代表跟进",
    "代表起草建议",
    "代表在这一稿上签名",
    "代表在这一稿上签名",
    "代表在这一稿上签名",
    "代表在这一稿上签名",
    "代表提出建议",
    "写成代表建议",
    "退回代表修改",
    "代表在这一稿上签名",
    "代表在这一稿上签名",
    "代表修改后再提出",
    "审查立案，编号",
    "拟定承办单位",
    "交办",
    "承办单位签收",
    "承办单位签收",
    "会办意见送到",
    "与代表沟通",
    "答复稿送审",
    "承办单位答复",
    "作出承诺",
    "代表评价答复",
    "代表评价答复",
    "这一轮评价结束",
    "有代表不满意，重新办理",
    "答复稿送审",
    "承办单位答复",
    "作出承诺",
    "代表评价答复",
    "代表评价答复",
    "这一轮评价结束",
    "承诺转入台账跟踪",
    "承办单位报告已完成",
    "核实：已兑现",
    "承办单位报告已完成",
    "核实：已兑现",
    "结果告诉居民，问解决了没有",
    "承诺全部了结",
    "代表评价兑现",
    "代表评价兑现",
    "居民的事了结",
    "向社会公开",
]


def resident_says(phone, venue) -> str:
    phone.open("/")
    phone.open(f"/v/{venue.code}/say/")
    phone.reads(venue.name)
    phone.fill(text=SAID)
    phone.press("继续")
    phone.fill(place="翠园小区三号楼")
    phone.press("继续")
    phone.reads("我们留下什么")
    phone.fill(phone="199 0000 1234")
    phone.press("提交")
    phone.reads("收到了，谢谢您")
    return code_on(phone)


def code_on(phone) -> str:
    return phone.main.locator(".code--large").inner_text().strip()


def clerk_classifies(clerk) -> None:
    clerk.open("/desk/")
    clerk.follow("居民的话待分类")
    clerk.follow("翠园小区三号楼")
    clerk.fill(subject="住房与物业")
    clerk.press("改类别")
    clerk.fill(title=PUBLIC_TITLE)
    clerk.press("公开")
    clerk.reads(PUBLIC_TITLE)


def another_resident_joins(phone) -> str:
    phone.open("/say/")
    phone.fill(text=SAID_TOO)
    phone.press("继续")
    phone.reads("是不是同一件事", PUBLIC_TITLE, "已有 1 人说过")
    phone.press("是同一件，算我一个")
    phone.press("提交")
    return code_on(phone)


def deputy_takes_it_up(deputy, login: str) -> None:
    """Through the real form, as on the first day."""
    deputy.open("/deputy/")
    deputy.fill(login=login, password=PASSWORD)
    deputy.press("登录")
    deputy.reads("等着您的事")
    deputy.open("/deputy/matters/")
    deputy.follow("翠园小区三号楼")
    deputy.reads(SAID, "2 人")
    deputy.main.locator("summary").filter(has_text="我来跟进").click()
    deputy.press("我来跟进")
    deputy.reads("代表跟进")


def deputy_writes(deputy) -> None:
    deputy.follow("写成建议")
    deputy.reads("根据居民反映来写")
    deputy.fill(
        title="关于为翠园小区三号楼加装电梯的建议",
        situation=SITUATION,
        proposals=PROPOSALS,
        subject="城建环保",
    )
    deputy.press("保存")
    deputy.reads("草稿已保存")


def deputy_invites(deputy, name: str) -> None:
    deputy.follow("邀请联名")
    deputy.page.get_by_role("checkbox", name=re.compile(name)).check()
    deputy.press("发出邀请")
    deputy.reads("待确认")


def cosigner_signs(deputy, text: str) -> None:
    deputy.open("/deputy/")
    deputy.follow("请您附议")
    deputy.follow("关于为翠园小区")
    deputy.follow("签名")
    deputy.reads(text)
    deputy.press("同意联名")
    deputy.reads("已联名")


def deputy_edits(deputy, proposals: str) -> None:
    deputy.open("/deputy/suggestions/")
    deputy.follow("关于为翠园小区")
    deputy.follow("修改")
    deputy.reads("要重新确认")
    deputy.fill(proposals=proposals)
    deputy.press("保存")
    deputy.reads("文本已改，待重签")


def cosigner_signs_what_changed(deputy, added: str) -> None:
    deputy.open("/deputy/suggestions/?tab=sign")
    deputy.follow("关于为翠园小区")
    deputy.follow("签名")
    deputy.reads("您签过以后，文字有改动")
    assert added in "".join(deputy.main.locator("ins").all_inner_texts())
    deputy.press("同意联名")


def deputy_submits(deputy, button: str) -> None:
    deputy.open("/deputy/suggestions/")
    deputy.follow("关于为翠园小区")
    deputy.follow(button)
    deputy.press(button)
    deputy.reads("审查中")


def clerk_returns_it(clerk) -> None:
    open_at_desk(clerk, "待审查")
    clerk.follow("退回修改")
    clerk.choose("没有实际内容")
    clerk.fill(words="请写明希望由哪个科室牵头。")
    clerk.press("退回修改")
    clerk.reads("退回修改", "请写明希望由哪个科室牵头。")


def open_at_desk(person, waiting: str) -> None:
    """From the landing page through the line that waits."""
    person.open("/desk/")
    person.follow(waiting)
    person.follow("关于为翠园小区")


def clerk_registers(clerk) -> None:
    open_at_desk(clerk, "待审查")
    clerk.follow("立案编号")
    clerk.press("立案编号")
    clerk.reads("已立案")


def clerk_proposes_units(clerk) -> None:
    clerk.follow("拟定承办单位")
    clerk.fill(
        lead="兰州市住房和城乡建设局", lead_part="列入计划", unit1="兰州市财政局", part1="补助资金"
    )
    clerk.press("拟定承办单位")
    clerk.reads("拟交办")


def director_hands_over(director) -> None:
    open_at_desk(director, "待交办")
    director.follow("交办")
    director.press("交办")
    director.reads("待签收")


def unit_signs_for(unit) -> None:
    open_at_desk(unit, "待签收")
    unit.press("签收")
    unit.reads("签收")


def unit_drafts(unit, result: str, body: str, promise: str = "", day: str = "") -> None:
    unit.open("/desk/tasks/")
    unit.follow("关于为翠园小区")
    unit.follow("拟写答复")
    unit.page.locator(f"[name='result_class'][value='{result}']").check()
    unit.fill(body=body, contact_name="李科长", contact_telephone="0931-0000000")
    if promise:
        unit.fill(
            **{
                "promise-0-text": promise,
                "promise-0-promised_on": day,
                "promise-0-responsible": "老旧小区改造科 李科长",
            }
        )
    unit.press("保存草稿")
    unit.reads("草稿已保存")


def cohandler_gives_opinion(finance) -> None:
    finance.follow("送会办意见")
    finance.fill(opinion=OPINION)
    finance.press("送会办意见")
    finance.reads("会办意见已送")


def unit_logs_a_talk(unit) -> None:
    open_at_desk(unit, "待答复")
    unit.follow("记录沟通")
    unit.page.locator("[name='kind'][value='visit']").check()
    unit.fill(
        on="2026-03-24",
        place="翠园小区",
        persons="李科长、王秀英代表",
        summary="实地看了三号楼的位置。",
    )
    unit.press("记录沟通")
    unit.reads("实地看了三号楼的位置。")


def unit_sends_for_review(unit) -> None:
    unit.open("/desk/tasks/")
    unit.follow("关于为翠园小区")
    unit.follow("送审")
    unit.press("送审")
    unit.reads("待审核签发")


def leader_signs(leader) -> None:
    open_at_desk(leader, "待您签发")
    leader.follow("签发")
    leader.press("签发")
    leader.reads("已签发")


def letters_can_be_read(unit) -> None:
    unit.open(unit.path.split("?")[0])
    pdf, docx = unit.gets("答复函 PDF"), unit.gets("DOCX")

    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert [
        words for words in (FIRST_PROMISE, "李科长") if words not in text.replace("\n", "")
    ] == []
    assert "翠园小区" in zipfile.ZipFile(io.BytesIO(docx)).read("word/document.xml").decode()


def deputy_rates(deputy, result: str, words: str = "") -> None:
    deputy.open("/deputy/")
    deputy.follow("请您评价答复")
    deputy.follow("关于为翠园小区")
    deputy.follow("评价")
    deputy.main.get_by_role("group", name="办理态度").get_by_label("满意", exact=True).check()
    deputy.main.get_by_role("group", name="办理结果").get_by_label(result, exact=True).check()
    deputy.main.get_by_role("group", name="怎么和您沟通的").get_by_label("走访", exact=True).check()
    deputy.fill(words=words)
    deputy.press("评价")
    deputy.reads("已评价，谢谢。")


def unit_sees_the_second_round(unit) -> None:
    unit.open("/desk/tasks/")
    unit.follow("关于为翠园小区")
    unit.reads("重新办理", "第 2 轮", "没有说谁负责、什么时候开工。")


def unit_reports_done(unit, promise: str) -> None:
    unit.open("/desk/promises/")
    unit.follow(promise)
    unit.follow("报告完成", within=unit.panel(promise))
    unit.fill(evidence="已办完，请到现场看。")
    unit.press("报告完成")
    unit.reads("单位称已完成，待核实")


def clerk_confirms(clerk, promise: str) -> None:
    clerk.open("/desk/")
    clerk.follow("承诺待核实")
    clerk.follow(promise)
    clerk.follow("核实完成", within=clerk.panel(promise))
    clerk.fill(words="已到现场看过。")
    clerk.press("核实完成")
    clerk.reads("已兑现")


def deputy_rates_promise(deputy, promise: str) -> None:
    deputy.open("/deputy/suggestions/")
    deputy.follow("关于为翠园小区")
    deputy.follow("评价兑现", within=deputy.panel(promise))
    deputy.choose("满意")
    deputy.press("评价兑现")


def resident_says_solved(phone, code: str) -> None:
    phone.open("/follow/")
    phone.fill(code=code)
    phone.press("查看")
    phone.reads("解决了吗？", "承诺的事已办成")
    phone.choose("解决了")
    phone.press("告诉我们")
    phone.reads("您说：解决了。")


def clerk_publishes(clerk) -> None:
    suggestion = Suggestion.objects.get()
    clerk.open(f"/desk/suggestions/{suggestion.pk}/")
    clerk.follow("提出公开")
    clerk.press("提出公开")
    clerk.follow("公开", within=clerk.panel("待审定"))
    clerk.press("公开")
    clerk.reads("已公开")


def anyone_reads_it(visitor) -> None:
    page = "/suggestions/{}/{}/".format(*Suggestion.objects.get().public_address)
    for path in (
        "/",
        "/suggestions/",
        page,
        "/promises/",
        "/matters/",
        "/figures/",
    ):
        visitor.open(path)
        visitor.reads("翠园小区" if path in {"/suggestions/", page} else "")
        visitor.does_not_read(SAID, "199", "马海燕")
    assert Promise.objects.filter(state="kept").count() == 2
    visitor.open(page)
    visitor.reads("翠园小区三号楼", SECOND_REPLY[:20], FIRST_PROMISE, SECOND_PROMISE)


def trace_tells_everything(clerk) -> None:
    suggestion = Suggestion.objects.get()
    clerk.open(f"/trace/suggestions.suggestion/{suggestion.pk}/")

    told = clerk.main.locator(".timeline h3").all_inner_texts()

    assert told == TOLD
    assert clerk.gets("打印全过程")[:5] == b"%PDF-"
