"""The trace on A4."""

from django.utils.translation import gettext as _

from huiyin.dashboards.trace import Trace
from huiyin.kernel import clock, documents


def printed(trace: Trace) -> bytes:
    """The trace as a PDF: the same milestones as on screen, oldest first."""
    entries = [
        documents.TraceEntry(
            at=milestone.at,
            who=milestone.who,
            what=milestone.heading,
            words=milestone.words or milestone.quote,
            is_day=milestone.is_old,
        )
        for milestone in trace.milestones
        if milestone.at
    ]
    number = [(_("编号"), trace.number)] if trace.number else []
    others = [
        (_("同一件事的建议"), f"{other.shown_number} {title} · {other.get_state_display()}".strip())
        for other, title in trace.others
    ]
    facts = [*number, *trace.facts, *others]
    return documents.trace_pdf(trace.title, facts, entries, printed_at=clock.now())
