"""Findings that other lists decide, and those about whole groups."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.screening import kinds
from tests.screening.checking import codes, findings, number, person

ANYBODY = person("1")
ELSE = person("2", name="冯德才", identity_number=number("19800101"), birth_date="1980-01-01")
ROLL = (ANYBODY, ELSE)


@pytest.mark.parametrize(
    ("listed", "row", "expected"),
    [
        ("deceased", {"died_on": "2026-03-01"}, ["1 E35"]),
        ("deceased", {"died_on": "2026-12-16"}, []),
        ("deceased", {"died_on": "", "identity_number": ""}, ["1 E35"]),
        ("deceased", {"died_on": "2026-03-01", "name": "冯德才"}, ["1 E35"]),
        ("deceased", {"identity_number": number("19700506", "999"), "name": "赵六"}, []),
        ("deprived", {"from_on": "2024-01-01", "until_on": "2027-01-01"}, ["1 E36"]),
        ("deprived", {"from_on": "2024-01-01", "until_on": ""}, ["1 E36"]),
        ("deprived", {"from_on": "2024-01-01", "until_on": "2026-12-15"}, []),
        ("deprived", {"from_on": "2027-01-01"}, []),
        ("deprived", {"kind": "未剥夺政治权利"}, []),
        ("custody", {"decision": "是"}, ["1 E39"]),
        ("custody", {"decision": "否"}, []),
        ("moved", {"direction": "迁出", "moved_on": "2026-05-01"}, ["1 E33"]),
        ("moved", {"direction": "迁入", "moved_on": "2026-05-01"}, []),
        ("population", {"person_id": "9", "nationality": "中国"}, []),
        ("population", {"person_id": "9", "nationality": "英国"}, ["1 E42"]),
        ("population", {"person_id": "9", "moved_out_on": "2026-05-01"}, ["1 E33"]),
        ("staff", {"army": "是"}, ["1 E30"]),
        ("staff", {"army": "否"}, []),
    ],
)
def test_what_a_list_says_of_somebody(listed, row, expected):
    assert codes(*ROLL, **{listed: [{**ANYBODY, **row}]}) == expected


HOME = {"address": "东岗路1号2栋301室"}


@pytest.mark.parametrize(
    "slips",
    [
        {"name": "冯王建国", "birth_date": "1970-06-05"},
        {"identity_number": number("19730406", "124")},  # her number on his form
    ],
)
def test_slips_of_a_registration_hide_nobody(slips):
    dead = {**ANYBODY, **HOME, "record_id": "7", "died_on": "2026-03-01"}

    assert "1 E35" in codes(person("1", **HOME, **slips), deceased=[dead])


def test_a_namesake_elsewhere_with_another_birth_date_is_somebody_else():
    dead = {**ANYBODY, **HOME, "record_id": "7", "died_on": "2026-03-01", "identity_number": ""}
    namesake = person("1", address="西津路9号", identity_number=number("19730406"))

    assert "1 E35" not in codes(namesake, deceased=[dead])


def test_who_came_back_is_not_moved_out():
    out = {**ANYBODY, "record_id": "7", "direction": "迁出", "moved_on": "2026-01-01"}
    back = {**ANYBODY, "record_id": "8", "direction": "迁入", "moved_on": "2026-06-01"}
    assert codes(*ROLL, moved=[out, back]) == []


def test_a_voter_by_certificate_may_have_moved_out():
    row = person("1", place_kind="居住地（凭证明）")
    assert codes(row, moved=[{**ANYBODY, "direction": "迁出", "moved_on": "2026-01-01"}]) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"document_kind": "军官证", "identity_number": ""}, ["1 E30"]),
        ({"unit": "中国人民解放军69001部队"}, ["1 E30"]),
        ({"unit": "69001部队家属院社区"}, []),
        ({"unit": "兰州市部队路小学"}, []),
        (
            {"document_kind": "外国人永久居留身份证", "identity_number": "GBR310075110509"},
            ["1 E42"],
        ),
        ({"document_kind": "中华人民共和国护照", "identity_number": "E12345678"}, []),
        ({"document_kind": "居民身份证"}, []),
    ],
)
def test_soldiers_and_foreigners_by_their_document(cells, expected):
    assert codes(person("1", **cells)) == expected


PLACES = [
    {"constituency": "甲", "seats": "2", "population": "2000", "area": "东街社区、西街社区", "division_code": "620102"},
    {"constituency": "乙", "seats": "2", "population": "2200", "area": "南街社区", "division_code": "620123101"},
]  # fmt: skip


def test_a_county_s_organ_in_a_city_district():
    staff = [{**ANYBODY, "unit": "榆中县水务局", "county_organ": "榆中县", "seat": "城关区"}]
    assert codes(*ROLL, staff=staff, constituencies=PLACES) == ["1 E28"]
    assert codes(person("1", constituency="乙"), staff=staff, constituencies=PLACES) == []


def test_a_unit_not_led_by_the_county_on_a_township_roll():
    staff = [{**ANYBODY, "unit": "省属矿", "not_county_led": "是"}]
    assert codes(person("1", constituency="乙"), staff=staff, constituencies=PLACES) == ["1 E29"]
    assert codes(*ROLL, staff=staff, constituencies=PLACES) == []


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"address": "东街社区3号"}, []),
        ({"address": "南街社区3号"}, ["1 E50"]),
        ({"address": "南街社区3号", "place_kind": "单位"}, []),
        ({"address": "南街社区3号", "community": "东街社区"}, []),
        ({"address": "无名路3号"}, []),
    ],
)
def test_addresses_outside(cells, expected):
    assert codes(person("1", **cells), constituencies=PLACES) == expected


def group_codes(rows, places):
    found = findings(rows, constituencies=places)
    return [f"{f['group_key']} {f['code']}" for f in found if f["record_id"] is None]


def test_seats_and_people_per_deputy():
    places = [
        {"constituency": "甲", "seats": "4", "population": "4000", "division_code": "620102"},
        {"constituency": "乙", "seats": "2", "population": "2600", "division_code": "620102"},
        {"constituency": "丙", "seats": "3", "population": "3000", "division_code": "620102"},
    ]
    assert group_codes([person("1", constituency="丁")], places) == ["乙 E51", "甲 E52"]


@pytest.mark.parametrize(
    ("voters", "expected"), [(59, ["甲 E53"]), (60, []), (95, []), (96, ["甲 E53"])]
)
def test_voters_against_residents(voters, expected):
    rows = [
        person(str(at), identity_number=number("19700506", f"{2 * at + 1:03}"))
        for at in range(voters)
    ]
    assert group_codes(rows, [{"constituency": "甲", "population": "100"}]) == expected


@pytest.mark.parametrize(("people", "expected"), [(5, 0), (6, 6)])
def test_phones_of_many(people, expected):
    rows = [
        person(
            str(at), identity_number=number("19700506", f"{2 * at + 1:03}"), phone="139 0000 0000"
        )
        for at in range(people)
    ]
    assert len(codes(*rows)) == expected


def test_one_person_registered_often_is_one_person_on_the_phone():
    rows = [person(str(at), phone="13900000000") for at in range(6)]
    assert [code for code in codes(*rows) if "E55" in code] == []


@pytest.mark.parametrize(("first_days", "expected"), [(9, []), (10, ["甲 E56"])])
def test_birthdays_on_1_january(first_days, expected):
    rows = [
        person(
            str(at),
            identity_number="",
            document_kind="护照（中国）",
            birth_date="1970-01-01" if at < first_days else "1970-05-06",
        )
        for at in range(200)
    ]
    found = findings(rows)
    assert [f"{f['group_key']} {f['code']}" for f in found if f["record_id"] is None] == expected


def test_rows_copied_in_one_second():
    clock = {"registered_at": "2026-11-05 15:00:46", "registered_by": "李"}
    one, same = person("1", **clock), person("2", **clock, birth_date="1970年5月6日")
    later = person("2", **{**clock, "registered_at": "2026-11-05 15:00:47"})
    another = {**ELSE, **clock}
    at_midnight = {"registered_at": "2026-11-05 00:00:00", "registered_by": "李"}

    assert codes(one, same) == ["1 E57", "2 E57"]
    assert codes(one, later) == []
    assert codes(one, another) == []
    assert codes(person("1", **at_midnight), person("2", **at_midnight)) == []


# Missing -----------------------------------------------------------------------------------------

ABSENT = {**ELSE, "record_id": "8"}


@pytest.mark.parametrize(
    ("listed", "row", "expected"),
    [
        ("certificates", {"certificate_number": "1", "issued_on": "2026-10-01"}, ["8 E25"]),
        ("certificates", {"certificate_number": "1", "issued_on": "2026-12-10"}, []),
        ("certificates", {"certificate_number": "1", "issued_on": "2026-10-01", "used_in": "乙"}, []),
        ("moved", {"direction": "迁出", "from_code": "620102", "to_code": "620103", "moved_on": "2026-10-01"}, ["8 E32"]),
        ("moved", {"direction": "迁出", "from_code": "620102", "to_code": "110101", "moved_on": "2026-10-01"}, []),
        ("deprived", {"kind": "未剥夺政治权利"}, ["8 E38"]),
        ("deprived", {"kind": "剥夺政治权利"}, []),
        ("custody", {"decision": "否"}, ["8 E39"]),
        ("custody", {"decision": "是"}, []),
        ("permits", {}, ["8 E46"]),
    ],
)  # fmt: skip
def test_people_of_a_list_who_are_nowhere(listed, row, expected):
    assert codes(ANYBODY, **{listed: [{**ABSENT, **row}]}) == expected
    assert codes(ANYBODY, {**ELSE}, **{listed: [{**ABSENT, **row, "kind": "未剥夺"}]}) in (
        [],
        ["2 E33"],
        ["2 E39"],
    )


# What holds of all -------------------------------------------------------------------------------


def test_the_table_of_kinds_is_whole():
    assert [kind.code for kind in kinds.KINDS] == [
        *(f"E{n:02}" for n in range(1, 64)),
        "P02",
        "P01",
    ]
    assert {kind.category for kind in kinds.KINDS} == set(kinds.CATEGORIES)
    assert {kind.severity for kind in kinds.KINDS} == set(kinds.SEVERITIES)


def test_what_is_not_checked_says_why():
    reasons = {
        entry.kind.code: entry.reason_zh for entry in kinds.not_checked({"registrations"}, {"name"})
    }

    assert reasons["E35"] == "没有给出死亡人员名单"
    assert reasons["E08"] == "登记名册没有“身份证号”一列"
    assert reasons["E63"].startswith("属于张榜")
    assert "E11" not in reasons


CELLS = st.text(max_size=25).filter(lambda text: "\x00" not in text and "\r" not in text)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.fixed_dictionaries(
            dict.fromkeys(
                (
                    "name",
                    "sex",
                    "birth_date",
                    "document_kind",
                    "identity_number",
                    "address",
                    "constituency",
                    "phone",
                    "registered_at",
                    "ethnic_group",
                ),
                CELLS,
            )
        ),
        min_size=1,
        max_size=4,
    )
)
def test_no_text_in_any_field_breaks_the_checks(rows):
    rows = [{**row, "record_id": str(at), "unit": "="} for at, row in enumerate(rows)]
    register = [{**row, "person_id": row["record_id"]} for row in rows]
    findings(
        rows,
        population=register,
        deceased=rows,
        constituencies=[{"constituency": "甲", "area": "东街、(西"}],
    )
