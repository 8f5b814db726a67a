"""Chinese text cut into pairs of characters, so that any two characters of it are found; no dictionary."""

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Han with its extensions, 〇 and 々, and the private areas where rare characters of names still live.
HAN: Final = "々〇㐀-䶿一-鿿豈-﫿\ue000-\uf8ff\U00020000-\U000323af"
RUNS: Final = re.compile(rf"([{HAN}]+)|([^\W_{HAN}]+)")
LONGEST_TEXT: Final = 50_000
LONGEST_QUERY: Final = 100
LONGEST_WORD: Final = 60
MOST_TERMS: Final = 60


def tokens(*texts: str) -> list[str]:
    """Every pair of neighbouring characters, the last character of each run alone, and other words whole.

    The lone last character lets one character be found by prefix: it starts a pair, or ends a run.
    """
    found: dict[str, None] = {}
    for text in texts:
        for run, word in _runs(text[:LONGEST_TEXT]):
            found.update(dict.fromkeys(_pairs(run) if run else [word[:LONGEST_WORD]]))
            if run:
                found[run[-1]] = None
    return list(found)


def query(typed: str) -> str:
    """What was typed, as the text of a PostgreSQL tsquery; empty when there is nothing to look for."""
    terms: dict[str, None] = {}
    for run, word in _runs(typed[:LONGEST_QUERY]):
        if word:
            terms[f"'{word[:LONGEST_WORD]}':*"] = None
        elif len(run) == 1:
            terms[f"'{run}':*"] = None
        else:
            terms.update(dict.fromkeys(f"'{pair}'" for pair in _pairs(run)))
    return " & ".join(list(terms)[:MOST_TERMS])


def phrases(typed: str) -> list[str]:
    """The runs of three and more characters: their pairs may all be there without the run itself."""
    return [run for run, _ in _runs(typed[:LONGEST_QUERY]) if len(run) > 2]


def _runs(text: str) -> Iterator[tuple[str, str]]:
    plain = unicodedata.normalize("NFKC", text).lower()
    return ((match[1] or "", match[2] or "") for match in RUNS.finditer(plain))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
