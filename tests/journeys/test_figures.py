"""The director reads the year: a number down to its rows, units side by side, the report for the session."""

import pytest

from huiyin.dashboards import tasks
from huiyin.dashboards.models import YearReport
from tests.dashboards.year import answered_twice, solved, with_promises


@pytest.mark.parametrize("width", [390, 1280])
def test_a_number_is_followed_to_its_rows(town, windows, width):
    solved(town)
    with_promises(town)
    answered_twice(town)
    director = windows(town.director, width=width)

    director.open("/overview/")
    director.follow("换时间段、看分子分母的清单、导出")
    director.reads("办复率", "按规则：", "议案转建议率", "没有提出的草稿不算")
    director.follow("办复率：分母 3，看清单")
    director.reads("共 3 件。", "关于为翠园小区三号楼加装电梯的建议")
    director.open("/overview/rates/promise/?part=of")
    director.open("/overview/comparisons/?by=unit&rate=reply")
    director.reads("样本少", "市住建局")
    director.open("/overview/comparisons/?by=year&rate=K11a")


@pytest.mark.parametrize("width", [390, 1280])
def test_the_report_of_the_year_is_begun_prefaced_made_and_fetched(town, windows, turn_to, width):
    solved(town)
    director = windows(town.director, width=width)

    director.open("/overview/reports/")
    director.press("编 2026-01-01 至 2026-12-31 的报告")
    director.fill(preface="各位代表：")
    director.press("保存并编报告")
    director.reads("排队中")
    report = YearReport.objects.get()
    tasks.make_report(report.pk)
    director.open(f"/overview/reports/{report.pk}/")
    director.reads("已编成")
    with director.page.expect_download() as fetched:
        director.main.get_by_role("link", name="DOCX").click()

    assert fetched.value.suggested_filename == f"{report.title}.docx"
