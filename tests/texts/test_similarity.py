"""The nearest messages, best first, with the words that show why."""

from huiyin.texts.similarity import Index, score

VOICES = [
    (1, "翠园小区加装电梯何时动工"),
    (2, "翠园小区垃圾站气味大"),
    (3, "雁滩夜市深夜扰民"),
]


def test_nearest_gives_the_same_matter_first_with_the_shared_words():
    first, *_rest = Index(VOICES).nearest("请问翠园小区什么时候加装电梯")

    assert (first.key, first.shared) == (1, ["加装电梯", "翠园小区"])


def test_nearest_keeps_to_the_floor_and_the_number_asked_for():
    index = Index(VOICES)

    assert [found.key for found in index.nearest("翠园小区垃圾", most=1)] == [2]
    assert index.nearest("公交车太挤", floor=0.1) == []


def test_nearest_in_an_empty_index_is_nothing():
    assert Index([]).nearest("翠园小区") == []


def test_nearest_to_an_empty_text_is_nothing():
    assert Index(VOICES).nearest("😀") == []


def test_score_is_one_for_the_same_and_nothing_for_strangers():
    assert (score("翠园小区", "翠园小区"), score("翠园小区", "雁滩夜市")) == (1.0, 0.0)


def test_nearest_counts_words_that_no_text_has_against_the_score():
    index = Index(VOICES)

    known = index.nearest("翠园小区加装电梯")[0].score
    assert index.nearest("翠园小区加装电梯与孔雀东南飞")[0].score < known
