"""Switches, statements and error pages, for people who are not logged in."""

import json

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import reverse

from huiyin.ui import views

pytestmark = pytest.mark.django_db


def test_large_text_is_switched_on_and_off_and_leads_back(client):
    on = client.post(reverse("ui:large_text"), {"next": "/x/?q=1"})
    page = client.get(reverse("ui:accessibility"))
    off = client.post(reverse("ui:large_text"), {"next": "/x/?q=1"})

    assert (on.status_code, on.url, on.cookies["large_text"].value) == (302, "/x/?q=1", "1")
    assert 'class="large-text"' in page.text
    assert off.cookies["large_text"].value == ""


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "", "javascript:1"]
)
def test_large_text_leads_nowhere_else(client, elsewhere):
    assert client.post(reverse("ui:large_text"), {"next": elsewhere}).url == "/"


def test_large_text_is_not_switched_by_a_link(client):
    assert client.get(reverse("ui:large_text")).status_code == 405


def test_large_text_minds_forged_forms():
    forged = Client(enforce_csrf_checks=True).post(reverse("ui:large_text"))

    assert (forged.status_code, "data-error-words" in forged.text) == (403, True)


@pytest.mark.parametrize("name", ["accessibility", "offline"])
def test_pages_open_for_everybody(client, name):
    page = client.get(reverse(f"ui:{name}"))

    assert (page.status_code, page.text.count("<h1")) == (200, 1)


def test_manifest_names_the_deputies_pages(client):
    answer = client.get(reverse("ui:manifest"))

    manifest = json.loads(answer.content)
    assert answer["Content-Type"] == "application/manifest+json"
    assert (manifest["scope"], manifest["name"]) == ("/deputy/", "回音")
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_service_worker_may_only_serve_the_deputies_pages(client):
    answer = client.get(reverse("ui:service_worker"))

    assert reverse("ui:service_worker") == "/deputy/sw.js"
    assert answer["Content-Type"] == "text/javascript"
    assert "no-cache" in answer["Cache-Control"]
    assert reverse("ui:offline") in answer.text


def test_errors_say_what_to_do_next(client):
    request = RequestFactory().get("/nowhere/")

    answers = [
        views.bad_request(request, ValueError()),
        views.not_allowed(request, PermissionDenied("只有领衔代表能撤回。")),
        views.not_found(request, Http404()),
        views.broken(request),
    ]

    assert [answer.status_code for answer in answers] == [400, 403, 404, 500]
    assert all("data-error-words" in answer.text for answer in answers)
    assert "只有领衔代表能撤回。" in answers[1].text


@pytest.mark.urls("tests.ui.addresses")
@pytest.mark.parametrize("face", ["deputy", "desk", "public"])
def test_the_gallery_is_drawn(client, face):
    assert client.get("/ui/gallery/", {"face": face}).status_code == 200
