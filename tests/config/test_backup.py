"""The scripts in docs/operations/backup.md, run as they stand there."""

import os
import re
import subprocess
from pathlib import Path

import psycopg
import pytest

pytestmark = pytest.mark.slow
PAGE = Path(__file__).parents[2] / "docs" / "operations" / "backup.md"


def script(name):
    return re.search(rf"```sh\n# {re.escape(name)}\n(.*?)```", PAGE.read_text(), re.DOTALL)[1]


@pytest.fixture
def run(server, tmp_path):
    environment = {
        "PATH": f"{server.binaries}:{os.environ['PATH']}",
        "DATABASE_OWNER_URL": server.url("huiyin_owner"),
        "TRIAL_URL": server.url("huiyin_owner", "huiyin_trial"),
        "UPLOADS": str(tmp_path / "uploads"),
        "BACKUPS": str(tmp_path / "备份 一"),
    }

    def run(name, **more):
        command = ["/bin/sh", "-euc", script(name)]
        done = subprocess.run(command, env=environment | more, capture_output=True, text=True)
        return done.returncode, done.stderr

    return run


@pytest.fixture
def filled(server, tmp_path):
    """A database and a picture worth saving."""
    with psycopg.connect(server.url("huiyin_owner")) as owner:
        owner.execute("DROP TABLE IF EXISTS django_migrations, voices")
        owner.execute("CREATE TABLE django_migrations AS SELECT 1 AS id")
        owner.execute("CREATE TABLE voices AS SELECT 1 AS id, '路灯不亮 𠮷' AS words")
    (tmp_path / "uploads" / "照片").mkdir(parents=True)
    (tmp_path / "uploads" / "照片" / "灯.jpg").write_bytes(b"\xff\xd8")
    return server


def test_backup_tries_the_restore_and_leaves_one_dump_and_the_uploads(filled, run, tmp_path):
    assert run("backup.sh") == (0, "")

    kept = sorted(path.name.partition(".")[2] for path in (tmp_path / "备份 一").iterdir())
    assert kept == ["dump", "uploads.tar.gz"]


def test_restore_brings_back_rows_rights_and_uploads(filled, run, tmp_path):
    run("backup.sh")
    dump = next((tmp_path / "备份 一").glob("*.dump"))
    with psycopg.connect(filled.url("huiyin_owner")) as owner:
        owner.execute("DROP TABLE django_migrations, voices")

    answer = run(
        "restore.sh",
        DUMP=str(dump),
        UPLOADS=str(tmp_path / "restored"),
        UPLOADS_DUMP=str(dump.with_suffix(".uploads.tar.gz")),
    )

    assert answer == (0, "")
    with psycopg.connect(filled.url("huiyin")) as web:
        assert web.execute("SELECT words FROM voices").fetchall() == [("路灯不亮 𠮷",)]
        web.execute("INSERT INTO voices VALUES (2, '也能写')")
    assert (tmp_path / "restored" / "照片" / "灯.jpg").read_bytes() == b"\xff\xd8"


def test_backup_fails_and_keeps_nothing_as_done_when_the_trial_fails(filled, run, tmp_path):
    code, _words = run("backup.sh", TRIAL_URL="postgresql://nobody@%2Fnowhere/huiyin_trial")

    assert code != 0
    assert list((tmp_path / "备份 一").glob("*.dump")) == []
