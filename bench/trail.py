"""The trail: how fast steps are written, sealed and proved."""

import subprocess
import sys

from rig import cities, databases, servers


def main() -> int:
    databases.start()
    cities.make_small()
    with databases.copied(databases.SMALL) as database:
        environment = databases.environment(database, HUIYIN_VAR=str(servers.VAR))
        command = [sys.executable, str(servers.BENCH / "rig" / "trailing.py")]
        return subprocess.run(command, check=False, env=environment).returncode


if __name__ == "__main__":
    sys.exit(main())
