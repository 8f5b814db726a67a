"""What `make` offers."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_make_alone_lists_every_target_with_its_explanation():
    listing = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True)

    offered = re.findall(r"^  make (\w+) +\S", listing.stdout, re.MULTILINE)
    assert offered == ["setup", "demo", "test", "check", "bench", "docs", "stop", "reset"]


def test_lock_files_name_every_hash_and_no_address():
    locks = sorted(PROJECT.glob("requirements*.lock"))

    assert [lock.name for lock in locks] == [
        "requirements-dev.lock", "requirements-semantic.lock", "requirements.lock",
    ]  # fmt: skip
    for lock in locks:
        text = lock.read_text()

        pinned = re.findall(r"^[a-z0-9]\S+==\S+", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9]\S+==.*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert (len(hashed), re.findall(r"://|--index|--find-links", text)) == (len(pinned), [])


def test_bench_runs_every_benchmark_and_fails_at_the_end(tmp_path):
    shutil.copy(PROJECT / "Makefile", tmp_path)
    (tmp_path / "bench").mkdir()
    for name, code in {"a": 1, "b": 0, "c": 2}.items():
        (tmp_path / "bench" / f"{name}.py").write_text(f"print('{name} ran'); exit({code})")
    bare = [f"OWN={shlex.quote(sys.executable)}", "WITH_DATABASE=", "ENVIRONMENT=true"]
    alone = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}

    done = subprocess.run(
        ["make", "bench", *bare], cwd=tmp_path, env=alone, capture_output=True, text=True
    )

    assert re.findall(r"^. ran", done.stdout, re.MULTILINE) == ["a ran", "b ran", "c ran"]
    assert done.stdout.endswith("broken off: bench/a.py bench/c.py\n")
    assert done.returncode != 0
