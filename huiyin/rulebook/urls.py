"""Addresses of rules and calendar."""

from django.urls import path

from huiyin.rulebook import views

app_name = "rulebook"
urlpatterns = [
    path("rules/", views.public, name="public"),
    path("desk/rules/", views.index, name="index"),
    path("desk/rules/<str:key>/", views.detail, name="detail"),
    path("desk/rules/<str:key>/change/", views.change, name="change"),
    path("desk/calendar/", views.calendar, name="calendar"),
    path("desk/calendar/change/", views.change_day, name="change_day"),
]
