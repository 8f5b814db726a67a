"""What form each rule's value has, so that a pack or a form cannot bring in nonsense."""

from huiyin.rulebook.calculations.counting import Duration
from huiyin.rulebook.choices import Key

HOURS_OF_DAY = frozenset({Key.REMINDER_FROM, Key.REMINDER_TO, Key.DIGEST_AT})
NUMBERS = frozenset(
    {
        Key.KEY_COUNT_MIN,
        Key.RECEPTION_PER_DEPUTY_YEAR,
        Key.GROUP_PER_YEAR,
        Key.ABSENCE_LIMIT,
        Key.POINTS_LOW,
        Key.LEDGER_NOTICE,
        Key.APPRAISAL_ALIKE,
        Key.REVIEW_UNITS,
        Key.REVIEW_PASS,
        Key.AWARD_SUGGESTIONS,
        Key.AWARD_UNITS,
        Key.AWARD_CANDIDATES,
        Key.AWARD_JURY,
        Key.ROUTING_EXAMPLES,
        Key.DELEGATION_MAJORITY,
        Key.MOTION_RECONSIDER,
        Key.RATES_FEW,
        *HOURS_OF_DAY,
    }
)
FLAGS = frozenset(
    {
        Key.ROLL_TO_WORKING_DAY,
        Key.EXTENSION_CONSENT,
        Key.MOTION_BY_DELEGATION,
        Key.MOTION_BETWEEN,
        Key.MOTION_SECOND_NUMBER,
        Key.MEETING_CONFIRMED,
        Key.RATES_TELEPHONE,
    }
)
# A mark, a blank and words for each result of a reply; a scheme of words has no mark. D may be missing.
CLASSES = frozenset({Key.REPLY_CLASSES})
CLASS_NAMES = ("A", "B", "C", "D")
LONGEST_CLASS = 40
BY_LEVEL = frozenset({Key.MOTION_SIGNERS})
# One number for each name: points of a score sheet, and what is taken off.
BY_NAME = {
    Key.APPRAISAL_WEIGHTS: frozenset(
        {"on_time", "contact", "quality", "satisfaction", "implementation"}
    ),
    Key.APPRAISAL_DEDUCTIONS: frozenset({"late", "redo", "broken", "most"}),
}
LEVELS = frozenset({"province", "city", "county", "township"})
LARGEST = 10_000
QUARTERS = range(1, 5)
HOURS = range(1, 25)


def is_well_formed(key: str, value: object) -> bool:
    if key in FLAGS:
        return isinstance(value, bool)
    if key in NUMBERS:
        return _is_count(value) and value in _room_of(key)
    if key in BY_LEVEL:
        return (
            isinstance(value, dict) and set(value) <= LEVELS and all(map(_is_count, value.values()))
        )
    if key in BY_NAME:
        return _is_sheet(value, BY_NAME[Key(key)])
    return is_scheme(value) if key in CLASSES else _is_duration(value)


def is_duration(key: str) -> bool:
    return key not in FLAGS | NUMBERS | BY_LEVEL | CLASSES | set(BY_NAME)


def is_scheme(value: object) -> bool:
    """Words of their own for solved, planned and limited; for reference too where it is told apart."""
    if not isinstance(value, dict) or {"A", "B", "C"} - set(value) or set(value) - set(CLASS_NAMES):
        return False
    words = list(value.values())
    said = all(isinstance(word, str) and 0 < len(word.strip()) <= LONGEST_CLASS for word in words)
    return said and len(set(words)) == len(words)


def _is_sheet(value: object, names: frozenset[str]) -> bool:
    """Every name once, each with a whole number; what counts nothing is worth 0."""
    if not isinstance(value, dict) or set(value) != names:
        return False
    return all(type(points) is int and 0 <= points <= 100 for points in value.values())


def _room_of(key: str) -> range:
    """The numbers that make sense for the rule."""
    if key == Key.LEDGER_NOTICE:
        return QUARTERS
    return HOURS if key in HOURS_OF_DAY else range(1, LARGEST + 1)


def _is_count(value: object) -> bool:
    return type(value) is int and 0 < value <= LARGEST


def _is_duration(value: object) -> bool:
    try:
        Duration.parse(value)
    except ValueError:
        return False
    return True
