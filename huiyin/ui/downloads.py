"""A list as a file: the same rows as on the page, all of them."""

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

TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
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
