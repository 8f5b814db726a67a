"""Addresses that belong to no one domain: switches, statements, what a phone needs offline."""

from django.urls import path

from huiyin.ui import views

app_name = "ui"
urlpatterns = [
    path("ui/large-text/", views.large_text, name="large_text"),
    path("ui/accessibility/", views.accessibility, name="accessibility"),
    path("deputy/manifest.webmanifest", views.manifest, name="manifest"),
    path("deputy/sw.js", views.service_worker, name="service_worker"),
    path("deputy/offline/", views.offline, name="offline"),
]
