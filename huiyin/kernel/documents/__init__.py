"""Official letters as DOCX and PDF from one content, and the printed trace."""

from huiyin.kernel.documents.letters import (
    PlainLetter,
    Promise,
    ReplyLetter,
    chinese_date,
    document_number,
)
from huiyin.kernel.documents.printing import TraceEntry, trace_pdf

__all__ = [
    "PlainLetter",
    "Promise",
    "ReplyLetter",
    "TraceEntry",
    "chinese_date",
    "document_number",
    "trace_pdf",
]
