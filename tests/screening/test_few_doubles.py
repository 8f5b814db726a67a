"""Rolls on which hardly anybody is registered twice, and much else looks as if: twins without a number,
numbers typed on a relative's form, numbers issued twice, guessed and lunar birth dates."""

import datetime as dt
import itertools
import random
from pathlib import Path

import pytest

from huiyin.config import command
from tests.screening import running
from tests.screening.other_city import checked

pytestmark = pytest.mark.slow
FAMILY = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏"
GIVEN = "仁义礼智信温良恭俭让忠孝廉耻勇诚朴实勤谨元亨利贞乾坤震艮离坎兑巽"
SHARES = {"twins": 60, "borrowed": 50, "issued": 12, "twice": 40}
FIELDS = ("id", "name", "sex", "birth_date", "identity_number", "address", "household_number", "phone")  # fmt: skip


class Town:
    """Households of a parent and a child, some with twins; whoever is asked for comes from one seed."""

    def __init__(self, households: int, seed: int) -> None:
        self.random = random.Random(seed)
        self.homes = [self._home(at) for at in range(households)]

    def _home(self, at: int) -> list[dict[str, str]]:
        family = self.random.choice(FAMILY)
        home = {"address": f"镜湖路{at // 40 + 1}号{at % 40 + 1}栋{at % 3 + 1}单元101室", "household_number": f"H{at:08d}"}  # fmt: skip
        parent = self.person(family, 1950 + at % 20, **home)
        return [parent, self.person(family, 1980 + at % 25, **home)]

    def person(self, family: str, year: int, **home: str) -> dict[str, str]:
        born = dt.date(year, 1, 2) + dt.timedelta(self.random.randrange(360))
        odd = self.random.randrange(2)
        return {
            "name": family + "".join(self.random.sample(GIVEN, 2)),
            "sex": "女男"[odd],
            "birth_date": str(born),
            "identity_number": self.number(born, odd),
            "phone": f"1550{self.random.randrange(10**7):07d}",
            **home,
        }

    def number(self, born: dt.date, odd: int) -> str:
        order = self.random.randrange(500) * 2 + odd
        return checked(f"620123{born:%Y%m%d}{order:03d}")

    def twin(self, person: dict[str, str]) -> dict[str, str]:
        """Named alike but for the last character, and without a number."""
        last = self.random.choice([letter for letter in GIVEN if letter not in person["name"]])
        return {**person, "name": person["name"][:2] + last, "identity_number": "", "phone": ""}

    def again(self, person: dict[str, str]) -> dict[str, str]:
        """Registered once more, where the person works."""
        return {**person, "address": f"东湖路{self.random.randrange(900)}号", "household_number": ""}  # fmt: skip


def roll() -> tuple[list[dict[str, str]], set[frozenset[str]]]:
    """Registrations, and the pairs of them that are one person."""
    town = Town(1500, 20261126)
    rows = [person for home in town.homes for person in home]
    chosen = iter(town.random.sample(range(1500), sum(SHARES.values()) + SHARES["issued"]))

    def homes(kind: str) -> list[list[dict[str, str]]]:
        return [town.homes[at] for at in itertools.islice(chosen, SHARES[kind])]

    rows += [town.twin(child) for _, child in homes("twins")]
    for parent, child in homes("borrowed"):
        child["identity_number"] = parent["identity_number"]
    for (_, one), (_, other) in zip(homes("issued"), homes("issued"), strict=True):
        other |= {key: one[key] for key in ("birth_date", "sex", "identity_number")}
    first = len(rows)
    doubled = [child for _, child in homes("twice")]
    rows += [town.again(child) for child in doubled]
    for at, row in enumerate(rows):
        row["id"] = f"R{at:05d}"
    again = zip(doubled, rows[first:], strict=True)
    return rows, {frozenset((one["id"], other["id"])) for one, other in again}


def test_twins_and_borrowed_numbers_are_no_doubles(tmp_path: Path):
    rows, doubles = roll()
    running.write(
        tmp_path / "lists" / "registrations.csv", [{n: row[n] for n in FIELDS} for row in rows]
    )

    assert running.screen(tmp_path / "lists", tmp_path / "out") == 0

    found = {members for members, _ in running.clusters(tmp_path / "out")}
    assert doubles <= found
    assert len(found - doubles) <= 0.05 * len(found)


def hamlets(seed: int) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """Two rolls without numbers of three hamlets in which everybody has the same address."""
    town = Town(300, seed)
    rows = [person for home in town.homes for person in home]
    lists = [
        [
            {
                "姓名": row["name"], "性别": row["sex"], "出生日期": row["birth_date"],
                "住址": f"{'甘肃省兰州市榆中县' * turn}青石村{at % 3 + 1}{'社组'[turn]}",
            }
            for at, row in enumerate(rows)
        ]
        for turn in range(2)
    ]  # fmt: skip
    for at in range(0, 100, 10):
        born = dt.date.fromisoformat(rows[at]["birth_date"])
        lists[1][at]["出生日期"] = f"{born.year}-01-01"
        lists[1][at + 5]["出生日期"] = str(
            dt.date.fromisoformat(rows[at + 5]["birth_date"]) - dt.timedelta(41)
        )
    return lists[0], lists[1]


def test_lists_without_numbers_are_linked_for_certain_and_behind_guessed_dates(tmp_path: Path):
    a, b = hamlets(7)
    files = [running.write(tmp_path / f"{name}.csv", rows) for name, rows in (("a", a), ("b", b))]
    out = tmp_path / "links.csv"

    assert command.main(["link", *map(str, files), "--out", str(out)]) == 0

    links = {(row["record_a"], row["record_b"]): row["certainty"] for row in running.rows(out)}
    same = [links.get((str(at), str(at))) for at in range(1, len(a) + 1)]
    guessed = [same[at] for at in range(0, 100, 5)]
    assert same.count("certain") >= 0.95 * (len(same) - len(guessed))
    assert guessed.count(None) <= 1
    assert sum(one != other for one, other in links) <= 0.01 * len(links)
