"""What a person must put right before screening can go on."""

from pathlib import Path

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


def unreadable(path: Path, error: OSError) -> BadInput:
    return BadInput(
        f"不能读（{error.strerror or error}）。请检查路径和权限，文件在筛查期间不要移动。",
        f"Cannot be read ({error.strerror or error}). Check path and rights; do not move the file while it is screened.",
        file=str(path),
    )


def broken(path: Path, kind: str) -> BadInput:
    return BadInput(
        f"不是完好的 {kind} 文件。请重新导出。",
        f"This is not a sound {kind} file. Export it again.",
        file=str(path),
    )
