"""A command copied from the README works as it stands, in the city that `make demo` builds."""

import contextlib
import glob
import re
import shlex
import shutil
from pathlib import Path

import pytest

from huiyin.config import command
from huiyin.demo import city
from huiyin.kernel import clock
from huiyin.opinions.models import Voice
from huiyin.regions import actions as regions
from huiyin.regions.models import Region
from huiyin.rulebook import actions as rulebook
from huiyin.suggestions.models import OldItem

PROJECT = Path(__file__).parents[2]
BLOCK = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
HUIYIN = ".venv/bin/huiyin "

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


def commands() -> list[str]:
    """Every line of the README's shell blocks that starts our own command, in their order."""
    blocks = BLOCK.findall((PROJECT / "README.md").read_text(encoding="utf-8"))
    lines = [line for block in blocks for line in block.splitlines()]
    return [line.removeprefix(HUIYIN) for line in lines if line.startswith(HUIYIN)]


def typed(line: str) -> list[str]:
    """As the shell would hand it over: stars stand for the files that are there."""
    words = shlex.split(line)
    return [found for word in words for found in (sorted(glob.glob(word)) or [word])]


@pytest.fixture
def _demonstration():
    """As far as the commands need it: the places, the rules, the congresses and their units."""
    regions.load_divisions()
    rulebook.load_packs_of(Region.objects.get(code=city.CITY))
    city.found(clock.today())


@pytest.mark.usefixtures("_demonstration")
def test_every_command_of_the_readme_works_as_it_stands(tmp_path):
    shutil.copytree(PROJECT / "docs" / "samples", tmp_path / "docs" / "samples")

    with contextlib.chdir(tmp_path):
        answers = {line: command.main(typed(line)) for line in commands()}

    assert {line: code for line, code in answers.items() if code} == {}
    assert {line.split()[0] for line in answers} == {
        "import-voices",
        "import-suggestions",
        "make-rolls",
        "screen",
    }
    assert (tmp_path / "筛查" / "report.html").exists()


@pytest.mark.usefixtures("_demonstration")
def test_the_samples_come_in_once_the_trial_is_left_out(tmp_path):
    imports = [line for line in commands() if "--dry-run" in line]

    with contextlib.chdir(PROJECT):
        answers = [command.main(typed(line.replace("--dry-run", ""))) for line in imports]

    assert answers == [0, 0]
    assert (Voice.objects.count(), OldItem.objects.count()) == (6, 3)
