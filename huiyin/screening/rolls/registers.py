"""The other lists: what police, courts, schools, units and election offices know of the same people."""

import datetime as dt
import random as chance
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from huiyin.screening.rolls import (
    drawing,
    fates,
    names,
    numbers,
    people,
    places,
    registrations,
    slips,
)
from huiyin.screening.rolls.drawing import Mask, Whole
from huiyin.screening.rolls.fates import Fates
from huiyin.screening.rolls.people import People
from huiyin.screening.rolls.sheets import Sheet

LAST_ELECTION: Final = 5  # years earlier
NAME, SEX, BORN, NUMBER, ADDRESS = "姓名", "性别", "出生日期", "公民身份号码", "住址"
COUNTY_ORGANS, NOT_COUNTY_LED = 11, 13  # every so many-th unit is one
Columns = dict[str, pa.Array]


class Registers:
    """Makes each list from the same people; every list has faults of its own, but few."""

    def __init__(
        self, random: np.random.Generator, everybody: People, fate: Fates, election_day: dt.date
    ) -> None:
        self.random, self.everybody, self.fate = random, everybody, fate
        self.election_day = election_day
        self.person_id = drawing.joined(
            "R", drawing.digits(10**8 + random.permutation(len(everybody)))
        )

        self.deprived_id = drawing.joined(
            "B", drawing.digits(10**8 + random.permutation(len(everybody)))
        )

    def population(self) -> Columns:
        rows, everybody = self._shuffled(self.fate.in_register), self.everybody
        foreign = self.fate.of(fates.FOREIGN)[rows]
        groups = drawing.take([entry[0] for entry in names.GROUPS], everybody.named.group[rows])
        community = pa.array(everybody.community[rows])
        return {
            "人口编号": self.person_id.take(pa.array(rows)),
            **self._person(rows, NAME, SEX, BORN, NUMBER),
            "民族": groups,
            "户籍地址": everybody.address.take(pa.array(rows)),
            "户号": everybody.household_number.take(pa.array(rows)),
            "与户主关系": people.relation(everybody).take(pa.array(rows)),
            "社区": everybody.places.community.take(community),
            "联系电话": drawing.blank(
                everybody.phone.take(pa.array(rows)), self.random.random(len(rows)) < 0.4
            ),
            "国籍": pc.if_else(pa.array(foreign), "英国", "中国"),
            "迁入日期": self._days(rows, fates.MOVED_IN),
            "迁出日期": self._days(rows, fates.MOVED_OUT),
        }

    def deceased(self) -> Columns:
        rows = self._shuffled(self.fate.of(fates.DEAD))
        return {**self._person(rows), "死亡日期": self._days(rows)}

    def deprived(self) -> Columns:
        """Terms that run beyond election day, or for life, terms that have ended, and sentences that
        left the vote."""
        running, kept = self.fate.of(fates.DEPRIVED), self.fate.of(fates.SENTENCED)
        rows = self._shuffled(running | self.fate.of(fates.RESTORED) | kept)
        today = people.days(self.election_day)
        ended = today - self.random.integers(1, 900, len(rows))
        runs = today + self.random.integers(1, 1800, len(rows))
        lasting = running[rows] | kept[rows]
        until = drawing.digits(numbers.compact(np.where(lasting, runs, ended)))
        for_life = running[rows] & (self.random.random(len(rows)) < 0.2)
        begun = drawing.digits(numbers.compact(ended - self.random.integers(400, 2000, len(rows))))
        kind = pc.if_else(pa.array(for_life), "剥夺政治权利终身", "剥夺政治权利")
        return {
            "编号": self.deprived_id.take(pa.array(rows)),
            **self._person(rows),
            "类型": pc.if_else(pa.array(kept[rows]), "有期徒刑，未剥夺政治权利", kind),
            "起始日期": begun,
            "截止日期": drawing.blank(until, for_life),
        }

    def moved(self) -> Columns:
        out = self.fate.of(fates.MOVED_OUT)
        rows = self._shuffled(out | self.fate.of(fates.MOVED_IN))
        home = drawing.digits(self.everybody.first_seventeen[rows] // 10**11)
        other = drawing.digits(np.array(numbers.ELSEWHERE)[rows % len(numbers.ELSEWHERE)])
        leaves = pa.array(out[rows])
        return {
            **self._person(rows),
            "迁移方向": pc.if_else(leaves, "迁出", "迁入"),
            "迁移日期": self._days(rows),
            "迁出地代码": pc.if_else(leaves, home, other),
            "迁入地代码": pc.if_else(leaves, other, home),
        }

    def students(self) -> Columns:
        rows = self._shuffled(self.fate.student)
        school = self.fate.units + 1 + rows % registrations.SCHOOLS
        return {
            **self._person(rows, NAME, SEX, BORN, NUMBER),
            "学校名称": registrations.unit_names(school, self.fate.units),
        }

    def staff(self) -> Columns:
        """Every unit's people, with what decides on whose roll they belong."""
        rows = self._shuffled(self.fate.unit >= 0)
        unit = self.fate.unit[rows]
        return {
            **self._person(rows, NAME, SEX, BORN, NUMBER),
            "单位": registrations.unit_names(unit, self.fate.units),
            "县级机关": drawing.blank(
                pa.array(["榆中县"] * len(rows)), ~county_organ(unit, self.fate.units)
            ),
            "单位驻地": drawing.take(
                [entry[0] for entry in places.COUNTIES], self._county_of_unit(unit)
            ),
            "非县属": self._yes(not_county_led(unit, self.fate.units)),
            "军人": self._yes(unit == self.fate.units),
            "退休": self._yes(self.everybody.age[rows] >= 60),
        }

    def certificates(self) -> Columns:
        """Strangers bring theirs from outside; townspeople who moved within the city were given one."""
        holders = self.fate.of(fates.CERTIFIED) | (
            self.fate.of(fates.FLOATING) & self.fate.registered
        )
        rows = self._shuffled(holders)
        home = self._constituency(self.everybody.community[rows])
        inside = pa.array(self.fate.of(fates.CERTIFIED)[rows])
        lives = self._constituency((self.everybody.community[rows] + 7) % self._communities)
        return {
            "证明编号": drawing.joined("甘选证", drawing.digits(10**7 + rows)),
            **self._person(rows, NAME, NUMBER),
            "开具日期": self._days(rows),
            "开出选区": pc.if_else(inside, home, "外地"),
            "使用选区": lives,
        }

    def permits(self) -> Columns:
        rows = self._shuffled(self.fate.of(fates.FLOATING))
        return {
            "居住证号": drawing.joined("JZ", drawing.digits(10**8 + rows * 3)),
            **self._person(rows, NAME, SEX, BORN, NUMBER),
            "现住址": self.everybody.address.take(pa.array(rows)),
        }

    def custody(self) -> Columns:
        stopped = self.fate.of(fates.STOPPED)
        rows = self._shuffled(stopped | self.fate.of(fates.IN_CUSTODY))
        return {
            **self._person(rows),
            "停止行使选举权利决定": pc.if_else(pa.array(stopped[rows]), "是", "否"),
        }

    def constituencies(self, sheet: Sheet) -> Columns:
        """Seats by size; one in fifty has more than the law allows, one in forty too few voters or too many."""
        city = self.everybody.places
        which, first = np.unique(city.constituency, return_index=True)
        voters = np.zeros(len(which))
        counted = pc.value_counts(sheet.columns["constituency"]).to_pylist()
        order = {name: index for index, name in enumerate(city.constituency_names.to_pylist())}
        for entry in counted:
            voters[order[entry["values"]]] = entry["counts"]
        share = self.random.uniform(0.7, 0.85, len(which))
        share[3::40], share[7::40] = 0.5, 0.99  # far too few voters, and hardly a child
        residents = np.maximum(1, voters / share)
        seats = np.clip(np.round(residents / residents.mean() * 2), 1, 3).astype(np.int64)
        seats[::50] = 4
        return {
            "选区": city.constituency_names,
            "应选代表名额": drawing.digits(seats),
            "人口数": drawing.digits(residents.astype(np.int64)),
            "选区范围": pa.array(_areas(city.constituency, city.community.to_pylist(), len(which))),
            "行政区划代码": self._divisions(first),
        }

    def last_roll(self) -> tuple[Columns, Whole]:
        """Who was on it five years ago, without numbers, with the faults of another hand."""
        then = self.everybody.age >= fates.ADULT + LAST_ELECTION
        stays = then & ~np.isin(self.fate.fate, (fates.FLOATING, fates.MOVED_IN, fates.FOREIGN))
        rows = self._shuffled(stays & (self.random.random(len(stays)) < 0.93))
        columns = {
            "编号": drawing.joined("L", drawing.digits(10**8 + np.arange(len(rows)))),
            **self._person(rows, NAME, SEX, BORN, ADDRESS),
            "选区": self._constituency(self.everybody.community[rows]),
        }
        return self._typed_badly(columns), rows

    def _typed_badly(self, columns: Columns) -> Columns:
        hand = chance.Random(int(self.random.integers(2**62)))  # noqa: S311 -- invented people, no secret
        wrong = slips.replaced(slips.confusions.homophones())
        for header, slip in ((NAME, wrong), (BORN, slips.beside), (ADDRESS, slips.shorter_address)):
            rows = np.flatnonzero(self.random.random(len(columns[NAME])) < 0.015)
            typed = columns[header].take(pa.array(rows)).to_pylist()
            columns[header] = drawing.put(
                columns[header], rows, [slip(hand, text) for text in typed]
            )
        return columns

    def _person(self, rows: Whole, *headers: str) -> Columns:
        """What identifies people; one in ten entries of an office's list lacks the number."""
        everybody, chosen = self.everybody, pa.array(rows)
        number = everybody.number.take(chosen)
        if not headers:
            number = drawing.blank(number, self.random.random(len(rows)) < 0.1)
        every = {
            NAME: everybody.name.take(chosen),
            SEX: people.sex_words(everybody).take(chosen),
            BORN: drawing.digits(numbers.compact(everybody.born[rows])),
            NUMBER: number,
            ADDRESS: everybody.address.take(chosen),
        }
        return {header: every[header] for header in headers or every}

    def _shuffled(self, who: Mask) -> Whole:
        return self.random.permutation(np.flatnonzero(who))

    def _days(self, rows: Whole, fate: str | None = None) -> pa.Array:
        """A day of the last two years; empty for whom it does not concern."""
        day = people.days(self.election_day) - self.random.integers(30, 700, len(rows))
        written = drawing.digits(numbers.compact(day))
        return drawing.blank(written, ~self.fate.of(fate)[rows]) if fate else written

    def _yes(self, where: Mask) -> pa.Array:
        return drawing.blank(pa.array(["是"] * len(where)), ~where)

    @property
    def _communities(self) -> int:
        return len(self.everybody.places.county)

    def _county_of_unit(self, unit: Whole) -> Whole:
        where = registrations.community_of_unit(unit, self._communities)
        return self.everybody.places.county[where]

    def _constituency(self, community: Whole) -> pa.Array:
        city = self.everybody.places
        return city.constituency_names.take(pa.array(city.constituency[community]))

    def _divisions(self, first: Whole) -> pa.Array:
        """Of the district in the city, of the township where townships elect at the same time."""
        city = self.everybody.places
        code = city.code.take(pa.array(first))
        urban = pa.array(city.urban[first])
        return pc.if_else(
            urban, pc.utf8_slice_codeunits(code, 0, 6), pc.utf8_slice_codeunits(code, 0, 9)
        )


def county_organ(unit: Whole, units: int) -> Mask:
    return (unit % COUNTY_ORGANS == 3) & (unit < units)


def not_county_led(unit: Whole, units: int) -> Mask:
    return (unit % NOT_COUNTY_LED == 5) & (unit < units) & ~county_organ(unit, units)


def newly_grown(everybody: People, election_day: dt.date) -> Mask:
    """Who turned eighteen after the last election."""
    then = election_day.replace(year=election_day.year - LAST_ELECTION)
    return people.ages(everybody.born, then) < fates.ADULT


def _areas(constituency: Whole, community: list[str], count: int) -> list[str]:
    words: list[list[str]] = [[] for _ in range(count)]
    for index, name in zip(constituency.tolist(), community, strict=True):
        words[index].append(name)
    return ["、".join(each) for each in words]
