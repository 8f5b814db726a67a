"""What hangs on one suggestion that a person may read: the same for the page and for programs."""

from typing import Any, NamedTuple

from huiyin.suggestions import permissions
from huiyin.suggestions.models import Assignment, Rating, Reply, Suggestion
from huiyin.suggestions.models.gathering import ratings_of


class Seen(NamedTuple):
    tasks: list[Assignment]
    replies: list[Reply]
    ratings: list[Rating]


def seen(user: Any, suggestion: Suggestion) -> Seen:
    replies = [each for each in suggestion.replies.all() if permissions.can_see_reply(user, each)]
    return Seen(
        [
            task
            for task in suggestion.assignments.all()
            if permissions.can_see_task(user, suggestion, task)
        ],
        replies,
        [
            rating
            for rating in ratings_of(replies)
            if permissions.can_see_rating(user, suggestion, rating)
        ],
    )
