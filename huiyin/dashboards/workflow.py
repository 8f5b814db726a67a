"""The life of a report. docs/workflows/year_report.md is drawn from here."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.dashboards import permissions as may
from huiyin.dashboards.choices import UNDER_WAY, ReportState
from huiyin.dashboards.models import YearReport
from huiyin.kernel.workflow import Step, Workflow

OPEN = (ReportState.DRAFT, ReportState.FAILED)

# fmt: off
YEAR_REPORT = Workflow[Any, YearReport](
    "year_report",
    #    name             button            from                    to                   who                     closed while  law
    Step("revise_report", _("改前言"),      OPEN,                   None,                may.can_revise_report,  None, "代表法51"),
    Step("order_report",  _("编报告"),      OPEN,                   ReportState.WAITING, may.can_order_report,   None, "代表法51"),
    Step("start_report",  _("开始编"),      (ReportState.WAITING,), ReportState.MAKING,  may.by_the_system,      None, ""),
    Step("finish_report", _("编成"),        (ReportState.MAKING,),  ReportState.MADE,    may.by_the_system,      None, ""),
    Step("fail_report",   _("没有编成"),    UNDER_WAY,              ReportState.FAILED,  may.by_the_system,      None, ""),
    Step("give_up_report", _("不等了"),     UNDER_WAY,              ReportState.FAILED,  may.can_give_up_report, None, ""),
)
# fmt: on
CREATED = {"begin_report": _("开始编报告")}
