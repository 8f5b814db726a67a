"""Identity numbers, phones, masks and the order of names. The numbers are the standard's own examples or invented."""

import datetime as dt

import pytest

from huiyin.kernel import identity

TODAY = dt.date(2026, 11, 23)
EXAMPLE = "11010519491231002X"


def number(birth, sequence="001", area="990101"):
    first = f"{area}{birth}{sequence}"
    return first + identity.check_character(first)


@pytest.mark.parametrize("valid", [EXAMPLE, "440524188001010014", number("20000229")])
def test_a_number_of_the_standard_is_valid(valid):
    assert identity.problem(valid) is None


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("", "length"),
        ("1101051949123100", "length"),
        ("1101051949123100２Ｘ", None),
        ("11010519491231002x", None),
        (" 110105 19491231 002X ", None),
        ("11O105I9491231002X", None),
        ("110105194912310021", "checksum"),
        ("11010519491231002A", "characters"),
        ("X10105194912310021", "characters"),
        ("010105194912310021", "characters"),
        (number("19990230"), "birth_date"),
        (number("20270101"), "birth_date"),
        (number("19061122"), None),
        (number("19051231"), "birth_date"),
        ("110105491231002", None),
        ("110105490231002", "birth_date"),
        ("110105四九1231002", "characters"),
    ],
)
def test_problem_names_the_first_thing_wrong(typed, problem):
    assert identity.problem(identity.normalise_number(typed), TODAY) == problem


def test_every_wrong_last_character_is_found():
    wrong = set("0123456789X") - {EXAMPLE[-1]}

    assert {identity.problem(EXAMPLE[:-1] + last) for last in wrong} == {"checksum"}


def test_upgrade_number_makes_eighteen_of_fifteen():
    assert identity.upgrade_number("110105491231002") == EXAMPLE


@pytest.mark.parametrize("text", [EXAMPLE, "110105491231002"])
def test_a_number_tells_birth_date_and_sex(text):
    assert (identity.birth_date(text), identity.sex(text)) == (dt.date(1949, 12, 31), "female")


def test_birth_date_refuses_a_number_without_a_date():
    with pytest.raises(ValueError, match="no date"):
        identity.birth_date(number("19990230"))


def test_sex_is_male_for_an_odd_sequence():
    assert identity.sex(number("20000101", "013")) == "male"


@pytest.mark.parametrize(
    ("typed", "phone"),
    [
        ("199 0000 1234", "19900001234"),
        ("+86 199-0000-1234", "19900001234"),
        ("0086 19900001234", "19900001234"),
        ("8619900001234", "19900001234"),
        ("１９９００００１２３４", "19900001234"),
        ("(0931) 8400000", "09318400000"),
        ("+86 0931-8400000", "09318400000"),
        ("86123456", "86123456"),
        ("", ""),
    ],
)
def test_normalise_phone_leaves_the_digits(typed, phone):
    assert identity.normalise_phone(typed) == phone


@pytest.mark.parametrize(
    ("typed", "mobile", "phone"),
    [
        ("199 0000 1234", True, True),
        ("1990000123", False, False),
        ("12900001234", False, False),
        ("0931-8400000", False, True),
        ("8400000", False, True),
        ("电话", False, False),
        ("", False, False),
    ],
)
def test_is_mobile_and_is_phone(typed, mobile, phone):
    assert (identity.is_mobile(typed), identity.is_phone(typed)) == (mobile, phone)


@pytest.mark.parametrize(
    ("mask", "text", "shown"),
    [
        (identity.mask_phone, "19900001234", "199****1234"),
        (identity.mask_phone, "8400000", "****"),
        (identity.mask_phone, "", ""),
        (identity.mask_number, EXAMPLE, "1101************2X"),
        (identity.mask_number, "1101", "****"),
        (identity.mask_account, "6222000011112222", "************2222"),
        (identity.mask_name, "王建国", "王**"),
        (identity.mask_name, "李娜", "李*"),
        (identity.mask_name, "阿依古丽·买买提", "阿**"),
        (identity.mask_name, "王", "*"),
        (identity.mask_name, "", ""),
        (identity.mask_all, "甘肃省兰州市", "****"),
        (identity.mask_all, "", ""),
    ],
)
def test_masks_hide_the_middle(mask, text, shown):
    assert mask(text) == shown


def test_sort_key_reads_places_by_phrase():
    places = ["张掖", "重庆", "长沙", "阿坝", "成都", "李家庄"]

    assert sorted(places, key=identity.sort_key) == [
        "阿坝",
        "长沙",
        "成都",
        "重庆",
        "李家庄",
        "张掖",
    ]


def test_person_sort_key_reads_family_names():
    names = ["张伟", "单田明", "曾小山", "尉迟恭", "仇文", "安宁", "解放"]

    assert sorted(names, key=identity.person_sort_key) == [
        "安宁",
        "仇文",
        "单田明",
        "解放",
        "尉迟恭",
        "曾小山",
        "张伟",
    ]
