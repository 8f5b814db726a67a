"""A few pages of our own, to try the floor on without the house above it."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.template import RequestContext, Template
from django.urls import include, path

from huiyin.kernel.workflow import NotPossible

PAGE = """
{% extends "base_deputy.html" %}
{% block nav %}{% endblock %}{% block bottom %}{% endblock %}
{% block title %}写{% endblock %}
{% block main %}
  <h1>写</h1>
  {% cotton error_summary :form="form" / %}
  <form method="post" novalidate data-draft="sample">{% csrf_token %}{{ form }}<button>提交</button></form>
  <button type="button" hx-post="/taken/" hx-target="#main">办</button>
  <button type="button" hx-post="/moved/" hx-target="#nearby">办好</button><div id="nearby"></div>
  <form method="post" action="/sure/" data-confirm="确定吗？">{% csrf_token %}<button>撤回</button></form>
{% endblock %}
"""
MAP = """
{% extends "base_public.html" %}
{% block nav %}{% endblock %}
{% block title %}图{% endblock %}
{% block main %}<h1>图</h1>{% cotton chart kind="map" :data="chart" heading="各区件数" / %}{% endblock %}
"""
received: list[str] = []


class Words(forms.Form):
    words = forms.CharField(label="内容", max_length=20, widget=forms.Textarea)


@login_not_required
def write(request):
    form = Words(request.POST or None)
    if form.is_valid():
        received.append(form.cleaned_data["words"])
        return HttpResponseRedirect("/done/")
    return HttpResponse(Template(PAGE).render(RequestContext(request, {"form": form})))


@login_not_required
def done(request):
    page = PAGE.replace(' data-draft="sample"', "")
    return HttpResponse(Template(page).render(RequestContext(request, {"form": Words()})))


@login_not_required
def taken(request):
    raise NotPossible("刚刚有人办过了。")


@login_not_required
def moved(request):
    messages.success(request, "已办好。")
    return HttpResponseRedirect("/done/")


@login_not_required
def areas(request):
    """Two square districts."""
    shapes = [("甲区", 0), ("乙区", 1)]
    features = [
        {
            "type": "Feature",
            "properties": {"name": name},
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]],
            },
        }
        for name, x in shapes
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


@login_not_required
def map_page(request):
    chart = {
        "category": "区",
        "categories": ["甲区", "乙区"],
        "series": [{"name": "件数", "values": [3, 8]}],
        "map": "/areas.geojson",
    }
    page = Template(MAP).render(RequestContext(request, {"chart": chart}))
    return HttpResponse(page)


@login_not_required
def sure(request):
    received.append("撤回")
    return HttpResponseRedirect("/done/")


urlpatterns = [
    path("deputy/write/", write),
    path("done/", done),
    path("taken/", taken),
    path("sure/", sure),
    path("moved/", moved),
    path("areas.geojson", areas),
    path("map/", map_page),
    path("", include("huiyin.ui.urls")),
    path("ui/", include("huiyin.ui.gallery")),
    path("language/", include("django.conf.urls.i18n")),
]
