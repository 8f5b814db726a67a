"""What `verify_trail` proves here: a clock has no trail, its due date follows from rule and start."""

from collections.abc import Iterator

from huiyin.kernel.verify import proves
from huiyin.rulebook import actions


@proves
def clocks_follow_from_their_rules() -> Iterator[str]:
    yield from actions.verify_clocks()
