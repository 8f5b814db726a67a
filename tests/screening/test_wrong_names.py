"""Names: for each kind one that is right, one that is wrong and one on the edge."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.screening.wrong import likeness, names, spelling
from tests.screening.checking import codes, findings, number, person


def faults(name, ethnic_group=None):
    return [fault.code for fault in spelling.faults(name, ethnic_group)]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("王建国", []),
        ("欧阳娜娜", []),
        ("𠅤𬱖", []),  # rare, and whole
        ("马㛃", []),
        ("བཀྲ་ཤིས", []),  # a bilingual roll
        ("王3", ["E11"]),
        ("王３国", ["E11"]),
        ("Wang建国", ["E11"]),
        ("张 强", ["E11"]),
        ("欧阳 建国", ["E11"]),
        ("王建国/", ["E11"]),
        ("王\u200b国", ["E11"]),
        ("王建?", ["E11", "E12"]),
        ("王建\ue0a1", ["E11", "E12"]),
        ("王■国", ["E12"]),
        ("王□", ["E12"]),
        ("王〇", ["E12"]),
        ("王�国", ["E12"]),
        ("王(火华)", ["E12"]),
        ("王亻吴", ["E12"]),
        ("王水水水", ["E12"]),
        ("张●明", ["E12"]),
        ("买买提·艾力", []),
        ("买买提.艾力", ["E15"]),
        ("买买提•艾力", ["E15"]),
        ("买买提・艾力", ["E15"]),
        ("买买提·艾力·吐尔逊", []),
        ("买买提··艾力", ["E15"]),
        ("买买提●艾力", ["E15"]),
        ("买买提 艾力", ["E15"]),
        ("阿卜杜拉·艾尼瓦尔·", ["E16"]),
        ("王建国.", ["E11"]),
        ("王某", ["E17"]),
        ("未取名", ["E17"]),
        ("李秀英之子", ["E17"]),
        ("张之子", ["E17"]),
        ("之子", []),
        ("王子之", []),
    ],
)
def test_the_writing_of_one_name(name, expected):
    assert faults(name) == expected


def test_a_space_is_a_dot_where_names_have_dots():
    assert faults("艾力 库尔", "维吾尔族") == ["E15"]
    assert faults("斯琴 高娃", "蒙古族") == ["E15"]
    assert faults("艾力 库尔", "汉族") == ["E11"]


def test_an_empty_name_is_told_of():
    assert codes(person("1", name=""), person("2")) == ["1 E11"]


@pytest.mark.parametrize(
    ("name", "other", "expected"),
    [
        ("张晓东", "张晓东", ""),
        ("張曉東", "张晓东", "E13"),
        ("李喆", "李哲", "E13"),
        ("王峯", "王峰", "E13"),
        ("张小东", "张晓东", "E14"),
        ("张增明", "张曾明", "E14"),
        ("张建国", "张建军", "E14"),
        ("车方尔萨", "东方尔萨", "E14"),
        ("买买提.艾力", "买买提·艾力", ""),  # E15 tells of it
        ("王 强", "王强", ""),  # E11 tells of it
        ("王火华", "王烨", "E12"),
        ("买买提·艾尼瓦", "买买提·艾尼瓦尔", "E16"),
        ("买买提", "买买提·艾尼瓦尔", "E17"),
        ("东晓张", "张晓东", "E17"),
        ("艾力·买买提", "买买提·艾力", "E17"),
        ("王李秀英", "李秀英", "E17"),
        ("张国", "张建国", "E17"),
        ("穆罕默德", "马军", "E17"),
        ("王■", "王鑫", ""),  # E12 tells of it
    ],
)
def test_two_names_of_one_number(name, other, expected):
    assert likeness.compared(name, other, former=None, strict=False).code == expected


def test_a_former_name_is_named_as_such():
    assert "曾用名" in likeness.compared("马小军", "冯德才", former="马小军", strict=False).zh


def test_nothing_is_said_of_unlike_names_when_nobody_knows_which_is_right():
    assert likeness.compared("马小军", "冯德才", former=None, strict=True).code == ""


def test_the_register_s_name_is_right():
    register = [person("9", person_id="9", name="张晓东")]
    assert codes(person("1", name="张晓东"), person("2", name="张小东"), population=register) == [
        "2 E14"
    ]


def test_without_the_register_both_names_are_told_of():
    assert codes(person("1", name="张晓东"), person("2", name="张小东")) == ["1 E14", "2 E14"]


def test_of_two_scripts_only_the_traditional_is_told_of():
    assert codes(person("1", name="张晓东"), person("2", name="張曉東")) == ["2 E13"]


def test_a_number_of_somebody_else_is_no_other_name():
    """Neither the name nor the birth date typed is of the number's owner."""
    register = [person("9", person_id="9", name="冯德才")]
    row = person("1", name="马小军", birth_date="1988-01-01")
    assert codes(row, population=register) == ["1 E07"]


def test_cut_names_end_in_the_start_of_a_known_part():
    roll = {
        "买买提·艾尼瓦尔": 3,
        "吐尔逊·艾合买提": 2,
        "阿卜杜热合曼·艾尼瓦": 1,
        "阿卜杜热合曼·买买提": 1,
    }
    assert names.cut_names(roll) == {"阿卜杜热合曼·艾尼瓦"}


# P01 ---------------------------------------------------------------------------------------------

REGISTER = [
    person("9", person_id="9", identity_number=number("19700506", "457"), phone="13900000000")
]


def test_another_number_of_the_same_person_is_told_of():
    (found,) = findings([person("1", phone="13900000000")], population=REGISTER)
    assert (found["code"], found["severity"]) == ("P01", "B")


def test_a_namesake_born_the_same_day_has_a_number_of_his_own():
    register = REGISTER * 1 + [
        person(
            str(at),
            person_id=str(at),
            identity_number=number("19600101", f"{at}"),
            birth_date="1960-01-01",
        )
        for at in range(101, 107, 2)
    ]
    assert codes(person("1", phone="13700000000"), population=register) == []


def test_no_number_is_no_other_number():
    assert codes(person("1", identity_number="", phone="13900000000"), population=REGISTER) == [
        "1 E01"
    ]


def test_an_old_number_is_the_same_number():
    register = [
        person("9", person_id="9", identity_number=number("20030506"), birth_date="2003-05-06")
    ]
    row = person("1", identity_number="620102030506123", birth_date="2003-05-06")
    assert codes(row, population=register) == ["1 E02"]


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_two_texts_can_be_compared(one, other):
    list(spelling.faults(one, None))
    likeness.compared(one, other, former=None, strict=False)
