"""Columns under whatever headers, and the mapping of a person."""

import datetime as dt

import pyarrow as pa
import pytest

from huiyin.config import command
from huiyin.screening import columns
from huiyin.screening.addresses import address_keys
from huiyin.screening.dates import read_dates
from huiyin.screening.doubles.places import places
from huiyin.screening.fingerprints import bytes_of
from huiyin.screening.names import compared_letters, name_keys, pinyin
from huiyin.screening.numbers import phone_keys
from huiyin.screening.records import row_keys
from tests.screening import running


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("姓名", "name"), ("* 姓 名（必填）", "name"), ("选民姓名", "name"), ("公民身份号码", "identity_number"),
        ("ID_Number", "identity_number"), ("联系电话", "phone"), ("户 号", "household_number"),
        ("社区（村）", "community"), ("出生年月日", "birth_date"), ("登记编号", "record_id"),
    ],
)  # fmt: skip
def test_headers_are_known_by_their_usual_words(header, column):
    assert columns.matched([header], "registrations") == {column: 0}


def test_an_exact_name_beats_a_synonym():
    assert columns.matched(["单位名称", "unit"], "registrations") == {"unit": 1}


def test_every_synonym_means_one_column_of_a_list():
    for kind in columns.OWN:
        words: dict[str, str] = {}
        for column in columns.columns_of(kind):
            for word in (column, *columns.SYNONYMS.get(column, ())):
                assert words.setdefault(columns.plain(word), column) == column or word in (
                    "id",
                    "编号",
                )


def test_a_mapping_says_which_column_is_what(tmp_path):
    running.write(
        tmp_path / "lists" / "registrations.csv",
        [{"甲": "张三", "乙": "11010519491231002X"}, {"甲": "李四", "乙": "110105194912310021"}],
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text('[registrations]\nname = "甲"\nidentity_number = "乙"\n', encoding="utf-8")

    code = running.screen(tmp_path / "lists", tmp_path / "out", "--mapping", str(mapping))

    assert code == 0
    assert "E03" in running.codes(tmp_path / "out")["2"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[registrations]\nname = "丙"\n', "丙"),
        ('[registrations]\ncolour = "甲"\n', "colour"),
        ("name = ", "TOML"),
    ],
)
def test_a_wrong_mapping_is_named(tmp_path, capsys, text, said):
    running.write(tmp_path / "lists" / "registrations.csv", [{"甲": "张三", "姓名": "李四"}])
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(text, encoding="utf-8")

    code = running.screen(tmp_path / "lists", tmp_path / "out", "--mapping", str(mapping))

    assert code == 2
    assert said in capsys.readouterr().err


def test_titles_above_the_headers_are_passed_over(tmp_path):
    file = tmp_path / "lists" / "registrations.csv"
    file.parent.mkdir()
    file.write_text('第一选区选民登记表,,\n姓名,性别,备注\n"张\n三",男,\n', encoding="utf-8")

    assert running.screen(tmp_path / "lists", tmp_path / "out") == 0


def test_memory_is_written_with_its_unit(tmp_path, capsys):
    running.write(tmp_path / "lists" / "registrations.csv", [{"姓名": "张三", "性别": "男"}])

    code = running.screen(tmp_path / "lists", tmp_path / "out", "--memory", "much")

    assert code == 2
    assert "much" in capsys.readouterr().err


def test_the_command_lists_its_parts(capsys):
    with pytest.raises(SystemExit):
        command.main(["screen", "--help"])

    assert "--registrations" in capsys.readouterr().out


# What is compared --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("张  三", "张三"), ("張三", "张三"), ("买买提.艾力", "买买提·艾力"), ("買買提•艾力", "买买提·艾力"),
        ("阿卜杜 热合曼", "阿卜杜·热合曼"), ("·王·", "王"), ("ａｂ", "AB"), ("\u200b李\u200b四", "李四"),
        ("", None), ("  ", None), (None, None), ("𠮷田", "𠮷田"),
    ],
)  # fmt: skip
def test_names_are_compared_in_one_form(typed, key):
    assert name_keys(pa.array([typed], pa.string())).to_pylist() == [key]


def test_names_are_read_aloud():
    assert pinyin(pa.array(["张三", None, "𫍲"])).to_pylist()[:2] == ["zhang san", None]


@pytest.mark.parametrize(
    ("typed", "compared"),
    [("王□", "王□"), ("王?", "王□"), ("王XIN", "王□"), ("王ＸＩＮ明", "王□明"), ("JOHN", "JOHN")],
)
def test_what_stands_for_an_untypable_character_is_unknown(typed, compared):
    letters = compared_letters(name_keys(pa.array([typed])))

    assert letters.strings().to_pylist() == [compared]


def test_addresses_are_compared_below_the_county():
    forms = ["甘肃省兰州市城关区张掖路3号楼2单元501室", "城关区 张掖路３栋2-501", "张掖路3-2-501"]

    assert address_keys(pa.array(forms)).to_pylist() == ["张掖路3-2-501"] * 3


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("某县城关镇张庄村第二组23号", "张庄村2-23"),
        ("张庄村十二社5号", "张庄村12-5"),
        ("张庄村二十组", "张庄村20"),
        ("张庄村十组5", "张庄村10-5"),
        ("城关区雁园街道南昌路10号", "南昌路10"),
        ("解放街道3号", "解放街道3"),
        ("县城住宅区3号楼", "县城住宅区3"),
        ("二十里铺村", "二十里铺村"),
    ],
)
def test_towns_are_left_out_and_groups_are_figures(typed, compared):
    assert address_keys(pa.array([typed])).to_pylist() == [compared]


def test_an_address_without_road_and_stairway_is_the_same_home():
    forms = ["解放路3号金鼎国际26号楼1单元202室", "金鼎国际26-202", "解放路3号金鼎国际26-2-202"]

    found = places(bytes_of(address_keys(pa.array(forms))))

    assert len(set(found.short)) == 1  # what is left out where both forms write it decides
    assert found.form[0] != found.form[1]
    assert found.form[0] == found.form[2]
    assert len(set(found.whole)) == 3


def test_markets_and_communities_are_no_counties():
    assert address_keys(pa.array(["社区路3号", "市场街5号", None, "-"])).to_pylist() == [
        "社区路3",
        "市场街5",
        None,
        None,
    ]


def test_phones_are_digits():
    typed = pa.array(["138 0000 0000", "+86-13800000000", "13800000000.0", "12", None])

    assert phone_keys(typed).to_pylist() == ["13800000000"] * 3 + [None, None]


def test_the_key_of_a_row_depends_on_its_id_alone():
    one = row_keys(pa.array(["A1", "B2", "C3"])).to_pylist()
    other = row_keys(pa.array(["C3", "A1", "B2"])).to_pylist()

    assert other == [one[2], one[0], one[1]]
    assert len(set(one)) == 3


def test_the_reference_day_bounds_birth_dates():
    days, problems = read_dates(
        pa.array(["2027-01-01", "1890-01-01", "1990-02-30", "1990", "农历正月初一", "?", None]),
        dt.date(2026, 12, 15),
    )

    assert days.null_count == 7
    assert problems.to_pylist() == [
        "impossible", "impossible", "impossible", "partial", "lunar", "unreadable", None,
    ]  # fmt: skip
