"""Pages that one person alone should find: not kept, not listed, not told to the next site."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]


def private(view: View) -> View:
    @wraps(view)
    def answered(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        # Not "no-referrer": a browser then sends "Origin: null" with a form, which the check
        # against forged requests refuses. This sends the site's name only, never the code.
        response.headers["Referrer-Policy"] = "strict-origin"
        return response

    return answered
