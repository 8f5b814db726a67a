"""B³ agrees with the definition, stays within bounds and does not care for order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.texts.scores import Scores, b_cubed, b_cubed_strict, strangers

labels = st.dictionaries(st.integers(0, 20), st.integers(0, 4), min_size=1)


def test_b_cubed_is_one_when_the_clusters_are_the_topics():
    assert b_cubed({1: "a", 2: "a", 3: "b"}, {1: 7, 2: 7, 3: 8}) == Scores(1.0, 1.0, 1.0)


def test_b_cubed_lowers_recall_when_a_topic_is_torn():
    assert b_cubed({1: "a", 2: "a"}, {1: 7, 2: 8}) == Scores(1.0, 0.5, 2 / 3)


def test_b_cubed_lowers_precision_when_topics_are_thrown_together():
    assert b_cubed({1: "a", 2: "b"}, {1: 7, 2: 7}) == Scores(0.5, 1.0, 2 / 3)


def test_b_cubed_takes_a_key_that_was_not_found_as_alone():
    assert b_cubed({1: "a", 2: "a"}, {}) == Scores(1.0, 0.5, 2 / 3)


def test_strangers_are_the_unscored_keys_in_scored_clusters():
    assert strangers({1: "a"}, {1: 7, 2: 7, 3: 8}) == [2]


def test_b_cubed_strict_counts_strangers_as_errors():
    assert b_cubed_strict({1: "a", 2: "a"}, {1: 7, 2: 7, 3: 7, 4: 7}) == Scores(0.5, 1.0, 2 / 3)


@given(truth=labels, found=labels)
def test_b_cubed_stays_between_zero_and_one(truth, found):
    assert all(0 <= value <= 1 for value in b_cubed(truth, found))


@given(truth=labels, found=labels)
def test_b_cubed_strict_is_never_kinder(truth, found):
    assert b_cubed_strict(truth, found).precision <= b_cubed(truth, found).precision + 1e-9


@given(truth=labels, found=labels, random=st.randoms(use_true_random=False))
def test_b_cubed_does_not_depend_on_order(truth, found, random):
    shuffled = list(truth.items())
    random.shuffle(shuffled)

    assert b_cubed(dict(shuffled), found) == pytest.approx(b_cubed(truth, found))
