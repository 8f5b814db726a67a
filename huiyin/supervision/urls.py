"""Addresses of supervision: the public's, the deputies', the desk's."""

from django.urls import path

from huiyin.supervision.views import files, home, key_items, public, reviews, scorecards, steps
from huiyin.supervision.views.pages import PAGES

app_name = "supervision"
urlpatterns = [
    path("key-items/", public.key_items, name="public_key_items"),
    path("key-items/<int:pk>/", public.key_item, name="published_key_item"),
    path("deputy/key-items/<int:pk>/", key_items.deputy_detail, name="deputy_key_item"),
    path("desk/supervision/", home.home, name="home"),
    path("desk/key-items/", key_items.index, name="key_items"),
    path("desk/key-items/candidates/", key_items.candidates, name="key_candidates"),
    path("desk/key-items/propose/", key_items.propose, name="propose_key_item"),
    path("desk/key-items/<int:pk>/", key_items.detail, name="key_item"),
    path("desk/key-items/<int:pk>/notice.<str:form>", files.key_notice, name="key_notice"),
    path("desk/appraisals/", scorecards.appraisals, name="appraisals"),
    path("desk/appraisals/<int:pk>/", scorecards.appraisal, name="appraisal"),
    path("desk/scorecards/<int:pk>/", scorecards.scorecard, name="scorecard"),
    path("desk/scorecards/<int:pk>/rows/<str:line>/", scorecards.card_rows, name="card_rows"),
    path("reviews/", public.reviews, name="public_reviews"),
    path("desk/reviews/", reviews.index, name="reviews"),
    path("desk/reviews/choose/", reviews.choose, name="choose_unit"),
    path("desk/reviews/<int:pk>/", reviews.detail, name="review"),
    *(path(page.path, steps.step, {"page": page}, name=page.step) for page in PAGES),
]
