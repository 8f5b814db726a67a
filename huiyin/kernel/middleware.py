"""Around every request: the errors of the domain as answers, and who asks as history keeps it."""

import json
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from psycopg.pq import TransactionStatus

from huiyin.kernel.limits import TooMany
from huiyin.kernel.workflow import NotPossible

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
FOR_PROGRAMS = ("/api/", "/open311/")
IDLE, IN_TRANSACTION = TransactionStatus.IDLE, TransactionStatus.INTRANS


class WithoutNul:
    """Stops a NUL in an address: no word has one, no reader types one, and the database cannot take it.

    What is sent in a form is refused by the form's own fields, and programs hear of it as of every
    other value that is none.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path:
            raise Http404
        if "%00" in request.META["QUERY_STRING"] and not request.path.startswith(FOR_PROGRAMS):
            raise BadRequest("a NUL in the address")
        return self.get_response(request)


class DomainErrors:
    """Turns the errors of the domain into answers a person can read."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, NotPossible):
            return render(request, "conflict.html", {"reason": str(error)}, status=409)
        if isinstance(error, TooMany):
            return render(request, "429.html", {"minutes": error.minutes}, status=429)
        return None


class NotKept:
    """What a person saw who was logged in is not kept: going back after logging out shows nothing.

    The worker of the deputies' pages keeps copies of its own (ui/service_worker.js), dropped at logout.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        kept = "no-store" not in response.headers.get("Cache-Control", "")
        if (
            kept
            and settings.SESSION_COOKIE_NAME in request.COOKIES
            and request.user.is_authenticated
        ):
            response.headers["Cache-Control"] = "private, no-store"
        return response


class History:
    """Tells the database who asks and where, for the field history its triggers keep (pghistory).

    pghistory's own middleware writes two statements in one, which cannot be planned beforehand.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        with connection.execute_wrapper(_Teller(request)):
            return self.get_response(request)


class _Teller:
    """Says it at the beginning of each transaction: when that ends, the database forgets it."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.id = str(uuid.uuid4())
        self.is_told = self.is_telling = False

    def __call__(
        self, execute: Any, sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if context["connection"].in_atomic_block and not self.is_telling:
            driver = context["connection"].connection
            status = driver.info.transaction_status
            if status == IDLE or (status == IN_TRANSACTION and not self.is_told):
                self._tell(driver)
        return execute(sql, params, many, context)

    def _tell(self, driver: Any) -> None:
        self.is_telling = True  # finding out who asks may be a statement of its own
        user = getattr(self.request, "user", None)
        facts = {"user": getattr(user, "pk", None), "url": self.request.path}
        driver.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [self.id, json.dumps(facts)],
        )
        self.is_told, self.is_telling = True, False
