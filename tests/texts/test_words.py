"""What is compared, and the shared words people are shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.texts.words import normalise, shared_words, words_of_most


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("翠园小区，３号楼！", "翠园小区 3号楼"),
        ("  ABC路\n\t口  ", "abc路 口"),
        ("见 https://example.org/a?b=1 的图", "见 的图"),
        ("😀😀", ""),
        ("", ""),
    ],
)
def test_normalise_keeps_letters_and_digits_in_one_form(typed, plain):
    assert normalise(typed) == plain


def test_shared_words_names_the_place_and_the_matter():
    shared = shared_words("翠园的住户想加装电梯", "请问加装电梯的事，翠园何时轮到")

    assert shared == ["加装电梯", "翠园"]


def test_shared_words_leaves_polite_phrases_out():
    assert shared_words("尊敬的领导您好，请问路灯何时修", "尊敬的领导您好，建议路灯换新") == [
        "路灯"
    ]


def test_shared_words_of_nothing_in_common_is_empty():
    assert shared_words("翠园小区", "雁滩夜市") == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_shared_words_stand_in_both_texts_in_either_order(a, b):
    shared = shared_words(a, b)

    assert shared == shared_words(b, a)
    assert all(run in normalise(a) and run in normalise(b) for run in shared)


def test_words_of_most_keeps_what_half_of_the_others_say():
    shared = words_of_most(
        "翠园小区加装电梯何时动工", ["翠园小区要加装电梯", "盼加装电梯", "金城小区路灯"]
    )

    assert shared == ["加装电梯", "小区"]


def test_words_of_most_with_nobody_else_is_the_text_itself():
    assert words_of_most("路灯", []) == ["路灯"]
