"""A second, deliberately different maker of rolls: another province, other names, other slips, other shares.

Written row by row and apart from `huiyin.screening.rolls`, so that nothing is tuned to one of them:
southern names and confusions (n and l, f and h), keyboard neighbours, jumps over a digit, English
headers, parquet, three registrations of one person as often as two, one person in six without number.
"""

import csv
import datetime as dt
import random
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


ELECTION_DAY = dt.date(2026, 12, 15)
FAMILY = (
    "韦黄覃莫陆农蓝罗梁陈李廖潘谭岑凌零卢苏周吴何邓蒙班玉甘闭许庞宁钟邱吕欧岳满粟滕石龙杨吉沙曲"
)
GIVEN = _words(
    "家豪 俊贤 美玲 丽珍 秋萍 福全 日新 少华 桂芳 彩凤 海燕 冬梅 柳妹 金凤 火生 水养 土养 石保 桥妹 观音 社保 亚妹 伟健 志勇 启明 绍基 炳坤 "
    "秀莲 月娥 春燕 宝林 仕荣 世雄 振邦 国安 光耀 东成 德权 承业 子轩 梓晴 若溪 思源 雨泽 嘉怡 乐瑶 芷若 昱辰 书瑶 奕辰 锦程 洛川 语桐 沛霖 "
    "汉明 汉强 瑞兰 瑞芬 连英 连妹 庆祥 庆喜 英杰 英才 翠屏 翠婵 惠文 惠敏 植林 植华 群英 群芳 丹丹 婷婷 露露 佳佳 培元 培德 显贵 显荣"
)
SINGLE = "勇刚燕敏霞捷昆锐岚泓婵钊逸泉棠鹭鑫"
YI = _words("阿木 尔哈 曲一 日呷 乌各 史布 拉铁 子哈 木乃 尔古 阿呷 果果 伍加 依洛 达曲 且沙")
UNUSUAL = "龘䶮靐𠮷㵘掱嫑玥祐翾"
AREAS = (
    450102,
    450103,
    450202,
    450305,
    451021,
    452123,
    452226,
    440902,
    530102,
    520103,
    452502,
    451223,
)
NO_AREA = (459999, 448800, 730101)
SOUNDS_SOUTHERN = {
    "兰": "南", "蓝": "南", "刘": "牛", "罗": "诺", "丽": "妮", "莲": "年", "玲": "宁", "林": "宁", "黄": "房", "胡": "扶", "福": "胡",
    "华": "发", "惠": "费", "凤": "横", "芳": "荒", "飞": "辉", "珍": "增", "志": "自", "水": "碎", "石": "时", "春": "村", "秀": "绣",
    "娥": "俄", "宝": "保", "月": "跃", "英": "莹", "雨": "宇", "瑶": "遥", "嘉": "佳", "佳": "嘉", "思": "丝", "燕": "艳", "梅": "美",
}  # fmt: skip
SHAPES = {
    "未": "末", "土": "士", "凤": "风", "莫": "英", "韦": "书", "陆": "陈", "班": "斑", "农": "衣", "家": "冢", "金": "全", "月": "用", "日": "曰",
    "贤": "坚", "荣": "莱", "桂": "佳", "冬": "各", "春": "眷", "海": "悔", "健": "键", "坤": "坪", "彩": "采", "秋": "秒", "萍": "坪", "岑": "芩",
}  # fmt: skip
OLD_SHAPES = dict(zip("陆农蓝罗陈邓许庞钟吕欧满龙杨凤华兰丽贤养观亚启绍庆国东权业怡书", "陸農藍羅陳鄧許龐鍾呂歐滿龍楊鳳華蘭麗賢養觀亞啟紹慶國東權業怡書", strict=True))  # fmt: skip
KEYS = {"1": "24", "2": "135", "3": "26", "4": "157", "5": "2468", "6": "359", "7": "48", "8": "579", "9": "68", "0": "12"}  # fmt: skip
STREETS = _words("朝阳路 民族大道 江南路 柳石路 友爱路 星光大道 园湖路 东葛路 鱼峰路 白沙路")
HEADERS = (
    "record_id", "name", "sex", "ethnic_group", "birth_date", "identity_number", "address", "household_number", "phone",
    "constituency", "place_kind", "unit",
)  # fmt: skip
NUMBER_CODES = ("E01", "E03", "E05", "E06", "E07", "E08", "E09", "E11", "P01")
NAME_CODES = ("E11", "E13", "E14", "E16", "E17", "E21")


@dataclass
class Person:
    name: str
    sex: int
    born: dt.date
    number: str
    group: str
    household: int
    street: str
    phone: str
    constituency: int
    here: bool = True  # in the police's register


@dataclass
class Row:
    person: int
    cells: dict[str, str]
    number: str = "own"
    compared: str = ""  # what shows beside the register
    codes: set[str] = field(default_factory=set)
    allowed: set[str] = field(default_factory=set)


class OtherCity:
    """Makes everything from one seed; a few thousand people in a second."""

    def __init__(self, people: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.taken: set[str] = set()
        self.people: list[Person] = []
        while len(self.people) < people:
            self._household()
        self._namesakes()
        self.dead = set(self._some(0.01))
        self.rows: list[Row] = []
        for index, person in enumerate(self.people):
            if self._age(person) >= 18 and (index not in self.dead or self.random.random() < 0.3):
                self._register(index)
        self.random.shuffle(self.rows)

    def write(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        names = {id(row): f"V-{order * 7 % 1000003:07d}" for order, row in enumerate(self.rows)}
        for row in self.rows:
            row.cells["record_id"] = names[id(row)]
        half = len(self.rows) // 2
        _parquet(folder / "registrations-1.parquet", [row.cells for row in self.rows[:half]])
        _csv(folder / "registrations-2.csv", HEADERS, [_listed(row) for row in self.rows[half:]])
        self._lists(folder)
        self._truth(folder)

    # People --------------------------------------------------------------------------------------

    def _household(self) -> None:
        """Three generations under one roof are usual, and so are four children."""
        choose, number = self.random.choice, len(self.people)
        family, constituency = choose(FAMILY), self.random.randrange(60)
        street = f"{choose(STREETS)}{self.random.randrange(1, 300)}号"
        here = self.random.random() > 0.1
        year = self.random.randrange(1930, 1992)
        ages = [year, year + self.random.randrange(-6, 7)]
        ages += [
            year + self.random.randrange(19, 40) for _ in range(self.random.choice((0, 1, 2, 2, 4)))
        ]
        born_twins = None
        for order, born_in in enumerate(ages):
            if born_in > 2010:
                continue
            born = dt.date(born_in, 1, 1) + dt.timedelta(days=self.random.randrange(365))
            if order == 3 and self.random.random() < 0.06 and born_twins:
                born = born_twins
            born_twins = born
            own = family if order != 1 else choose(FAMILY)
            sex = self.random.choice((1, 2)) if order > 1 else 1 + order
            name, group = self._name(own)
            phone = f"154{self.random.randrange(10**8):08d}" if self.random.random() < 0.7 else ""
            self.people.append(
                Person(
                    name,
                    sex,
                    born,
                    self._number(born, sex),
                    group,
                    number,
                    street,
                    phone,
                    constituency,
                    here,
                )
            )

    def _name(self, family: str) -> tuple[str, str]:
        chance = self.random.random()
        if chance < 0.08:
            return "".join(self.random.sample(YI, 2)), "彝族"
        if chance < 0.10:
            return "·".join(self.random.sample(YI, 2)), "彝族"
        if chance < 0.25:
            return family + self.random.choice(SINGLE), "壮族"
        if chance < 0.27:
            return family + self.random.choice(GIVEN)[0] + self.random.choice(UNUSUAL), "汉族"
        if chance < 0.30:
            return family + self.random.choice(FAMILY) + self.random.choice(GIVEN), "汉族"
        if chance < 0.65:
            return family + self.random.choice(GIVEN), "壮族"
        return family + self.random.choice(GIVEN)[0] + self.random.choice(GIVEN)[1], "汉族"

    def _number(self, born: dt.date, sex: int) -> str:
        while True:
            order = self.random.randrange(500) * 2 + sex % 2
            number = checked(f"{self.random.choice(AREAS)}{born:%Y%m%d}{order:03d}")
            if number not in self.taken:
                self.taken.add(number)
                return number

    def _namesakes(self) -> None:
        """One in a hundred has the name of another; a third of them the birth date as well."""
        for index in self._some(0.01):
            other, person = self.random.choice(self.people), self.people[index]
            if other.sex != person.sex or other.household == person.household:
                continue
            self.people[index] = person = replace(person, name=other.name, group=other.group)
            if self.random.random() < 0.33:
                number = self._number(other.born, person.sex)
                self.people[index] = replace(person, born=other.born, number=number)

    def _some(self, share: float) -> list[int]:
        return self.random.sample(range(len(self.people)), max(6, round(share * len(self.people))))

    @staticmethod
    def _age(person: Person) -> int:
        born = person.born
        before = (ELECTION_DAY.month, ELECTION_DAY.day) < (born.month, born.day)
        return ELECTION_DAY.year - born.year - before

    # Registrations -------------------------------------------------------------------------------

    def _register(self, index: int) -> None:
        """Once mostly, never for one in fifteen, twice or three times for one in ten."""
        times = self.random.choices((0, 1, 2, 3), (6, 84, 6, 4))[0]
        for turn in range(times):
            row = Row(index, self._cells(self.people[index], turn))
            if turn or self.random.random() < 0.08:
                self._slip(row, self.people[index])
            if index in self.dead:
                row.codes.add("E35") if row.number == "own" else row.allowed.add("E35")
            self.rows.append(row)

    def _cells(self, person: Person, turn: int) -> dict[str, str]:
        constituency = (person.constituency + turn * 13) % 60
        return {
            "name": person.name,
            "sex": "男" if person.sex == 1 else "女",
            "ethnic_group": person.group,
            "birth_date": f"{person.born:%Y/%m/%d}",
            "identity_number": person.number,
            "address": f"南宁市{person.street}{person.household % 90 + 1}栋",
            "household_number": f"HH{person.household:06d}" if turn < 2 else "",
            "phone": person.phone if self.random.random() < 0.8 else "",
            "constituency": f"{constituency + 1}号选区",
            "place_kind": ("household", "unit", "school")[turn],
            "unit": "" if not turn else f"第{person.household % 40 + 1}公司",
        }

    def _slip(self, row: Row, person: Person) -> None:
        """One to three slips in different fields, seldom in name, number and birth date at once."""
        slips = [self._slip_name, self._slip_number, self._slip_birth, self._slip_sex]
        count = self.random.choices((0, 1, 2), (35, 45, 20))[0]
        for slip in self.random.sample(slips, count):
            slip(row, person)

    def _slip_name(self, row: Row, person: Person) -> None:
        name = person.name
        kind = self.random.choice(
            ("sound", "sound", "shape", "old", "pinyin", "dot", "box", "extra")
        )
        typed, code = {
            "sound": (_one(name, SOUNDS_SOUTHERN), "E14"),
            "shape": (_one(name, SHAPES), "E14"),
            "old": ("".join(OLD_SHAPES.get(c, c) for c in name), "E13"),
            "pinyin": (name[:-1] + "xin", "E11"),
            "dot": (name.replace("·", "."), "E15"),
            "box": (name[:-1] + "□", "E12"),
            "extra": (name + self.random.choice("英妹生"), ""),
        }[kind]
        if typed == name:
            return
        row.cells["name"] = typed
        row.allowed |= set(NAME_CODES)
        if code in ("E13", "E14"):
            row.compared = code if person.here else ""
        elif code:
            row.codes.add(code)

    def _slip_number(self, row: Row, person: Person) -> None:
        number, place = person.number, self.random.randrange(6, 15)
        kind = self.random.choice(
            ("key", "key", "jump", "none", "none", "short", "old", "small", "area")
        )
        jumped = (
            number[:place]
            + number[place + 2]
            + number[place + 1]
            + number[place]
            + number[place + 3 :]
        )
        typed, state = {
            "key": (
                number[:place] + self.random.choice(KEYS[number[place]]) + number[place + 1 :],
                "bad",
            ),
            "jump": (jumped, "bad"),
            "none": ("", "none"),
            "short": (number[:-1], "bad"),
            "old": (number[:6] + number[8:17] if person.born.year < 2000 else number, "own"),
            "small": (number.lower(), "own"),
            "area": (checked(f"{self.random.choice(NO_AREA)}{number[6:17]}"), "other"),
        }[kind]
        if typed == number:
            return
        row.cells["identity_number"], row.number = typed, state
        code = {"short": "E01", "none": "E01", "old": "E02", "small": "E04", "area": "E05"}.get(
            kind, "E03"
        )
        row.codes.add(code)
        if state != "own":
            row.allowed |= set(NUMBER_CODES)

    def _slip_birth(self, row: Row, person: Person) -> None:
        if row.number == "none" and row.cells["name"] != person.name:
            return
        born = person.born
        shifted = self.random.choice(
            (born + dt.timedelta(days=10), born - dt.timedelta(days=30), _year(born, 10))
        )
        row.cells["birth_date"] = f"{shifted:%Y/%m/%d}"
        row.allowed |= {"E07", "E09"}

    def _slip_sex(self, row: Row, person: Person) -> None:
        row.cells["sex"] = "女" if person.sex == 1 else "男"
        row.allowed.add("E08")

    # Files ---------------------------------------------------------------------------------------

    def _lists(self, folder: Path) -> None:
        order = [index for index, person in enumerate(self.people) if person.here]
        self.random.shuffle(order)
        people = [(f"R{i}", *_about(self.people[i])) for i in order if i not in self.dead]
        dead = [(f"D{i}", *_about(self.people[i]), "2025-05-05") for i in sorted(self.dead)]
        about = ("name", "sex", "birth_date", "identity_number", "address")
        _csv(folder / "population.csv", ("person_id", *about), people)
        _csv(folder / "deceased.csv", ("id", *about, "died_on"), dead)

    def _truth(self, folder: Path) -> None:
        for row in self.rows:
            self._settle(row)
        rows = self.rows
        named = [(row.cells["record_id"], f"P{row.person}", row.number) for row in rows]
        _csv(folder / "truth_duplicates.csv", ("record_id", "person", "number"), named)
        for name, marks in (("wrong", "codes"), ("tolerated", "allowed")):
            found = [(r.cells["record_id"], c) for r in rows for c in sorted(getattr(r, marks))]
            _csv(folder / f"truth_{name}.csv", ("record_id", "code"), found)
        there = {row.person for row in rows}
        lacking = [
            (f"R{index}", "never_registered")
            for index, person in enumerate(self.people)
            if person.here and index not in self.dead | there and self._age(person) >= 18
        ]
        _csv(folder / "truth_missing.csv", ("id", "reason"), lacking)

    def _settle(self, row: Row) -> None:
        """What shows only beside a number that was typed well."""
        person = self.people[row.person]
        if row.number == "own":
            if row.cells["birth_date"] != f"{person.born:%Y/%m/%d}":
                row.codes.add("E07")
            if row.cells["sex"] != ("男" if person.sex == 1 else "女"):
                row.codes.add("E08")
            row.codes |= {row.compared} - {""}
        if not person.here:
            row.allowed |= set(NAME_CODES)


def checked(first: str) -> str:
    """ISO 7064 MOD 11-2, reckoned from the left."""
    rest = 0
    for digit in first:
        rest = (rest + int(digit)) * 2 % 11
    return first + "0123456789X"[(12 - rest) % 11]


def _one(name: str, table: dict[str, str]) -> str:
    place = next((place for place in reversed(range(len(name))) if name[place] in table), None)
    return name if place is None else name[:place] + table[name[place]] + name[place + 1 :]


def _year(born: dt.date, years: int) -> dt.date:
    return born.replace(year=born.year - years, day=min(born.day, 28))


def _about(person: Person) -> tuple[str, ...]:
    sex = "男" if person.sex == 1 else "女"
    street = f"南宁市{person.street}{person.household % 90 + 1}栋"
    return person.name, sex, person.born.isoformat(), person.number, street


def _listed(row: Row) -> list[str]:
    return [row.cells[header] for header in HEADERS]


def _csv(path: Path, headers: tuple[str, ...], rows: list) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([headers, *rows])


def _parquet(path: Path, rows: list[dict[str, str]]) -> None:
    pq.write_table(pa.table({header: [row[header] for row in rows] for header in HEADERS}), path)
