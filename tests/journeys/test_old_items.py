"""A clerk brings another system's items in, on a desk's screen and on a telephone's."""

import pytest
from playwright.sync_api import expect

from huiyin.suggestions.imports import old_items
from huiyin.suggestions.models import OldItem, OldItemFile
from tests.suggestions import old_sheet
from tests.suggestions.old_sheet import row, workbook


@pytest.mark.parametrize("width", [390, 1280])
def test_old_items_come_in_from_a_file(town, windows, width):
    old_sheet.past(town)
    content = workbook(
        [row(lead_units="兰州市建委"), row(number="127", old_id="2", closed_on="", promises="")],
        without=("extensions",),
    )
    clerk = windows(town.clerk, width=width)
    file = {"name": "旧件.xlsx", "mimeType": "application/octet-stream", "buffer": content}

    clerk.open("/desk/suggestions/")
    clerk.follow("导入旧件")
    clerk.page.set_input_files("input[type=file]", file)
    clerk.press("试读")
    expect(clerk.main).to_contain_text("系统里没有“兰州市建委”")
    expect(clerk.main).to_contain_text("还在办的件请作为新建议录入")

    file["buffer"] = workbook([row(lead_units="兰州市建委")], without=("extensions",))
    clerk.open("/desk/old-items/")
    clerk.page.set_input_files("input[type=file]", file)
    clerk.press("试读")
    clerk.page.get_by_label("兰州市建委").select_option("保留为已撤销的单位")
    clerk.press("按这样再试读")
    clerk.press("导入 1 件")
    old_items.run(OldItemFile.objects.get(state="waiting"))
    clerk.open(f"/desk/old-items/{OldItemFile.objects.get(state='done').pk}/")
    expect(clerk.main).to_contain_text("导入了 1 件旧件。")

    clerk.open(f"/desk/suggestions/{OldItem.objects.get().suggestion_id}/")
    expect(clerk.main).to_contain_text("从旧系统导入")
    clerk.follow("看全过程")
    expect(clerk.main).to_contain_text("据旧系统")
