"""Who may not be on this roll: the dead, the deprived, the moved, soldiers, foreigners (E28–E30, E33–E42)."""

import datetime as dt
from collections.abc import Set
from typing import Final

import pyarrow as pa

from huiyin.screening import dates
from huiyin.screening.engines import Engine
from huiyin.screening.wrong import areas
from huiyin.screening.wrong.findings import Rule, add, masked
from huiyin.screening.wrong.matching import match
from huiyin.screening.wrong.values import among

TRUE: Final = "('1', '是', '有', '√', 'y', 'yes', 'true', 't', '停止', '决定停止', '已决定')"
NEGATED: Final = "未剥夺|不剥夺|没有剥夺|未附加|不附加|无附加|without|not deprived"
ARMY_DOCUMENT: Final = "军官|士官|士兵|军人|文职|武警|officer|soldier|military|army"
ARMY_UNIT: Final = "解放军|武警.*(总队|支队|大队|中队)|[0-9]{4,6}部队|军分区|警备区|干休所"
CIVIL_UNIT: Final = "家属|小学|中学|幼儿园|有限公司|有限责任公司|社区|街道"
FOREIGN_DOCUMENT: Final = "外国人|永久居留|护照|passport|foreign|permanent resid"
OWN_PASSPORT: Final = "中国|中华人民共和国|china|chinese"
OURS: Final = "^(中国|中华人民共和国|中国籍|china|chinese|cn|chn|156)$"
OUT: Final = "出|out"
YEARS_AHEAD: Final = 60  # a sentence may end that long after election day


# Lists whose people are looked for among the registrations, and the column of their ids.
MATCHED: Final = ("deceased", "deprived", "custody", "moved", "certificates", "permits")
LEAVERS: Final = "leavers"
SPECIAL_STAFF: Final = "special_staff"


def is_true(column: str) -> str:
    return f"coalesce(lower(trim({column})) IN {TRUE}, FALSE)"


def find_again(engine: Engine, given: Set[str]) -> None:
    """`<list>_matches` of every list given, of those leaving by the register, and of staff with a mark."""
    sources = [(listed, "record_id") for listed in MATCHED if listed in given]
    if "population" in given:
        engine.create(
            LEAVERS,
            "SELECT * FROM population WHERE moved_out_on IS NOT NULL "
            "OR nationality NOT IN ('中国', '中国籍', '中华人民共和国', 'China', 'CHN', 'CN', '156')",
        )
        sources.append((LEAVERS, "person_id"))
    if "staff" in given:
        marked = "army IS NOT NULL OR county_organ IS NOT NULL OR not_county_led IS NOT NULL"
        engine.create(SPECIAL_STAFF, f"SELECT * FROM staff WHERE {marked}")
        sources.append((SPECIAL_STAFF, "record_id"))
    match(engine, sources)


def read_days(engine: Engine, listed: str, columns: tuple[str, ...], election_day: dt.date) -> str:
    """The table `<listed>_days(list_id, …)` with the columns as dates, NULL where none can be read."""
    schema = pa.schema([("list_id", pa.string()), *((name, pa.date32()) for name in columns)])
    ahead = dt.date(election_day.year + YEARS_AHEAD, 12, 31)

    def read(batch: pa.RecordBatch) -> pa.RecordBatch:
        days = [dates.read_dates(batch[name], ahead)[0] for name in columns]
        return pa.RecordBatch.from_arrays([batch["list_id"], *days], schema=schema)

    key = "person_id" if listed == LEAVERS else "record_id"
    into = f"{listed}_days"
    engine.map_batches(
        f"SELECT {key} AS list_id, {', '.join(columns)} FROM {listed}", read, schema, into
    )
    return into


def joined(listed: str, *, key: str = "record_id") -> str:
    """A registration beside its row in the list and that row's dates."""
    return (
        f"{listed}_matches AS r JOIN {listed} AS l ON l.{key} = r.list_id "
        f"JOIN {listed}_days AS d ON d.list_id = r.list_id"
    )


def check_deceased(engine: Engine, election_day: dt.date) -> None:
    read_days(engine, "deceased", ("died_on",), election_day)
    add(engine, Rule(
        "E35",
        f"(SELECT r.record_id, r.name, r.number, l.name AS listed, l.died_on AS died, d.died_on AS day FROM {joined('deceased')})",
        f"day IS NULL OR day <= DATE '{election_day}'",
        "“{name}”（{number}）在死亡人员名单上：“{listed}”，死亡日期 {died}",
        "“{name}” ({number}) is on the list of the deceased as “{listed}”, died on {died}",
        {"name": "name", "number": masked("number"), "listed": "listed", "died": "died"},
    ))  # fmt: skip


def check_deprived(engine: Engine, election_day: dt.date) -> None:
    """Deprived on election day; a term that ends by then restores the vote (E37)."""
    read_days(engine, "deprived", ("from_on", "until_on"), election_day)
    add(engine, Rule(
        "E36",
        "(SELECT r.record_id, r.name, r.number, l.kind, l.from_on AS since, l.until_on AS until, "
        f"d.from_on, d.until_on FROM {joined('deprived')})",
        f"coalesce(from_on, DATE '1900-01-01') <= DATE '{election_day}' "
        f"AND coalesce(until_on, DATE '9999-12-31') > DATE '{election_day}' "
        f"AND NOT regexp_matches(lower(coalesce(kind, '')), '{NEGATED}')",
        "“{name}”（{number}）在被剥夺政治权利人员名单上，期限 {since} 至 {until}",
        "“{name}” ({number}) is deprived of political rights from {since} to {until}",
        {"name": "name", "number": masked("number"), "since": "since", "until": "coalesce(until, '终身')"},
    ))  # fmt: skip


def check_custody(engine: Engine, election_day: dt.date) -> None:
    """In custody with a decision to stop voting; without one they keep the vote (E39)."""
    read_days(engine, "custody", ("from_on", "until_on"), election_day)
    add(engine, Rule(
        "E39",
        f"(SELECT r.record_id, r.name, r.number, l.decision, d.until_on FROM {joined('custody')})",
        f"{is_true('decision')} AND coalesce(until_on, DATE '9999-12-31') >= DATE '{election_day}'",
        "“{name}”（{number}）在羁押，检察院或法院已决定停止其行使选举权利",
        "“{name}” ({number}) is in custody, and it was decided that the right to vote is stopped",
        {"name": "name", "number": masked("number"), "decision": "decision"},
    ))  # fmt: skip


def check_moved(engine: Engine, election_day: dt.date) -> None:
    """Moved out and not in again since; voting by certificate where one lives now is another matter (E33)."""
    read_days(engine, "moved", ("moved_on",), election_day)
    latest = (
        "(SELECT *, row_number() OVER (PARTITION BY record_id ORDER BY day DESC, is_out) AS place FROM ("
        "SELECT r.record_id, r.name, r.number, r.place_kind, l.moved_on AS moved, l.to_code, l.from_code, "
        "coalesce(d.moved_on, DATE '1900-01-01') AS day, "
        f"CASE WHEN regexp_matches(lower(coalesce(l.direction, '')), '{OUT}') THEN 1 ELSE 0 END AS is_out "
        f"FROM {joined('moved')}) AS moves)"
    )
    add(engine, Rule(
        "E33", latest,
        f"place = 1 AND is_out = 1 AND day <= DATE '{election_day}' AND coalesce(place_kind, '') NOT LIKE '%证明%'",
        "“{name}”（{number}）已于 {moved} 迁出，去向 {to}，仍在原名册",
        "“{name}” ({number}) moved out on {moved}, to {to}, and is still on the roll",
        {"name": "name", "number": masked("number"), "moved": "moved", "to": "coalesce(to_code, '未写明')"},
    ))  # fmt: skip


def check_population(engine: Engine, election_day: dt.date, *, has_moves: bool) -> None:
    """What the register itself says: moved out, not a citizen (E33, E42)."""
    read_days(engine, LEAVERS, ("moved_out_on", "moved_in_on"), election_day)
    base = (
        "(SELECT r.record_id, r.name, r.number, r.place_kind, l.nationality, l.moved_out_on AS moved, "
        f"d.moved_out_on AS day, d.moved_in_on AS came FROM {joined('leavers', key='person_id')})"
    )
    add(engine, Rule(
        "E42", base,
        f"nationality IS NOT NULL AND NOT regexp_matches(lower(trim(nationality)), '{OURS}')",
        "“{name}”（{number}）在人口登记信息中的国籍是“{nationality}”",
        "In the population register the nationality of “{name}” ({number}) is “{nationality}”",
        {"name": "name", "number": masked("number"), "nationality": "nationality"},
    ))  # fmt: skip
    if not has_moves:
        add(engine, Rule(
            "E33", base,
            f"day <= DATE '{election_day}' AND coalesce(came, DATE '1900-01-01') < day "
            "AND coalesce(place_kind, '') NOT LIKE '%证明%'",
            "“{name}”（{number}）在人口登记信息中已于 {moved} 迁出，仍在名册",
            "By the population register “{name}” ({number}) moved out on {moved}, and is still on the roll",
            {"name": "name", "number": masked("number"), "moved": "moved"},
        ))  # fmt: skip


def check_documents(engine: Engine) -> None:
    """Soldiers and foreigners by the document they showed, soldiers also by their unit (E30, E42)."""
    of_army = among(engine, "document_kind", f"regexp_matches(lower(value), '{ARMY_DOCUMENT}')")
    army_unit = among(
        engine,
        "unit",
        f"regexp_matches(value, '{ARMY_UNIT}') AND NOT regexp_matches(value, '{CIVIL_UNIT}')",
    )
    foreign = among(
        engine,
        "document_kind",
        f"regexp_matches(lower(value), '{FOREIGN_DOCUMENT}') AND NOT regexp_matches(lower(value), '{OWN_PASSPORT}')",
    )
    add(engine, Rule(
        "E30", "records",
        f"{of_army} OR {army_unit}",
        "“{name}”像是军队人员（证件“{document}”，单位“{unit}”），应在军队参加选举",
        "“{name}” seems to belong to the army (document “{document}”, unit “{unit}”) and votes there",
        {"name": "name", "document": "document_kind", "unit": "unit"},
    ))  # fmt: skip
    add(engine, Rule(
        "E42", "records", foreign,
        "“{name}”登记的证件是“{document}”，外国人没有选举权",
        "The document of “{name}” is “{document}”; foreigners have no vote",
        {"name": "name", "document": "document_kind"},
    ))  # fmt: skip


# Staff -------------------------------------------------------------------------------------------


def check_staff(engine: Engine, *, has_constituencies: bool) -> None:
    """Army units; county organs that sit in a district; units the county does not lead (E28–E30)."""
    engine.create(
        "staff_people",
        "SELECT r.record_id, r.name, r.constituency, l.unit, l.county_organ, l.seat, l.not_county_led, l.army "
        f"FROM {SPECIAL_STAFF}_matches AS r JOIN {SPECIAL_STAFF} AS l ON l.record_id = r.list_id",
    )
    add(engine, Rule(
        "E30", "staff_people", is_true("army"),
        "“{name}”在单位名单上是军队人员（{unit}），应在军队参加选举",
        "By the unit's list “{name}” belongs to the army ({unit}) and votes there",
        {"name": "name", "unit": "unit"},
    ))  # fmt: skip
    if has_constituencies:
        engine.create(
            "staff_places",
            "SELECT s.*, c.division_code FROM staff_people AS s JOIN constituencies AS c ON c.constituency = s.constituency",
        )
        _check_places(engine)
        engine.drop("staff_places")
    engine.drop("staff_people")


def _check_places(engine: Engine) -> None:
    districts = sorted(code for code, name in areas.names().items() if name.endswith("区"))
    engine.register("city_districts", pa.table({"district": pa.array(districts, pa.string())}))
    add(engine, Rule(
        "E28",
        "(SELECT * FROM staff_places WHERE substr(division_code, 1, 6) IN (SELECT district FROM city_districts))",
        "county_organ IS NOT NULL AND lower(county_organ) NOT IN ('否', '无', '0', 'no', 'false')",
        "“{name}”是县直机关（{organ}，{unit}）人员，单位驻在市区（{seat}），应在本县参加选举，却登记在{constituency}",
        "“{name}” belongs to a county's organ ({organ}, {unit}) that sits in a city district ({seat}) and votes in the county, but is registered in {constituency}",
        {"name": "name", "organ": "county_organ", "unit": "unit", "seat": "seat", "constituency": "constituency"},
    ))  # fmt: skip
    add(engine, Rule(
        "E29", "staff_places",
        f"{is_true('not_county_led')} AND length(division_code) >= 9 AND substr(division_code, 7, 3) <> '000'",
        "“{name}”所在单位（{unit}）不属县级以下领导，只参加县级选举，却登记在{constituency}",
        "The unit of “{name}” ({unit}) is not led by the county or below; its staff vote for the county only, but are registered in {constituency}",
        {"name": "name", "unit": "unit", "constituency": "constituency"},
    ))  # fmt: skip
    engine.drop("city_districts")
