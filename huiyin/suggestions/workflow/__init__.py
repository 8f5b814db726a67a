"""The lives of a suggestion, a motion, a signature, a task, a promise and more, as tables.

docs/workflows/ is drawn from here by `manage.py draw_workflows`. A later mode of handling is
a further row.
"""

from collections.abc import Sequence
from typing import Any

from huiyin.kernel.workflow import Workflow
from huiyin.suggestions.workflow.attaching import ATTACHMENT
from huiyin.suggestions.workflow.motion import MOTION
from huiyin.suggestions.workflow.parts import (
    ASSIGNMENT,
    FACE_RECORD,
    PROMISE,
    PUBLICATION,
    REMARK,
    SIGNATURE,
)
from huiyin.suggestions.workflow.suggestion import SUGGESTION

ALL: Sequence[Workflow[Any, Any]] = (
    SUGGESTION,
    SIGNATURE,
    ASSIGNMENT,
    PROMISE,
    PUBLICATION,
    REMARK,
    FACE_RECORD,
    MOTION,
    ATTACHMENT,
)

__all__ = [
    "ALL",
    "ASSIGNMENT",
    "ATTACHMENT",
    "FACE_RECORD",
    "MOTION",
    "PROMISE",
    "PUBLICATION",
    "REMARK",
    "SIGNATURE",
    "SUGGESTION",
]
