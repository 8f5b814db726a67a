"""Papers of a suggestion: letters, and the archive package that holds everything of it."""

from huiyin.suggestions.documents.archive import archive
from huiyin.suggestions.documents.letters import (
    examination_letter,
    hand_over_letters,
    motion_paper,
    reply_letter,
    salutation,
)

__all__ = [
    "archive",
    "examination_letter",
    "hand_over_letters",
    "motion_paper",
    "reply_letter",
    "salutation",
]
