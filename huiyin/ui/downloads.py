"""What one takes along as a file: a list with all its rows, a letter, a package."""

from collections.abc import Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any

from django.db.models.fields.files import FieldFile
from django.http import (  # noqa: TID251  the one door for files
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    StreamingHttpResponse,
)
from django.utils.http import content_disposition_header

from huiyin.kernel import clock, limits, spreadsheets
from huiyin.kernel.documents import PlainLetter

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "zip": "application/zip",
}


def spreadsheet(
    name: str, headers: Sequence[str], rows: Iterable[Sequence[Any]], kind: str
) -> FileResponse | StreamingHttpResponse:
    """The rows as xlsx or csv, named after the list and the day."""
    filename = f"{name}-{clock.today():%Y%m%d}.{kind}"
    if kind == "csv":
        answer = StreamingHttpResponse(
            spreadsheets.csv_chunks(headers, rows), content_type=TYPES["csv"]
        )
        answer["Content-Disposition"] = content_disposition_header(True, filename)
        return answer
    out = TemporaryFile()  # noqa: SIM115  the response closes it
    spreadsheets.write_xlsx(out, headers, rows)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename=filename, content_type=TYPES["xlsx"])


def public_spreadsheet(
    request: HttpRequest,
    name: str,
    headers: Sequence[str],
    rows: Iterable[Sequence[Any]],
    kind: str,
) -> FileResponse | StreamingHttpResponse:
    """For anyone: a whole list costs more than a page, so nobody gets more than 60 an hour.

    Raises TooMany past that.
    """
    limits.count("spreadsheet", limits.visitor(request), times=60, seconds=3600)
    return spreadsheet(name, headers, rows, kind)


def upload(file: FieldFile, content_type: str, filename: str) -> HttpResponse:
    """What somebody uploaded: always saved, never shown, so that it does not run under our address.

    Raises Http404 where it is lost.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = content_disposition_header(True, filename) or ""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def letter_as(made: PlainLetter, form: str, name: str) -> HttpResponse:
    """The letter as the reader wants it. Raises Http404 for anything but PDF and DOCX."""
    if form not in {"pdf", "docx"}:
        raise Http404
    return as_file(made.pdf() if form == "pdf" else made.docx(), name, form)


def as_file(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file that was made for this answer, named so that Chinese arrives."""
    answer = HttpResponse(content, content_type=TYPES[kind])
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{kind}")
    return answer
