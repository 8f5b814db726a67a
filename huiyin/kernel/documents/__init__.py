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

__all__ = [
    "Handed",
    "PlainLetter",
    "Promise",
    "ReplyLetter",
    "TraceEntry",
    "UnitLetter",
    "chinese_date",
    "document_number",
    "hand_over_pdf",
    "trace_pdf",
]
