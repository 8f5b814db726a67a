"""A third maker of rolls: a county of villages and estates whose clerks copy forms by hand.

Apart from the other two: slips are drawn for each form, several at a time; addresses are written in
whatever form comes to mind; how many numbers are blank, and whether the register has any, is a
choice; all people, villages and numbers are invented.
"""

import csv
import datetime as dt
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.screening.other_city import checked

ELECTION_DAY = dt.date(2026, 12, 15)
FAMILY = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗方俞任袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝"
GIVEN = "国强建军秀英桂兰志明玉珍德福春梅海涛文斌晓燕丽萍俊杰婷婷子轩浩然雨桐欣怡诗涵宇航佳慧立新永平红霞光辉金凤宝山长林少华忠义月娥素芬"
MINORITY = ("买买提", "阿依古丽", "吐尔逊", "木拉提", "艾尼瓦尔", "热依汗")
ALIKE = {"国": "囯", "明": "朋", "英": "莹", "兰": "蓝", "建": "健", "军": "君", "玉": "王", "志": "智", "涛": "焘", "晓": "小", "燕": "艳", "俊": "骏", "杰": "洁", "红": "虹", "春": "椿", "海": "悔", "平": "萍", "立": "利", "辉": "晖", "素": "索"}  # fmt: skip
MISREAD = {"0": "8", "1": "7", "3": "8", "5": "6", "6": "5", "7": "1", "8": "3", "9": "4", "2": "1", "4": "5"}  # fmt: skip
VILLAGES = ("李家庄", "上河村", "石桥村", "红旗村", "马家堡村", "高坪村")
STREETS = ("解放路", "建设大街", "文化西路", "新华街")
ESTATES = ("阳光花园", "铁路家属院", "翠湖小区")
NUMERALS = "〇一二三四五六七八九"
ABOUT = ("登记编号", "选民姓名", "gender", "出生年月日", "id_number", "住址", "户号", "tel")
REGISTER = ("人口编号", "姓名", "性别", "出生日期", "身份证号", "户籍地址", "户号", "电话")
NAMED = {"E11", "E12", "E13", "E14", "E16", "E17"}
NUMBERED = {"E01", "E03", "E05", "E06", "E07", "E08", "E09", "P01", "E13", "E14", "E17"}


@dataclass(frozen=True)
class Shares:
    people: int = 2500
    twice: float = 0.1
    blank: float = 0.05  # numbers
    slips: float = 0.4  # forms of the second registration with at least one
    register_numbers: bool = True


@dataclass
class Person:
    name: str
    sex: str
    born: dt.date
    number: str
    home: tuple[str, int, int, int]
    household: str
    phone: str


@dataclass
class Form:
    person: int
    cells: dict[str, str]
    number: str = "own"
    slips: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    tolerated: set[str] = field(default_factory=set)


class Villages:
    """Everything from one seed."""

    def __init__(self, shares: Shares, seed: int) -> None:
        self.shares, self.random = shares, random.Random(seed)
        self.people: list[Person] = []
        self.numbers: set[str] = set()
        while len(self.people) < shares.people:
            self._household()
        self.absent = set(self.random.sample(range(len(self.people)), shares.people // 25))
        self.forms: list[Form] = []
        for index in set(range(len(self.people))) - self.absent:
            again = self.random.random() < shares.twice
            for turn in range(1 + again + (again and self.random.random() < 0.2)):
                self.forms.append(self._form(index, turn))
        self._tolerate_other_names()
        self.random.shuffle(self.forms)

    # People --------------------------------------------------------------------------------------

    def _household(self) -> None:
        draw, number = self.random.choice, len(self.people)
        estate = self.random.random() < 0.5
        place = f"{draw(STREETS)}{self.random.randrange(1, 90)}号{draw(ESTATES)}"
        home = (
            place if estate else draw(VILLAGES),
            *(self.random.randrange(1, n) for n in (9, 5, 60)),
        )
        year, family = self.random.randrange(1940, 1980), draw(FAMILY)
        born = [year, year + 2, *(year + 25 + 3 * n for n in range(self.random.randrange(4)))]
        household = f"6299{number:07d}" if self.random.random() < 0.6 else ""
        for order, year in enumerate(year for year in born if year < 2008):
            day = dt.date(year, 1, 1) + dt.timedelta(self.random.randrange(365))
            twin = order > 2 and self.random.random() < 0.05
            day = self.people[-1].born if twin else day
            self.people.append(self._person(family if order != 1 else draw(FAMILY), day, home, household))  # fmt: skip

    def _person(self, family: str, born: dt.date, home: tuple, household: str) -> Person:
        draw = self.random.choice
        name = family + "".join(draw(GIVEN) for _ in range(draw((1, 2, 2, 2))))
        if self.random.random() < 0.05:
            name = "·".join(self.random.sample(MINORITY, 2))
        odd = self.random.randrange(2)
        phone = f"1550{self.random.randrange(10**7):07d}" if self.random.random() < 0.6 else ""
        return Person(name, "女男"[odd], born, self._number(born, odd), home, household, phone)

    def _number(self, born: dt.date, odd: int) -> str:
        while True:
            order = self.random.randrange(500) * 2 + odd
            number = checked(
                f"{self.random.choice((622926, 620102, 640104))}{born:%Y%m%d}{order:03d}"
            )
            if number not in self.numbers:
                self.numbers.add(number)
                return number

    def _address(self, home: tuple[str, int, int, int]) -> str:
        """The whole of it, without the town, in numerals, with dashes, without the stairway."""
        place, one, two, three = home
        if place in VILLAGES:
            return self.random.choice((
                f"甘肃省临夏州某县城关镇{place}{one}组{three}号", f"城关镇{place}{one}组{three}号",
                f"{place}{NUMERALS[one]}社{three}号",
            ))  # fmt: skip
        return self.random.choice((
            f"甘肃省临夏州某县{place}{one}号楼{two}单元{three}室", f"{place}{one}-{two}-{three}",
            f"{place}{one}幢{three}室", f"{place.partition('号')[2]}{one}栋{two}单元{three}",
        ))  # fmt: skip

    # Forms ---------------------------------------------------------------------------------------

    def _form(self, index: int, turn: int) -> Form:
        person = self.people[index]
        born = self.random.choice((f"{person.born}", f"{person.born:%Y%m%d}", f"{person.born:%Y年%m月%d日}"))  # fmt: skip
        form = Form(index, dict(zip(ABOUT, (
            "", person.name, person.sex, born, person.number, self._address(person.home),
            person.household, person.phone,
        ), strict=True)))  # fmt: skip
        if self.random.random() < self.shares.blank:
            self._number_typed(form, "", "none")
        chance = self.shares.slips if turn else self.shares.slips / 4
        slips = [
            self._slip_name,
            self._slip_number,
            self._slip_born,
            self._slip_sex,
            self._slip_phone,
        ]
        if self.random.random() < chance:
            for slip in self.random.sample(slips, self.random.choice((1, 1, 1, 2))):
                slip(form, person)
        self._settle(form, person)
        return form

    def _slip_name(self, form: Form, person: Person) -> None:
        name = person.name
        at = next((at for at in range(len(name)) if name[at] in ALIKE), None)
        typed, code = self.random.choice((
            (name if at is None else name[:at] + ALIKE[name[at]] + name[at + 1 :], "alike"),
            (name.replace("·", "．"), "E15"),
            (name[:-1] + "□", "E12"),
            (" ".join(name) if len(name) == 3 else name, "E11"),
            (name[0] + name[2:], "alike") if len(name) == 3 else (name, ""),
        ))  # fmt: skip
        if typed == name:
            return
        form.cells["选民姓名"] = typed
        form.slips.add("name")
        form.tolerated |= NAMED
        form.codes |= {code} - {"alike"}

    def _slip_number(self, form: Form, person: Person) -> None:
        if form.number != "own":
            return
        number, at = person.number, self.random.randrange(6, 16)
        crossed = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
        typed = self.random.choice(
            (number[:at] + MISREAD[number[at]] + number[at + 1 :], crossed, number[:at] + number[at + 1 :], number[:at] + number[at:at + 1] + number[at:], "")
        )  # fmt: skip
        if typed != number:
            self._number_typed(form, typed, "bad" if typed else "none")

    def _number_typed(self, form: Form, typed: str, state: str) -> None:
        form.cells["id_number"], form.number = typed, state
        form.slips.add("number")
        form.tolerated |= NUMBERED
        form.codes.add("E01" if len(typed) != 18 else "E03")

    def _slip_born(self, form: Form, person: Person) -> None:
        born = person.born
        crossed = dt.date(born.year, born.day, born.month) if born.day <= 12 else born
        other = self.random.choice(
            (
                crossed,
                born.replace(year=born.year - 1, day=min(born.day, 28)),
                born + dt.timedelta(3),
            )
        )
        if other != born:
            form.cells["出生年月日"] = other.isoformat()
            form.slips.add("born")

    def _slip_sex(self, form: Form, person: Person) -> None:
        form.cells["gender"] = "女" if person.sex == "男" else "男"
        form.slips.add("sex")

    def _slip_phone(self, form: Form, person: Person) -> None:
        form.cells["tel"] = f"1551{self.random.randrange(10**7):07d}"

    def _settle(self, form: Form, person: Person) -> None:
        """What the number contradicts, where it is the person's own."""
        marks = {code for code, slip in (("E07", "born"), ("E08", "sex")) if slip in form.slips}
        (form.codes if form.number == "own" else form.tolerated).update(marks)
        form.tolerated -= form.codes

    def _tolerate_other_names(self) -> None:
        """Of two names under one number nobody knows which is right: both rows are told of."""
        names: dict[int, set[str]] = {}
        for form in self.forms:
            names.setdefault(form.person, set()).add(form.cells["选民姓名"])
        for form in self.forms:
            if len(names[form.person]) > 1:
                form.tolerated |= NAMED - form.codes

    # Files ---------------------------------------------------------------------------------------

    def write(self, folder: Path) -> Path:
        for order, form in enumerate(self.forms):
            form.cells["登记编号"] = f"T{order * 7919 % 1000003:07d}"
        _csv(
            folder / "registrations.csv", ABOUT, [list(form.cells.values()) for form in self.forms]
        )
        self._register(folder / "population.csv")
        named = [(form.cells["登记编号"], form) for form in self.forms]
        _csv(
            folder / "truth_duplicates.csv",
            ("record_id", "person", "number"),
            [(key, form.person, form.number) for key, form in named],
        )
        for name in ("codes", "tolerated"):
            rows = [(key, code) for key, form in named for code in sorted(getattr(form, name))]
            file = {"codes": "wrong"}.get(name, name)
            _csv(folder / f"truth_{file}.csv", ("record_id", "code"), rows)
        lacking = [(f"N{index}", "") for index in sorted(self.absent)]
        _csv(folder / "truth_missing.csv", ("id", "reason"), lacking)
        return folder

    def _register(self, path: Path) -> None:
        rows = [
            (f"N{at}", one.name, one.sex, f"{one.born}", one.number, self._address(one.home), one.household, one.phone)
            for at, one in enumerate(self.people)
        ]  # fmt: skip
        if self.shares.register_numbers:
            _csv(path, REGISTER, rows)
        else:
            _csv(path, REGISTER[:4] + REGISTER[5:], [row[:4] + row[5:] for row in rows])


def _csv(path: Path, headers: tuple[str, ...], rows: list) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headers, *rows])
