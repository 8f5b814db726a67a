"""Codes are read out, mistyped and scanned."""

import re

import pytest

from huiyin.kernel import codes


def test_new_code_is_twelve_characters_and_never_the_same():
    made = [codes.new_code() for _ in range(500)]

    assert len(set(made)) == 500
    assert all(codes.is_valid(code) for code in made)
    assert set("".join(made)) == set(codes.ALPHABET)


def test_grouped_can_be_read_in_three_parts_and_typed_back():
    code = codes.new_code()

    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", codes.grouped(code))
    assert codes.normalise(codes.grouped(code)) == code


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (" ab2c-3d4e 5f6g ", "AB2C3D4E5F6G"),
        ("oOiIlLzZuU", "00111122VV"),
        ("ＡＢ１２－３４", "AB1234"),
        ("AB—12·34", "AB1234"),
        ("", ""),
    ],
)
def test_normalise_understands_what_people_type(typed, meant):
    assert codes.normalise(typed) == meant


def test_is_valid_spots_every_single_mistake():
    code = "AB2C3D4E5F6" + codes._check_character("AB2C3D4E5F6")

    assert codes.is_valid(code)
    for at, right in enumerate(code):
        for wrong in set(codes.ALPHABET) - {right}:
            assert not codes.is_valid(code[:at] + wrong + code[at + 1 :])


def test_is_valid_spots_every_two_exchanged_characters():
    code = "AB2C3D4E5F6" + codes._check_character("AB2C3D4E5F6")

    for first in range(12):
        for second in range(first + 1, 12):
            swapped = list(code)
            swapped[first], swapped[second] = swapped[second], swapped[first]
            assert not codes.is_valid("".join(swapped)) or "".join(swapped) == code


@pytest.mark.parametrize("typed", ["", "AB", "码" * 12, "A" * 10_000, "😀" * 12])
def test_is_valid_refuses_what_is_no_code(typed):
    assert not codes.is_valid(typed)


def test_qr_svg_can_stand_in_a_page_with_a_strict_style_policy():
    svg = codes.qr_svg("https://example.org/q/AB2C3D4E5F6G", label="查询码 <二维码>")

    assert svg.startswith('<svg role="img" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ')
    assert svg.endswith("</svg>")
    assert "<title>查询码 &lt;二维码&gt;</title>" in svg
    assert "style" not in svg
    assert "<?xml" not in svg
