"""What repeated things look like inside one cell."""

import datetime as dt
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.suggestions.actions.old_items import Judged, OldPromise
from huiyin.suggestions.imports import cells
from huiyin.suggestions.imports.cells import Misread

WORDS = st.text(st.characters(categories=["L", "Nd"]), min_size=1, max_size=30)
DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 1, 1))


@given(WORDS, DAYS, WORDS, st.none() | DAYS, st.sampled_from(["|", " ｜ ", "；", ";"]))
def test_a_promise_is_read_as_it_was_written(text, due, responsible, done, mark):
    line = mark.join([text, due.isoformat(), responsible, done.isoformat() if done else ""])

    assert cells.promised(line) == OldPromise(text, due, responsible, done)


@given(WORDS, st.sampled_from(["满意", "基本满意", "不满意"]), DAYS)
def test_a_rating_is_read_as_it_was_written(name, word, day):
    score = cells.SCORES[word]

    assert cells.judged(f"{name}|{word}|{word}|{day:%Y年%m月%d日}") == Judged(
        name, score, score, day, ""
    )


@given(
    st.text(max_size=60),
    st.sampled_from([cells.returned, cells.extended, cells.talked, cells.judged, cells.promised]),
)
def test_no_line_does_more_than_be_misread(line, read):
    with suppress(Misread):
        read(line)


@given(st.integers(1, 99))
def test_chinese_numbers_up_to_ninety_nine(number):
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    written = (
        f"{digits[tens].strip() if tens != 1 else ''}{'十' if tens else ''}{digits[ones].strip()}"
    )

    assert cells.number(f"第{written}届") == number


def test_a_bar_leaves_semicolons_to_the_words():
    assert cells.parts("一；二|2019-01-01", 2) == ["一；二", "2019-01-01"]


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("方晓岚、石望川", ["方晓岚", "石望川"]),
        ("方晓岚，石望川；柳青禾", ["方晓岚", "石望川", "柳青禾"]),
        ("王　芳 李　强", ["王芳", "李强"]),
        ("方晓岚\n方晓岚", ["方晓岚"]),
    ],
)
def test_names_are_told_apart(cell, names):
    assert cells.names(cell) == names


def test_a_broken_promise_says_why():
    told = cells.promised("装电梯|2020-01-01|李局长|未兑现：资金没有到位")

    assert (told.is_open, told.broken_reason) == (False, "资金没有到位")
