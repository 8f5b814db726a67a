from pathlib import Path

from huiyin.screening.engines import Engine
from huiyin.screening.outputs.summary import Figures


def write(engine: Engine, figures: Figures, path: Path) -> None:
    path.write_text("", encoding="utf-8")
