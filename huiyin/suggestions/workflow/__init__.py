"""The lives of a suggestion, a signature, a task, a promise and a publication, as tables.

docs/workflows/ is drawn from here by `manage.py draw_workflows`. A later mode of handling is
a further row.
"""

from collections.abc import Sequence
from typing import Any

from huiyin.kernel.workflow import Workflow
from huiyin.suggestions.workflow.parts import (
    ASSIGNMENT,
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
)

__all__ = ["ALL", "ASSIGNMENT", "PROMISE", "PUBLICATION", "REMARK", "SIGNATURE", "SUGGESTION"]
