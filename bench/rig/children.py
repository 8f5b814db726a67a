"""Runs a command and says what it cost: seconds by the wall and of the processor, and the most memory held."""

import os
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    seconds: float  # by the wall
    worked: float  # of all cores together: what a busy machine does not change much
    memory: float  # most resident memory, bytes
    said: str


def run(command: list[str], log: Path, *, cores: int | None = None) -> Cost:
    """Wait for the command; what it prints goes to the log. Fails loudly if it does."""
    with log.open("w+", encoding="utf-8") as words:
        started = time.perf_counter()
        child = subprocess.Popen(
            command,
            stdout=words,
            stderr=subprocess.STDOUT,
            preexec_fn=(lambda: os.sched_setaffinity(0, range(cores))) if cores else None,
        )
        _, status, used = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
        words.seek(0)
        said = words.read()
    if child.returncode:
        raise SystemExit(
            f"{' '.join(command[:6])} … failed with {child.returncode}:\n{said[-3000:]}"
        )
    return Cost(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024.0, said)
