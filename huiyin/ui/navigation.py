"""What stands in the bar of a page."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Entry:
    """One entrance; `count` is how much waits behind it. In plain values: the bar is kept by them."""

    label: str
    url: str
    icon: str
    current: bool = False
    count: int | None = None
