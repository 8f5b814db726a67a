"""Work in the background: the bulk files of open data, and the report of a year part by part."""

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from huiyin.dashboards import actions, open_data
from huiyin.dashboards.choices import ReportState
from huiyin.dashboards.figures import Scope
from huiyin.dashboards.figures.year_report import YearReport as Written
from huiyin.dashboards.models import YearReport
from huiyin.kernel import clock, jobs
from huiyin.kernel.documents import Report


@app.periodic(cron="40 2 * * *", periodic_id="make_open_data")
@app.task(queue="slow", queueing_lock="make_open_data")
def make_open_data(timestamp: int) -> None:
    """Every night, all of it."""
    open_data.make()


@app.periodic(cron="*/10 * * * *", periodic_id="renew_open_data")
@app.task(queue="slow", queueing_lock="renew_open_data")
def renew_open_data(timestamp: int) -> None:
    """Soon after something was taken back, files without it; and the first ones of all."""
    open_data.make_if_needed()


@app.task(queue="slow", retry=jobs.PROMISED)
def make_report(report_id: int) -> None:
    """Whatever goes wrong, the page says so and the log says what. Begun again, it is made anew."""
    report = YearReport.objects.select_related("congress__region").get(pk=report_id)
    if not report.is_under_way:
        return  # made already, or nobody waits any longer
    if report.state == ReportState.WAITING:
        actions.start_report(report)
    try:
        with translation.override(settings.LANGUAGE_CODE):
            files, counted = _made(report)
    except jobs.LOST:
        raise  # it begins again
    except Exception:
        actions.fail_report(report)
        raise
    actions.finish_report(report, files=files, counted=counted)


def give_up_report(report_id: int) -> None:
    report = YearReport.objects.get(pk=report_id)
    if report.is_under_way:
        actions.fail_report(report)


jobs.when_given_up(make_report.name, give_up_report)


def _made(report: YearReport) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
    written = Written(Scope(report.congress, report.year, (report.first, report.last)))
    parts, sections = written.parts, []
    of = len(parts) + 2  # each file is a part of the work too
    for done, part in enumerate(parts, start=1):
        sections.append(part())
        actions.note_progress(report, done, of)
    issuer = _("%(congress)s常务委员会") % {"congress": report.congress.name}
    paper = Report(
        issuer=issuer,
        document_number="",
        title=report.title,
        salutation="",
        paragraphs=[report.preface],
        sections=sections,
        closing=_("以上报告，请予审议。"),
        unit=issuer,
        signed_on=clock.today(),
    )
    docx = paper.docx()
    actions.note_progress(report, of - 1, of)
    return {"docx": docx, "pdf": paper.pdf()}, written.counted
