"""What a screening hands to those who write its files; the rows themselves are in the engine."""

from dataclasses import dataclass

from huiyin.screening.lists import ListRead
from huiyin.screening.settings import Settings
from huiyin.screening.stages import Stage


@dataclass(frozen=True)
class Results:
    settings: Settings
    lists: tuple[ListRead, ...]
    stages: tuple[Stage, ...]  # that are over

    @property
    def registrations(self) -> int:
        return next(found.rows for found in self.lists if found.kind == "registrations")

    @property
    def absent(self) -> frozenset[str]:
        """Columns that no file of the registrations has."""
        return frozenset(
            name for found in self.lists if found.kind == "registrations" for name in found.absent
        )

    @property
    def given(self) -> frozenset[str]:
        return frozenset(found.kind for found in self.lists)
