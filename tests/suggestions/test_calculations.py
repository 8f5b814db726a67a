"""Numbers, differences and what must not be published."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.suggestions.calculations import Piece, differences, redact, suggestion_number


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


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        ("请联系张某19900001234。", "请联系张某［电话略］。"),
        ("电话199-0000-1234", "电话［电话略］"),
        ("手机＋１９９００００１２３４", "手机＋［电话略］"),
        ("办公室0931-8400000", "办公室［电话略］"),
        ("座机:8400123", "座机［电话略］"),
        ("热线400-800-1234", "热线［电话略］"),
        ("身份证620102199003074518的老人", "身份证［身份证号略］的老人"),
        ("末位是X：62010219900307451X", "末位是X：［身份证号略］"),
        ("旧证620102900307451", "旧证［身份证号略］"),
        ("来信wang.xm@example.org谢谢", "来信［邮箱略］谢谢"),
        ("车甘A12345停在门口", "车［车牌略］停在门口"),
        ("新能源甘AD12345", "新能源［车牌略］"),
        ("卡号6222 0200 0000 0000 000", "卡号［账号略］"),
        ("翠园小区3号楼2单元501室漏水", "翠园小区［门牌略］漏水"),
        ("12栋1203", "［门牌略］"),
        ("2单元501", "［门牌略］"),
        ("武威路12号院501室", "武威路［门牌略］"),
        ("家住501室", "家住［门牌略］"),
    ],
)
def test_redact_takes_out_what_names_a_person_or_a_home(text, redacted):
    assert redact(text) == redacted


@pytest.mark.parametrize(
    "text",
    [
        "翠园小区3号楼住着十几位老人。",
        "2026年安排资金1200万元，2027年再安排3000万元。",
        "依据兰政发〔2025〕12号文件第三十一条。",
        "12345热线反映256件。",
        "全市1177个社区，60岁以上老人83.5万人。",
        "G30高速和S101省道",
        "建议编号17-3-0126",
    ],
)
def test_redact_leaves_ordinary_words_alone(text):
    assert redact(text) == text
