"""Deputies and units in from spreadsheets: what is right, what is wrong, all or nothing."""

import datetime as dt
import io

import pytest

from huiyin.congress import imports
from huiyin.congress.choices import ElectingKind, Role, Sex, UnitKind
from huiyin.congress.models import Deputy, ElectingBase, Person, Unit
from huiyin.kernel import identity, spreadsheets, trail, verify
from huiyin.kernel.models import Entry
from huiyin.kernel.workflow import NotPossible
from tests.congress.factories import (
    CongressFactory,
    DeputyFactory,
    PersonFactory,
    TermFactory,
    UnitFactory,
    person_as,
)

pytestmark = pytest.mark.django_db

HEADERS = ["姓名", "性别", "手机号码", "身份证号", "代表团", "选举单位", "代表证号", "当选日期"]


def invented_number(serial):
    """Under 9901, an area block no real division has."""
    first = f"990100198001{serial:05d}"[:17]
    return first + identity.check_character(first)


def a_file(*rows, headers=HEADERS):
    out = io.BytesIO()
    spreadsheets.write_csv(out, headers, rows)
    return out.getvalue()


def a_row(serial=1, **changes):
    row = {
        "姓名": "王建国",
        "性别": "男",
        "手机号码": f"1990000{serial:04d}",
        "身份证号": invented_number(1000 + serial),
        "代表团": "城关区代表团",
        "选举单位": "城关区",
        "代表证号": f"17{serial:04d}",
        "当选日期": "2021年12月20日",
    }
    return list((row | changes).values())


def read(*rows, term=None, **options):
    return imports.read_deputies(a_file(*rows, **options), "代表.csv", term=term or TermFactory())


def problems(plan):
    return [(problem.row, problem.column, problem.message_zh) for problem in plan.problems]


def test_seat_all_seats_everybody_with_a_trail_that_verifies():
    term, clerk = TermFactory(), person_as(Role.CLERK)

    n = imports.seat_all(read(a_row(1), a_row(2, 姓名="单秀英", 性别="女")), term=term, by=clerk)

    first, second = Deputy.objects.order_by("pk").select_related("person", "electing_base")
    assert n == 2
    assert (first.person.name, first.person.sex, first.delegation) == (
        "王建国",
        Sex.MALE,
        "城关区代表团",
    )
    assert (str(first.elected_on), first.card_number) == ("2021-12-20", "170001")
    assert (str(first.person.phone), first.person.phone.reveal()) == ("199****0001", "19900000001")
    assert second.sort_key.startswith("shan")
    assert first.electing_base == second.electing_base == ElectingBase.objects.get()
    assert first.electing_base.kind == ElectingKind.ELECTING_UNIT
    entries = Entry.objects.filter(item_kind="congress.deputy")
    assert set(entries.values_list("step", "actor_label")) == {("seat", clerk.name)}
    trail.seal_all()
    assert list(verify.faults()) == []


def test_a_person_already_known_by_number_or_by_name_and_phone_is_not_made_twice():
    by_number = PersonFactory(name="王建国", identity_number=invented_number(1001))
    by_phone = PersonFactory(name="马秀英", phone="19900000002")
    term = TermFactory()
    DeputyFactory(person=by_phone, term=TermFactory(number=16, ends_on=dt.date(2022, 1, 4)))

    plan = read(
        a_row(1), a_row(2, 姓名="马秀英", 身份证号=""), a_row(3, 手机号码="19900000002"), term=term
    )
    imports.seat_all(plan, term=term, by=trail.SYSTEM)

    assert plan.notes == ["2 人已经在库里，接着用。", "新建 1 个选区或者选举单位。"]
    assert Person.objects.count() == 3
    assert (by_number.mandates.count(), by_phone.mandates.count()) == (1, 2)


def test_a_guess_at_a_number_finds_nobody_of_another_congress():
    DeputyFactory(
        person=PersonFactory(name="马秀英", phone="19900000002"),
        term=TermFactory(congress=CongressFactory(other=True)),
    )

    plan = read(a_row(1, 姓名="马秀英", 身份证号="", 手机号码="19900000002"))

    assert (plan.problems, [item.person_id for item in plan.items]) == ([], [None])


def test_a_list_of_guesses_at_one_name_is_no_list_of_deputies():
    rows = [a_row(n, 姓名="马秀英", 身份证号="") for n in range(1, 7)]

    plan = read(*rows)

    assert [problem.message_zh for problem in plan.problems] == ["同一个姓名的行太多"] * 6


def test_a_known_person_keeps_the_account_and_acts_in_the_new_mandate():
    person = PersonFactory(name="王建国", identity_number=invented_number(1001), with_user=True)
    term = TermFactory()

    plan = imports.read_deputies(a_file(a_row(1)), "deputies.csv", term=term)
    imports.seat_all(plan, term=term, by=trail.SYSTEM)

    person.user.refresh_from_db()
    assert person.user.acting_as == "兰州市人民代表大会代表"


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"姓名": ""}, "姓名", "没有填"),
        ({"姓名": "长" * 61}, "姓名", "最多 60 个字"),
        ({"性别": "其他"}, "性别", "只能填：男、女、未知"),
        ({"手机号码": "12345"}, "手机号码", "不像电话号码"),
        ({"身份证号": "1234"}, "身份证号", "身份证号应该是 18 位"),
        ({"身份证号": "99010019800101123A"}, "身份证号", "身份证号里有不该有的字"),
        ({"身份证号": "990100198013011234"}, "身份证号", "身份证号里的出生日期不对"),
        ({"当选日期": "去年冬天"}, "当选日期", "日期写法不认识，例如 2026-03-05"),
    ],
)
def test_a_wrong_row_says_what_is_wrong_in_which_column(change, column, words):
    plan = read(a_row(1), a_row(2, **change))

    assert problems(plan) == [(3, column, words)]
    assert not plan.is_clean
    assert len(plan.items) == 1


def test_a_wrong_check_character_is_found():
    number = invented_number(1001)
    wrong = number[:17] + ("0" if number[17] != "0" else "1")

    assert problems(read(a_row(1, 身份证号=wrong))) == [
        (2, "身份证号", "身份证号最后一位对不上，可能抄错了")
    ]


def test_rows_that_repeat_one_another_are_found():
    plan = read(a_row(1), a_row(2, 身份证号=invented_number(1001), 代表证号="170001"))

    assert problems(plan) == [
        (3, "身份证号", "和第 2 行重复"),
        (3, "代表证号", "和第 2 行重复"),
    ]


def test_a_deputy_of_this_term_and_one_of_an_unrelated_area_are_refused():
    here = DeputyFactory(person__identity_number=invented_number(1001))
    DeputyFactory(of_other=True, person__identity_number=invented_number(1002))

    plan = read(a_row(1), a_row(2), term=here.term)

    assert problems(plan) == [
        (2, "姓名", "已经是本届代表"),
        (3, "姓名", "已经是青岛市人民代表大会代表，两地没有隶属关系（选举法第四十八条）"),
    ]


def test_one_wrong_row_and_nothing_is_imported():
    with pytest.raises(NotPossible):
        imports.seat_all(
            read(a_row(1), a_row(2, 姓名="")), term=TermFactory(), by=person_as(Role.CLERK)
        )

    assert not Deputy.objects.exists()


def test_columns_of_another_name_can_be_mapped_by_hand():
    content = a_file(["王建国", "城关区代表团"], headers=["谁", "哪个团"])
    term = TermFactory()

    plain = imports.read_deputies(content, "a.csv", term=term)
    mapped = imports.read_deputies(
        content, "a.csv", term=term, mapping={"name": "谁", "delegation": "哪个团"}
    )

    assert problems(plain) == [(2, "", "没有填")]
    assert (mapped.items[0].name, mapped.items[0].delegation) == ("王建国", "城关区代表团")


def test_county_deputies_come_from_constituencies():
    term = TermFactory(congress__county=True)

    imports.seat_all(read(a_row(1, 选举单位="第一选区"), term=term), term=term, by=trail.SYSTEM)

    assert ElectingBase.objects.get().kind == ElectingKind.CONSTITUENCY


def test_units_are_opened_and_a_name_twice_is_refused():
    congress = UnitFactory(name="兰州市教育局").congress
    headers = ["单位名称", "简称", "性质"]
    good = a_file(
        ["兰州市水务局", "水务局", "政府部门"], ["兰州市中级法院", "", "法院"], headers=headers
    )
    bad = a_file(["兰州市教育局", "", ""], ["甲局", "", "别的"], ["甲局", "", ""], headers=headers)

    n = imports.open_all(
        imports.read_units(good, "a.csv", congress=congress), congress=congress, by=trail.SYSTEM
    )
    refused = imports.read_units(bad, "b.csv", congress=congress)

    assert (n, Unit.objects.get(name="兰州市中级法院").kind) == (2, UnitKind.COURT)
    assert Unit.objects.get(name="兰州市中级法院").short_name == "兰州市中级法院"
    assert [problem.row for problem in refused.problems] == [2, 3, 4]
    with pytest.raises(NotPossible):
        imports.open_all(refused, congress=congress, by=trail.SYSTEM)
