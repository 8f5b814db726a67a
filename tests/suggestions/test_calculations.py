"""Numbers, differences and what must not be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.suggestions.calculations import Piece, differences, suggestion_number


@pytest.mark.parametrize(
    ("pattern", "is_between", "number"),
    [
        ("{term}-{session}-{serial:04d}", False, "17-3-0126"),
        ("{term}-{session}-{serial:04d}", True, "17-3-B126"),
        ("兰{term}届{session}次{serial}号", False, "兰17届3次126号"),
        ("兰{term}届{session}次{serial}号", True, "兰17届3次B126号"),
    ],
)
def test_numbers_in_session_and_between(pattern, is_between, number):
    assert (
        suggestion_number(pattern, term=17, session=3, serial=126, is_between=is_between) == number
    )


def test_differences_show_what_went_and_what_came():
    assert differences("住着十几位老人。", "住着二十三位老人。") == [
        Piece("same", "住着"),
        Piece("new", "二"),
        Piece("same", "十"),
        Piece("gone", "几"),
        Piece("new", "三"),
        Piece("same", "位老人。"),
    ]


@given(st.text(max_size=60), st.text(max_size=60))
def test_differences_give_back_both_texts(old, new):
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new
