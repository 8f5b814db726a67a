"""The fields of a comparison, the levels each can come out at, and what is believed before training.

`chances` are per mille of each of CLASSES among candidate pairs: a start and a mild weight in
training, so that a small roll without doubles is judged sensibly. Within a class what is alike in
one field says nothing of the next. So twins are apart from others of one household, and namesakes,
met by a name and part of a birth date, from strangers met by a birth date and part of a name.
"""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Level:
    name: str
    zh: str
    en: str
    chances: tuple[float, float, float, float, float]


@dataclass(frozen=True)
class Field:
    name: str
    zh: str
    en: str
    levels: tuple[Level, ...]  # after level 0: not known on one side

    def at(self, name: str) -> int:
        return next(n for n, level in enumerate(self.levels, start=1) if level.name == name)

    @property
    def size(self) -> int:
        return len(self.levels) + 1


# fmt: off
NUMBER: Final = Field("number", "身份证号", "identity number", (
    Level("same", "身份证号相同", "same identity number", (700, 5, 3, 0.02, 0.02)),
    Level("same_broken", "身份证号同样有误", "same faulty identity number", (40, 0.2, 0.2, 0.01, 0.01)),
    Level("near", "身份证号只差一两位，其中有误", "identity numbers one or two digits apart, one of them faulty", (180, 0.5, 10, 0.2, 0.6)),
    Level("near_sequence", "身份证号只有末四位略有不同，其中有误", "identity numbers slightly apart in the last four, one of them faulty", (40, 0.5, 20, 0.05, 0.4)),
    Level("twin_like", "身份证号只有顺序码不同，都有效", "valid identity numbers with another sequence", (10, 2, 840, 2, 40)),
    Level("same_tail", "身份证号只有前6位地址码不同，都有效", "valid identity numbers that differ in the area code only", (10, 0.1, 0.1, 0.02, 0.05)),
    Level("near_valid", "身份证号只差两三位，都有效", "valid identity numbers two or three digits apart", (10, 2, 3, 3, 5)),
    Level("broken", "身份证号不同，其中有误", "different identity numbers, one of them faulty", (40, 30, 50, 30, 30)),
    Level("other", "身份证号不同，都有效", "different valid identity numbers", (20, 959.7, 73.7, 964.7, 923.9)),
))
NAME: Final = Field("name", "姓名", "name", (
    Level("same", "姓名相同", "same name", (800, 15, 2, 620, 2)),
    Level("sounds_alike", "姓名同音", "names sound alike", (60, 5, 8, 280, 20)),
    Level("looks_alike", "姓名形近", "names look alike", (50, 2, 4, 5, 10)),
    Level("reordered", "姓名字序不同", "same characters in another order", (15, 1, 1, 15, 2)),
    Level("letter_dropped", "姓名少字或多字", "a character missing or added", (25, 4, 4, 5, 16)),
    Level("former", "与曾用名相同", "same as a former name", (10, 0.5, 0.5, 0.5, 0.5)),
    Level("one_other", "姓名差一个字", "names one character apart", (25, 220, 450, 20, 340)),
    Level("given_only", "名相同，姓不同", "same given name, other family name", (7, 40, 7.5, 20, 300)),
    Level("family_only", "姓相同，名不同", "same family name, other given name", (4, 430, 456, 15, 160)),
    Level("other", "姓名不同", "different names", (4, 282.5, 60, 19.5, 149.5)),
))
BORN: Final = Field("born", "出生日期", "birth date", (
    Level("same", "出生日期相同", "same birth date", (900, 10, 955, 10, 660)),
    Level("same_in_number", "出生日期与身份证号所载相同", "birth date as in the other's number", (20, 2, 10, 1, 4)),
    Level("swapped", "出生月日互换", "month and day swapped", (10, 2, 3, 4, 220)),
    Level("one_part", "出生日期只差年、月、日之一", "birth dates differ in one of year, month and day", (40, 30, 15, 766, 26)),
    Level("near", "出生日期相差不到两个月（疑为农历）", "less than two months apart (lunar date?)", (17, 15, 6, 9, 10)),
    Level("year_only", "出生年份相同，一方为1月1日（疑月日不详）", "same year of birth, one of them the first of January (day unknown?)", (5, 4, 0.5, 4, 1)),
    Level("far_year", "出生月日相同，年份相差很大", "same day and month, years far apart", (3, 20, 1, 90, 10)),
    Level("other", "出生日期不同", "different birth dates", (8, 351, 8, 70, 40)),
    Level("generation", "出生日期相差一代人", "birth dates a generation apart", (2, 570, 2, 50, 30)),
))
SEX: Final = Field("sex", "性别", "sex", (
    Level("same", "性别相同", "same sex", (985, 500, 700, 700, 550)),
    Level("other", "性别不同", "other sex", (15, 500, 300, 300, 450)),
))
PHONE: Final = Field("phone", "电话", "phone", (
    Level("same", "电话相同", "same phone", (600, 400, 400, 3, 3)),
    Level("other", "电话不同", "different phones", (400, 600, 600, 997, 997)),
))
ADDRESS: Final = Field("address", "地址", "address", (
    Level("same", "地址相同", "same address", (600, 900, 880, 2, 2)),
    Level("same_building", "同一栋楼", "same building", (60, 40, 40, 5, 5)),
    Level("other", "地址不同", "different addresses", (340, 60, 80, 993, 993)),
))
HOUSEHOLD: Final = Field("household", "户号", "household number", (
    Level("same", "户号相同", "same household number", (600, 900, 920, 2, 2)),
    Level("other", "户号不同", "different household numbers", (400, 100, 80, 998, 998)),
))
# fmt: on

FIELDS: Final = (NUMBER, NAME, BORN, SEX, PHONE, ADDRESS, HOUSEHOLD)
BANDS: Final = range(-7, 8)  # how common the name is, where it agrees
CLASSES: Final = ("same_person", "household", "twins", "namesakes", "strangers")
