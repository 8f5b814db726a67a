"""Public pages on a first visit: bytes, queries, time, and that nothing moves while it loads."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from rig import cities, databases, servers, visits

GOAL = 60 * 1024
PAGES = (
    *("/", "/say/", "/follow/", "/matters/", "/privacy/", "/suggestions/", "/promises/"),
    *("/venues/", "/deputies/", "/figures/", "/rules/", "/account/login/"),
)
WITH_CHARTS = ("/venues/", "/figures/")
CHROMIUMS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome",
    "google-chrome-stable",
)  # fmt: skip


def main() -> int:
    databases.start()
    cities.make_small()
    with databases.copied(databases.SMALL) as database, servers.served(database) as address:
        read = _read(database)
        weights = {path: visits.weight(address, path) for path in PAGES}
        shifts = _shifts(address)
    print(
        f"{'page':16} {'html':>7} {'all':>7}  queries  ms    shift   (goal {GOAL:,} bytes, shift 0)"
    )
    for path in PAGES:
        (html, rest), page = weights[path], read[path]
        note = "  with its chart or map" if path in WITH_CHARTS else ""
        print(
            f"{path:16} {html:7,} {html + rest:7,}  {page['queries']:7} {page['milliseconds']:5.1f}  {shifts.get(path, 'skipped')!s:7}{note}"
        )
    heaviest = max(sum(weights[path]) for path in PAGES if path not in WITH_CHARTS)
    print(f"heaviest page without charts: {heaviest:,} bytes (goal {GOAL:,})")
    return int(any(page["status"] != 200 for page in read.values()))


def _read(database: str) -> dict[str, dict[str, float]]:
    environment = databases.environment(database, HUIYIN_VAR=str(servers.VAR))
    command = [sys.executable, str(servers.BENCH / "rig" / "reading.py"), *PAGES]
    done = subprocess.run(command, check=True, env=environment, stdout=subprocess.PIPE)
    return dict(json.loads(done.stdout))


def _shifts(address: str) -> dict[str, float]:
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), "")
    if not Path(chromium).exists() or not chromium:
        print("SKIPPED: no Chromium; layout shift was NOT measured.")
        return {}
    return visits.shifts(chromium, address, PAGES)


if __name__ == "__main__":
    sys.exit(main())
