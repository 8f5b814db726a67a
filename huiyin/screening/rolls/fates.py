"""What happened to whom, each at most one thing: death, a sentence, a move, a certificate, a school, a unit."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from huiyin.screening.rolls import drawing
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.people import People

ORDINARY = "ordinary"
DEAD, DEPRIVED, RESTORED = "dead", "deprived", "restored"
SENTENCED = "sentenced"  # and not deprived of the vote
MOVED_OUT, MOVED_IN = "moved_out", "moved_in"
STOPPED, IN_CUSTODY = "stopped", "in_custody"
FOREIGN, SOLDIER = "foreign", "soldier"
FLOATING, CERTIFIED = "floating", "certified"  # strangers; townspeople registered where they live
# Share of everybody, and how many of those are on the roll, rightly or wrongly.
SHARES: Final = (
    (DEAD, 0.006, 0.25),
    (DEPRIVED, 0.0006, 0.35),
    (RESTORED, 0.0004, 0.5),
    (SENTENCED, 0.0003, 0.6),
    (MOVED_OUT, 0.007, 0.35),
    (MOVED_IN, 0.006, 0.8),
    (STOPPED, 0.0003, 0.5),
    (IN_CUSTODY, 0.0003, 0.8),
    (FOREIGN, 0.0002, 1.0),
    (SOLDIER, 0.0004, 0.6),
    (CERTIFIED, 0.008, 1.0),
)
REGISTERED: Final = 0.965
FLOATING_HOUSEHOLDS, FLOATING_REGISTERED = 0.05, 0.7
TOO_YOUNG_REGISTERED: Final = 0.02
ADULT: Final = 18


@dataclass(frozen=True)
class Fates:
    fate: np.ndarray
    registered: Mask
    student: Mask
    unit: Whole  # index of the employer, else -1
    units: int
    in_register: Mask  # of the city's police

    def of(self, fate: str) -> Mask:
        return self.fate == fate


def decide(random: np.random.Generator, everybody: People) -> Fates:
    """Rare things first, among adults; then schools and units; then who came to be registered."""
    size = len(everybody)
    fate = np.full(size, ORDINARY, dtype="<U10")
    registered = random.random(size) < REGISTERED
    floating = random.random(int(everybody.members.household[-1]) + 1) < FLOATING_HOUSEHOLDS
    fate[floating[everybody.members.household]] = FLOATING
    lots = drawing.Lots(random, size)
    adult = everybody.age >= ADULT
    for name, share, on_roll in SHARES:
        among = adult & (fate == ORDINARY)
        rows = lots.share(share, among & (everybody.age > 55) if name == DEAD else among)
        fate[rows] = name
        registered[rows] = _alternating(len(rows), on_roll)
    away = fate == FLOATING
    registered[away] = random.random(int(away.sum())) < FLOATING_REGISTERED
    registered &= adult
    young = lots.share(TOO_YOUNG_REGISTERED / 20, ~adult)
    registered[young] = fate[young] == ORDINARY
    student = (everybody.age >= ADULT) & (everybody.age <= 23) & (fate == ORDINARY)
    student &= random.random(size) < 0.35
    units = max(24, size // 120)
    employers = _employers(random, everybody, fate, student, units)
    gone = np.isin(fate, (DEAD, MOVED_OUT)) & (random.random(size) < 0.5)
    in_register = (fate != FLOATING) & ~gone
    return Fates(fate, registered, student, employers, units, in_register)


def _alternating(size: int, share: float) -> Mask:
    """As many as the share says, so that a small roll has both kinds."""
    chosen = np.zeros(size, bool)
    chosen[: round(size * share)] = True
    return chosen


def _employers(
    random: np.random.Generator, everybody: People, fate: np.ndarray, student: Mask, units: int
) -> Whole:
    """Three of ten between 20 and 60 work where a unit registers its staff; pensioners of some do so too."""
    size = len(everybody)
    unit = np.full(size, -1)
    works = (everybody.age >= 20) & (everybody.age < 60) & (random.random(size) < 0.3)
    works |= (everybody.age >= 60) & (random.random(size) < 0.04)
    works &= ~student & np.isin(fate, (ORDINARY, MOVED_IN, RESTORED))
    unit[works] = drawing.uneven(random, units, int(works.sum()))
    soldiers = fate == SOLDIER
    unit[soldiers] = units  # one past the last: the garrison
    return unit
