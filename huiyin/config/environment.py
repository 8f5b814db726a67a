"""Makes .venv from a hashed lock file. Runs under the machine's own Python, before anything is installed."""

from __future__ import annotations  # an older Python must get as far as the message

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ENVIRONMENT = PROJECT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
LOCKS = {"requirements.lock", "requirements-semantic.lock", "requirements-dev.lock"}
OLDEST = (3, 11)
CHROMIUMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
APT_INSTALL = ("apt-get", "install", "-qq", "--yes", "--no-install-recommends")

# The flag keeps a stranger's directory, where the command is called, out of the search path.
COMMAND = """\
#!/bin/sh
exec "$(dirname -- "$(readlink -f -- "$0")")/python" -P -c \\
  'import sys; from huiyin.config.command import main; sys.exit(main())' "$@"
"""


def main() -> None:
    lock = PROJECT / sys.argv[1]
    if lock.name not in LOCKS:
        sys.exit(f"{lock.name}: {' | '.join(sorted(LOCKS))}")
    if sys.version_info < OLDEST:
        _start_anew_with_newer_python()
    if not _stamp(lock).exists() or _stamp(lock).read_text() != _wanted(lock):
        print(f"安装 {lock.name} …", flush=True)
        _make()
        _install(lock)
        _link_project()
        _stamp(lock).write_text(_wanted(lock))
    if lock.name == "requirements-dev.lock":
        _bring_browser()


def _start_anew_with_newer_python() -> None:
    for minor in range(OLDEST[1] + 9, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, "-I", "-X", "utf8", *sys.argv])  # noqa: S606 -- a Python of this machine
    sys.exit("需要 Python 3.11 或更高版本；请执行 make PYTHON=/path/to/python3.12 …")


def _stamp(lock: Path) -> Path:
    return ENVIRONMENT / f"installed-{lock.name}"


def _wanted(lock: Path) -> str:
    """What the environment depends on: scripts in it carry the directory's own path."""
    parts = [lock.read_bytes(), Path(__file__).read_bytes(), os.fsencode(PROJECT)]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _make() -> None:
    """Make an empty environment unless a working one of this very directory is there."""
    if _works():
        return
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    if shutil.which("uv"):
        _run(
            "uv",
            "venv",
            "--quiet",
            "--no-python-downloads",
            "--python",
            sys.executable,
            ENVIRONMENT,
        )
    elif not _made_by_venv():
        _ask_apt()
        if not _made_by_venv():
            sys.exit("无法建立 Python 环境：请安装 uv，或执行 apt-get install python3-venv。")


def _bring_browser() -> None:
    """For the browser tests, where apt and root are; without it they are skipped, loudly."""
    if not any(map(shutil.which, CHROMIUMS)) and _may_use_apt():
        print("安装 Chromium 与中文字体 …", flush=True)
        _succeeds("apt-get", "update", "-qq")
        _succeeds(*APT_INSTALL, "fonts-noto-cjk")
        if not _succeeds(*APT_INSTALL, "chromium-headless-shell"):
            _succeeds(*APT_INSTALL, "chromium")


def _works() -> bool:
    here = (
        f"import sys; sys.exit(sys.prefix != {str(ENVIRONMENT)!r} or sys.version_info < {OLDEST})"
    )
    return PYTHON.exists() and _succeeds(PYTHON, "-c", here)


def _made_by_venv() -> bool:
    """Debian's Python may lack the part that brings pip; another pip on the machine then serves."""
    if _succeeds(sys.executable, "-m", "venv", ENVIRONMENT):
        return True
    shutil.rmtree(ENVIRONMENT, ignore_errors=True)
    has_pip = _succeeds(sys.executable, "-m", "pip", "--version")
    return has_pip and _succeeds(sys.executable, "-m", "venv", "--without-pip", ENVIRONMENT)


def _ask_apt() -> None:
    if _may_use_apt():
        _run("apt-get", "update", "-qq")
        _run(*APT_INSTALL, "python3-venv")


def _may_use_apt() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _install(lock: Path) -> None:
    installer: list[str | Path]
    if shutil.which("uv"):
        installer = ["uv", "pip", "install", "--quiet", "--python", PYTHON]
    elif _succeeds(PYTHON, "-m", "pip", "--version"):
        installer = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    else:
        installer = [sys.executable, "-m", "pip", "--python", PYTHON, "install", "--quiet"]
    _run(*installer, "--require-hashes", "-r", lock)


def _link_project() -> None:
    """A relative path, because Python reads this file in the encoding of the user's locale."""
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    found = subprocess.run([PYTHON, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603 -- own Python
    packages = Path(found.stdout.rstrip("\n"))
    (packages / "huiyin.pth").write_text(
        f"{os.path.relpath(PROJECT, packages)}\n", encoding="ascii"
    )
    command = ENVIRONMENT / "bin" / "huiyin"
    command.write_text(COMMAND, encoding="ascii")
    command.chmod(0o755)


def _run(*command: str | Path) -> None:
    if subprocess.run(command, check=False).returncode:  # noqa: S603 -- fixed words and own paths
        sys.exit(f"未能完成：{' '.join(map(str, command))}")


def _succeeds(*command: str | Path) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0  # noqa: S603 -- fixed words and own paths


if __name__ == "__main__":
    main()
