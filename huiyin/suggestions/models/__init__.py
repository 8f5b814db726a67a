"""Suggestions, and what grows on them: signatures, assignments, replies, ratings, promises."""

from huiyin.suggestions.models.attachment import Attachment
from huiyin.suggestions.models.classes import classes_in
from huiyin.suggestions.models.confidant import Confidant
from huiyin.suggestions.models.handling import Assignment, Contact
from huiyin.suggestions.models.motion import DelegationVote, Motion, MotionDecision
from huiyin.suggestions.models.old_items import OldItem, OldItemFile
from huiyin.suggestions.models.publication import Publication
from huiyin.suggestions.models.records import Convening, FaceRecord
from huiyin.suggestions.models.remark import Remark
from huiyin.suggestions.models.reply import Promise, PromiseRating, Rating, Reply
from huiyin.suggestions.models.requests import ReturnRequest, UnitRequest
from huiyin.suggestions.models.series import DocumentSeries, NumberSeries
from huiyin.suggestions.models.suggestion import Origin, Signature, Suggestion, TextVersion

__all__ = [
    "Assignment",
    "Attachment",
    "Confidant",
    "Contact",
    "Convening",
    "DelegationVote",
    "DocumentSeries",
    "FaceRecord",
    "Motion",
    "MotionDecision",
    "NumberSeries",
    "OldItem",
    "OldItemFile",
    "Origin",
    "Promise",
    "PromiseRating",
    "Publication",
    "Rating",
    "Remark",
    "Reply",
    "ReturnRequest",
    "Signature",
    "Suggestion",
    "TextVersion",
    "UnitRequest",
    "classes_in",
]
