"""The optional comparison of meanings, with a stand-in that knows two meanings, and the real one where installed."""

import numpy as np
import pytest

from huiyin.texts import semantic
from huiyin.texts.clusters import Message, cluster

MESSAGES = [
    Message(1, "鱼池口路灯坏了", "鱼池口晚上路灯不亮。"),
    Message(2, "鱼池口夜里漆黑一片", "鱼池口没有路灯，走路害怕。"),
    Message(3, "鱼池口菜价太贵", "鱼池口菜市场涨价。"),
]


def about_light(texts: list[str]) -> np.ndarray:
    return np.array([[0.0, 1.0] if "菜" in text else [1.0, 0.0] for text in texts])


def test_cluster_joins_by_meaning_and_words():
    assert {found.keys for found in cluster(MESSAGES, embed=about_light)} == {(1, 2), (3,)}


def test_cluster_reports_progress_to_the_end():
    seen = []

    cluster(MESSAGES, embed=about_light, progress=lambda done, total: seen.append((done, total)))

    assert seen[-1] == (6, 6)


def test_cluster_with_nothing_in_common_needs_no_meaning():
    apart = [Message(1, "路灯坏了", ""), Message(2, "菜价太贵", "")]

    assert {found.keys for found in cluster(apart, embed=about_light)} == {(1,), (2,)}


@pytest.mark.slow
@pytest.mark.skipif(not semantic.available(), reason="huiyin[semantic] is not installed")
def test_embedder_finds_the_same_meaning_closer_than_another():
    first, same, other = semantic.embedder()(
        ["路灯坏了没有人修", "晚上没有路灯一片漆黑", "食堂的饭菜太贵"]
    )

    assert first @ same > first @ other
    assert np.linalg.norm([first, same, other], axis=1) == pytest.approx(1, abs=1e-5)
