"""What a person must put right before screening can go on."""

from huiyin.kernel.errors import BilingualError


class BadInput(BilingualError):
    """One file cannot be used; says which, where in it, and what to do."""

    def __init__(
        self,
        message_zh: str,
        message_en: str,
        *,
        file: str = "",
        row: int | None = None,
        column: str = "",
    ) -> None:
        super().__init__(
            _place(file, row and f"第 {row} 行", column and f"“{column}”列", "：") + message_zh,
            _place(file, row and f"row {row}", column and f"column “{column}”", ": ") + message_en,
        )
        self.file, self.row, self.column = file, row, column


def _place(file: str, row: str | int | None, column: str, end: str) -> str:
    known = [str(part) for part in (file, row, column) if part]
    return " ".join(known) + end if known else ""
