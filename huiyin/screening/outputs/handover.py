from pathlib import Path

from huiyin.screening.engines import Engine


def write(engine: Engine, directory: Path) -> None:
    directory.mkdir()
