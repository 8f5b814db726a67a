"""Where scripts are off: a resident, a clerk and a deputy get by with plain pages and forms."""

from huiyin.opinions.models import Matter
from huiyin.suggestions.models import Rating
from tests.journeys.acts import SAID, deputy_rates, resident_says


def test_a_resident_says_it_and_follows_it(town, windows):
    resident = windows(width=390, java_script_enabled=False)

    code = resident_says(resident, town.venue)
    resident.open("/")
    resident.follow("查我说的事")
    resident.fill(code=code)
    resident.press("查看")
    resident.reads(SAID)

    assert resident.page.locator("html.js").count() == 0


def test_a_clerk_finds_a_matter_its_way(town, windows):
    matter = town.matter_in_public()
    clerk = windows(town.clerk, java_script_enabled=False)

    clerk.open("/desk/")
    clerk.follow("居民的话待分类")
    clerk.follow(matter.title)
    clerk.main.locator("summary").filter(has_text="转部门办理").click()
    clerk.press_in_vain("转部门办理")
    clerk.reads("有地方要改，写好的内容都还在")
    clerk.fill(unit=town.unit.name)
    clerk.press("转部门办理")
    clerk.reads("办好了：转部门办理。")

    assert Matter.objects.get().unit == town.unit


def test_a_deputy_rates_the_reply(town, windows):
    town.replied()
    deputy = windows(town.deputy_user, width=390, java_script_enabled=False)

    deputy_rates(deputy, "不满意", words="没有说谁负责、什么时候开工。")

    assert Rating.objects.get().result == "dissatisfied"
