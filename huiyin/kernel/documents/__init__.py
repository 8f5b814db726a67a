"""Official letters as DOCX and PDF from one content, and the printed trace."""

from huiyin.kernel.documents.letters import (
    PlainLetter,
    Promise,
    ReplyLetter,
    chinese_date,
    document_number,
)
from huiyin.kernel.documents.meetings import Handed, UnitLetter, hand_over_pdf
from huiyin.kernel.documents.printing import TraceEntry, trace_pdf
from huiyin.kernel.documents.reports import Bars, Report, Section, Table

__all__ = [
    "Bars",
    "Handed",
    "PlainLetter",
    "Promise",
    "ReplyLetter",
    "Report",
    "Section",
    "Table",
    "TraceEntry",
    "UnitLetter",
    "chinese_date",
    "document_number",
    "hand_over_pdf",
    "trace_pdf",
]
