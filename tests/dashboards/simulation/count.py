"""Every rate counted from raw rows, in plain Python: nothing of the product's questions is used.

Only the tables' names and what their columns hold are taken from the house; each formula is
written out from docs/practice.md (rates) a second time.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.db import connection

CHINA = ZoneInfo("Asia/Shanghai")
Row = dict[str, Any]
Sides = tuple[set[int], set[int]]  # the rows of the numerator and of the denominator


def rows(sql: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def by(found: Iterable[Row], column: str) -> dict[int, list[Row]]:
    kept = defaultdict(list)
    for row in found:
        kept[row[column]].append(row)
    return kept


def day(moment: dt.datetime | None) -> dt.date | None:
    return moment.astimezone(CHINA).date() if moment else None


@dataclass
class RawYear:
    """What the tables hold at this moment, of one congress, for items handed over in these days."""

    congress: int
    first: dt.date
    last: dt.date
    today: dt.date

    def __post_init__(self) -> None:
        self.items = rows(
            f"""SELECT s.id, s.state, s.is_secret, s.round, s.merged_into_id, s.handed_over_at,
                       s.replied_at, s.lead_unit_id, s.subject, c.due_on, b.region_id
                FROM suggestions_suggestion s
                JOIN congress_deputy d ON d.id = s.lead_id
                LEFT JOIN congress_electingbase b ON b.id = d.electing_base_id
                LEFT JOIN rulebook_clock c ON c.id = s.reply_clock_id
                WHERE s.congress_id = {self.congress}"""
        )
        self.tasks = {
            t["id"]: t for t in rows("SELECT id, suggestion_id FROM suggestions_assignment")
        }
        self.contacts = self._of_items(
            rows('SELECT assignment_id, kind, "on" FROM suggestions_contact')
        )
        self.returns = self._of_items(
            rows("SELECT assignment_id, is_granted FROM suggestions_returnrequest")
        )
        self.letters = by(
            rows(
                "SELECT id, suggestion_id, assignment_id, round, state, result_class FROM suggestions_reply"
            ),
            "suggestion_id",
        )
        self.promises = by(
            rows(
                "SELECT id, suggestion_id, unit_id, state, promised_on, claimed_at FROM suggestions_promise"
            ),
            "suggestion_id",
        )
        self.ratings = by(
            rows(
                """SELECT p.suggestion_id, p.round, r.attitude, r.result, r.is_late
                   FROM suggestions_rating r JOIN suggestions_reply p ON p.id = r.reply_id"""
            ),
            "suggestion_id",
        )

    def _of_items(self, found: list[Row]) -> dict[int, list[Row]]:
        for row in found:
            row["suggestion_id"] = self.tasks[row["assignment_id"]]["suggestion_id"]
        return by(found, "suggestion_id")

    @property
    def handed_over(self) -> list[Row]:
        """H: handed over in the days; not withdrawn, not passed on for reference, not in confidence."""
        kept = []
        for item in self.items:
            on = day(item["handed_over_at"])
            if on is None or not self.first <= on <= self.last:
                continue
            if item["state"] in ("withdrawn", "referred") or item["is_secret"]:
                continue
            kept.append(item)
        return kept

    def rates(self) -> dict[str, Sides]:
        base = self.handed_over
        answered = [item for item in base if item["replied_at"]]
        rated = [item for item in base if self.newest_ratings(item)]
        in_time = [item for item in answered if day(item["replied_at"]) <= item["due_on"]]
        return {
            "K10": sides(self.unless("result", {"dissatisfied"}, rated), rated),
            "K10b": sides(self.unless("result", {"dissatisfied", "basically"}, rated), rated),
            "K10a": sides(self.unless("attitude", {"dissatisfied"}, rated), rated),
            "reply": sides(answered, base),
            "K11": sides(in_time, base),
            "K11b": sides(in_time, answered),
            "meeting": sides([i for i in base if self.met(i)], base),
            "contact": sides([i for i in base if self.talked_before_reply(i)], base),
            "resolution": sides([i for i in answered if self.classes(i) == {"A"}], base),
            "finished": sides([i for i in answered if self.is_finished(i)], base),
            "redo": sides([i for i in rated if i["round"] >= 2], rated),
            "return": sides([i for i in base if self.was_returned(i)], base),
        }

    def average_days(self) -> float:
        spans = [
            (day(item["replied_at"]) - day(item["handed_over_at"])).days
            for item in self.handed_over
            if item["replied_at"]
        ]
        return round(sum(spans) / len(spans), 1)

    def promises_due(self) -> list[Row]:
        secret = {item["id"] for item in self.items if item["is_secret"]}
        own = {item["id"] for item in self.items} - secret
        return [
            promise
            for item in own
            for promise in self.promises[item]
            if promise["state"] not in ("draft", "dropped")
            if self.first <= promise["promised_on"] <= self.last
            if promise["promised_on"] < self.today
        ]

    def promises_kept(self) -> list[Row]:
        return [
            promise
            for promise in self.promises_due()
            if promise["state"] == "kept" and day(promise["claimed_at"]) <= promise["promised_on"]
        ]

    def newest_ratings(self, item: Row) -> list[Row]:
        in_time = [rating for rating in self.ratings[item["id"]] if not rating["is_late"]]
        newest = max((rating["round"] for rating in in_time), default=None)
        return [rating for rating in in_time if rating["round"] == newest]

    def unless(self, column: str, scores: set[str], among: list[Row]) -> list[Row]:
        return [
            item
            for item in among
            if all(rating[column] not in scores for rating in self.newest_ratings(item))
        ]

    def shared(self, kept: dict[int, list[Row]], item: Row) -> list[Row]:
        """Its own rows, and those of the item it is handled with."""
        lead = item["merged_into_id"]
        return kept[item["id"]] + (kept[lead] if lead else [])

    def met(self, item: Row) -> bool:
        return any(
            talk["kind"] in ("meeting", "visit") for talk in self.shared(self.contacts, item)
        )

    def talked_before_reply(self, item: Row) -> bool:
        until = day(item["replied_at"]) or dt.date.max
        return any(talk["on"] <= until for talk in self.shared(self.contacts, item))

    def classes(self, item: Row) -> set[str]:
        """Of each unit's newest signed letter."""
        newest: dict[int, Row] = {}
        for letter in self.letters[item["id"]]:
            before = newest.get(letter["assignment_id"])
            if letter["state"] == "signed" and (not before or letter["round"] > before["round"]):
                newest[letter["assignment_id"]] = letter
        return {letter["result_class"] for letter in newest.values()}

    def is_finished(self, item: Row) -> bool:
        classes = self.classes(item)
        made = [
            promise
            for promise in self.shared(self.promises, item)
            if promise["state"] not in ("draft", "dropped")
        ]
        kept = bool(made) and all(promise["state"] == "kept" for promise in made)
        return classes == {"A"} or (classes <= {"A", "B"} and kept)

    def was_returned(self, item: Row) -> bool:
        return any(asked["is_granted"] for asked in self.returns[item["id"]])


def sides(numerator: list[Row], denominator: list[Row]) -> Sides:
    return {row["id"] for row in numerator}, {row["id"] for row in denominator}


def grouped(found: Iterable[Row], group: Callable[[Row], Any]) -> dict[Any, set[int]]:
    kept: dict[Any, set[int]] = defaultdict(set)
    for row in found:
        kept[group(row)].add(row["id"])
    return dict(kept)
