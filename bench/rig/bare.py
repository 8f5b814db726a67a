"""The measure of the list: 25 rows of the same table in a bare table, through the same middleware."""

from django.http import HttpResponse  # noqa: TID251 -- a view
from django.template import Context, Template
from django.urls import path

from huiyin.config import urls
from huiyin.suggestions.models import Suggestion
from huiyin.suggestions.models.queries import UNLISTED

TABLE = Template(
    "<!DOCTYPE html><title>bare</title><table>{% for row in rows %}<tr><td>{{ row.number }}</td>"
    "<td>{{ row.title }}</td><td>{{ row.state }}</td><td>{{ row.submitted_at }}</td></tr>{% endfor %}</table>"
)


def bare(request):
    rows = Suggestion.objects.defer(*UNLISTED).order_by("-pk")[:25]
    return HttpResponse(TABLE.render(Context({"rows": rows})))


urlpatterns = [path("bare/", bare), *urls.urlpatterns]
handler400, handler403 = urls.handler400, urls.handler403
handler404, handler500 = urls.handler404, urls.handler500
