"""Makes any words fit to print: nothing unprintable, nothing that runs over the margin."""

import re
from collections.abc import Callable
from typing import Any, Final

# Neither XML nor PDF may hold them, and turned writing direction shows other words than are there.
CONTROLS: Final = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]"
)
# Words without a place to break run over the margin: long addresses, or malice.
UNBROKEN: Final = re.compile(r"[!-~]{24}(?=[!-~])")


def printable(value: Any, then: Callable[[str], str] = str) -> Any:
    """The same structure of dicts, lists and texts, cleaned; whatever ends in _svg is ours."""
    if isinstance(value, dict):
        return {
            name: part if name.endswith("_svg") else printable(part, then)
            for name, part in value.items()
        }
    if isinstance(value, list | tuple):
        return [printable(part, then) for part in value]
    return then(UNBROKEN.sub("\\g<0>\u200b", CONTROLS.sub("", value)))
