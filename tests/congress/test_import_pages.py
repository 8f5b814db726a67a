"""The page on which deputies and units are brought in, and the worker behind it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.congress import imports, tasks
from huiyin.congress.choices import Role
from huiyin.congress.models import Deputy
from huiyin.kernel import spreadsheets, trail
from huiyin.kernel.workflow import NotPossible
from tests.congress.factories import (
    CongressFactory,
    TermFactory,
    person_as,
)
from tests.congress.test_imports import a_file, a_row, read

pytestmark = pytest.mark.django_db
JOB = "huiyin.congress.tasks.seat_deputies"


@pytest.fixture
def clerk(client):
    user = person_as(Role.CLERK)
    client.force_login(user)
    return user


def upload(content, name="代表.csv"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def worker():
    """Runs what waits, as the worker would, and answers with how many jobs there were."""

    def run():
        waiting = list(ProcrastinateJob.objects.filter(task_name=JOB, status="todo").order_by("id"))
        for job in waiting:
            tasks.seat_deputies(**job.args)
        return len(waiting)

    return run


def test_an_import_is_looked_at_before_the_worker_makes_it(client, clerk, worker):
    TermFactory()
    url = reverse("congress:import_deputies")

    look = client.post(url, upload(a_file(a_row(1), a_row(2))))
    assert (len(look.context["plan"].items), Deputy.objects.count()) == (2, 0)

    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})
    again = client.post(url, {"token": look.context["token"], "confirmed": "1"})
    assert started.url == again.url == f"{url}?job={look.context['token']}"
    waiting = client.get(started.url).content.decode()
    assert "排队中" in waiting
    assert "0 / 2" in waiting

    assert worker() == 1
    page = client.get(started.url).content.decode()
    assert "导入了 2 位代表。" in page
    assert "hx-get" not in page
    assert Deputy.objects.count() == 2


def test_the_fragment_of_an_import_under_way_asks_again(client, clerk):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1))))
    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})

    part = client.get(started.url, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in part
    assert "<html" not in part


def test_an_import_that_came_too_late_says_so_and_writes_nothing(client, clerk, worker):
    term = TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1), a_row(2))))
    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})
    imports.seat_all(read(a_row(2), term=term), term=term, by=trail.SYSTEM)

    with pytest.raises(NotPossible):
        worker()

    assert "没有导入，一行也没有写进去。" in client.get(started.url).content.decode()
    assert Deputy.objects.count() == 1


def test_an_import_whose_worker_was_killed_seats_everybody_once(client, clerk, worker):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1), a_row(2))))
    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})

    assert (worker(), worker()) == (1, 1)

    assert "导入了 2 位代表。" in client.get(started.url).content.decode()
    assert Deputy.objects.count() == 2


def test_an_import_that_ends_every_worker_is_given_up(client, clerk):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1))))
    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})

    imports.fail_held(**ProcrastinateJob.objects.get(task_name=JOB).args)

    assert "没有导入，一行也没有写进去。" in client.get(started.url).content.decode()


def test_the_worker_tells_how_far_it_has_come(monkeypatch):
    monkeypatch.setattr(imports.deputies, "BATCH", 2)
    told = []
    term = TermFactory()
    plan = read(a_row(1), a_row(2), a_row(3), term=term)

    imports.seat_all(plan, term=term, tell=lambda *far: told.append(far), by=trail.SYSTEM)

    assert told == [(2, 3), (3, 3)]


def test_nobody_reads_the_progress_of_another(client, clerk):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1))))
    started = client.post(url, {"token": look.context["token"], "confirmed": "1"})
    client.force_login(person_as(Role.CLERK))

    assert client.get(started.url).url == url


def test_rows_in_error_come_back_as_a_spreadsheet(client, clerk):
    TermFactory()
    url = reverse("congress:import_deputies")

    look = client.post(url, upload(a_file(a_row(1), a_row(2, 姓名=""))))
    confirmed = client.post(url, {"token": look.context["token"], "confirmed": "1"})
    errors = client.post(url, {"token": look.context["token"], "errors": "1"})

    table = spreadsheets.read(errors.content, "problems.xlsx")
    assert confirmed.context["plan"].is_clean is False
    assert (table.headers[-1], [row.cells[-1] for row in table.rows]) == ("问题", ["姓名：没有填"])
    assert not Deputy.objects.exists()


def test_columns_are_mapped_on_the_page(client, clerk, worker):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(["王建国"], headers=["谁"])))

    mapped = client.post(url, {"token": look.context["token"], "column_name": "谁", "again": "1"})
    client.post(url, {"token": look.context["token"], "column_name": "谁", "confirmed": "1"})
    worker()

    assert look.context["plan"].problems
    assert mapped.context["plan"].is_clean
    assert Deputy.objects.get().person.name == "王建国"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x00\x01\x02" * 400, "noise.xlsx"),
        (b"PK\x03\x04 broken", "broken.xlsx"),
        ("姓名\n王".encode("utf-16") + b"\xff", "odd.csv"),
        (b"x" * (10 * 1024 * 1024 + 1), "big.csv"),
    ],
)
def test_a_file_that_is_no_table_gets_a_clear_answer(client, clerk, content, name):
    TermFactory()

    answer = client.post(reverse("congress:import_deputies"), upload(content, name))

    assert answer.status_code == 422
    assert answer.context["form"].errors["file"]


def test_no_file_at_all_gets_a_clear_answer(client, clerk):
    TermFactory()

    assert client.post(reverse("congress:import_units"), {}).status_code == 422


def test_somebody_else_s_upload_is_not_found(client, clerk):
    TermFactory()
    url = reverse("congress:import_deputies")
    look = client.post(url, upload(a_file(a_row(1))))
    client.force_login(person_as(Role.CLERK))

    answer = client.post(url, {"token": look.context["token"], "confirmed": "1"})

    assert (answer.url, Deputy.objects.count()) == (url, 0)


def test_the_empty_table_to_fill_in_has_the_headers_that_are_understood(client, clerk):
    TermFactory()

    answer = client.get(reverse("congress:import_deputies"), {"empty": "1"})

    table = spreadsheets.read(b"".join(answer.streaming_content), "template.xlsx")
    columns = spreadsheets.map_columns(table.headers, imports.deputies.FIELDS)
    assert (columns.missing, columns.unknown) == ((), ())


def test_a_congress_without_a_term_takes_no_deputies(client):
    client.force_login(person_as(Role.CLERK, congress=CongressFactory(other=True)))

    assert client.get(reverse("congress:import_deputies")).status_code == 404
