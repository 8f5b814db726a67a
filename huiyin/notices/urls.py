"""Addresses of this app."""

from django.urls import path

from huiyin.notices import views

app_name = "notices"
urlpatterns = [
    path("messages/", views.inbox, name="inbox"),
    path("messages/read/", views.read_all, name="read_all"),
    path("messages/<int:pk>/", views.read, name="read"),
    path("desk/outbox/", views.outbox, name="outbox"),
    path("desk/outbox/<int:pk>/send-again/", views.send_again, name="send_again"),
]
