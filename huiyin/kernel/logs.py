"""What the log must not keep: a code in an address opens what a resident said, or somebody's calendar."""

import logging
import re
from typing import Final

CODES: Final = re.compile(
    r"(/(?:follow|say/done|voices|open311/v2/tokens)/|/calendar/\d+-)[^/?\s]+"
)


class WithoutCodes(logging.Filter):
    """Every refused request is logged with its address; the code in it is left out."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = CODES.sub(r"\1…", record.getMessage()), ()
        return True
