"""Any two Chinese characters of a text are found, whatever the dictionary says."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel import search

TEXT = "西固区福利路5G基站噪声大，夜里睡不着。"


def found(text, typed):
    """What PostgreSQL does with the query: every term equals a token, or begins one."""
    words = search.tokens(text)
    terms = search.query(typed).split(" & ")
    return all(_matches(words, term) for term in terms)


def _matches(words, term):
    if term.endswith(":*"):
        return any(word.startswith(term[1:-3]) for word in words)
    return term[1:-1] in words


def test_tokens_are_pairs_last_characters_and_whole_words():
    assert search.tokens("基站5G噪声") == ["基站", "站", "5g", "噪声", "声"]


def test_query_is_an_and_of_quoted_terms():
    assert search.query("噪声 5G 路") == "'噪声' & '5g':* & '路':*"


def test_query_of_nothing_is_empty():
    assert [search.query(typed) for typed in ("", "  ", "，。！", "'&|!()", "😀")] == [""] * 5


def test_query_carries_no_operator_of_the_reader():
    assert search.query("a' | !b:* & (c)") == "'a':* & 'b':* & 'c':*"


def test_query_is_bounded():
    assert len(search.query("兰州市城关区" * 10_000).split(" & ")) <= search.MOST_TERMS


def test_every_two_neighbouring_characters_are_found():
    han = [run for run in TEXT.replace("5G", "，").replace("。", "，").split("，") if run]
    pairs = [run[at : at + 2] for run in han for at in range(len(run) - 1)]

    assert [pair for pair in pairs if not found(TEXT, pair)] == []


def test_every_single_character_is_found():
    characters = set(TEXT) - set("，。G")  # words in other scripts are found from their beginning

    assert [character for character in characters if not found(TEXT, character)] == []


def test_what_is_not_there_is_not_found():
    assert not found(TEXT, "白天")
    assert not found(TEXT, "利福")


def test_case_width_and_rare_characters_do_not_matter():
    assert found("５Ｇ基站", "5g")
    assert found("龘𠮷堃先生", "𠮷堃")
    assert found("ABC公司", "abc")


def test_phrases_are_the_runs_that_pairs_alone_may_confuse():
    assert search.phrases("福利路 噪声 5G基站大") == ["福利路", "基站大"]


@given(st.text(alphabet="兰州市城关区水路灯0a", min_size=1, max_size=40), st.data())
def test_every_piece_of_a_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    run = "".join(itertools.takewhile(lambda c: c not in "0a", text[start:]))

    assert not run or found(text, run)
