"""One suggestion, as each of its people sees it."""

from django.http import Http404


def detail(request, pk):
    raise Http404
