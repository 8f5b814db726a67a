"""Plain text out of what people type, and the runs of characters two texts share."""

import re
import unicodedata
from collections.abc import Iterable

# Longer texts are looked at up to here.
COMPARED_CHARACTERS = 600
SHOWN_CHARACTERS = 12

_ADDRESS = re.compile(r"https?://[!-~]+")
# A run that starts or ends with one of these says less than the same run without it.
_LOOSE = "的了是在和与及或我你您他她它们这那就都也还很不吗呢吧啊请把被对向为以有个到从能会要"
_POLITE = re.compile(
    "尊敬的|领导|你好|您好|请问|咨询|反映|建议|投诉|希望|谢谢|感谢|有关部门|相关部门|问题"
)


def normalise(text: str) -> str:
    """Letters and digits in one width and case; everything between them becomes one space."""
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    return " ".join(
        "".join(character if character.isalnum() else " " for character in plain).split()
    )


def shared_words(a: str, b: str, most: int = 6) -> list[str]:
    """The longest runs of characters both texts have, to show people why the two were put together.

    Polite phrases are left out, a run inside a longer one is not repeated, long runs are cut to
    what fits on a label. The same two texts give the same words, in either order.
    """
    runs = {
        tidy for run in _common_runs(_telling(a), _telling(b)) if len(tidy := run.strip(_LOOSE)) > 1
    }
    chosen: list[str] = []
    for run in sorted(runs, key=lambda run: (-len(run), run)):
        if not any(run in longer for longer in chosen):
            chosen.append(run)
    return _on_labels(chosen)[:most]


def _telling(text: str) -> str:
    return _POLITE.sub(" ", normalise(text))[:COMPARED_CHARACTERS]


def _on_labels(runs: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(run[:SHOWN_CHARACTERS] for run in runs))


def _common_runs(a: str, b: str) -> set[str]:
    """Every run the two texts share that cannot be made longer where it stands, within words."""
    places: dict[str, list[int]] = {}
    for place, character in enumerate(b):
        if character != " ":
            places.setdefault(character, []).append(place)
    runs: set[str] = set()
    lengths: dict[int, int] = {}
    for end, character in enumerate(a):
        longer = {place: lengths.get(place - 1, 0) + 1 for place in places.get(character, ())}
        runs |= {
            a[end - length : end] for place, length in lengths.items() if place + 1 not in longer
        }
        lengths = longer
    return runs | {a[len(a) - length :] for length in lengths.values()}
