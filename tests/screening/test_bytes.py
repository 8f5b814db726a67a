"""What is told of texts by their bytes alone: sound encoding, fingerprints, spaces at the ends."""

import datetime as dt

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.screening import dates, numbers
from huiyin.screening.fingerprints import bytes_of, fingerprints
from huiyin.screening.lists.encodings import in_utf8, is_utf8

DAY = dt.date(2026, 12, 15)
# Bytes that begin, follow, or may not stand in a character.
AWKWARD = st.sampled_from(bytes([0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC2, 0xE0, 0xE4, 0xED, 0xF0, 0xF4, 0xF5]))  # fmt: skip
TEXTS = st.lists(st.none() | st.text(max_size=90), max_size=12)


@settings(deadline=None)
@given(st.lists(AWKWARD, max_size=6).map(bytes))
def test_bytes_are_utf8_just_when_they_can_be_decoded(given_bytes):
    try:
        given_bytes.decode()
        sound = True
    except UnicodeDecodeError:
        sound = False

    assert is_utf8(given_bytes) is sound


@settings(deadline=None)
@given(st.binary(max_size=40))
def test_any_bytes_are_judged_as_decoding_does(given_bytes):
    try:
        given_bytes.decode()
        sound = True
    except UnicodeDecodeError:
        sound = False

    assert is_utf8(given_bytes) is sound


@settings(deadline=None)
@given(TEXTS, st.integers(0, 12))
def test_a_fingerprint_depends_on_the_text_alone(texts, first):
    whole = fingerprints(bytes_of(pa.array(texts, pa.string())))
    part = fingerprints(bytes_of(pa.array(texts, pa.string()).slice(first)))
    alone = [fingerprints(bytes_of(pa.array([text], pa.string())))[0] for text in texts]

    assert whole.tolist() == alone
    assert part.tolist() == alone[first:]
    assert [bool(mark) for mark in whole] == [bool(text) for text in texts]
    assert len(set(alone)) == len({text or "" for text in texts})


@pytest.mark.parametrize("encoding", ["gb18030", "utf-16"])
def test_another_encoding_is_read_as_utf8(tmp_path, encoding):
    text = "姓名,𠮷田\n" * 200_000
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))

    with in_utf8(path, encoding) as file:
        assert file.read() == text.encode()


@settings(deadline=None)
@given(
    st.lists(st.none() | st.text("0123456789-Xx１〇 ", max_size=19), max_size=8), st.integers(0, 8)
)
def test_usual_cells_are_read_like_all_others(texts, first):
    """A number or date is the same whatever stands beside it."""
    cells = pa.array(texts, pa.string())

    together = (numbers.read_numbers(cells, DAY), dates.read_dates(cells, DAY))
    alone = [pa.array([text], pa.string()) for text in texts]

    assert together[0].number.to_pylist() == [
        numbers.read_numbers(one, DAY).number[0].as_py() for one in alone
    ]
    assert together[1][0].to_pylist() == [dates.read_dates(one, DAY)[0][0].as_py() for one in alone]
    assert (
        dates.read_dates(cells.slice(first), DAY)[1].to_pylist()
        == together[1][1].to_pylist()[first:]
    )
