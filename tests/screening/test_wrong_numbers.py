"""Identity numbers: for each kind one that is right, one that is wrong and one on the edge."""

import datetime as dt

import pytest

from huiyin.screening.wrong import lunar, numbers
from tests.screening.checking import Told, codes, findings, number, person

GB_11643 = ("11010519491231002X", "440524188001010014")  # the standard's own examples


def of(identity_number, **cells):
    return person("1", identity_number=identity_number, **cells)


def test_the_standard_s_example_is_right():
    assert codes(of(GB_11643[0], birth_date="1949-12-31", sex="女")) == []


def test_the_standard_s_second_example_is_only_too_old():
    assert codes(of(GB_11643[1], birth_date="1880-01-01")) == ["1 E06"]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"identity_number": ""}, ["1 E01"]),
        ({"identity_number": "", "document_kind": "居民身份证"}, ["1 E01"]),
        ({"identity_number": "", "document_kind": "无"}, ["1 E01"]),
        ({"identity_number": "", "document_kind": "台湾居民来往大陆通行证"}, []),
        ({"identity_number": "1234567", "document_kind": "出生医学证明"}, []),
        ({"identity_number": number("19700506")[:17]}, ["1 E01"]),
        ({"identity_number": number("19700506") + "1"}, ["1 E01"]),
        ({"identity_number": "62010219700A06123X"}, ["1 E01"]),
        ({"identity_number": " 6201 0219 7005 0612" + number("19700506")[16:]}, []),
    ],
)
def test_length_and_other_documents(cells, expected):
    assert codes(person("1", **cells)) == expected


def test_an_old_number_is_told_of_and_read():
    assert codes(of("620102700506123")) == ["1 E02"]


def test_an_old_number_of_somebody_born_in_this_century_is_not_of_a_wrong_birth():
    assert codes(of("620102030228123", birth_date="2003-02-28")) == ["1 E02"]


@pytest.mark.parametrize("last", [c for c in "0123456789X" if c != number("19700506")[17]])
def test_every_other_check_character_is_wrong(last):
    assert codes(of(number("19700506")[:17] + last)) == ["1 E03"]


def test_a_wrong_check_character_is_seen_behind_an_impossible_date():
    whole = number("19700230")
    assert codes(of(whole)) == ["1 E06"]
    assert codes(of(whole[:17] + ("0" if whole[17] != "0" else "1"))) == ["1 E03", "1 E06"]


def test_the_check_character_asked_for_is_named_and_the_number_masked():
    whole = number("19700506")
    (found,) = findings([of(whole[:17] + ("0" if whole[17] != "0" else "1"))])

    assert f"第18位应为{whole[17]}" in found["explanation_zh"]
    assert whole[4:16] not in found["explanation_zh"] + found["evidence"]


@pytest.mark.parametrize(
    "typed",
    [
        lambda n: n.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")),
        lambda n: n.replace("0", "O"),
        lambda n: n.replace("1", "I"),
    ],
)
def test_keyboard_slips_are_read_and_told_of(typed):
    assert codes(of(typed(number("19700506")))) == ["1 E04"]


def test_a_small_x_is_told_of():
    of_x = next(
        n for order in range(1, 999, 2) if (n := number("19700506", f"{order:03}"))[17] == "X"
    )
    assert codes(of(of_x)) == []
    assert codes(of(of_x.lower())) == ["1 E04"]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("620102", []),
        ("110103", []),  # 崇文区, joined with 东城区 in 2010
        ("510225", []),  # 江津县, of Sichuan until 1991
        ("330113", []),  # 临平区, since 2021
        ("350605", []),  # 长泰区, since 2021, which the package's table lacks
        ("500157", []),  # 两江新区, since 2025
        ("830000", []),  # residence permit of a resident of Taiwan
        ("620199", ["1 E05"]),
        ("990102", ["1 E05"]),
    ],
)
def test_area_codes_with_their_history(area, expected):
    assert codes(of(number("19700506", area=area))) == expected


def test_an_area_that_many_share_is_taken_as_known():
    rows = [
        person(
            str(at),
            identity_number=number("19700506", f"{2 * at + 1:03}", "620199"),
        )
        for at in range(60)
    ]
    assert codes(*rows) == []


@pytest.mark.parametrize(
    ("born", "expected"),
    [
        ("20000229", []),
        ("19000229", ["1 E06"]),
        ("20010229", ["1 E06"]),
        ("19701301", ["1 E06"]),
        ("20261216", ["1 E06"]),
        ("19060101", []),
        ("19050101", ["1 E06"]),
    ],
)
def test_births_in_numbers(born, expected):
    assert codes(of(number(born), birth_date="")) == expected


# Beside the number -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed",
    [
        "1970-05-06",
        "1970/5/6",
        "1970.05.06",
        "1970年5月6日",
        "19700506",
        "06/05/1970",
        "05/06/1970",
        "70.5.6",
        "1970",
        "1970-05",
        "",
    ],
)
def test_one_day_in_any_form_agrees(typed):
    assert codes(of(number("19700506"), birth_date=typed)) == []


@pytest.mark.parametrize(
    "typed", ["1970-05-07", "1970-06-05", "1971-05-06", "1970-02-30", "不记得", "1971"]
)
def test_another_day_differs(typed):
    assert codes(of(number("19700506"), birth_date=typed)) == ["1 E07"]


@pytest.mark.parametrize("typed", ["1966-12-08", "1966年腊月初八", "农历1966年12月8日"])
def test_a_lunar_birthday_is_told_apart(typed):
    (found,) = findings([of(number("19670118"), birth_date=typed)])

    assert (found["code"], "农历" in found["explanation_zh"]) == ("E07", True)


def test_a_number_with_the_lunar_date_is_told_apart():
    (found,) = findings([of(number("19661208"), birth_date="1967-01-18")])

    assert "身份证号中的是农历" in found["explanation_zh"]


@pytest.mark.parametrize(
    ("lunar_date", "solar"),
    [
        ((1900, 1, 1), {dt.date(1900, 1, 31)}),
        ((2000, 1, 1), {dt.date(2000, 2, 5)}),
        ((2020, 4, 1), {dt.date(2020, 4, 23), dt.date(2020, 5, 23)}),  # with a leap fourth month
        ((2024, 12, 30), set()),
        ((2025, 1, 1), {dt.date(2025, 1, 29)}),
    ],
)
def test_the_lunar_calendar(lunar_date, solar):
    found = lunar.solar_days(*lunar_date)
    assert found == solar


@pytest.mark.parametrize(
    ("sex", "expected"),
    [("男", []), ("1", []), ("", []), ("未说明", []), ("女", ["1 E08"]), ("2", ["1 E08"])],
)
def test_sexes(sex, expected):
    assert codes(person("1", sex=sex)) == expected


# Age ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "counts", "expected"),
    [
        ("20081214", True, []),
        ("20081215", True, []),
        ("20081215", False, ["1 E09"]),
        ("20081216", True, ["1 E09"]),
    ],
)
def test_the_day_one_turns_18(born, counts, expected):
    assert codes(of(number(born), birth_date=""), told=Told(birthday_counts=counts)) == expected


@pytest.mark.parametrize(
    ("election_day", "counts", "last"),
    [
        (dt.date(2026, 2, 28), True, dt.date(2008, 2, 29)),
        (dt.date(2026, 2, 28), False, dt.date(2008, 2, 27)),
        (dt.date(2026, 3, 1), True, dt.date(2008, 3, 1)),
        (dt.date(2026, 3, 1), False, dt.date(2008, 2, 28)),
        (dt.date(2028, 2, 29), True, dt.date(2010, 2, 28)),
    ],
)
def test_29_february(election_day, counts, last):
    assert numbers.last_birth(election_day, birthday_counts=counts) == last


def test_those_who_turn_18_on_the_day_are_listed_for_a_look():
    found = findings([of(number("20081215"), birth_date="")])
    assert [(f["record_id"], f["code"], f["severity"], f["group_key"]) for f in found] == [
        (None, "E09", "I", "甲")
    ]


def test_the_number_governs_where_it_is_sound():
    assert codes(of(number("19700506"), birth_date="2010-05-06")) == ["1 E07"]
    assert codes(of("", birth_date="2010-05-06")) == ["1 E01", "1 E09"]
