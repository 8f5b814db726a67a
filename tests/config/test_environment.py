"""Making .venv in a directory whose name is awkward, with nothing to install."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.config import environment

pytestmark = pytest.mark.slow
COMMAND = "import sys\n\ndef main():\n    print(sys.argv[1:])\n    return 3\n"


@pytest.fixture
def project(tmp_path):
    project = tmp_path / "路径 有空格 'x"
    config = project / "huiyin" / "config"
    config.mkdir(parents=True)
    (project / "huiyin" / "__init__.py").touch()
    (config / "__init__.py").touch()
    (config / "command.py").write_text(COMMAND)
    shutil.copy(environment.__file__, config)
    (project / "requirements.lock").write_text("# nothing\n")
    return project


def make(project, lock="requirements.lock"):
    script = project / "huiyin" / "config" / "environment.py"
    command = [sys.executable, "-I", "-X", "utf8", script, lock]
    done = subprocess.run(command, capture_output=True, text=True)
    return done.returncode, done.stdout


def test_make_gives_an_environment_that_knows_the_project_and_its_command(project, tmp_path):
    assert make(project) == (0, "安装 requirements.lock …\n")

    command = [project / ".venv" / "bin" / "huiyin", "import-voices", "两 词"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (3, "['import-voices', '两 词']\n")


def test_make_does_nothing_the_second_time(project):
    make(project)

    assert make(project) == (0, "")


def test_make_installs_again_after_the_lock_has_changed(project):
    make(project)
    (project / "requirements.lock").write_text("# nothing else\n")

    assert make(project) == (0, "安装 requirements.lock …\n")


def test_make_works_again_after_the_project_was_moved(project):
    make(project)
    moved = project.rename(project.with_name("别处"))

    assert make(moved) == (0, "安装 requirements.lock …\n")
    found = subprocess.run(
        [moved / ".venv" / "bin" / "python", "-c", "import huiyin; print(huiyin.__file__)"],
        capture_output=True,
        text=True,
        cwd="/",
    )
    assert Path(found.stdout.strip()).resolve() == moved.resolve() / "huiyin" / "__init__.py"


def test_make_refuses_a_file_that_is_no_lock(project):
    assert make(project, "pyproject.toml") == (1, "")
