"""The committee's hand-over meeting: a sheet, one press, letters, receipts."""

import io

import pypdf

from huiyin.kernel import verify
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Suggestion


def test_three_papers_are_proposed_handed_over_and_signed_for(town, windows):
    papers = [town.registered() for _number in range(3)]
    first, second, left = papers
    clerk, director, unit = windows(town.clerk), windows(town.director), windows(town.unit_clerk)

    # The clerk prepares the sheet; a slip comes back with everything that was typed.
    clerk.open("/desk/")
    clerk.follow("已立案，待拟交办")
    clerk.follow("交办会")
    clerk.fill(**line(first, other="市住建局", helpers="财政局"))
    clerk.fill(**line(second, other="没有的局"))
    clerk.press_in_vain("只拟定，先不交办")
    clerk.reads("有地方要改，写好的内容都还在", "没有叫“没有的局”的单位。")
    clerk.fill(**line(second, other="兰州市住房和城乡建设局"))
    clerk.press("只拟定，先不交办")
    clerk.does_not_read("交办选了单位的")

    # The director hands over what stands on it; the third paper waits for another meeting.
    director.open("/desk/suggestions/meeting/")
    for paper in (first, second):
        assert row(director, paper).get_by_label(town.unit.name).is_checked()
    director.press("交办选了单位的")
    director.open("/desk/suggestions/meeting/")
    director.reads(left.number)
    director.does_not_read(first.number, second.number)

    # Letters for each unit in one file, and who has signed.
    director.follow("看交办函和签收情况")
    director.reads("3 项任务，已签收 0 项", town.unit.name, town.finance.name)
    letters = pypdf.PdfReader(io.BytesIO(director.gets("下载全部交办函（PDF）")))
    assert len(letters.pages) == 2
    unit.open("/desk/")
    unit.follow("待签收")
    unit.follow("关于为翠园小区")
    unit.press("签收")
    clerk.open("/desk/suggestions/receipts/")
    clerk.reads("3 项任务，已签收 1 项")

    states = {paper.pk: paper.state for paper in Suggestion.objects.all()}
    assert sorted(states[paper.pk] for paper in papers) == sorted(
        [State.HANDED_OVER, State.HANDLING, State.REGISTERED]
    )
    assert list(verify.faults()) == []


def line(paper, **given):
    return {f"line{paper.pk}-{name}": value for name, value in given.items()}


def row(window, paper):
    return window.page.locator(f"#paper{paper.pk}")
