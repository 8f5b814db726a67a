"""The letters of one hand-over meeting: one file, a letter for each unit, printed in one go."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from huiyin.kernel.documents import printing
from huiyin.kernel.documents.letters import chinese_date

COLUMNS = ("编号", "标题", "领衔代表", "分工", "期限")
RECEIPT = ("签收单位", "签收人", "联系电话", "签收日期")


@dataclass(frozen=True)
class Handed:
    """One paper in a unit's list; `due` is a day or, where none runs yet, words."""

    number: str
    title: str
    deputy: str
    role: str
    due: str
    part: str = ""


@dataclass(frozen=True)
class UnitLetter:
    unit: str
    paragraphs: Sequence[str]
    rows: Sequence[Handed]

    def content(self) -> dict[str, Any]:
        return {
            "unit": self.unit,
            "paragraphs": list(self.paragraphs),
            "rows": [asdict(row) for row in self.rows],
            "receipt": list(RECEIPT),
        }


def hand_over_pdf(
    issuer: str, title: str, letters: Sequence[UnitLetter], *, signed_on: dt.date
) -> bytes:
    """Each letter begins on a page of its own, numbered from one, with its receipt to cut off."""
    content = {
        "issuer": issuer,
        "title": title,
        "columns": list(COLUMNS),
        "receipt": "签收回执",
        "signed_on": chinese_date(signed_on),
        "letters": [letter.content() for letter in letters],
    }
    return printing.pdf("hand_over.typ", content, made_on=signed_on)
