"""The private PostgreSQL: started, stopped, killed, and in a directory with an awkward name."""

import dataclasses
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg
import pytest

from huiyin.config import postgres, processes

pytestmark = pytest.mark.slow
INSTALLED = dict(postgres._installations())


def rows(server, sql, role="postgres"):
    with psycopg.connect(server.url(role), autocommit=True) as connection:
        found = connection.execute(sql)
        return found.fetchall() if found.description else []


def test_url_names_the_role_the_socket_and_the_database(tmp_path):
    server = postgres.Server(tmp_path, tmp_path / "postgres-18", Path("/tmp/huiyin-1"))

    assert server.url("huiyin") == "postgresql://huiyin@%2Ftmp%2Fhuiyin-1/huiyin"


def test_url_of_the_module_is_that_of_the_project_s_own_server():
    assert postgres.url("huiyin_owner") == postgres.server().url("huiyin_owner")


def test_server_has_a_socket_path_short_enough_however_long_the_project_s_is(tmp_path):
    server = postgres.server(tmp_path / ("长" * 60) / ("路" * 60))

    assert len(os.fsencode(server.sockets / ".s.PGSQL.5432.lock")) < 107


@pytest.mark.parametrize("major", INSTALLED)
def test_server_keeps_the_major_that_made_its_data(tmp_path, major):
    data = tmp_path / "var" / f"postgres-{major}"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text(f"{major}\n")

    assert (postgres.server(tmp_path).data, postgres.server(tmp_path).binaries) == (
        data,
        INSTALLED[major],
    )


def test_server_of_a_major_that_is_not_here_is_refused(tmp_path):
    data = tmp_path / "var" / "postgres-99"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("99\n")

    with pytest.raises(postgres.PostgresError, match="postgres-99"):
        postgres.server(tmp_path)


def test_start_does_nothing_the_second_time(server):
    assert (server.start(), server.is_ready()) == (False, True)


def test_start_listens_on_no_network_and_writes_every_commit_to_disk(server):
    settings = ["listen_addresses", "fsync", "synchronous_commit", "full_page_writes"]

    found = [rows(server, f"SHOW {name}")[0][0] for name in settings]

    assert found == ["", "on", "on", "on"]


def test_start_sorts_by_code_point_on_every_machine(server):
    sql = "SELECT datcollate FROM pg_database WHERE datname = 'huiyin'"

    assert rows(server, sql) == [("C.UTF-8",)]


@pytest.mark.parametrize("major", INSTALLED)
def test_start_runs_every_major_that_is_here(tmp_path, major):
    server = dataclasses.replace(
        postgres.server(tmp_path),
        binaries=INSTALLED[major],
        data=tmp_path / "var" / f"postgres-{major}",
    )

    server.start()

    assert rows(server, "SHOW server_version_num", role="huiyin")[0][0][:2] == str(major)
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_start_drops_root_where_it_may_not_hide_in_a_namespace(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "may_unshare", lambda: False)
    server = postgres.server(tmp_path)

    server.start()

    assert Path(f"/proc/{server.pid()}").stat().st_uid == server.data.stat().st_uid == 65534
    server.stop()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root needs another account")
def test_start_enters_what_is_roots_alone(tmp_path, monkeypatch):
    """A clone below /root: nobody else may look into the directory of the programs and the data."""
    monkeypatch.setattr(processes, "may_unshare", lambda: False)
    tmp_path.chmod(0o700)
    there = postgres.server(tmp_path)
    package = there.binaries.parents[1]
    copied = tmp_path / "site" / there.binaries.relative_to(package.parent)
    shutil.copytree(there.binaries.parent, copied.parent, symlinks=True)
    libraries = f"{package.name}.libs"  # that the wheel's programs look for beside their package
    (tmp_path / "site" / libraries).symlink_to(package.with_name(libraries))
    server = dataclasses.replace(there, binaries=copied)

    server.start()

    assert Path(f"/proc/{server.pid()}").stat().st_uid == 65534
    assert rows(server, "SELECT 1") == [(1,)]
    server.stop()


def test_owner_may_make_databases_and_the_web_may_not(server):
    rows(server, "CREATE DATABASE attempt", role="huiyin_owner")
    rows(server, "DROP DATABASE attempt", role="huiyin_owner")

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(server, "CREATE DATABASE attempt", role="huiyin")


@pytest.mark.parametrize(
    "forbidden", ["TRUNCATE owned", "DROP TABLE owned", "CREATE TABLE more ()"]
)
def test_web_role_reads_and_writes_but_owns_nothing(server, forbidden):
    rows(server, "DROP TABLE IF EXISTS owned; CREATE TABLE owned (number int)", role="huiyin_owner")

    rows(server, "INSERT INTO owned VALUES (1)", role="huiyin")

    assert rows(server, "SELECT number FROM owned", role="huiyin") == [(1,)]
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        rows(server, forbidden, role="huiyin")


def test_web_role_has_the_same_rights_in_a_test_database(server):
    rows(server, "CREATE DATABASE test_rights", role="huiyin_owner")
    with psycopg.connect(server.url("huiyin_owner", "test_rights")) as owner:
        owner.execute("CREATE TABLE owned (number int)")

    with psycopg.connect(server.url("huiyin", "test_rights")) as web:
        web.execute("INSERT INTO owned VALUES (1)")

    rows(server, "DROP DATABASE test_rights", role="huiyin_owner")


def test_stop_says_whether_anything_ran_and_start_brings_the_rows_back(server):
    rows(server, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 7 AS number")

    stopped = [server.stop(), server.stop()]

    assert (stopped, server.sockets.exists(), server.start()) == ([True, False], False, True)
    assert rows(server, "SELECT number FROM kept") == [(7,)]


def test_start_after_kill_9_keeps_every_acknowledged_row(server):
    rows(server, "DROP TABLE IF EXISTS kept; CREATE TABLE kept (number int)")
    acknowledged = []
    writer = threading.Thread(target=write_until_cut, args=(server, acknowledged))
    writer.start()
    while len(acknowledged) < 20:
        time.sleep(0.01)

    os.kill(server.pid(), signal.SIGKILL)
    writer.join()

    assert server.start() is True
    stored = [number for (number,) in rows(server, "SELECT number FROM kept ORDER BY number")]
    assert stored[: len(acknowledged)] == acknowledged


def write_until_cut(server, acknowledged):
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        for number in range(1_000_000):
            try:
                connection.execute("INSERT INTO kept VALUES (%s)", [number])
            except psycopg.OperationalError:
                return
            acknowledged.append(number)


def test_start_is_not_fooled_by_a_zombie(server):
    """A container without an init keeps a killed server's process for ever."""
    server.stop()
    child = subprocess.Popen([sys.executable, "-c", ""], stdin=subprocess.DEVNULL)
    while Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    leave_pid_file(server, child.pid)

    assert (server.pid(), server.start(), server.is_ready()) == (None, True, True)
    child.wait()


def test_start_is_not_fooled_by_a_stranger_with_the_same_number(server):
    server.stop()
    leave_pid_file(server, os.getpid())

    assert (server.pid(), server.start(), server.is_ready()) == (None, True, True)


def leave_pid_file(server, pid):
    """As a killed server leaves it; the seventh line names shared memory that nobody uses."""
    lines = [str(pid), str(server.data), "1790000000", "5432", str(server.sockets), "", "1 1", ""]
    (server.data / "postmaster.pid").write_text("\n".join(lines))
    os.chmod(server.data / "postmaster.pid", 0o600)


def test_two_first_starts_at_once_make_one_server(project, tmp_path_factory):
    other = postgres.server(tmp_path_factory.mktemp("second"))
    answers = []
    threads = [threading.Thread(target=lambda: answers.append(other.start())) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    other.stop()

    assert sorted(answers) == [False, False, True]


def test_start_refuses_a_socket_directory_that_others_may_enter(tmp_path):
    server = dataclasses.replace(postgres.server(tmp_path), sockets=tmp_path / "sockets")
    server.sockets.mkdir(mode=0o755)

    with pytest.raises(processes.NotPrivate, match="sockets"):
        server.start()


def test_start_begins_anew_after_an_interrupted_first_attempt(tmp_path):
    server = postgres.server(tmp_path)
    (server.data.with_name(f"{server.data.name}.new") / "base").mkdir(parents=True)

    assert server.start() is True

    server.stop()
