"""Whoever reads English meets no Chinese on any page but in what people wrote."""

from collections import Counter
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.core.cache import cache
from django.urls import Resolver404, resolve

from huiyin.accounts.models import User
from huiyin.kernel import clock
from huiyin.opinions.choices import State as MatterState
from tests.cities import load_national_rules
from tests.congress.factories import AppointmentFactory
from tests.dashboards.year import solved, with_promises
from tests.notices.factories import MessageFactory
from tests.opinions.factories import MatterFactory, MergeProposalFactory, VoiceFactory
from tests.suggestions.walk import TODAY, City
from tests.ui.latin import CHINESE, write_in_latin
from tests.undoing import until_undone
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

pytestmark = pytest.mark.django_db  # without it nobody would make the database of the tests

MOST_OF_A_KIND = 8  # pages of one view for one reader
UNLINKED = (  # from menus made by scripts or from nowhere
    "/no/such/page/",
    "/suggestions/",
    "/rules/",
    "/matters/",
    "/profile/",
    "/desk/outbox/",
    "/desk/calendar/",
    "/account/2fa/",
    "/account/2fa/totp/activate/",
    "/account/password/change/",
    "/deputy/offline/",
)
OWN_NAMES = ("中文", "回音", "兰州人大", "兰民办")  # the switch, the product, the house, an example
READ_ALOUD = ("alt", "aria-label", "content", "data-confirm", "data-label", "placeholder", "title")
ENTRANCES = {
    "resident": "/",
    "deputy": "/deputy/",
    "clerk": "/desk/",
    "director": "/desk/",
    "unit leader": "/desk/",
    "unit clerk": "/desk/",
    "liaison": "/desk/",
    "system": "/desk/",
    "audit": "/desk/",
}


class Page(HTMLParser):
    """The words of a page, and where it leads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[str] = []
        self._skipping = ""
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        if tag in {"script", "style"}:
            self._skipping = tag
        given = dict(attributes)
        self.words += [value for name in READ_ALOUD if (value := given.get(name))]
        if tag == "a" and given.get("href"):
            self.links.append(given["href"])

    def handle_endtag(self, tag):
        if tag == self._skipping:
            self._skipping = ""

    def handle_data(self, words):
        if not self._skipping:
            self.words.append(words)

    def chinese(self) -> list[str]:
        return [words.strip() for words in self.words if CHINESE.search(_without_names(words))]


def _without_names(words: str) -> str:
    for name in OWN_NAMES:
        words = words.replace(name, "")
    return words


@pytest.fixture(scope="module")
def readers(django_db_setup, django_db_blocker):
    """One city with something of everything, told in Latin letters, and who reads its pages."""
    with until_undone(django_db_blocker), clock.set_to(clock.at(TODAY)):
        load_national_rules()
        city = City()
        live(city)
        people = readers_of(city)
        write_in_latin()
        cache.clear()
        yield people


def live(city: City) -> None:
    """Something at every stage, so that every button and every empty line has its page."""
    city.invited()
    city.submitted()
    city.handed_over()
    city.reviewing(cohandled=True)
    solved(city)
    with_promises(city)
    venue = VenueFactory(congress=city.congress)
    PlacementFactory(deputy=city.lead, venue=venue)
    DutyFactory(venue=venue, deputies=[city.lead])
    for state in set(MatterState.values) - {MatterState.MERGED}:
        matter = MatterFactory(
            congress=city.congress, venue=venue, deputy=city.lead, state=state, timed=True
        )
        VoiceFactory(matter=matter, has_news=True, channel="walk_in", visitor_name="Li")
    MatterFactory(congress=city.congress, public=True)
    MergeProposalFactory(congress=city.congress)
    MessageFactory(congress=city.congress, user=city.clerk)
    MessageFactory(congress=city.congress, sms=True, failed=True)
    OfficerFactory(venue=venue, user=city.director)


def readers_of(city: City) -> dict[str, User | None]:
    seats = {"system": "administrator", "audit": "auditor", "liaison": "liaison"}
    others = {
        reader: AppointmentFactory(congress=city.congress, **{seat: True}).user
        for reader, seat in seats.items()
    }
    return {
        "resident": None,
        "deputy": city.deputy_user,
        "clerk": city.clerk,
        "director": city.director,
        "unit leader": city.leader,
        "unit clerk": city.unit_clerk,
        **others,
    }


@pytest.mark.parametrize("reader", ENTRANCES)
def test_no_chinese_but_in_what_people_wrote(reader, readers, client):
    client.cookies["django_language"] = "en"
    if user := readers[reader]:
        client.force_login(user)

    pages = walk(client, ENTRANCES[reader])

    assert {path: page.chinese() for path, page in pages.items() if page.chinese()} == {}
    assert len(pages) > 3


def walk(client, entrance: str) -> dict[str, Page]:
    """Every page that links lead to from here, but only a few of each kind."""
    waiting, pages, kinds = [entrance, *UNLINKED], {}, Counter()
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        if path in pages or kinds[kind] >= MOST_OF_A_KIND:
            continue
        kinds[kind] += 1
        response = client.get(path, follow=True)
        if response.streaming:
            response.getvalue()  # a file is closed when it was read to its end
        if response.get("Content-Type", "").startswith("text/html"):
            pages[path] = Page(response.content.decode())
            waiting += [_inside(path, link) for link in pages[path].links if _is_inside(link)]
    return pages


def _kind(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name
    except Resolver404:
        return ""


def _is_inside(link: str) -> bool:
    return not urlsplit(link).scheme and not link.startswith(("#", "//"))


def _inside(path: str, link: str) -> str:
    return urldefrag(urljoin(path, link)).url
