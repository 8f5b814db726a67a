"""Addresses of suggestions: the public's, the deputies', the desk's."""

from django.urls import path

from huiyin.suggestions.views import detail

app_name = "suggestions"
urlpatterns = [
    path("desk/suggestions/<int:pk>/", detail.detail, name="detail"),
    path("deputy/suggestions/<int:pk>/", detail.detail, name="deputy_detail"),
]
