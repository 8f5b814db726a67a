"""A few pages of our own, to try the floor on without the house above it."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, HttpResponseRedirect
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
  <form method="post" action="/sure/" data-confirm="确定吗？">{% csrf_token %}<button>撤回</button></form>
{% endblock %}
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
def sure(request):
    received.append("撤回")
    return HttpResponseRedirect("/done/")


urlpatterns = [
    path("deputy/write/", write),
    path("done/", done),
    path("taken/", taken),
    path("sure/", sure),
    path("", include("huiyin.ui.urls")),
    path("ui/", include("huiyin.ui.gallery")),
    path("language/", include("django.conf.urls.i18n")),
]
