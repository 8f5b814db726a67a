"""Files laid to a suggestion: the deputy's on a telephone, the unit's at its desk."""

from tests.papers import MAKER, pdf_of, picture


def chosen(window, name: str, content: bytes) -> None:
    file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
    window.page.set_input_files("input[type=file]", file)


def test_a_deputy_lays_a_photo_to_the_draft_and_takes_it_away(town, windows):
    suggestion = town.written()
    lead = windows(town.deputy_user, width=390)

    lead.open(f"/deputy/suggestions/{suggestion.pk}/")
    lead.reads("还没有附件。")
    lead.follow("添加附件")
    lead.reads("附件不对外公开", "请不要上传居民的姓名")
    lead.fill(title="三号楼现场照片")
    chosen(lead, "照片.jpg", b"no picture at all")
    lead.press_in_vain("添加附件")
    lead.reads("这个文件不是 PDF，也不是图片")
    chosen(lead, "照片.png", picture("PNG"))
    lead.press("添加附件")
    lead.reads("附件已添加。", "三号楼现场照片", "图片")
    content = lead.gets("三号楼现场照片")
    assert (content[:3], MAKER.encode() in content) == (b"\xff\xd8\xff", False)

    lead.follow("移除")
    lead.press_in_vain("移除附件")
    lead.fill(words="照片里有邻居")
    lead.press("移除附件")
    lead.reads("附件已移除。", "已移除", "照片里有邻居")


def test_a_unit_lays_papers_to_its_letter_and_the_deputy_reads_them(town, windows):
    suggestion = town.drafted()
    unit = windows(town.unit_clerk, width=1280)

    unit.open(f"/desk/suggestions/{suggestion.pk}/draft-reply/")
    unit.follow("添加照片或者 PDF")
    unit.fill(title="施工计划")
    chosen(unit, "计划.pdf", pdf_of())
    unit.press("添加附件")
    unit.reads("附件已添加。", "施工计划", "答复附件：第 1 轮")
    unit.follow("送审")
    unit.press("送审")
    leader = windows(town.leader, width=1280)
    leader.open(f"/desk/suggestions/{suggestion.pk}/")
    assert leader.gets("施工计划") == pdf_of()
    lead = windows(town.deputy_user, width=390)
    lead.open(f"/deputy/suggestions/{suggestion.pk}/")
    lead.does_not_read("施工计划")

    leader.follow("签发")
    leader.press("签发")
    lead.open(f"/deputy/suggestions/{suggestion.pk}/")
    assert lead.gets("施工计划") == pdf_of()
