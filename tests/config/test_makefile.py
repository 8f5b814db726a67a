"""What `make` offers."""

import re
import subprocess
from pathlib import Path

PROJECT = Path(__file__).parents[2]


def test_make_alone_lists_every_target_with_its_explanation():
    listing = subprocess.run(["make"], cwd=PROJECT, capture_output=True, text=True, check=True)

    offered = re.findall(r"^  make (\w+) +\S", listing.stdout, re.MULTILINE)
    assert offered == ["setup", "demo", "test", "check", "bench", "docs", "stop", "reset"]


def test_lock_files_name_every_hash_and_no_address():
    for lock in PROJECT.glob("requirements*.lock"):
        text = lock.read_text()

        pinned = re.findall(r"^[a-z0-9]\S+==\S+", text, re.MULTILINE)
        hashed = re.findall(r"^[a-z0-9]\S+==.*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert (len(hashed), re.findall(r"://|--index|--find-links", text)) == (len(pinned), [])
