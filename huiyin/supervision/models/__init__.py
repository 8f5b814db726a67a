"""Tables of supervision, and the questions asked of them."""

from huiyin.supervision.models.key_items import KeyAct, KeyItem, KeyMember, KeyOpinion
from huiyin.supervision.models.reviews import OpenVote, Review, ReviewTally, ReviewVoter
from huiyin.supervision.models.scorecards import Appraisal, CardObjection, Scorecard

__all__ = [
    "Appraisal",
    "CardObjection",
    "KeyAct",
    "KeyItem",
    "KeyMember",
    "KeyOpinion",
    "OpenVote",
    "Review",
    "ReviewTally",
    "ReviewVoter",
    "Scorecard",
]
