"""What the scripts add, and what the eye and the keyboard find, in a real browser."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template import engines
from playwright.sync_api import Page, expect

from tests.ui import addresses

pytestmark = [
    pytest.mark.journey,
    pytest.mark.urls("tests.ui.addresses"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def _without_the_house_above(settings, monkeypatch):
    """No navigation of the real house: its addresses are not these."""
    processors = engines["django"].engine.template_context_processors
    kept = tuple(one for one in processors if one.__name__ != "navigation")
    monkeypatch.setitem(engines["django"].engine.__dict__, "template_context_processors", kept)
    addresses.received.clear()


@pytest.fixture
def opened(browser, live_server) -> Iterator:
    """Opens an address in a fresh window and fails on any complaint of the browser."""
    contexts, complaints = [], []

    def open_page(address: str, width: int = 390, **options) -> Page:
        cookies = options.pop("cookies", [])
        context = browser.new_context(
            viewport={"width": width, "height": 844},
            locale="zh-CN",
            reduced_motion="reduce",
            **options,
        )
        context.add_cookies([cookie | {"url": live_server.url} for cookie in cookies])
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda said: complaints.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda asked: _stay(asked.url, live_server.url, complaints))
        page.complaints = complaints
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts:
        context.close()


def _stay(url: str, home: str, complaints: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:")):
        complaints.append(f"left the machine: {url}")


def _until(page: Page, expression: str) -> None:
    """Playwright's own waiting needs eval, which the Content-Security-Policy forbids."""
    for _attempt in range(100):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"never came true: {expression}")


LOOKS = {
    "phone": {"width": 390},
    "desk": {"width": 1280},
    "phone at night": {"width": 390, "color_scheme": "dark"},
    "desk at night": {"width": 1280, "color_scheme": "dark"},
    "phone in large text": {"width": 390, "cookies": [{"name": "large_text", "value": "1"}]},
}


@pytest.mark.parametrize("look", LOOKS)
def test_every_component_is_accessible_and_fits(opened, look):
    page = opened("/ui/gallery/", **LOOKS[look])
    expect(page.locator(".chart--drawn")).to_have_count(3)
    complaints = list(page.complaints)
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")

    found = Axe().run(page)

    assert (complaints, too_wide, found.generate_report() if found.violations_count else "") == (
        [],
        0,
        "",
    )


def test_large_text_is_large_everywhere(opened):
    page = opened("/ui/gallery/", cookies=[{"name": "large_text", "value": "1"}])
    expect(page.locator(".chart--drawn")).to_have_count(3)

    small = page.evaluate("""[...document.querySelectorAll('body *')].filter((element) =>
        element.checkVisibility()
        && [...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())
        && parseFloat(getComputedStyle(element).fontSize) < 24).map((element) => element.outerHTML)""")
    low = page.evaluate("""[...document.querySelectorAll('a, button, select, textarea, summary, .check-cell')]
        .filter((element) => element.checkVisibility() && getComputedStyle(element).display !== 'inline'
        && !element.matches('.govuk-skip-link') && element.getBoundingClientRect().height < 59.5)
        .map((element) => element.outerHTML)""")

    assert (small, low) == ([], [])


def test_draft_is_kept_restored_and_dropped_after_success(opened):
    page = opened("/deputy/write/")
    page.get_by_label("内容").fill("三号楼没有电梯")
    _until(page, "localStorage.length > 0")

    page.reload()

    expect(page.get_by_role("status")).to_contain_text("已恢复上次没写完的内容。")
    expect(page.get_by_label("内容")).to_have_value("三号楼没有电梯")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/done/")
    _until(page, "localStorage.length === 0")
    assert addresses.received == ["三号楼没有电梯"]


def test_draft_stays_when_the_server_said_no(opened):
    page = opened("/deputy/write/")
    page.get_by_label("内容").fill("超过二十个字的内容" * 3)
    _until(page, "localStorage.length > 0")

    page.get_by_role("button", name="提交").click()

    expect(page.locator(".govuk-error-summary")).to_be_focused()
    expect(page.get_by_label("内容")).to_have_value("超过二十个字的内容" * 3)
    assert page.evaluate("localStorage.length") == 1


def test_draft_waits_for_the_network(opened):
    page = opened("/deputy/write/")
    page.get_by_label("内容").fill("山里没有信号")
    page.context.set_offline(True)

    page.get_by_role("button", name="提交").click()

    expect(page.get_by_role("status")).to_contain_text("没有网络")
    assert "山里没有信号" in page.evaluate("localStorage.getItem(localStorage.key(0))")
    assert addresses.received == []


def test_drafts_of_the_reader_are_dropped_at_logout(opened):
    page = opened("/deputy/write/")
    page.evaluate("""() => {
        document.body.dataset.reader = '7';
        localStorage.setItem('draft:7:reply-1', '{"values": []}');
        localStorage.setItem('draft:8:reply-1', '{"values": []}');
        const form = Object.assign(document.createElement('form'), { method: 'get' });
        form.dataset.leave = '';
        form.addEventListener('submit', (event) => event.preventDefault());
        document.body.append(form);
        form.requestSubmit();
    }""")

    assert page.evaluate("Object.keys(localStorage)") == ["draft:8:reply-1"]


def test_restored_draft_can_be_thrown_away(opened):
    page = opened("/deputy/write/")
    page.get_by_label("内容").fill("不要的")
    _until(page, "localStorage.length > 0")
    page.reload()

    page.get_by_role("button", name="不要了，重新写").click()

    expect(page.get_by_label("内容")).to_have_value("")
    assert page.evaluate("localStorage.length") == 0


def test_double_click_submits_once(opened):
    page = opened("/deputy/write/")
    page.get_by_label("内容").fill("点两下")

    page.get_by_role("button", name="提交").dblclick()
    page.wait_for_url("**/done/")

    assert addresses.received == ["点两下"]


def test_confirmation_can_be_refused(opened):
    page = opened("/deputy/write/")
    questions = []
    page.on("dialog", lambda dialog: (questions.append(dialog.message), dialog.dismiss()))

    page.get_by_role("button", name="撤回").click()

    assert (questions, addresses.received) == (["确定吗？"], [])


def test_refusal_of_a_step_is_told_in_the_servers_words(opened):
    page = opened("/deputy/write/")

    page.get_by_role("button", name="办", exact=True).click()

    expect(page.get_by_role("status")).to_have_text("刚刚有人办过了。")


def test_whole_page_in_answer_to_a_fragment_becomes_the_page(opened):
    page = opened("/deputy/write/")

    page.get_by_role("button", name="办好").click()

    expect(page).to_have_url(re.compile(r"/done/$"))
    expect(page.get_by_role("status")).to_have_text("已办好。")
    expect(page.locator("main")).to_have_count(1)
    page.go_back()
    expect(page.locator("form[data-draft]")).to_have_count(1)


def test_map_is_drawn_from_the_sites_own_boundaries(opened):
    page = opened("/map/")

    expect(page.locator(".chart--drawn svg path")).not_to_have_count(0)

    page.get_by_text("看表格").click()
    expect(page.get_by_role("row", name="乙区")).to_have_text(re.compile(r"乙区\s*8"))
    expect(page.locator(".chart--drawn")).to_have_count(1)
    assert page.complaints == []


def test_counter_tells_what_is_left_and_what_is_too_much(opened):
    page = opened("/deputy/write/")

    page.get_by_label("内容").fill("𠮷" * 18)
    expect(page.locator(".counter")).to_have_text("还可以写 2 字")
    page.get_by_label("内容").fill("字" * 23)

    expect(page.locator(".counter")).to_have_text("超出 3 字")


def test_page_works_without_scripts(opened):
    page = opened("/deputy/write/", java_script_enabled=False)
    page.get_by_label("内容").fill("没有脚本")
    page.get_by_role("button", name="提交").click()
    page.wait_for_url("**/done/")

    page.get_by_role("button", name="大字版").click()

    assert page.locator("html").get_attribute("class") == "large-text"
    assert addresses.received == ["没有脚本"]


def test_writing_page_opens_again_without_a_network(opened):
    page = opened("/deputy/write/")
    _until(
        page, "caches.open('pages').then((pages) => pages.match('/deputy/write/')).then(Boolean)"
    )
    page.context.set_offline(True)

    page.reload()

    expect(page.get_by_role("heading", name="写")).to_be_visible()
    page.goto(page.url.replace("write", "elsewhere"))
    expect(page.get_by_role("heading", name="现在没有网络")).to_be_visible()
    expect(page.get_by_role("link", name="写")).to_be_visible()
