"""Old items in: the file on its way, and everything that one batch of rows becomes (adr/0014)."""

from huiyin.suggestions.actions.old_items.bringing import bring_in
from huiyin.suggestions.actions.old_items.files import (
    answer_names,
    choose_columns,
    finish_file,
    forget_files,
    note_file,
    note_progress,
    open_file,
    start,
    with_file,
)
from huiyin.suggestions.actions.old_items.papers import (
    Extended,
    Judged,
    Letter,
    OldPaper,
    OldPromise,
    PartReply,
    Rated,
    Returned,
    Talked,
)

__all__ = [
    "Extended",
    "Judged",
    "Letter",
    "OldPaper",
    "OldPromise",
    "PartReply",
    "Rated",
    "Returned",
    "Talked",
    "answer_names",
    "bring_in",
    "choose_columns",
    "finish_file",
    "forget_files",
    "note_file",
    "note_progress",
    "open_file",
    "start",
    "with_file",
]
