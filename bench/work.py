"""What each kind of page costs in work: milliseconds of Python and of PostgreSQL, one after another.

The wall says how long eight people wait on a machine as busy as it is; this says what a page asks
of the processors, and changes little from hour to hour.
"""

import argparse
import subprocess
import sys

from rig import cities, databases, servers

WORKING = servers.BENCH / "rig" / "working.py"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "names", nargs="*", help="of kinds, as bench/pages.py prints them; else all"
    )
    parser.add_argument("--many", type=int, default=100_000, help="suggestions in the city")
    parser.add_argument("--requests", type=int, default=100, help="of a kind in each round")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    databases.start()
    with databases.copied(cities.make_large(options.many)) as database:
        asked = ["--requests", str(options.requests), "--rounds", str(options.rounds)]
        command = [sys.executable, str(WORKING), *asked, *options.names]
        done = subprocess.run(command, env=servers.prepared(database), cwd=databases.PROJECT)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
