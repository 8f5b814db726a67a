"""The report of a year: begun, prefaced, made by the worker, kept; the same numbers as on the pages."""

import io

import pytest
from django.urls import reverse
from docx import Document
from procrastinate import testing
from procrastinate.contrib.django import app
from procrastinate.exceptions import ConnectorException
from pypdf import PdfReader

from huiyin.congress.choices import Role
from huiyin.dashboards import actions, figures, permissions, tasks
from huiyin.dashboards.choices import ReportState
from huiyin.dashboards.figures import Scope
from huiyin.dashboards.models import YearReport
from huiyin.dashboards.workflow import YEAR_REPORT
from huiyin.kernel.workflow import NotAllowed
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from tests.congress.factories import CongressFactory, person_as
from tests.dashboards.year import YEARS_END, answered_twice, with_promises
from tests.promises import refuse_jobs
from tests.suggestions.test_secret import handling as in_confidence
from tests.suggestions.walk import City, fresh, later, news_to, trail_of


@pytest.fixture
def worker():
    """Jobs are kept in memory and run when the test says so."""
    kept = testing.InMemoryConnector()
    with app.replace_connector(kept):
        yield kept


def begun(city):
    return actions.begin_report(
        city.congress,
        year=2026,
        days=(Scope(city.congress, 2026).first, Scope(city.congress, 2026).last),
        title="2026年代表建议办理情况的报告",
        preface="各位代表：\n现将办理情况报告如下。",
        by=city.clerk,
    )


def made(city):
    report = actions.order_report(begun(city), by=city.clerk)
    tasks.make_report(report.pk)
    return fresh(report)


def words_of_docx(content):
    document = Document(io.BytesIO(bytes(content)))
    cells = (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    return "".join("".join([*(p.text for p in document.paragraphs), *cells]).split())


def words_of_pdf(content):
    pages = PdfReader(io.BytesIO(bytes(content))).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def test_no_order_without_its_job(city, client):
    report = begun(city)
    client.force_login(city.clerk)
    refuse_jobs()

    with pytest.raises(ConnectorException):
        client.post(
            reverse("dashboards:revise_report", args=[report.pk]),
            {"title": report.title, "preface": report.preface, "order": "1"},
        )

    assert fresh(report).state == ReportState.DRAFT


def test_a_report_whose_worker_was_killed_is_made_by_the_next_one(city):
    report = actions.order_report(begun(city), by=city.clerk)
    actions.start_report(report)

    tasks.make_report(report.pk)

    assert fresh(report).state == ReportState.MADE
    assert trail_of(report) == ["begin_report", "order_report", "start_report", "finish_report"]


def test_a_report_that_is_made_is_not_made_again(city):
    report = made(city)

    tasks.make_report(report.pk)

    assert (fresh(report).version, report.files.count()) == (report.version, 2)


def test_a_report_that_ends_every_worker_is_given_up(city):
    report = actions.start_report(actions.order_report(begun(city), by=city.clerk))

    tasks.give_up_report(report.pk)

    assert fresh(report).state == ReportState.FAILED


def test_both_files_say_the_preface_and_the_numbers_of_the_pages(city):
    answered_twice(city)
    with_promises(city)
    with later(YEARS_END):
        report = made(city)
        shown = figures.rates(figures.Tally(Scope(city.congress, 2026)))

    docx, pdf = (bytes(report.files.get(kind=kind).content) for kind in ("docx", "pdf"))
    for words in (words_of_docx(docx), words_of_pdf(pdf)):
        missing = [
            part
            for figure in shown
            for part in (figure.name, figure.value)
            if "".join(part.split()) not in words
        ]
        assert "现将办理情况报告如下。" in words
        assert missing == []
    assert [(each["key"], each["count"], each["of"]) for each in report.counted][:-1] == [
        (figure.key, figure.count, figure.of) for figure in shown
    ]


def test_charts_are_in_both_files(city):
    answered_twice(city)
    report = made(city)

    docx = Document(io.BytesIO(bytes(report.files.get(kind="docx").content)))
    pictures = docx.element.body.findall(".//{*}docPr")
    assert any("办复率 100%" in picture.get("descr", "") for picture in pictures)
    assert "100%" in words_of_pdf(report.files.get(kind="pdf").content)


def test_what_is_made_stays_when_the_numbers_change(city):
    city.handed_over()
    report = made(city)
    before = bytes(report.files.get(kind="docx").content)
    city.replied()

    assert bytes(fresh(report).files.get(kind="docx").content) == before
    assert {each["key"]: each["of"] for each in fresh(report).counted}["reply"] == 1
    assert {each["key"]: each["of"] for each in made(city).counted}["reply"] == 2


def test_whoever_ordered_it_is_told(city):
    made(city)

    assert news_to(city.clerk)[-1] == "报告已经编好，可以下载"


def test_the_worker_says_how_far_it_has_come(city, monkeypatch):
    seen = []
    note = actions.note_progress

    def noted(report, done, of):
        note(report, done, of)
        seen.append(YearReport.objects.values_list("n_done", "n_parts").get())

    monkeypatch.setattr(actions, "note_progress", noted)
    made(city)

    assert [done for done, _of in seen] == list(range(1, 10))
    assert {of for _done, of in seen} == {10}


def test_what_goes_wrong_is_said_and_can_be_ordered_again(city, monkeypatch):
    report = actions.order_report(begun(city), by=city.clerk)
    monkeypatch.setenv("HUIYIN_FONTS", "/no/such/folder")
    with pytest.raises(FileNotFoundError):
        tasks.make_report(report.pk)

    assert fresh(report).state == ReportState.FAILED
    assert news_to(city.clerk)[-1] == "报告没有编成，请再编一次"

    monkeypatch.undo()
    actions.order_report(fresh(report), by=city.clerk)
    tasks.make_report(report.pk)
    assert fresh(report).state == ReportState.MADE


def test_a_report_given_up_is_not_finished_by_a_late_worker(city):
    report = actions.order_report(begun(city), by=city.clerk)
    report = actions.give_up_report(report, by=city.clerk)

    tasks.make_report(report.pk)

    assert fresh(report).state == ReportState.FAILED


def test_the_trail_of_a_report_is_whole(city):
    assert trail_of(made(city)) == ["begin_report", "order_report", "start_report", "finish_report"]


MATRIX = {
    ReportState.DRAFT: {"revise_report", "order_report"},
    ReportState.WAITING: {"give_up_report"},
    ReportState.MAKING: {"give_up_report"},
    ReportState.MADE: set(),
    ReportState.FAILED: {"revise_report", "order_report"},
}


@pytest.mark.parametrize("state", ReportState)
def test_steps_of_each_state_are_the_staffs_alone(city, state):
    report = begun(city)
    report.state = state
    others = [person_as(role, congress=city.congress) for role in (Role.MEMBER, Role.AUDITOR)]
    elsewhere = person_as(Role.CLERK, congress=CongressFactory(other=True))

    for person in (city.clerk, city.director):
        assert {step.name for step in YEAR_REPORT.open_to(person, report)} == MATRIX[state]
    for person in (*others, elsewhere, city.unit_clerk):
        assert YEAR_REPORT.open_to(person, report) == []


def test_only_staff_begin_a_report(city):
    assert not permissions.can_begin_report(city.government, city.congress)
    with pytest.raises(NotAllowed):
        actions.begin_report(
            city.congress, year=2026, days=(None, None), title="", preface="", by=city.government
        )


def test_a_clerk_begins_prefaces_orders_and_downloads(city, client, worker):
    city.replied()
    client.force_login(city.clerk)

    page = client.post("/overview/reports/begin/", {"year": 2026}, follow=True)
    report = page.context["report"]
    assert "办复率100%" in page.context["form"]["preface"].value()
    typed = {"title": "办理情况的报告", "preface": "各位代表：", "order": "1"}
    waiting = client.post(reverse("dashboards:revise_report", args=[report.pk]), typed, follow=True)
    assert "排队中" in waiting.content.decode()
    tasks.make_report(report.pk)
    ready = client.get(reverse("dashboards:report", args=[report.pk]))
    file = client.get(reverse("dashboards:report_file", args=[report.pk, "docx"]))

    assert [job["args"] for job in worker.jobs.values()] == [{"report_id": report.pk}]
    assert "已编成" in ready.content.decode()
    assert file.headers["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert "各位代表：" in words_of_docx(file.content)


def test_a_title_that_is_missing_keeps_the_preface(city, client, worker):
    report = begun(city)
    client.force_login(city.clerk)

    answer = client.post(
        reverse("dashboards:revise_report", args=[report.pk]), {"title": "", "preface": "写好的"}
    )

    assert answer.status_code == 422
    assert "写好的" in answer.content.decode()


def test_readers_see_what_is_made_and_nothing_that_is_being_written(city, client):
    report, finished = begun(city), made(city)
    client.force_login(person_as(Role.MEMBER, congress=city.congress))

    listed = client.get("/overview/reports/").context["page"]

    assert [each.pk for each in listed] == [finished.pk]
    assert client.get(reverse("dashboards:report", args=[report.pk])).status_code == 404
    assert client.get(reverse("dashboards:report", args=[finished.pk])).status_code == 200


def test_reports_of_another_congress_are_not_found(city, client):
    report = made(city)
    other = City(CongressFactory(other=True))
    client.force_login(other.clerk)

    assert list(client.get("/overview/reports/").context["page"]) == []
    assert client.get(reverse("dashboards:report", args=[report.pk])).status_code == 404
    assert client.get(reverse("dashboards:report_file", args=[report.pk, "pdf"])).status_code == 404


def test_progress_is_a_fragment_that_asks_again_until_it_is_done(city, client):
    report = actions.order_report(begun(city), by=city.clerk)
    client.force_login(city.clerk)
    path = reverse("dashboards:report", args=[report.pk]) + "?progress=1"

    running = client.get(path).content.decode()
    tasks.make_report(report.pk)
    finished = client.get(path).content.decode()

    assert "hx-get" in running
    assert "<html" not in running
    assert "hx-get" not in finished


def test_the_list_costs_the_same_for_one_and_three(city, client, django_assert_max_num_queries):
    client.force_login(city.clerk)
    begun(city)
    client.get("/overview/reports/")
    with django_assert_max_num_queries(12) as one:
        client.get("/overview/reports/")
    begun(city)
    begun(city)
    with django_assert_max_num_queries(len(one)):
        client.get("/overview/reports/")


@pytest.mark.parametrize(
    ("few", "says"), [(10, "保密办理的不在任何数字里"), (1, "另有1件保密办理")]
)
def test_few_in_confidence_are_not_told_apart(city, few, says):
    Rule.objects.filter(key=Key.RATES_FEW).update(value=few)
    in_confidence(city)

    words = words_of_docx(made(city).files.get(kind="docx").content)

    told = [each for each in ("保密办理的不在任何数字里", "另有1件保密办理") if each in words]
    assert told == [says]
