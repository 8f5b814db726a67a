"""From an empty database to a resident's words on the clerk's desk, by the command and the pages alone."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.congress import tasks
from huiyin.congress.choices import Role, UnitKind
from huiyin.congress.models import Deputy, Session, Unit
from huiyin.kernel import spreadsheets
from huiyin.opinions.models import Matter, Voice
from huiyin.venues.choices import Kind
from huiyin.venues.models import Venue

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

CODE, STREET = "620123", "620123100"
SAID = "村口的路灯坏了半个月，晚上孩子放学看不见路。希望尽快修好。"
PEOPLE = (
    *("--system", "xitong", "石望川"),
    *("--security", "anquan", "柳青禾"),
    *("--audit", "shenji", "方晓岚"),
)


@pytest.fixture
def passwords(settings) -> dict[str, str]:
    """A founded county, and what the command printed for its three administrators."""
    settings.DEMO = False
    out = io.StringIO()
    term = ("--term", "19", "--since", "2021-12-01")
    call_command("found_congress", CODE, "county", *term, *PEOPLE, stdout=out)
    return dict(re.findall(r"^  (\w+)  (\S+)$", out.getvalue(), re.MULTILINE))


@pytest.fixture
def administrator(passwords) -> Client:
    return entered("xitong", passwords["xitong"])


def entered(username, password) -> Client:
    """Somebody at the door with what stands on the slip of paper, who then chooses a password."""
    client = Client()
    client.post(reverse("account_login"), {"login": username, "password": password})
    choose_password(client, username, password)
    assert client.get(reverse("accounts:profile")).status_code == 200
    return client


def choose_password(client, username, password):
    own = own_password(username)
    typed = {"oldpassword": password, "password1": own, "password2": own}
    client.post(reverse("account_change_password"), typed)


def own_password(username) -> str:
    return f"huanghe-tieqiao-1909-{username}"


def appointed(administrator, username, name, role, **more) -> Client:
    """The administrator appoints somebody new, who logs in with the password shown."""
    typed = {"username": username, "name": name, "role": role, **more}
    page = administrator.post(reverse("congress:appoint"), typed)
    return entered(username, page.context["password"])


def brought_in(client, address, sheet):
    """A file goes through an import's page: looked at, then confirmed."""
    file = SimpleUploadedFile("表.csv", sheet.encode("utf-8-sig"))
    look = client.post(reverse(address), {"file": file})
    assert look.context["plan"].problems == []
    client.post(reverse(address), {"token": look.context["token"], "confirmed": "1"})


def the_worker_comes():
    for job in ProcrastinateJob.objects.filter(task_name="huiyin.congress.tasks.seat_deputies"):
        tasks.seat_deputies(**job.args)


def draft_of(answer) -> str:
    return re.search(r'name="draft" value="([^"]*)"', answer.content.decode())[1]


def say(text) -> Voice:
    """A resident without an account takes the three steps."""
    resident = Client()
    draft = draft_of(resident.get(reverse("opinions:say")))
    where = resident.post(reverse("opinions:say"), {"draft": draft, "text": text})
    last = resident.post(reverse("opinions:say_where"), {"draft": draft_of(where)})
    resident.post(reverse("opinions:say_send"), {"draft": draft_of(last)})
    return Voice.objects.get(text=text)


def test_the_first_password_opens_the_door_and_the_second_factor_comes_next(passwords, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    client = Client()

    client.post(reverse("account_login"), {"login": "shenji", "password": passwords["shenji"]})

    first = client.get(reverse("dashboards:desk"))
    choose_password(client, "shenji", passwords["shenji"])
    second = client.get(reverse("dashboards:desk"))
    assert (first.url, second.url) == (
        reverse("account_change_password"),
        reverse("mfa_activate_totp"),
    )


def test_the_first_password_opens_nothing_once_its_owner_has_chosen_another(passwords):
    entered("anquan", passwords["anquan"])

    assert not Client().login(username="anquan", password=passwords["anquan"])
    assert Client().login(username="anquan", password=own_password("anquan"))


def test_the_administrator_opens_units_sessions_and_offices(administrator):
    brought_in(administrator, "congress:import_units", "名称,性质\n榆中县水务局,政府部门\n")
    unit = Unit.objects.get()
    term = unit.congress.terms.get()
    sitting = {"number": 1, "starts_on": "2021-12-01", "ends_on": "2021-12-04"}
    administrator.post(reverse("congress:convene", args=[term.pk]), sitting)

    handler = appointed(administrator, "shuiwu", "何远", Role.UNIT_CLERK, unit=unit.pk)

    assert (unit.kind, unit.short_name) == (UnitKind.DEPARTMENT, "榆中县水务局")
    assert Session.objects.get().term == term
    assert handler.get(reverse("suggestions:tasks")).status_code == 200


def test_the_clerk_brings_in_deputies_and_opens_venues(administrator):
    clerk = appointed(administrator, "jingban", "林知夏", Role.CLERK)

    brought_in(clerk, "congress:import_deputies", "姓名,代表团,选区\n苏明远,城关镇,第一选区\n")
    the_worker_comes()
    sheet = f"名称,类型,地区代码\n城关镇代表之家,代表之家,{STREET}\n"
    brought_in(clerk, "venues:import_venues", sheet)

    deputy, venue = Deputy.objects.get(), Venue.objects.get()
    assert (deputy.person.name, deputy.electing_base.name) == ("苏明远", "第一选区")
    assert (venue.kind, venue.region.code) == (Kind.HOME, STREET)
    card = Client().get(reverse("congress:deputy", args=[deputy.code]))
    assert "苏明远" in card.content.decode()


def test_the_administrator_opens_a_deputys_account_a_committee_and_a_group(administrator):
    clerk = appointed(administrator, "jingban", "林知夏", Role.CLERK)
    brought_in(clerk, "congress:import_deputies", "姓名,代表团,选区\n苏明远,城关镇,第一选区\n")
    the_worker_comes()

    picked = {"picked": [Deputy.objects.get().pk]}
    sheet = administrator.post(reverse("congress:give_accounts"), picked)
    administrator.post(reverse("congress:open_committee"), {"name": "财政经济委员会"})
    administrator.post(reverse("congress:open_group"), {"name": "城关镇代表小组"})

    [row] = spreadsheets.read(sheet.getvalue(), "a.xlsx").rows
    deputy = entered(*row.cells[2:4])
    assert deputy.get(reverse("suggestions:write")).status_code == 200
    page = clerk.get(reverse("congress:bodies")).content.decode()
    assert ("财政经济委员会" in page, "城关镇代表小组" in page) == (True, True)
    office = administrator.get(reverse("congress:appoint")).content.decode()
    assert "财政经济委员会" in office


def test_what_a_resident_says_lies_on_the_clerks_desk(administrator):
    clerk = appointed(administrator, "jingban", "林知夏", Role.CLERK)

    voice = say(SAID)

    matter = Matter.objects.get(voices=voice)
    assert SAID[:10] in clerk.get(reverse("opinions:desk")).content.decode()
    assert clerk.get(reverse("opinions:matter", args=[matter.pk])).status_code == 200
