"""A directory of results that is there whole or not at all."""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from huiyin.screening.mistakes import BadInput

OURS: Final = "summary.json"  # by it an earlier result is known
PREFIX: Final = ".huiyin-"


@contextlib.contextmanager
def whole(directory: Path) -> Iterator[tuple[Path, Path]]:
    """A folder to write the results into and one for spilled tables; put in place at the end.

    Both lie beside the directory, so that the last step is a rename; whatever goes wrong, they go.
    """
    directory = Path(os.path.abspath(directory))
    _refuse_foreign(directory)
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=PREFIX, dir=directory.parent))
    except OSError as error:
        raise cannot_write(directory, error) from error
    try:
        results, spill = work / "results", work / "spill"
        results.mkdir(mode=0o755)
        spill.mkdir()
        yield results, spill
        _put(results, directory, work)
    except OSError as error:
        raise cannot_write(directory, error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _put(results: Path, directory: Path, work: Path) -> None:
    if directory.exists():
        directory.rename(work / "before")
    try:
        results.rename(directory)
    except BaseException:
        if (work / "before").exists() and not directory.exists():
            (work / "before").rename(directory)
        raise


def _refuse_foreign(directory: Path) -> None:
    """Somebody's other files are never replaced."""
    if not directory.exists():
        return
    if not directory.is_dir():
        raise BadInput("不是目录。", "This is not a directory.", file=str(directory))
    if any(directory.iterdir()) and not (directory / OURS).exists():
        raise BadInput(
            "目录里已有别的文件。请换一个空目录。",
            "The directory holds other files. Choose an empty one.",
            file=str(directory),
        )


def cannot_write(directory: Path, error: OSError) -> BadInput:
    full = error.errno in (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
    zh, en = ("磁盘空间不够", "no space is left") if full else ("不能写", "cannot be written")
    return BadInput(
        f"{zh}（{error.strerror or error}）。请腾出空间或换一个目录；没有写出任何结果。",
        f"{en} ({error.strerror or error}). Free some space or choose another directory; no result was written.",
        file=str(error.filename or directory),
    )
