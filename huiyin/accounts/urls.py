"""Addresses of this app; logging in and second factors are allauth's, under /account/."""

from django.urls import path

from huiyin.accounts import views

app_name = "accounts"
urlpatterns = [
    path("profile/", views.profile, name="profile"),
    path("profile/filters/keep/", views.keep_filter, name="keep_filter"),
    path("profile/filters/drop/", views.drop_filter, name="drop_filter"),
    path("profile/tokens/make/", views.make_token, name="make_token"),
    path("profile/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("desk/unmask/<str:kind>/<int:pk>/<slug:field>/", views.unmask, name="unmask"),
]
