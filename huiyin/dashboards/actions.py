"""The report of a year: begun, ordered, made by the worker, kept."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.urls import reverse

from huiyin.accounts.models import User
from huiyin.congress.models import Congress
from huiyin.dashboards import permissions
from huiyin.dashboards.models import ReportFile, YearReport
from huiyin.dashboards.workflow import YEAR_REPORT
from huiyin.kernel import clock, steps, trail
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.notices import actions as notices


@transaction.atomic
def begin_report(
    congress: Congress, *, year: int, days: tuple[Any, Any], title: str, preface: str, by: User
) -> YearReport:
    """A further report of the same period is another report: nothing made is written over."""
    if not permissions.can_begin_report(by, congress):
        raise NotAllowed(f"{by} may not begin a report")
    first, last = days
    report = YearReport(
        congress=congress, year=year, first=first, last=last, title=title, preface=preface
    )
    return steps.create(report, "begin_report", by=by)


@transaction.atomic
def revise_report(report: YearReport, *, title: str, preface: str, by: User) -> YearReport:
    changes = {"title": _demand(title), "preface": preface.strip()}
    return steps.take(YEAR_REPORT, "revise_report", report, by=by, changes=changes)


@transaction.atomic
def order_report(report: YearReport, *, by: User) -> YearReport:
    """The worker makes it; whoever ordered it is told."""
    changes = {"ordered_by": by, "n_done": 0, "n_parts": 0}
    return steps.take(YEAR_REPORT, "order_report", report, by=by, changes=changes)


@transaction.atomic
def start_report(report: YearReport) -> YearReport:
    return steps.take(YEAR_REPORT, "start_report", report, by=trail.SYSTEM)


def note_progress(report: YearReport, done: int, of: int) -> None:
    """How far it has come, for the page that waits; no step and no line of the trail."""
    YearReport.objects.filter(pk=report.pk).update(n_done=done, n_parts=of)


@transaction.atomic
def finish_report(
    report: YearReport, *, files: Mapping[str, bytes], counted: Sequence[Mapping[str, Any]]
) -> YearReport:
    hashes = {kind: hashlib.sha256(content).hexdigest() for kind, content in files.items()}
    changes = {"made_at": clock.now(), "hashes": hashes, "counted": list(counted)}
    report = steps.take(YEAR_REPORT, "finish_report", report, by=trail.SYSTEM, changes=changes)
    for kind, content in files.items():
        ReportFile.objects.create(report=report, kind=kind, content=content)
    _tell(report, "made", _("报告已经编好，可以下载"))
    return report


@transaction.atomic
def fail_report(report: YearReport) -> YearReport:
    """Something went wrong that the log names; it can be ordered again."""
    report = steps.take(YEAR_REPORT, "fail_report", report, by=trail.SYSTEM)
    _tell(report, "failed", _("报告没有编成，请再编一次"))
    return report


@transaction.atomic
def give_up_report(report: YearReport, *, by: User) -> YearReport:
    """The worker is gone: wait no longer."""
    return steps.take(YEAR_REPORT, "give_up_report", report, by=by)


def _demand(title: str) -> str:
    if not title.strip():
        raise NotPossible(_("请写标题。"))
    return title.strip()


def _tell(report: YearReport, news: str, subject: str) -> None:
    if report.ordered_by is None:
        return
    notices.send(
        to=report.ordered_by,
        congress=report.congress,
        key=f"dashboards.report_{news}:{report.pk}:{report.version}",
        subject=subject,
        words=report.title,
        about=report,
        path=reverse("dashboards:report", args=[report.pk]),
    )
