"""The registrations as typed, in whole columns, with the truth about each row beside them."""

from dataclasses import dataclass, field
from typing import Final

import numpy as np
import pyarrow as pa

from huiyin.screening.rolls import drawing
from huiyin.screening.rolls.drawing import Mask, Whole

# How far the typed number still is the person's.
INTACT, OTHER, BROKEN, ABSENT = range(4)
COLUMNS: Final = {
    "record_id": "登记编号", "name": "姓名", "former_name": "曾用名", "sex": "性别", "ethnic_group": "民族",
    "birth_date": "出生日期", "document_kind": "证件类型", "identity_number": "公民身份号码", "address": "户籍地址",
    "household_number": "户号", "relation": "与户主关系", "current_address": "现住址", "community": "社区（村）",
    "constituency": "选区", "voter_group": "选民小组", "place_kind": "登记地类型", "unit": "单位名称", "phone": "联系电话",
    "change_kind": "变动类型", "source": "数据来源", "certificate_number": "选民资格证明编号", "registered_at": "登记时间",
    "registered_by": "登记人", "status": "状态", "reason": "原因", "note": "备注",
}  # fmt: skip


@dataclass
class Marks:
    """What a perfect screening would say of rows; what it may say without being wrong."""

    rows: list[Whole] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    demanded: list[bool] = field(default_factory=list)

    def add(self, rows: Whole, *codes: str, demanded: bool = True) -> None:
        for code in codes:
            self.rows.append(np.asarray(rows))
            self.codes.append(code)
            self.demanded.append(demanded)

    def table(self, *, demanded: bool) -> tuple[Whole, np.ndarray]:
        """Row and code of every mark of one kind, each once."""
        chosen = [i for i, wanted in enumerate(self.demanded) if wanted is demanded]
        rows = np.concatenate([np.zeros(0, np.int64), *(self.rows[i] for i in chosen)])
        codes = np.repeat([self.codes[i] for i in chosen], [len(self.rows[i]) for i in chosen])
        pairs = sorted(set(zip(rows.tolist(), codes.tolist(), strict=True)))
        return np.array([row for row, _ in pairs], np.int64), np.array([code for _, code in pairs])


@dataclass
class Sheet:
    """Rows of registrations: who each is, what was typed, and what is wrong with it."""

    person: Whole
    second: Mask  # not the first registration of this person
    place_kind: np.ndarray
    columns: dict[str, pa.Array]
    marks: Marks
    number_state: np.ndarray
    name_slipped: Mask
    birth_slipped: Mask
    # Rows with what would be said of them, if their number lets it be known.
    compared: list[tuple[Whole, tuple[str, ...]]] = field(default_factory=list)
    second_number: Whole = field(default_factory=lambda: np.zeros(0, np.int64))
    by_number: list[tuple[Whole, tuple[str, ...]]] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.person)

    def put(self, column: str, rows: Whole, values: list[str] | pa.Array) -> None:
        self.columns[column] = drawing.put(self.columns[column], rows, values)

    def values(self, column: str, rows: Whole) -> list[str]:
        return [value or "" for value in self.columns[column].take(pa.array(rows)).to_pylist()]

    def fill(self, column: str, rows: Whole, value: str) -> None:
        self.put(column, rows, [value] * len(rows))
