"""News from the floors below."""

from typing import Any

from django.dispatch import receiver

from huiyin.opinions import events as opinions
from huiyin.rulebook import events as rulebook
from huiyin.suggestions import actions, pages


@receiver(opinions.reopened)
def tell_lead_of_reopened_matter(sender: Any, *, matter_id: int, **more: Any) -> None:
    """A resident said "not solved": the deputy whose suggestion it was should know."""
    actions.tell_of_reopened_matter(matter_id)


@receiver(opinions.public_pages)
def show_public_pages(
    sender: Any, *, items: set[tuple[str, int]], **more: Any
) -> dict[tuple[str, int], tuple[str, str]]:
    """A resident's line of progress leads on to the suggestion it speaks of."""
    return pages.public_pages(items)


@receiver(opinions.forgetting)
def keep_what_is_cited(sender: Any, *, matter_ids: Any, **more: Any) -> set[int]:
    """While a suggestion is under way, what residents said of it is still needed."""
    return actions.matters_under_way(matter_ids)


@receiver(rulebook.clock_moved)
def tell_of_moved_clock(
    sender: Any, *, clock_id: int, before: Any, after: Any, **more: Any
) -> None:
    """A holiday or a rule changed, and with it a due date."""
    actions.tell_of_moved_clock(clock_id, before=before, after=after)
