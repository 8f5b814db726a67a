"""From nothing to the first page, and the second start: a clone in a path with a space and Chinese."""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
FIRST, SECOND, CITY = 120, 8, 90
PATIENCE = 600
OWN = ("DATABASE_URL", "DATABASE_OWNER_URL", "HUIYIN_VAR", "HUIYIN_KEYS", "VIRTUAL_ENV", "PORT")


def main() -> int:
    folder = Path(tempfile.mkdtemp(prefix="回音 试装 "))
    try:
        clone = folder / "huiyin"
        subprocess.run(["git", "clone", "--quiet", PROJECT, clone], check=True)
        first, words = _start(clone)
        second, _ = _start(clone)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    city = re.search(r"演示城市建成，(\d+) 秒", words)
    print(f"set-up from nothing to the first page: {first:.1f} s (goal {FIRST} s)")
    print(f"of that, the demonstration city: {city[1] if city else '?'} s (goal {CITY} s)")
    print(f"second start: {second:.1f} s (goal {SECOND} s)")
    print(f"load of the machine now: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    return 0


def _start(clone: Path) -> tuple[float, str]:
    """Seconds until `make demo` says that it is ready, and what it said; then it is stopped."""
    environment = {name: value for name, value in os.environ.items() if name not in OWN}
    begun, said = time.monotonic(), []
    demo = subprocess.Popen(
        ["make", "demo"],
        cwd=clone,
        env=environment | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        for line in demo.stdout or ():
            said.append(line)
            if line.startswith("Huiyin is ready at"):
                return time.monotonic() - begun, "".join(said)
        raise RuntimeError(f"make demo ended early:\n{''.join(said[-30:])}")
    finally:
        _stop(demo)


def _stop(demo: subprocess.Popen[str]) -> None:
    os.killpg(demo.pid, signal.SIGINT)
    try:
        demo.wait(60)
    except subprocess.TimeoutExpired:
        os.killpg(demo.pid, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main())
