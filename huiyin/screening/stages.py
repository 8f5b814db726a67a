"""How long each stage takes, how much work and memory it needs, and what a person sees meanwhile."""

import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TextIO

RESET_PEAK: Final = Path("/proc/self/clear_refs")
STATUS: Final = Path("/proc/self/status")
BAR: Final = 24  # characters
KILOBYTE: Final = 1024


@dataclass(frozen=True)
class Stage:
    name: str
    seconds: float
    work: float  # seconds of all processors together
    peak_memory: int  # bytes, of this process


@dataclass
class Stages:
    """The stages of one run; a bar where a person is looking, plain lines elsewhere."""

    total: int
    output: TextIO = field(default_factory=lambda: sys.stderr)
    done: list[Stage] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str, zh: str, en: str) -> Iterator[None]:
        self._show(f"{zh} {en}")
        _reset_peak()
        begun, worked = time.perf_counter(), time.process_time()
        yield
        seconds, work = time.perf_counter() - begun, time.process_time() - worked
        self.done.append(Stage(name, round(seconds, 3), round(work, 3), peak_memory()))
        if not self.output.isatty():
            self.output.write(f"{zh} {en}: {self.done[-1].seconds:.1f} s\n")
            self.output.flush()

    def finish(self) -> None:
        if self.output.isatty():
            self.output.write("\r\033[K")
            self.output.flush()

    def _show(self, words: str) -> None:
        if not self.output.isatty():
            return
        filled = BAR * len(self.done) // self.total
        self.output.write(f"\r\033[K[{'#' * filled}{'.' * (BAR - filled)}] {words} ")
        self.output.flush()


def peak_memory() -> int:
    """The most this process held since the last reset, in bytes."""
    try:
        for line in STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * KILOBYTE
    except OSError:
        pass
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used if sys.platform == "darwin" else used * KILOBYTE


def _reset_peak() -> None:
    """Linux forgets the peak when asked; elsewhere it only grows."""
    with suppress(OSError):
        RESET_PEAK.write_text("5")
