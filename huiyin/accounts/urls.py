"""Addresses of this app; logging in and second factors are allauth's, under /account/."""

from django.urls import path

from huiyin.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("desk/unmask/<str:kind>/<int:pk>/<slug:field>/", views.unmask, name="unmask"),
]
