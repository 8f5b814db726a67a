"""Tables of supervision, and the questions asked of them."""

from huiyin.supervision.models.awards import (
    Award,
    AwardObjection,
    Candidate,
    Juror,
    JuryScore,
    Recusal,
)
from huiyin.supervision.models.calls import Call, Clue, Precheck
from huiyin.supervision.models.key_items import KeyAct, KeyItem, KeyMember, KeyOpinion
from huiyin.supervision.models.reviews import OpenVote, Review, ReviewTally, ReviewVoter
from huiyin.supervision.models.scorecards import Appraisal, CardObjection, Scorecard

__all__ = [
    "Appraisal",
    "Award",
    "AwardObjection",
    "Call",
    "Candidate",
    "CardObjection",
    "Clue",
    "Juror",
    "JuryScore",
    "KeyAct",
    "KeyItem",
    "KeyMember",
    "KeyOpinion",
    "OpenVote",
    "Precheck",
    "Recusal",
    "Review",
    "ReviewTally",
    "ReviewVoter",
    "Scorecard",
]
