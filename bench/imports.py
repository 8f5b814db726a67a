"""Taking in a file of real messages with `huiyin import-voices`, clusters proposed and all."""

import subprocess
import sys
import time
from pathlib import Path

from rig import cities, databases, servers

GOAL = 60
MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages" / "merge_pool.csv"


def main() -> int:
    if not MESSAGES.exists():
        print(f"SKIPPED: {MESSAGES} is not there; the import of voices was NOT measured.")
        return 0
    databases.start()
    cities.make_small()
    with databases.copied(databases.SMALL) as database:
        environment = databases.environment(database, HUIYIN_VAR=str(servers.VAR))
        huiyin = Path(sys.executable).with_name("huiyin")
        command = [str(huiyin), "import-voices", str(MESSAGES), "--source", "platform"]
        begun = time.perf_counter()
        done = subprocess.run(command, check=False, env=environment, cwd=databases.PROJECT)
        print(f"huiyin import-voices: {time.perf_counter() - begun:.1f} s (goal {GOAL} s)")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
