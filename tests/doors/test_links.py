"""Where a page shows a way, its reader can go: no link leads to a page that is not there for them."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from tests.doors.test_doors import address, doors_open_to
from tests.doors.world import HERE

pytestmark = pytest.mark.long  # a minute or two: every page of every role, and where it leads
LINK = re.compile(r'<a\b[^>]*\bhref="(/[^"#]*)')
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
SEEN = re.compile(r"\d+")  # of pages alike but for a number, one is enough


@pytest.mark.parametrize("role", HERE)
def test_no_link_leads_its_reader_to_a_page_that_is_not_there(world, role):
    client = Client(raise_request_exception=False)
    client.force_login(world.people[role])

    dead, tried = {}, set()
    for name in sorted(doors_open_to(role)):
        for way in ways_on(client.get(address(world, name))):
            kind = SEEN.sub("#", urlsplit(way).path)
            if kind not in tried:
                tried.add(kind)
                if client.get(way.replace("&amp;", "&")).status_code >= 400:
                    dead[way] = name

    assert dead == {}
    assert tried


def ways_on(answer) -> list[str]:
    """The links of a page's own part. The head and the foot are the same on every page."""
    if answer.status_code != 200 or "html" not in answer["Content-Type"]:
        return []
    found = MAIN.search(answer.content.decode())
    return LINK.findall(found[0]) if found else []
