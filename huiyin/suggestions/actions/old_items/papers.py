"""One old item as it is brought in: what its row tells, with units and deputies found."""

import datetime as dt
from dataclasses import dataclass, field

from huiyin.suggestions.choices import Mode, OldKind, Openness, Proposer, Subject


@dataclass(frozen=True)
class Returned:
    """A unit said "not ours": granted unless the line says otherwise."""

    unit: str
    on: dt.date
    reason: str
    is_granted: bool = True


@dataclass(frozen=True)
class Extended:
    until: dt.date
    reason: str


@dataclass(frozen=True)
class Talked:
    on: dt.date
    kind: str
    persons: str
    summary: str
    is_confirmed: bool = False


@dataclass(frozen=True)
class Judged:
    """One signer's rating; no name is the lead, no date the file does not tell."""

    name: str
    attitude: str
    result: str
    on: dt.date | None
    words: str


@dataclass(frozen=True)
class OldPromise:
    """`done_on` None and no `broken_reason`: still open."""

    text: str
    due_on: dt.date
    responsible: str
    done_on: dt.date | None = None
    broken_reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.done_on is None and not self.broken_reason


@dataclass(frozen=True)
class PartReply:
    """The letter of one unit where each answers its own part."""

    unit: str
    on: dt.date
    document_number: str
    result_class: str
    body: str


@dataclass(frozen=True)
class Letter:
    """One signed reply of one unit in one round; an empty class or number the file does not tell."""

    unit_id: int
    round: int
    on: dt.date
    document_number: str
    result_class: str
    body: str


@dataclass(frozen=True)
class Rated:
    """A signer's rating with the mandate found."""

    deputy_id: int
    round: int
    judged: Judged


@dataclass(frozen=True)
class OldPaper:
    """Ids are those of this house; a date that is None the file does not tell."""

    row: int
    number: str
    old_number: str
    old_id: str
    term_id: int
    session_id: int | None
    is_between: bool
    title: str
    situation: str
    lead_id: int
    submitted_on: dt.date
    kind: str = OldKind.SUGGESTION
    motion_number: str = ""
    proposals: str = ""
    subject: str = Subject.OTHER
    proposer: str = Proposer.DEPUTIES
    cosigner_ids: list[int] = field(default_factory=list)
    accepted_on: dt.date | None = None
    handed_over_on: dt.date | None = None
    mode: str = Mode.SINGLE
    lead_units: list[int] = field(default_factory=list)
    cohandlers: list[int] = field(default_factory=list)
    signed_for_on: dt.date | None = None
    returns: list[tuple[int, Returned]] = field(default_factory=list)
    extensions: list[Extended] = field(default_factory=list)
    contacts: list[Talked] = field(default_factory=list)
    letters: list[Letter] = field(default_factory=list)
    ratings: list[Rated] = field(default_factory=list)
    promises: list[OldPromise] = field(default_factory=list)
    published: str = ""  # an Openness; empty where nothing was decided
    closed_on: dt.date | None = None
    gaps: list[str] = field(default_factory=list)

    @property
    def first_reply(self) -> Letter | None:
        return min(self.letters, key=lambda each: (each.round, each.on), default=None)

    @property
    def counts(self) -> bool:
        """Whether rates may count it: both ends of the handling are told, and by whom."""
        return bool(self.handed_over_on and self.first_reply and self.lead_units)

    @property
    def has_open_promise(self) -> bool:
        return any(promise.is_open for promise in self.promises)

    @property
    def openness(self) -> str:
        """What was not made public is not taken for public now."""
        return self.published or Openness.CLOSED
