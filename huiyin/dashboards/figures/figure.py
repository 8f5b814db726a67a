"""One figure, and the scope it is counted in."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from huiyin.congress.models import Congress
from huiyin.kernel import clock

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True)
class Scope:
    """One congress in one calendar year, or in any days: both ends count."""

    congress: Congress
    year: int
    days: Days | None = None

    @property
    def first(self) -> dt.date:
        return self.days[0] if self.days else dt.date(self.year, 1, 1)

    @property
    def last(self) -> dt.date:
        return self.days[1] if self.days else dt.date(self.year, 12, 31)

    def back(self, *, years: int) -> "Scope":
        """The same with the years before it, whole ones."""
        first = dt.date(self.year - years + 1, 1, 1)
        return Scope(self.congress, self.year, (first, dt.date(self.year, 12, 31)))

    def during(self, moment: str) -> Q:
        """Rows whose moment lies in the days, in China's time."""
        after = clock.at(self.last + dt.timedelta(days=1), 0)
        return Q(**{f"{moment}__gte": clock.at(self.first, 0), f"{moment}__lt": after})


@dataclass(frozen=True)
class Figure:
    """A number that can be checked by hand.

    `of` None makes it a plain count. `excluded` says in words what was left out, `source`
    where the formula comes from, `rule` which version of which rule it was counted by, `href`
    leads to the rows behind it.
    """

    key: str
    name: str
    count: float | None
    of: int | None = None
    unit: str = ""
    definition: str = ""
    excluded: str = ""
    source: str = ""
    rule: str = ""
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
        return f"{self.percent}%".replace(".0%", "%") if self.of else "—"

    @property
    def percent(self) -> float | None:
        """For charts and sorting; None where there is nothing to divide by."""
        if self.count is None or not self.of:
            return None
        return round(100 * self.count / self.of, 1)

    @property
    def of_href(self) -> str:
        """Where the rows of the denominator are, for figures whose two sides are listed apart."""
        return f"{self.href}{'&' if '?' in self.href else '?'}part=of" if self.href else ""

    @property
    def size(self) -> float | None:
        """What a list sorts by: the share, else the number itself."""
        return self.percent if self.is_share else self.count
