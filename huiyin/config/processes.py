"""As whom a server's programs run, whether they live, and directories that are theirs alone."""

import os
import stat
import subprocess
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

NOBODY = 65534
UNSHARE = ["unshare", "--user", f"--map-user={NOBODY}", f"--map-group={NOBODY}"]
# Keeps the right to enter root's private directories, where the project may lie; the last word makes
# access(2), by which initdb looks for its neighbours, count that right too.
ENTER_ALL = [
    "--inh-caps=-all,+dac_override",
    "--ambient-caps=-all,+dac_override",
    "--securebits=+no_setuid_fixup",
]
PATIENCE = 60.0  # seconds; recovery after a crash took up to six on a busy disk


class NotPrivate(Exception):
    """A directory that should be ours alone belongs to others or is open to them."""


@cache
def may_unshare() -> bool:
    """Whether root may enter a user namespace, where PostgreSQL does not see it as root."""
    try:
        return subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode == 0  # noqa: S603 -- fixed words
    except FileNotFoundError:
        return False


def as_owner_of(path: Path) -> list[str]:
    """The words before a command that make it run as the owner of a directory, but never as root."""
    if os.geteuid() != 0:
        return []
    owner = path.stat()
    if owner.st_uid == 0:
        return UNSHARE
    rights = ENTER_ALL if owner.st_uid == NOBODY else []
    drop = [f"--reuid={owner.st_uid}", f"--regid={owner.st_gid}", "--clear-groups"]
    return ["setpriv", *drop, *rights]


def hand_over(path: Path) -> None:
    """Where root may not hide in a namespace, the data belong to the account nobody."""
    if os.geteuid() == 0 and not may_unshare():
        os.chown(path, NOBODY, NOBODY)


def make_private(path: Path, *, like: Path) -> None:
    """A directory in a place open to all must be ours and closed to others before it is used."""
    owner = like.stat()
    try:
        path.mkdir(mode=0o700)
        os.chown(path, owner.st_uid, owner.st_gid)
    except FileExistsError:
        found = path.lstat()
        is_private = stat.S_ISDIR(found.st_mode) and stat.S_IMODE(found.st_mode) == 0o700
        if not is_private or found.st_uid != owner.st_uid:
            raise NotPrivate(f"{path} 属于他人或权限过宽，请删除后重试。") from None


def is_alive(pid: int, directory: Path) -> bool:
    """Whether a process runs, is no zombie and works in the directory."""
    if not Path("/proc").is_dir():
        return _answers(pid)
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        return state != "Z" and Path(f"/proc/{pid}/cwd").samefile(directory)
    except OSError:
        return False


def _answers(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def works_in(directory: Path) -> bool:
    return any(is_alive(int(path.name), directory) for path in Path("/proc").glob("[0-9]*"))


def wait(condition: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True
