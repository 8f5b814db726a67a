"""How well the class of a message is found: macro-F1 in grouped five-fold, learned on the spot.

The model is the product's own (huiyin.texts.routing). Messages that look alike, copies and
complaints written from one template among them, stay together in one fold, so that nothing that
is scored was nearly read while learning.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedGroupKFold

from huiyin.texts import routing, vectors

MESSAGES = Path(__file__).resolve().parents[2] / "shared" / "data" / "messages"
FILE = MESSAGES / "clf_train_segmented_8250.csv"
GOAL = 0.92
FOLDS = 5
ALIKE = 0.3  # likeness of huiyin.texts.vectors, 0 to 1: one template, or one matter told twice
PARTNERS = 30


def main() -> int:
    if not FILE.exists():
        print(f"SKIPPED: {FILE} is not there; the routing of messages was NOT measured.")
        return 0
    texts, classes = _messages()
    groups = _groups(texts)
    _tell_groups(groups)
    started = time.perf_counter()
    first, among_three = _cross_validated(texts, classes, groups)
    macro = f1_score(classes, first, average="macro")
    names = np.unique(classes)
    for name, score in zip(
        names, f1_score(classes, first, average=None, labels=names), strict=True
    ):
        print(f"  {name}: F1 {score:.4f}")
    print(f"  the right class among the first three: {among_three.mean():.4f}")
    print(f"macro-F1 {macro:.4f}  (goal {GOAL}), {time.perf_counter() - started:.0f} s")
    return 0 if macro >= GOAL else 1


def _messages() -> tuple[list[str], np.ndarray]:
    """The file's words are cut apart; people do not write so, so they are put together again."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    return [row["seg"].replace(" ", "") for row in rows], np.array([row["label"] for row in rows])


def _groups(texts: list[str]) -> np.ndarray:
    """A number for each message: the same for all that hang together by likeness."""
    leader = list(range(len(texts)))

    def find(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    corpus = vectors.corpus([""] * len(texts), texts)
    for _done, near in vectors.near(corpus, most=PARTNERS, floor=ALIKE):
        for left, right in zip(near.left.tolist(), near.right.tolist(), strict=True):
            leader[find(right)] = find(left)
    return np.array([find(place) for place in range(len(texts))])


def _tell_groups(groups: np.ndarray) -> None:
    sizes = Counter(groups.tolist()).values()
    inside = sum(size for size in sizes if size > 1)
    print(
        f"{len(groups)} messages in {len(sizes)} groups; {inside} have a near twin,"
        f" the largest group has {max(sizes)}"
    )


def _cross_validated(
    texts: list[str], classes: np.ndarray, groups: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """For each message the class found while it was held back, and whether three tries hit."""
    first, among_three = np.empty(len(texts), dtype=object), np.zeros(len(texts), dtype=bool)
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=0)
    for number, (learned, held_back) in enumerate(folds.split(texts, classes, groups), 1):
        started = time.perf_counter()
        router = routing.learn([texts[place] for place in learned], classes[learned].tolist())
        for place in held_back:
            found = [proposal.receiver for proposal in router.propose(texts[place])]
            first[place] = found[0] if found else ""
            among_three[place] = classes[place] in found
        print(f"  fold {number}: {time.perf_counter() - started:.0f} s", flush=True)
    return first, among_three


if __name__ == "__main__":
    sys.exit(main())
