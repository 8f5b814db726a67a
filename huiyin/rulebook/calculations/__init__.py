"""How a due date follows from a start and a rule, and how that is told."""

from huiyin.rulebook.calculations.counting import (
    Due,
    Duration,
    Extension,
    Line,
    Term,
    WorkingCalendar,
    add_months,
    due,
    is_within,
)
from huiyin.rulebook.calculations.shapes import (
    CLASS_NAMES,
    CLASSES,
    FLAGS,
    LONGEST_CLASS,
    is_duration,
    is_well_formed,
)
from huiyin.rulebook.calculations.words import (
    duration_words,
    holiday_words,
    rows,
    sheet_names,
    value_words,
)
from huiyin.rulebook.calculations.year import Day, Month, year_sheet

__all__ = [
    "CLASSES",
    "CLASS_NAMES",
    "FLAGS",
    "LONGEST_CLASS",
    "Day",
    "Due",
    "Duration",
    "Extension",
    "Line",
    "Month",
    "Term",
    "WorkingCalendar",
    "add_months",
    "due",
    "duration_words",
    "holiday_words",
    "is_duration",
    "is_well_formed",
    "is_within",
    "rows",
    "sheet_names",
    "value_words",
    "year_sheet",
]
