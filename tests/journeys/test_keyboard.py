"""A resident, a clerk, a unit and a deputy who have no mouse: Tab, Enter, Space, arrows, typing."""

import pytest

from huiyin.opinions.models import Matter
from huiyin.suggestions.models import Rating, Reply
from tests.journeys.acts import FIRST_REPLY, SAID, code_on
from tests.journeys.keyboard import Keyboard
from tests.journeys.town import PASSWORD

WIDTHS = pytest.mark.parametrize("width", [390, 1280])


@WIDTHS
def test_a_resident_says_it_and_follows_it(town, windows, width):
    resident = Keyboard(windows(width=width))

    resident.open("/")
    resident.follow("我要说件事")
    resident.press_in_vain("继续")
    resident.page.keyboard.press("Tab")
    resident.page.keyboard.press("Enter")
    assert resident.is_on(resident.page.locator("[name='text']"))
    resident.type(text=SAID)
    resident.press("继续")
    resident.type(place="翠园小区三号楼")
    resident.press("继续", key="Space")
    resident.type(phone="199 0000 1234")
    resident.press("提交")
    resident.window.reads("收到了，谢谢您")
    code = code_on(resident.window)

    resident.open("/")
    resident.follow("查我说的事")
    resident.type(code=code)
    resident.press("查看")
    resident.window.reads(SAID)


@WIDTHS
def test_a_clerk_logs_in_and_finds_a_matter_its_way(town, windows, width):
    matter = town.matter_in_public()
    clerk = Keyboard(windows(width=width))

    clerk.open("/desk/")
    log_in(clerk, town.clerk)
    clerk.follow("居民的话待分类")
    clerk.follow(matter.title)
    clerk.open_up("转部门办理")
    clerk.select("unit", town.unit.name)
    clerk.press("转部门办理")
    clerk.window.reads("办好了：转部门办理。")

    assert Matter.objects.get().unit == town.unit


@WIDTHS
def test_a_unit_signs_for_a_suggestion_and_drafts_the_reply(town, windows, width):
    town.handed_over()
    unit = Keyboard(windows(town.unit_clerk, width=width))

    unit.open("/desk/")
    unit.follow("待签收")
    unit.follow("关于为翠园小区")
    unit.press("签收", key="Space")
    unit.follow("拟写答复")
    unit.choose("结果类别", "A 已解决或采纳")
    unit.type(body=FIRST_REPLY, contact_name="李科长", contact_telephone="0931-0000000")
    unit.press("保存草稿")
    unit.window.reads("草稿已保存")

    assert Reply.objects.get().body == FIRST_REPLY


@WIDTHS
def test_a_deputy_rates_the_reply(town, windows, width):
    town.replied()
    deputy = Keyboard(windows(town.deputy_user, width=width))

    deputy.open("/deputy/")
    deputy.follow("请您评价答复")
    deputy.follow("关于为翠园小区")
    deputy.follow("评价")
    deputy.choose("办理态度", "满意")
    deputy.choose("办理结果", "不满意")
    deputy.press_in_vain("评价")
    deputy.choose("办理结果", "满意")
    deputy.choose("怎么和您沟通的", "走访")
    deputy.press("评价")
    deputy.window.reads("已评价，谢谢。")

    assert Rating.objects.get().result == "satisfied"


def test_menus_on_a_phone_close_with_escape(town, windows):
    clerk = Keyboard(windows(town.clerk, width=390))

    clerk.open("/desk/suggestions/")
    clerk.close_with_escape(clerk.window.main.locator(".tabs summary"))
    clerk.close_with_escape(clerk.page.locator(".brand__more summary"))


def log_in(keyboard, person) -> None:
    keyboard.type(login=person.username, password=PASSWORD)
    keyboard.press("登录")
