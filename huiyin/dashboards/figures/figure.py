"""One figure, and the scope it is counted in."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Q

from huiyin.congress.models import Congress
from huiyin.kernel import clock
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule

# Rules that figures rest on.
ASKED = (Key.MEETING_CONFIRMED, Key.REPLY_CLASSES, Key.KEY_COUNT_MIN, Key.REVIEW_UNITS)


@dataclass(frozen=True)
class Scope:
    """One congress in one calendar year."""

    congress: Congress
    year: int

    @cached_property
    def rules(self) -> dict[str, Any]:
        """What the place asked for at the end of the year, in one query; nothing where no rule is."""
        last = dt.date(self.year, 12, 31)
        return Rule.objects.values_of(ASKED, self.congress.region, last)

    def during(self, moment: str) -> Q:
        """Rows whose moment lies in the year, in China's time."""
        first = clock.at(dt.date(self.year, 1, 1), 0)
        after = clock.at(dt.date(self.year + 1, 1, 1), 0)
        return Q(**{f"{moment}__gte": first, f"{moment}__lt": after})


@dataclass(frozen=True)
class Figure:
    """A number that can be checked by hand.

    `of` None makes it a plain count. `excluded` says in words what was left out, `source`
    where the formula comes from, `href` leads to the rows behind it.
    """

    key: str
    name: str
    count: float | None
    of: int | None = None
    unit: str = ""
    definition: str = ""
    excluded: str = ""
    source: str = ""
    href: str = ""

    @property
    def is_share(self) -> bool:
        return self.of is not None

    @property
    def value(self) -> str:
        """The number as it stands on a card: a share or an average of nothing is no zero."""
        if self.count is None:
            return "—"
        if self.of is None:
            return f"{self.count:,.1f}".removesuffix(".0")
        return f"{100 * self.count / self.of:.1f}%".replace(".0%", "%") if self.of else "—"
