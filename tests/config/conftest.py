"""A project directory with a database of its own, so that the real one is never touched."""

from pathlib import Path

import pytest

from huiyin.config import postgres


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    return tmp_path_factory.mktemp("路径 有空格 \"$x'")


@pytest.fixture(scope="module")
def server(project):
    server = postgres.server(project)
    server.start()
    yield server
    server.stop()
