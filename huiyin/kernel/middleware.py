"""Turns the errors of the domain into answers a person can read."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from huiyin.kernel.limits import TooMany
from huiyin.kernel.workflow import NotPossible

Answer = Callable[[HttpRequest], HttpResponse]


class DomainErrors:
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
