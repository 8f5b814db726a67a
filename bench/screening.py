"""The screening of a made city, and Splink for the doubles of the same rows, side by side in one run.

    bench/screening.py [--people 1000000] [--sizes 0.5,1,2,4] [--seed 2026] [--no-splink]

First one city: our whole screening with all lists and all files, our doubles alone, Splink's
doubles alone; seconds, work of the processors, memory; precision and recall. Then the screening of
several sizes and how its time grows.
"""

import argparse
import json
import math
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from rig import children
from rig.children import Cost

from huiyin.screening.rolls import scoring
from huiyin.screening.rolls.scoring import Score

BENCH = Path(__file__).resolve().parent
VAR = BENCH.parent / "var" / "bench" / "screening"
LISTS = (
    "population", "last_roll", "deceased", "deprived", "moved", "students", "staff", "certificates",
    "permits", "custody", "constituencies",
)  # fmt: skip
ALONE, WHOLE, MEMORY, GROWTH, LARGEST = 0.35, 1.0, 2e9, 1.15, 90


@dataclass(frozen=True)
class Setting:
    threads: int
    memory: str


def main() -> int:
    options = _options()
    setting = Setting(options.threads, options.memory)
    VAR.mkdir(parents=True, exist_ok=True)
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    if options.people:
        _side_by_side(options.people, options.seed, setting, splink=not options.no_splink)
    if sizes := [round(float(size) * 1e6) for size in options.sizes.split(",") if size]:
        _growth(sizes, options.seed, setting)
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--people", type=int, default=1_000_000, help="of the city compared; 0: none"
    )
    parser.add_argument("--sizes", default="0.5,1,2,4", help="millions of people; empty: none")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--no-splink", action="store_true", help="ours only")
    return parser.parse_args()


# One city ------------------------------------------------------------------------------------------


def _side_by_side(people: int, seed: int, setting: Setting, *, splink: bool) -> None:
    roll = _roll(people, seed)
    ours, out = _screened(roll, setting)
    alone, reading, doubles, found = _doubles_alone(roll, setting)
    print(f"\n{people:,} people, {_rows(roll):,} registrations, {setting.threads} threads")
    print(f"{'':44} {'seconds':>8} {'work':>8} {'memory':>8}")
    _print_cost("the whole screening, all files", ours)
    _print_cost(f"its doubles alone ({reading:.0f} s reading, {doubles:.0f} s doubles)", alone)
    if splink:
        made_ready, theirs, seconds, answers = _splink(roll, setting)
        _print_cost("reading and normalising for Splink, by our own reader", made_ready)
        _print_cost(f"Splink, doubles alone ({seconds:.0f} s after loading)", theirs)
        _print_ratio(
            "doubles, without reading, of Splink's after loading", doubles / seconds, ALONE
        )
        _print_ratio(
            "doubles with reading, work of the processors", alone.worked / theirs.worked, ALONE
        )
        _print_ratio("whole screening, by the wall", ours.seconds / seconds, WHOLE)
        print(
            f"  the same, of Splink's whole run: {ours.seconds / theirs.seconds:.2f};"
            f" with its rows made ready: {ours.seconds / (made_ready.seconds + theirs.seconds):.2f}"
        )
        _print_ratio("whole screening, work of the processors", ours.worked / theirs.worked, WHOLE)
        best = max(answers, key=lambda threshold: answers[threshold].f1)
        _print_pairs(f"Splink at its best threshold ({best})", answers[best])
    _print_ratio("memory of the whole screening / 2 GB", ours.memory / MEMORY, 1.0)
    _print_pairs("ours, certain", scoring.pairs(roll, out / "duplicates.csv", suspects=False))
    _print_pairs(
        "ours, certain and suspect", scoring.pairs(roll, out / "duplicates.csv", suspects=True)
    )
    _print_codes(scoring.codes(roll, out / "wrong.csv"))
    _print_codes(scoring.others(roll, out / "findings.parquet"))
    missing = scoring.missing(roll, out / "missing.csv")
    print(f"missing: P {missing.precision:.4f}  R {missing.recall:.4f}  (goal 0.995 both)")
    same = found.read_text().count("\n") - (out / "duplicates.csv").read_text("utf-8").count("\n")
    print(f"rows in clusters, doubles alone less whole screening: {same}")


def _roll(people: int, seed: int) -> Path:
    """Made once, kept until the makers change."""
    makers = max(
        path.stat().st_mtime for path in (BENCH.parent / "huiyin/screening/rolls").glob("*.py")
    )
    folder = VAR / f"roll-{people}-{seed}"
    if not (folder / "truth_missing.csv").exists() or folder.stat().st_mtime < makers:
        command = [*_huiyin("make-rolls"), str(people), str(seed), str(folder)]
        cost = children.run(command, VAR / "make-rolls.log")
        print(f"made {people:,} people in {cost.seconds:.0f} s ({cost.worked:.0f} s of work)")
        os.utime(folder)
    return folder


def _screened(roll: Path, setting: Setting) -> tuple[Cost, Path]:
    out = VAR / "out"
    command = [*_huiyin("screen"), "--out", str(out), "--threads", str(setting.threads)]
    command += ["--memory", setting.memory, "--registrations", *_registrations(roll)]
    for name in LISTS:
        command += [f"--{name.replace('_', '-')}", str(roll / f"{name}.csv")]
    return children.run(command, VAR / "screen.log", cores=setting.threads), out


def _doubles_alone(roll: Path, setting: Setting) -> tuple[Cost, float, float, Path]:
    spill, found = VAR / "spill", VAR / "doubles-alone.csv"
    spill.mkdir(exist_ok=True)
    command = [sys.executable, str(BENCH / "rig" / "doubles_alone.py"), str(spill), str(found)]
    command += [str(setting.threads), setting.memory, *_registrations(roll)]
    cost = children.run(command, VAR / "doubles-alone.log", cores=setting.threads)
    said = json.loads(cost.said.splitlines()[-1])
    return cost, said["reading"], said["doubles"], found


def _splink(roll: Path, setting: Setting) -> tuple[Cost, Cost, float, dict[float, Score]]:
    """What its rows cost, its own cost with loading, its seconds after that, its score at every threshold."""
    rows, out = VAR / "rows.parquet", VAR / "splink"
    prepare = [sys.executable, str(BENCH / "rig" / "normalised_rows.py"), str(rows)]
    made_ready = children.run(
        [*prepare, *_registrations(roll)], VAR / "rows.log", cores=setting.threads
    )
    command = [sys.executable, str(BENCH / "rig" / "splinking.py"), str(rows), str(out)]
    command += [str(setting.threads), setting.memory]
    cost = children.run(command, VAR / "splink.log", cores=setting.threads)
    said = json.loads(cost.said.splitlines()[-1])
    answers = {
        threshold: scoring.pairs(roll, Path(f"{out}.{threshold}.csv"), suspects=True)
        for threshold in said["thresholds"]
    }
    worked = Cost(cost.seconds, said["worked"], cost.memory, "")
    return made_ready, worked, said["seconds"], answers


# Several sizes -------------------------------------------------------------------------------------


def _growth(sizes: list[int], seed: int, setting: Setting) -> None:
    """Time over people as a power: 1 is as much again for as many again."""
    print("\nthe whole screening of several sizes")
    costs = []
    for people in sizes:
        roll = _roll(people, seed)
        cost, _ = _screened(roll, setting)
        costs.append((math.log(people), math.log(cost.worked)))
        _print_cost(f"{people:,} people", cost)
        if people == 4_000_000:
            _print_ratio("four million / 90 s", cost.seconds / LARGEST, 1.0)
    if len(costs) > 1:
        print(f"growth exponent of the work: {_slope(costs):.2f}  (goal {GROWTH})")


def _slope(points: list[tuple[float, float]]) -> float:
    x_mean = sum(x for x, _ in points) / len(points)
    y_mean = sum(y for _, y in points) / len(points)
    below = sum((x - x_mean) ** 2 for x, _ in points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / below


# Words ---------------------------------------------------------------------------------------------


def _huiyin(name: str) -> list[str]:
    return [sys.executable, "-m", "huiyin.config.command", name]


def _registrations(roll: Path) -> list[str]:
    return [str(path) for path in sorted(roll.glob("registrations*.csv"))]


def _rows(roll: Path) -> int:
    with (roll / "truth_duplicates.csv").open("rb") as file:
        return sum(1 for _ in file) - 1


def _print_cost(what: str, cost: Cost) -> None:
    print(f"{what:44} {cost.seconds:8.1f} {cost.worked:8.1f} {cost.memory / 1e6:6.0f}MB")


def _print_ratio(what: str, ratio: float, goal: float) -> None:
    print(f"{what:54} {ratio:6.2f}  (goal {goal:.2f}) {'' if ratio <= goal else 'MISSED'}")


def _print_pairs(what: str, score: Score) -> None:
    reach = f"  within reach {score.recall_within_reach:.4f}" if score.out_of_reach else ""
    print(f"{what:44} P {score.precision:.4f}  R {score.recall:.4f}{reach}  F1 {score.f1:.4f}")


def _print_codes(scores: dict[str, Score]) -> None:
    print("wrong rows by kind: right, false, overlooked  (goal P 0.995, R 0.99)")
    for code, score in scores.items():
        weak = "" if score.precision >= 0.995 and score.recall >= 0.99 else "  MISSED"
        print(
            f"  {code} {score.right:7} {score.false:5} {score.overlooked:5}"
            f"  P {score.precision:.4f}  R {score.recall:.4f}{weak}"
        )


if __name__ == "__main__":
    sys.exit(main())
