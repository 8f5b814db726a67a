"""Runs the whole of Huiyin on one machine: database, migrations, demonstration city, web and worker."""

import contextlib
import ctypes
import dataclasses
import fcntl
import hashlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any, NoReturn

from environs import Env

from huiyin.config import postgres, processes
from huiyin.config.refusals import Refused, refuse_production

PROJECT = Path(__file__).resolve().parents[2]
VAR = PROJECT / "var"
LOCK, STATE = VAR / "runner.lock", VAR / "runner.json"
PREPARED, LOGINS = VAR / "prepared", VAR / "logins"
FIRST_PORT, LAST_PORT = 8000, 8099
PATIENCE = 60.0
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Stopped(Exception):
    """Somebody asked for the end: a signal came, or the process that started us is gone."""


@dataclasses.dataclass
class Child:
    """A process that is started again whenever it ends."""

    name: str
    command: list[str]
    environment: dict[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0

    @property
    def log(self) -> Path:
        return VAR / "logs" / f"{self.name}.log"

    def keep_running(self) -> None:
        """Start it if it is not running, but not more often than once in two seconds."""
        if self._runs() or time.monotonic() < self.started + 2:
            return
        self._clear_away()
        self.started = time.monotonic()
        self.log.parent.mkdir(exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(  # noqa: S603 -- own programs
                self.command,
                cwd=PROJECT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=_end_with_runner,
            )

    def stop(self) -> None:
        if self.process and self._runs():
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        self._clear_away()

    def has_failed(self) -> bool:
        return self.process is not None and not self._runs()

    def _runs(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def _clear_away(self) -> None:
        """End what it started itself: a killed web server leaves its workers on the port."""
        if self.process:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def main() -> None:
    try:
        stop_running() if "--stop" in sys.argv[1:] else run()
    except (Refused, postgres.PostgresError, processes.NotPrivate) as refusal:
        sys.exit(str(refusal))


def run() -> None:
    begun = time.monotonic()
    Env().read_env(PROJECT / ".env", recurse=False)
    refuse_production()
    VAR.mkdir(exist_ok=True)
    with LOCK.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print(_words_for_the_second())
            return
        _run_alone(begun)


def _words_for_the_second() -> str:
    """Another runner has the lock: it serves already, or it is still preparing."""
    state = _state()
    address = state.get("address", "…")
    if not state.get("is_ready"):
        return f"另一个 make demo 正在准备 {address}，就绪后网址显示在那个窗口里。 Still being prepared."
    return f"Huiyin is ready at {address} （已在运行；make stop 可停止）"


def stop_running() -> None:
    """Stop a runner left in the background, and the database."""
    pid = _state().get("pid")
    with LOCK.open("a") if VAR.is_dir() else contextlib.nullcontext() as lock:
        if lock and not _is_free(lock) and pid:
            os.kill(pid, signal.SIGTERM)
            fcntl.flock(lock, fcntl.LOCK_EX)
    if not _foreign_database():
        postgres.stop()


def _run_alone(begun: float) -> None:
    _listen_for_the_end()
    owns_database = _will_own_database()
    children: list[Child] = []
    try:
        address = f"http://127.0.0.1:{choose_port()}"
        _note(address, owns_database)
        if not _foreign_database():
            postgres.start()
        prepare()
        children += _children(address)
        _serve(children, address, begun)
        _keep_running(children, owns_database)
    except Stopped:
        print("\n正在停止 …", flush=True)
    finally:
        _ignore_signals()
        for child in reversed(children):
            child.stop()
        if owns_database:
            postgres.stop()
        STATE.unlink(missing_ok=True)


def _will_own_database() -> bool:
    """Who started the database stops it; a runner that was killed leaves this duty to the next."""
    if _foreign_database():
        return False
    return bool(_state().get("owns_database")) or not postgres.is_running()


def _serve(children: list[Child], address: str, begun: float) -> None:
    web, *others = children
    web.keep_running()
    _wait_for_first_page(web, address)  # alone: each process spends seconds on its imports
    for child in others:
        child.keep_running()
    STATE.write_text(json.dumps(_state() | {"is_ready": True}))
    print(LOGINS.read_text(encoding="utf-8"))
    print(f"首页已就绪，用时 {time.monotonic() - begun:.1f} 秒。Ctrl-C 停止。")
    print(f"Huiyin is ready at {address}", flush=True)


def _keep_running(children: list[Child], owns_database: bool) -> NoReturn:
    """Bring back whatever dies, until a signal raises Stopped."""
    while True:
        if owns_database and not postgres.is_alive():
            postgres.start()
        for child in children:
            child.keep_running()
        time.sleep(0.5)


def prepare() -> None:
    """Static files, migrations and the city; skipped where nothing has changed."""
    fingerprint = _fingerprint()
    if PREPARED.exists() and PREPARED.read_text() == fingerprint and not _foreign_database():
        return
    print("准备静态文件与数据库 …", flush=True)
    if _foreign_database():
        _manage("demo", "--only-ours")
    _manage("collectstatic", "--noinput", "--verbosity=0")
    _manage("migrate", "--verbosity=0", as_owner=True)
    _manage("createcachetable", "--verbosity=0", as_owner=True)
    print("准备演示城市 …", flush=True)
    _manage("demo")
    with LOGINS.open("wb") as logins:
        _manage("demo", "--logins", stdout=logins)
    PREPARED.write_text(_fingerprint())


def choose_port() -> int:
    wanted = os.environ.get("PORT")
    if wanted:
        if not wanted.isdigit() or not _is_port_free(int(wanted)):
            raise Refused(f"端口 {wanted} 不可用。")
        return int(wanted)
    free = next(filter(_is_port_free, range(FIRST_PORT, LAST_PORT + 1)), None)
    if free is None:
        raise Refused(f"{FIRST_PORT}–{LAST_PORT} 之间没有空闲端口；请用 PORT=… make demo。")
    return free


@dataclasses.dataclass
class Parent:
    """Who started us. `make` waits for its children after an INT sent to it alone, and tells them nothing."""

    pid: int

    def __post_init__(self) -> None:
        self.caught_interrupt = self._catches_interrupt()

    def gave_up(self) -> bool:
        is_gone = os.getppid() != self.pid
        return is_gone or (self.caught_interrupt and not self._catches_interrupt())

    def _catches_interrupt(self) -> bool:
        try:
            name, *lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        except OSError:
            return False
        caught = next((line for line in lines if line.startswith("SigCgt:")), "SigCgt: 0")
        return name.endswith("make") and bool(int(caught.split()[1], 16) & 1 << signal.SIGINT - 1)


def _children(address: str) -> list[Child]:
    environment = _environment() | {"SITE_ADDRESS": address}
    host, _, port = address.removeprefix("http://").partition(":")
    # Four threads a worker wait for the database; more of them only wait for one another.
    web = "-m granian --interface wsgi --workers 2 --blocking-threads 4 --respawn-failed-workers"
    web += f" --host {host} --port {port}"
    return [
        Child("web", [sys.executable, *web.split(), "huiyin.config.wsgi:application"], environment),
        Child("worker", [*_command("procrastinate", "worker")], environment),
    ]


def _wait_for_first_page(web: Child, address: str) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(address):
        if time.monotonic() > end or web.has_failed():
            raise Refused(f"网页服务没有启动，见 {web.log}：\n{_tail(web.log)}")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:  # noqa: S310 -- our own address
            return bool(answer.status == 200)
    except urllib.error.HTTPError as error:
        raise Refused(f"首页报错 {error.code}，见 {VAR / 'logs' / 'web.log'}。") from error
    except OSError:
        return False


def _command(*arguments: str) -> list[str]:
    return [sys.executable, str(PROJECT / "manage.py"), *arguments]


def _manage(*arguments: str, as_owner: bool = False, stdout: IO[bytes] | None = None) -> None:
    """In a session of its own: Ctrl-C reaches the runner alone, which ends the others in order."""
    process = subprocess.Popen(  # noqa: S603 -- own program
        _command(*arguments),
        cwd=PROJECT,
        env=_environment(as_owner=as_owner),
        stdout=stdout,
        start_new_session=True,
        preexec_fn=_end_with_runner,
    )
    try:
        if process.wait():
            raise Refused(f"未能完成：manage.py {' '.join(arguments)}")
    except Stopped:
        process.terminate()
        process.wait()
        raise


def _environment(*, as_owner: bool = False) -> dict[str, str]:
    """Migrations run as the owner of the tables, everything else as a role that owns nothing."""
    environment = {**os.environ, "HUIYIN_DEMO": "1", "PYTHONUTF8": "1"}
    if "DATABASE_URL" in environment:
        environment.setdefault("DATABASE_OWNER_URL", environment["DATABASE_URL"])
    return environment | {"HUIYIN_AS_OWNER": "1" if as_owner else "0"}


def _fingerprint() -> str:
    """Changes with every file that preparing depends on."""
    patterns = (
        *("huiyin/**/migrations/*.py", "huiyin/*/static/**/*", "huiyin/rulebook/packs/*.toml"),
        *("locale/**/*.po", "*.lock"),
    )
    born = "var/postgres-*/PG_VERSION"  # another database, another city
    found = [path for pattern in (*patterns, born) for path in PROJECT.glob(pattern)]
    stats = [(str(path), path.stat().st_size, path.stat().st_mtime_ns) for path in sorted(found)]
    return hashlib.sha256(repr(stats).encode()).hexdigest()


def _foreign_database() -> bool:
    return "DATABASE_URL" in os.environ


def _state() -> dict[str, Any]:
    try:
        return dict(json.loads(STATE.read_text()))
    except (FileNotFoundError, ValueError):
        return {}


def _note(address: str, owns_database: bool) -> None:
    STATE.write_text(
        json.dumps({"pid": os.getpid(), "address": address, "owns_database": owns_database})
    )


def _is_free(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _is_port_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
    return True


def _tail(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-20:])


def _listen_for_the_end() -> None:
    """INT may have come in ignored, so it is set anew; the alarm looks after our parent."""
    parent = Parent(os.getppid())
    for number in ENDINGS:
        signal.signal(number, _stop)
    signal.signal(signal.SIGALRM, lambda number, frame: parent.gave_up() and _stop(number, frame))
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)


def _stop(number: int, frame: object) -> NoReturn:
    raise Stopped


def _ignore_signals() -> None:
    signal.setitimer(signal.ITIMER_REAL, 0)
    for number in ENDINGS:
        signal.signal(number, signal.SIG_IGN)


def _end_with_runner() -> None:
    """Linux tells the child when the runner was killed, so that no web server is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)  # PR_SET_PDEATHSIG


if __name__ == "__main__":
    main()
