"""Plain text out of what people type, and the runs of characters that texts share."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

# Longer texts are looked at up to here.
COMPARED_CHARACTERS = 600
SHOWN_CHARACTERS = 12

_ADDRESS = re.compile(r"https?://[!-~]+")
_SIGNS = re.compile(r"[\W_]+")
# Other platforms mask the names of cities, districts and counties (A市, B7县); they join nobody.
_MASKED = re.compile(r"(?<![a-z0-9])[a-z]\d*[市区县]")
_POLITE = re.compile(
    "尊敬的|领导|你好|您好|请问|咨询|反映|建议|投诉|希望|谢谢|感谢|有关部门|相关部门|问题"
)
# A run that starts or ends with one of these says less than the same run without it.
_LOOSE = "的了是在和与及或我你您他她它们这那就都也还很不吗呢吧啊请把被对向为以有个到从能会要"


def normalise(text: str) -> str:
    """Letters and digits in one width and case; everything between them becomes one space."""
    plain = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    return _SIGNS.sub(" ", plain).strip()


def comparable(text: str) -> str:
    """The same without masked names of places."""
    return " ".join(_MASKED.sub(" ", normalise(text)).split())


def shared_words(a: str, b: str, most: int = 6) -> list[str]:
    """The longest runs of characters both texts have, to show people why the two were put together.

    Polite phrases are left out, a run inside a longer one is not repeated, long runs are cut to
    what fits on a label. The same two texts give the same words, in either order.
    """
    return _chosen(_common_runs(_telling(a), _telling(b)))[:most]


def words_of_most(text: str, others: Sequence[str], most: int = 6) -> list[str]:
    """The runs of a text whose neighbouring characters stand in at least half of the others."""
    told, elsewhere = _telling(text), [_telling(other) for other in others]
    runs, run = [], ""
    for place, sign in enumerate(told):
        run += sign
        if not _is_common(told[place : place + 2], elsewhere):
            runs.append(run)
            run = ""
    return _chosen(runs)[:most]


def _is_common(pair: str, texts: Sequence[str]) -> bool:
    return (
        len(pair) == 2 and " " not in pair and 2 * sum(pair in text for text in texts) >= len(texts)
    )


def _telling(text: str) -> str:
    return _POLITE.sub(" ", comparable(text[: 4 * COMPARED_CHARACTERS]))[:COMPARED_CHARACTERS]


def tidy_runs(runs: Iterable[str]) -> list[str]:
    """In the order given, without loose ends, none inside one before it, cut to fit on a label."""
    chosen: list[str] = []
    for run in (run.strip(_LOOSE + " ") for run in runs):
        if len(run) > 1 and not any(run in longer for longer in chosen):
            chosen.append(run)
    return list(dict.fromkeys(run[:SHOWN_CHARACTERS] for run in chosen))


def _chosen(runs: Iterable[str]) -> list[str]:
    """The longest first."""
    tidy = {run.strip(_LOOSE + " ") for run in runs}
    return tidy_runs(sorted(tidy, key=lambda run: (-len(run), run)))


def _common_runs(a: str, b: str) -> set[str]:
    """Every run the two texts share that cannot be made longer where it stands, within words."""
    places: dict[str, list[int]] = {}
    for place, sign in enumerate(b):
        if sign != " ":
            places.setdefault(sign, []).append(place)
    runs: set[str] = set()
    lengths: dict[int, int] = {}
    for end, sign in enumerate(a):
        longer = {place: lengths.get(place - 1, 0) + 1 for place in places.get(sign, ())}
        runs |= {
            a[end - length : end] for place, length in lengths.items() if place + 1 not in longer
        }
        lengths = longer
    return runs | {a[len(a) - length :] for length in lengths.values()}
