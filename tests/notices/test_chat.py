"""Group robots: what apprise really sends, to a server on the loopback."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.notices import actions
from huiyin.notices.choices import Channel, State
from huiyin.notices.models import Message
from tests.congress.factories import CongressFactory, UnitFactory, person_as

pytestmark = pytest.mark.django_db
KEYS = {
    "wecombot": "wecombot://0123456789abcdef0123456789abcdef",
    "dingtalk": "dingtalk://SEC0123456789@0123456789abcdef",
    "feishu": "feishu://0123456789abcdef",
}


class Platform(BaseHTTPRequestHandler):
    """Takes what the three platforms take, and answers as they do."""

    received: list = []
    status = 200

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Platform.received.append((self.path, body))
        self.send_response(Platform.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps({"errcode": 0, "code": 0, "errmsg": "ok"}).encode())

    def log_message(self, *_args):
        pass


@pytest.fixture(autouse=True)
def _noon():
    """At night a robot is as quiet as everybody."""
    with clock.set_to(dt.datetime(2026, 5, 6, 12, 0, tzinfo=clock.ZONE)):
        yield


@pytest.fixture
def platform(settings):
    server = HTTPServer(("127.0.0.1", 0), Platform)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Platform.received, Platform.status = [], 200
    address = f"http://127.0.0.1:{server.server_port}"
    settings.CHAT_ADDRESSES = dict.fromkeys(KEYS, address)
    settings.SITE_ADDRESS = "https://huiyin.example"
    yield Platform
    server.shutdown()
    thread.join()
    server.server_close()


def tell(unit=None):
    news = {
        "key": "test.news",
        "subject": "有新的代表建议",
        "words": "17-5-0001 请签收。",
        "path": "/desk/",
    }
    if unit is None:
        actions.send_to_role(CongressFactory(), Role.CLERK, **news)
    else:
        actions.send_to_unit(unit, **news)


def robots_messages():
    return list(Message.objects.filter(channel=Channel.CHAT).values_list("state", "problem"))


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("wecombot", "/cgi-bin/webhook/send"),
        ("dingtalk", "/robot/send"),
        ("feishu", "/open-apis/bot/v2/hook/"),
    ],
)
def test_the_committees_robot_tells_the_group(platform, settings, kind, path):
    settings.CHAT_ROBOTS = {"620100": KEYS[kind]}
    tell()

    actions.send_due()
    actions.send_due()

    ((sent_to, body),) = platform.received
    assert sent_to.startswith(path)
    told = json.dumps(body, ensure_ascii=False)
    assert "17-5-0001 请签收。" in told
    assert "https://huiyin.example/desk/" in told
    assert robots_messages() == [(State.SENT, "")]


def test_the_robot_of_a_unit_hears_what_is_for_the_unit(platform, settings):
    unit = UnitFactory(congress=CongressFactory(), name="兰州市教育局")
    settings.CHAT_ROBOTS = {"620100/兰州市教育局": KEYS["feishu"], "620100": KEYS["wecombot"]}

    tell(unit)

    assert list(Message.objects.filter(channel=Channel.CHAT).values_list("robot", flat=True)) == [
        "620100/兰州市教育局"
    ]


def test_the_same_news_is_told_to_a_group_once(platform, settings):
    settings.CHAT_ROBOTS = {"620100": KEYS["feishu"]}

    tell()
    tell()

    assert len(robots_messages()) == 1


def test_a_platform_that_refuses_is_seen_in_the_outbox_and_tried_again(platform, settings):
    settings.CHAT_ROBOTS = {"620100": KEYS["feishu"]}
    platform.status = 500
    tell()

    actions.send_due()

    assert robots_messages() == [(State.WAITING, "群机器人没有收下")]


@pytest.mark.parametrize("address", ["", "json://127.0.0.1/", "file:///etc/passwd"])
def test_only_the_known_kinds_of_robots_are_spoken_to(platform, settings, address):
    settings.CHAT_ROBOTS = {"620100": KEYS["feishu"]}
    tell()
    settings.CHAT_ROBOTS = {"620100": address}

    actions.send_due()

    assert platform.received == []
    assert robots_messages() == [(State.WAITING, "没有设置这个群机器人")]


def test_an_address_that_cannot_be_read_is_no_robot(platform, settings):
    settings.CHAT_ROBOTS = {"620100": "feishu://"}
    tell()

    actions.send_due()

    assert robots_messages() == [(State.WAITING, "群机器人没有收下")]


def test_without_robots_nothing_is_added(settings):
    settings.CHAT_ROBOTS = {}
    tell()

    assert robots_messages() == []


def test_a_robots_address_is_never_stored_nor_shown(platform, settings, client):
    settings.CHAT_ROBOTS = {"620100": KEYS["feishu"]}
    tell()
    client.force_login(person_as(Role.CLERK, congress=CongressFactory()))

    page = client.get("/desk/outbox/").content.decode()

    assert "群机器人" in page
    assert "0123456789abcdef" not in page
    assert "0123456789abcdef" not in str(list(Message.objects.values()))


def test_a_calm_message_makes_no_phone_ring():
    user = person_as(Role.CLERK, congress=CongressFactory())
    user.phone, user.email = "19900001234", "clerk@example.org"
    user.save()

    for is_calm in (True, False):
        actions.send(to=user, key=f"k{is_calm}", subject="今日待办", words="…", is_calm=is_calm)

    calm = Message.objects.filter(key__startswith="kTrue").values_list("channel", flat=True)
    loud = Message.objects.filter(key__startswith="kFalse").values_list("channel", flat=True)
    assert set(calm) == {Channel.IN_APP, Channel.EMAIL}
    assert set(loud) == {Channel.IN_APP, Channel.EMAIL, Channel.SMS}
