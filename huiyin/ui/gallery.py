"""The address of the gallery of components; included while developing only."""

from django.urls import path

from huiyin.ui import views

urlpatterns = [path("gallery/", views.gallery, name="gallery")]
