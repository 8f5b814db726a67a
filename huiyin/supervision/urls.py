"""Addresses of supervision: the public's, the deputies', the desk's."""

from django.urls import path

from huiyin.supervision.pages import PAGES
from huiyin.supervision.views import (
    awards,
    calls,
    files,
    home,
    key_items,
    public,
    reviews,
    scorecards,
    steps,
)

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
    path("awards/", public.awards, name="public_awards"),
    path("desk/awards/", awards.index, name="awards"),
    path("desk/awards/<int:pk>/", awards.detail, name="award"),
    path("desk/candidates/<int:pk>/certificate.<str:form>", files.certificate, name="certificate"),
    path("deputy/call/", calls.deputy_call, name="deputy_call_now"),
    path("deputy/call/<int:pk>/", calls.deputy_call, name="deputy_call"),
    path("deputy/clues/<int:pk>/take/", calls.take_clue, name="take_clue"),
    path("deputy/suggestions/<int:pk>/precheck/", calls.offer_draft, name="offer_draft"),
    path("deputy/prechecks/<int:pk>/", calls.deputy_precheck, name="deputy_precheck"),
    path("deputy/prechecks/<int:pk>/withdraw/", calls.withdraw_precheck, name="withdraw_precheck"),
    path("desk/calls/", calls.index, name="calls"),
    path("desk/calls/new/", calls.draft, name="draft_call"),
    path("desk/calls/<int:pk>/", calls.detail, name="call"),
    path("desk/calls/<int:pk>/matters/", calls.matters, name="clue_matters"),
    path("desk/prechecks/", calls.prechecks, name="prechecks"),
    path("desk/prechecks/<int:pk>/", calls.precheck, name="precheck"),
    *(path(page.path, steps.step, {"page": page}, name=page.step) for page in PAGES),
]
