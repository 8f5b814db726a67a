"""Photos leave only through views that ask who may see the voice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from huiyin.opinions.models import Picture, Voice


@require_safe
def picture(request: HttpRequest, pk: int) -> HttpResponse:
    seen = Voice.objects.visible_to(request.user)
    return picture_answer(get_object_or_404(Picture, pk=pk, voice__in=seen.values("pk")))


def picture_answer(found: Picture) -> HttpResponse:
    """Always a JPEG we wrote ourselves; the browser is told not to guess otherwise."""
    try:
        with found.file.open("rb") as file:
            content = file.read()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type="image/jpeg")
    response.headers["Content-Disposition"] = f'inline; filename="{found.pk}.jpg"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
