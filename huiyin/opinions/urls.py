"""Addresses of this app."""

from django.urls import URLPattern

app_name = "opinions"
urlpatterns: list[URLPattern] = []
