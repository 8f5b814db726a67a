"""`huiyin cluster-voices` as people run it: no database, no Django, clear mistakes."""

import subprocess
import sys

import django
import pytest

from huiyin.config import command

TABLE = (
    "id,title,text\n"
    "1,翠园小区加装电梯何时动工,签字一年了还没有动工\n"
    "2,雁滩夜市深夜扰民,烧烤摊吵到凌晨\n"
    "3,请问翠园小区什么时候加装电梯,老人爬不动楼\n"
)


@pytest.fixture
def voices(tmp_path):
    path = tmp_path / "留言 voices.csv"
    path.write_text(TABLE, encoding="utf-8-sig")
    return path


def test_cluster_voices_writes_a_cluster_for_each_message(voices, tmp_path):
    result = tmp_path / "out.csv"

    assert command.main(["cluster-voices", str(voices), str(result)]) == 0

    assert result.read_text(encoding="utf-8") == "id,cluster\n1,1\n2,2\n3,1\n"


def test_cluster_voices_refuses_a_file_that_is_not_there(tmp_path, capsys):
    assert (
        command.main(["cluster-voices", str(tmp_path / "none.csv"), str(tmp_path / "out.csv")]) == 2
    )

    assert "none.csv" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_cluster_voices_refuses_a_broken_file_and_keeps_the_earlier_result(
    voices, tmp_path, capsys
):
    result = tmp_path / "out.csv"
    result.write_text("id,cluster\nearlier,earlier\n", encoding="utf-8")
    voices.write_text("id,title\n,停水\n", encoding="utf-8")

    assert command.main(["cluster-voices", str(voices), str(result)]) == 2

    assert "第 2 行 id 列" in capsys.readouterr().err
    assert result.read_text(encoding="utf-8") == "id,cluster\nearlier,earlier\n"


def test_cluster_voices_refuses_a_directory_to_write_into_that_is_not_there(
    voices, tmp_path, capsys
):
    assert command.main(["cluster-voices", str(voices), str(tmp_path / "none" / "out.csv")]) == 2

    assert "none" in capsys.readouterr().err


def test_cluster_voices_loads_no_django(voices, tmp_path):
    script = (
        "import sys; from huiyin.config.command import main;"
        f"code = main(['cluster-voices', {str(voices)!r}, {str(tmp_path / 'out.csv')!r}]);"
        "sys.exit(code or any(name.split('.')[0] == 'django' for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


def test_an_unknown_subcommand_exits_with_two(capsys):
    with pytest.raises(SystemExit) as stopped:
        command.main(["sing"])

    assert stopped.value.code == 2
    assert "cluster-voices" in capsys.readouterr().err


def test_manage_hands_over_to_django():
    done = subprocess.run(
        [sys.executable, "-m", "huiyin.config.command", "manage", "--version"],
        check=False,
        capture_output=True,
        text=True,
    )

    assert (done.returncode, done.stdout.strip()) == (0, django.__version__)
