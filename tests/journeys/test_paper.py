"""What comes out of a printer: sheets of A4, nothing cut off at their edge, nothing to press."""

import io

import pypdf
import pytest

from tests.dashboards.year import answered_twice, solved, with_promises

INSIDE = 673  # pixels between the margins of a sheet
A4 = (595, 842)  # points
PAGES = {
    "trace": "/trace/suggestions.suggestion/{pk}/",
    "detail": "/desk/suggestions/{pk}/",
    "list": "/desk/suggestions/?tab=done",
    "overview": "/overview/",
    "comparisons": "/overview/comparisons/",
}
TO_PRESS = "nav, .brand__account, .foot, .bottom, button, .govuk-button, form"
STICKING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((one) => one.checkVisibility() && !one.closest(".govuk-visually-hidden, svg"))
  .filter((one) => one.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map((one) => `${one.tagName} ${one.innerText}`.slice(0, 60))"""


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_printed_whole(town, windows, language):
    paper = solved(town)
    with_promises(town)
    answered_twice(town)
    clerk = windows(town.clerk, width=INSIDE)
    clerk.context.add_cookies([{"name": "django_language", "value": language, "url": clerk.home}])

    faults = {}
    for name, address in PAGES.items():
        clerk.open(address.format(pk=paper.pk))
        sheets = pypdf.PdfReader(io.BytesIO(clerk.page.pdf(prefer_css_page_size=True))).pages
        sizes = {(round(sheet.mediabox.width), round(sheet.mediabox.height)) for sheet in sheets}
        clerk.page.emulate_media(media="print")
        sticking_out = clerk.page.evaluate(STICKING_OUT)
        to_press = clerk.page.locator(TO_PRESS).locator("visible=true").all_inner_texts()
        clerk.page.emulate_media(media="null")
        if (sizes, sticking_out, to_press) != ({A4}, [], []):
            faults[name] = sizes, sticking_out, to_press

    assert faults == {}
