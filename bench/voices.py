"""How well same-matter messages are found: B³ on the development topics, by the command people use."""

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from huiyin.texts import scores, semantic

MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages"
GOALS = {"off": 0.86, "on": 0.92}


def main() -> int:
    options = _options()
    if not (MESSAGES / "merge_pool.csv").exists():
        print(f"SKIPPED: {MESSAGES} is not there; the clustering of voices was NOT measured.")
        return 0
    truth = _truth()
    modes = [options.semantic] if options.semantic else ["off", "on"]
    if "on" in modes and not semantic.available():
        print("SKIPPED: the extra huiyin[semantic] is not installed; meanings were NOT measured.")
        modes.remove("on")
    reached = [_report(mode, truth) for mode in modes]
    return 0 if all(reached) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--semantic", choices=("off", "on"), help="measure without or with meanings; else both"
    )
    return parser.parse_args()


def _truth() -> dict[str, str]:
    with (MESSAGES / "merge_gold_dev.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["留言编号"]: row["topic"] for row in csv.DictReader(file)}


def _report(mode: str, truth: dict[str, str]) -> bool:
    """Print the figures; whether the goal was reached."""
    started = time.perf_counter()
    found = _clustered(mode)
    seconds = time.perf_counter() - started
    loose, strict = scores.b_cubed(truth, found), scores.b_cubed_strict(truth, found)
    print(
        f"semantic {mode}: {len(found)} messages in {seconds:.1f} s, {len(set(found.values()))} clusters"
    )
    print(
        f"  B³ among the {len(truth)} scored: P {loose.precision:.3f}  R {loose.recall:.3f}  F {loose.f:.3f}  (goal {GOALS[mode]})"
    )
    print(
        f"  strangers in scored clusters: {len(scores.strangers(truth, found))}; counted as errors: P {strict.precision:.3f}  F {strict.f:.3f}"
    )
    return loose.f >= GOALS[mode]


def _clustered(mode: str) -> dict[str, str]:
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "clusters.csv"
        command = [
            sys.executable,
            "-m",
            "huiyin.config.command",
            "cluster-voices",
            "--semantic",
            mode,
        ]
        subprocess.run(
            [*command, MESSAGES / "merge_pool.csv", result], check=True, stdout=subprocess.DEVNULL
        )
        with result.open(encoding="utf-8", newline="") as file:
            return {row["id"]: row["cluster"] for row in csv.DictReader(file)}


if __name__ == "__main__":
    sys.exit(main())
