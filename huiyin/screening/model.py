"""What a screening learned: kept in a file, so that a later one judges exactly alike."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from huiyin.screening.doubles.features import Common
from huiyin.screening.doubles.levels import CLASSES, FIELDS
from huiyin.screening.doubles.training import Weights
from huiyin.screening.doubles.verdicts import Bounds
from huiyin.screening.mistakes import BadInput

VERSION: Final = 4


@dataclass(frozen=True)
class Model:
    """Weights of the comparisons, how common names are (their hashes, never the names), and what score
    is enough."""

    weights: Weights
    common: Common
    pairs: int  # that were learned from
    bounds: Bounds


def write(model: Model, path: Path) -> None:
    chances = {
        field.name: {
            level.name: dict(zip(CLASSES, table[:, place].tolist(), strict=True))
            for place, level in enumerate(field.levels, start=1)
        }
        for field, table in zip(FIELDS, model.weights.chances, strict=True)
    }
    known = zip(model.common.names, model.common.bands, strict=True)
    names = {f"{name:016x}": int(band) for name, band in known}
    written = {
        "version": VERSION,
        "pairs": model.pairs,
        "likely": model.bounds.likely,
        "sure": model.bounds.sure,
        "shares": dict(zip(CLASSES, model.weights.shares.tolist(), strict=True)),
        "chances": chances,
        "rare_band": model.common.rare_band,
        "usual": model.common.usual,
        "names": names,
    }
    path.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def read(path: Path) -> Model:
    """BadInput when the file is no model of this version."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        if found["version"] != VERSION:
            raise _unfit(path)
        return _model(found)
    except OSError as error:
        raise BadInput(
            f"不能读（{error.strerror}）。", f"Cannot be read ({error.strerror}).", file=str(path)
        ) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _unfit(path) from error


def _model(found: dict[str, Any]) -> Model:
    chances = tuple(
        np.array(
            [
                [0.0, *(found["chances"][field.name][level.name][kind] for level in field.levels)]
                for kind in CLASSES
            ]
        )
        for field in FIELDS
    )
    shares = np.array([found["shares"][kind] for kind in CLASSES], dtype=np.float64)
    names = np.array([int(name, 16) for name in found["names"]], dtype=np.uint64)
    bands = np.array(list(found["names"].values()), dtype=np.int8)
    order = np.argsort(names)
    common = Common(names[order], bands[order], int(found["rare_band"]), float(found["usual"]))
    bounds = Bounds(float(found["likely"]), float(found["sure"]))
    return Model(Weights(shares, chances), common, int(found["pairs"]), bounds)


def _unfit(path: Path) -> BadInput:
    return BadInput(
        "不是本版本的模型文件。请去掉 --model 重新训练，每次筛查都会写出一个新的。",
        "This is no model file of this version. Leave --model out to train anew; every screening writes one.",
        file=str(path),
    )
