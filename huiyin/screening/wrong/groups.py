"""What shows only beside other rows: constituencies, shared phones, birthdays, copied rows (E50–E57)."""

import re
from collections import defaultdict
from typing import Final

import pyarrow as pa

from huiyin.screening.engines import Engine
from huiyin.screening.wrong.findings import Rule, add, masked_phone
from huiyin.screening.wrong.numbers import AGE_BORN

TOO_FAR: Final = 0.15  # from the mean number of people per deputy (EL 26 says "about equal")
LOWEST, HIGHEST = 0.60, 0.95  # voters among residents
FEWEST_RESIDENTS: Final = 100  # below it a ratio says nothing
AT_HOME: Final = 0.5  # of a constituency's voters; else it is one of units or schools
MOST_ON_A_PHONE: Final = 5
TIMES_EXPECTED: Final = 3
FEWEST_BIRTHDAYS: Final = 10
WORDS: Final = re.compile(r"[、，,;；\s/|]+")
SHORTEST_WORD: Final = 2
HOME: Final = "(place_kind IS NULL OR regexp_matches(lower(place_kind), '户|家|house|home|resid'))"
HOME_OR_BLANK: Final = f"(place_kind = '' OR {HOME})"
BY_CERTIFICATE: Final = "coalesce(place_kind, '') LIKE '%证明%'"


def check_seats(engine: Engine) -> None:
    """Seats of 1 to 3, and about equal numbers of people for each deputy (E51, E52)."""
    places = (
        "SELECT constituency, seats AS typed, substr(coalesce(division_code, ''), 1, 6) AS county, "
        "TRY_CAST(seats AS DOUBLE) AS seats, TRY_CAST(replace(population, ',', '') AS DOUBLE) AS people FROM constituencies"
    )
    add(engine, Rule(
        "E52", f"({places})", "typed IS NOT NULL AND (seats IS NULL OR seats NOT IN (1, 2, 3))",
        "选区“{constituency}”应选名额是“{seats}”，法律规定为1至3名",
        "The constituency “{constituency}” has “{seats}” seats; the law says 1 to 3",
        {"constituency": "constituency", "seats": "typed"}, "constituencies", "NULL", "constituency",
    ))  # fmt: skip
    add(engine, Rule(
        "E51",
        f"(SELECT p.*, people / seats AS each_one, total / deputies AS mean FROM ({places}) AS p JOIN "
        f"(SELECT county, sum(people) AS total, sum(seats) AS deputies, count(*) AS places FROM ({places}) AS q "
        "WHERE seats >= 1 AND people > 0 GROUP BY county) AS c ON c.county = p.county "
        "WHERE seats >= 1 AND people > 0 AND places > 1)",
        f"abs(each_one - mean) > {TOO_FAR} * mean",
        "选区“{constituency}”每一代表所代表的人口为{each}，全区县平均为{mean}，相差超过15%",
        "In “{constituency}” one deputy stands for {each} people; the mean of the county is {mean}; they differ by more than 15 %",
        {"constituency": "constituency", "each": "CAST(round(each_one) AS BIGINT)", "mean": "CAST(round(mean) AS BIGINT)"},
        "constituencies", "NULL", "constituency",
    ))  # fmt: skip


def check_ratios(engine: Engine) -> None:
    """Voters against residents, where most voters are registered at home (E53)."""
    counted = (
        "(SELECT c.constituency, c.people, v.voters FROM "
        "(SELECT constituency, TRY_CAST(replace(population, ',', '') AS DOUBLE) AS people FROM constituencies) AS c "
        "JOIN (SELECT constituency, sum(voters) AS voters, "
        f"sum(CASE WHEN {HOME} THEN voters ELSE 0 END) AS at_home FROM ("
        "SELECT constituency, place_kind, count(*) AS voters FROM records GROUP BY constituency, place_kind"
        ") AS k GROUP BY constituency) AS v "
        f"ON v.constituency = c.constituency WHERE c.people >= {FEWEST_RESIDENTS} AND at_home >= {AT_HOME} * voters)"
    )
    add(engine, Rule(
        "E53", counted, f"voters < {LOWEST} * people OR voters > {HIGHEST} * people",
        "选区“{constituency}”登记选民{voters}人，人口{people}人，比例{percent}%，不在60%至95%之间",
        "“{constituency}” has {voters} voters for {people} residents, {percent} %, outside of 60 to 95 %",
        {
            "constituency": "constituency", "voters": "CAST(voters AS BIGINT)", "people": "CAST(people AS BIGINT)",
            "percent": "CAST(round(100 * voters / people) AS BIGINT)",
        },
        "registrations", "NULL", "constituency",
    ))  # fmt: skip


# E50 ---------------------------------------------------------------------------------------------

# The number of the house and what follows say nothing of the constituency.
PLACE: Final = "coalesce(r.community, '') || ' ' || regexp_extract(r.address, '^[^0-9０-９]*')"
OUTSIDE: Final = pa.schema(
    [("place", pa.string()), ("constituency", pa.string()), ("other", pa.string())]
)


def check_limits(engine: Engine) -> None:
    """An address that names a place of another constituency and none of its own."""
    rows = engine.query("SELECT constituency, area FROM constituencies WHERE area IS NOT NULL")
    words = _words(rows.to_pylist())
    if not words:
        return
    limits = Limits(words)
    _homes(engine, limits)
    engine.map_batches(
        "SELECT DISTINCT place, constituency FROM homes", limits.outside, OUTSIDE, "outside"
    )
    add(engine, Rule(
        "E50",
        "(SELECT h.record_id, h.place, h.constituency, o.other FROM homes AS h JOIN outside AS o "
        "ON o.place = h.place AND o.constituency = h.constituency)",
        "TRUE",
        "住址“{place}”不在选区“{constituency}”范围内，像是在“{other}”",
        "The address “{place}” is not within “{constituency}” but seems to be in “{other}”",
        {"place": "trim(place)", "constituency": "constituency", "other": "other"},
    ))  # fmt: skip
    engine.drop("homes", "outside")


def _homes(engine: Engine, limits: "Limits") -> None:
    """`homes`: addresses that must be looked at, since the community alone does not settle the matter."""
    engine.create(
        "communities",
        "SELECT DISTINCT coalesce(community, '') AS community, constituency, coalesce(place_kind, '') AS place_kind "
        "FROM records WHERE constituency IS NOT NULL AND address IS NOT NULL",
    )
    places = f"SELECT * FROM communities WHERE {HOME_OR_BLANK} AND NOT {BY_CERTIFICATE}"
    engine.register("unsettled", limits.unsettled(engine.query(places)))
    engine.create(
        "homes",
        f"SELECT r.record_id, r.constituency, {PLACE} AS place FROM records AS r JOIN unsettled AS u "
        "ON u.constituency = r.constituency AND u.community = coalesce(r.community, '') "
        "AND u.place_kind = coalesce(r.place_kind, '') WHERE r.address IS NOT NULL",
    )
    engine.drop("communities", "unsettled")


def _words(rows: list[dict[str, str]]) -> dict[str, set[str]]:
    """Place name -> the constituencies that reach there."""
    words: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for word in WORDS.split(row["area"]):
            if len(word) >= SHORTEST_WORD:
                words[word].add(row["constituency"])
    return words


class Limits:
    """Which constituencies an address names."""

    def __init__(self, words: dict[str, set[str]]) -> None:
        self._words = words
        self._lengths = sorted({len(word) for word in words}, reverse=True)

    def unsettled(self, places: pa.Table) -> pa.Table:
        """Of communities beside constituencies those whose name is no word of the constituency's own."""
        pairs = zip(
            places["community"].to_pylist(), places["constituency"].to_pylist(), strict=True
        )
        return places.filter(pa.array([not self._is_own(*pair) for pair in pairs], pa.bool_()))

    def _is_own(self, place: str, own: str) -> bool:
        return any(own in self._words[word] for word in self._found(place))

    def outside(self, batch: pa.RecordBatch) -> pa.RecordBatch:
        pairs = zip(batch["place"].to_pylist(), batch["constituency"].to_pylist(), strict=True)
        found = [(place, own, other) for place, own in pairs if (other := self._other(place, own))]
        columns = zip(*found, strict=True) if found else ((), (), ())
        return pa.RecordBatch.from_arrays(
            [pa.array(column, pa.string()) for column in columns], schema=OUTSIDE
        )

    def _other(self, place: str, own: str) -> str | None:
        named = [self._words[word] for word in self._found(place)]
        if not named or any(own in places for places in named):
            return None
        return "、".join(sorted(named[0])[:3])

    def _found(self, place: str) -> list[str]:
        """Every word at every place of the address, longer ones first, by look-up instead of search."""
        return [
            place[start : start + length]
            for start in range(len(place) - 1)
            for length in self._lengths
            if place[start : start + length] in self._words and start + length <= len(place)
        ]


# E55–E57 -----------------------------------------------------------------------------------------


def check_phones(engine: Engine) -> None:
    """One phone for more than five people; one person registered twice counts once (E55)."""
    people = "coalesce(r.number, r.name_key, r.record_id)"
    engine.create(
        "full_phones",
        "SELECT p.phone_key, r.record_id, "
        f"{people} AS person FROM (SELECT phone_key FROM records WHERE phone_key IS NOT NULL "
        f"GROUP BY phone_key HAVING count(*) > {MOST_ON_A_PHONE}) AS p JOIN records AS r ON r.phone_key = p.phone_key",
    )
    add(engine, Rule(
        "E55",
        "(SELECT f.record_id, f.phone_key, s.people FROM full_phones AS f JOIN "
        "(SELECT phone_key, count(DISTINCT person) AS people FROM full_phones GROUP BY phone_key) AS s "
        "ON s.phone_key = f.phone_key)",
        f"people > {MOST_ON_A_PHONE}",
        "电话 {phone} 登记了{people}人，可能是登记员或单位的电话",
        "The phone {phone} stands for {people} people; it may be the clerk's or the unit's",
        {"phone": masked_phone("phone_key"), "people": "people"},
    ))  # fmt: skip
    engine.drop("full_phones")


def check_birthdays(engine: Engine) -> None:
    """1 January in a constituency three times as often as any other day, and not by chance (E56)."""
    births = f"SELECT coalesce(constituency, '') AS constituency, {AGE_BORN} AS birth FROM records"
    add(engine, Rule(
        "E56",
        "(SELECT constituency, count(*) AS people, "
        "sum(CASE WHEN month(birth) = 1 AND day(birth) = 1 THEN 1 ELSE 0 END) AS first_days "
        f"FROM ({births}) AS b WHERE birth IS NOT NULL GROUP BY constituency)",
        f"first_days >= {FEWEST_BIRTHDAYS} AND first_days * 365.25 > {TIMES_EXPECTED} * people",
        "{people}人中有{first}人生于1月1日，按天数平均约{expected}人，可能是不知生日而代填",
        "{first} of {people} are born on 1 January where about {expected} are expected; perhaps filled in for an unknown birthday",
        {"people": "people", "first": "first_days", "expected": "round(people / 365.25, 1)"},
        "registrations", "NULL", "constituency",
    ))  # fmt: skip


# What makes two forms identical, read rather than as typed.
FORM: Final = " || '|' || ".join(
    f"coalesce(CAST(r.{column} AS VARCHAR), '')"
    for column in (
        "registered_by",
        "name_key",
        "number",
        "born",
        "sex_key",
        "phone_key",
        "constituency",
    )
)
WITH_SECONDS: Final = "[0-9]{1,2}[:：][0-9]{2}[:：][0-9]{2}|[T ][0-9]{6}"
MIDNIGHT: Final = "00:00:00"


def check_copies(engine: Engine) -> None:
    """The same form entered in the same second; a batch of different people is no copy (E57)."""
    engine.create(
        "full_moments",
        "SELECT registered_at, name_key FROM records WHERE registered_at IS NOT NULL AND name_key IS NOT NULL "
        "GROUP BY registered_at, name_key HAVING count(*) > 1",
    )
    timed = f"regexp_matches(m.registered_at, '{WITH_SECONDS}') AND m.registered_at NOT LIKE '%{MIDNIGHT}%'"
    engine.create(
        "same_moments",
        f"SELECT r.record_id, r.name, r.registered_at, r.registered_by, {FORM} AS form FROM records AS r "
        "JOIN full_moments AS m ON m.registered_at = r.registered_at AND m.name_key = r.name_key "
        f"WHERE {timed}",
    )
    add(engine, Rule(
        "E57",
        "(SELECT s.*, c.equal_rows FROM same_moments AS s JOIN (SELECT registered_at, form, count(*) AS equal_rows "
        "FROM same_moments GROUP BY registered_at, form) AS c ON c.registered_at = s.registered_at AND c.form = s.form)",
        "equal_rows > 1",
        "“{name}”有{rows}行内容相同，都在 {moment} 由“{clerk}”登记，像是复制的行",
        "There are {rows} equal rows of “{name}”, all entered at {moment} by “{clerk}”, as if copied",
        {"name": "name", "rows": "equal_rows", "moment": "registered_at", "clerk": "registered_by"},
    ))  # fmt: skip
    engine.drop("full_moments", "same_moments")
