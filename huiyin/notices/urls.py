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
    path("desk/webhooks/", views.webhooks, name="webhooks"),
    path("desk/webhooks/subscribe/", views.subscribe, name="subscribe"),
    path("desk/webhooks/<int:pk>/", views.webhook, name="webhook"),
    path("desk/webhooks/<int:pk>/pause/", views.pause, name="pause"),
    path("desk/webhooks/<int:pk>/resume/", views.resume, name="resume"),
    path("desk/webhooks/<int:pk>/try-out/", views.try_out, name="try_out"),
    path("desk/deliveries/<int:pk>/again/", views.deliver_again, name="deliver_again"),
]
