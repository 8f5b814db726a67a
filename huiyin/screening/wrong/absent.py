"""People of a list who should be on the roll and are not (E25, E32, E38, E39, E46, E54)."""

import datetime as dt
from typing import Final

from huiyin.screening.engines import Engine
from huiyin.screening.wrong import numbers
from huiyin.screening.wrong.findings import Rule, add, masked
from huiyin.screening.wrong.matching import BIRTH, LISTED
from huiyin.screening.wrong.standing import NEGATED, OUT, is_true, read_days

DAYS_TO_USE: Final = (
    10  # a certificate given later than that before election day is still on its way
)
SONS_AND_DAUGHTERS: Final = "子|女|儿|媳|婿|^2|^3|son|daughter|child"
SEEN: Final = {"name": "name", "number": masked("number")}


REGISTERED: Final = "registered_people"
# The person of the register that a row of a list is: by number, or where it has none by all the rest.
BY_NUMBER: Final = "p.number = l.number"
BY_THE_REST: Final = (
    f"l.number IS NULL AND p.name_key = l.name_key AND {BIRTH.format('p')} = l.birth "
    "AND p.address_key = l.address_key"
)


def find_registered(engine: Engine) -> None:
    """`registered_people(listed, list_id)`: rows of the lists whose person is not among the missing
    of the register, since some registration is of them, however it was mistyped."""
    ways = [f"SELECT l.listed, l.list_id FROM {LISTED} AS l WHERE FALSE"]
    if engine.has("matched"):
        ways += [
            f"SELECT l.listed, l.list_id FROM {LISTED} AS l JOIN population AS p ON {way} "
            "JOIN matched AS m ON m.person_n = p.n"
            for way in (BY_NUMBER, BY_THE_REST)
        ]
    engine.create(REGISTERED, " UNION ".join(ways))


def unmatched(listed: str) -> str:
    """Rows of the list whose person is nowhere among the registrations; `<listed>_matches` is there."""
    return (
        f"(SELECT l.* FROM {listed} AS l "
        f"WHERE NOT EXISTS (SELECT 1 FROM {listed}_matches AS m WHERE m.list_id = l.record_id) "
        f"AND NOT EXISTS (SELECT 1 FROM {REGISTERED} AS g WHERE g.listed = '{listed}' AND g.list_id = l.record_id))"
    )


def with_days(listed: str, columns: tuple[str, ...]) -> str:
    """As above, with the list's dates under their names and `_day` behind."""
    days = ", ".join(f"d.{column} AS {column}_day" for column in columns)
    return f"(SELECT u.*, {days} FROM {unmatched(listed)} AS u JOIN {listed}_days AS d ON d.list_id = u.record_id)"


def check_certificates(engine: Engine, election_day: dt.date) -> None:
    """Issued some time ago, used nowhere, and its holder on no registration (E25)."""
    read_days(engine, "certificates", ("issued_on",), election_day)
    latest = election_day - dt.timedelta(DAYS_TO_USE)
    used = "(SELECT 1 FROM records AS r WHERE r.certificate_number = certificate)"
    add(engine, Rule(
        "E25",
        f"(SELECT c.*, c.certificate_number AS certificate FROM {with_days('certificates', ('issued_on',))} AS c)",
        f"used_in IS NULL AND coalesce(issued_on_day, DATE '1900-01-01') <= DATE '{latest}' AND NOT EXISTS {used}",
        "“{name}”（{number}）的选民资格证明 {certificate} 于 {issued} 开出，没有使用，本人也不在任何名册",
        "The certificate {certificate} of “{name}” ({number}), issued on {issued}, was not used, and its holder is on no roll",
        {**SEEN, "certificate": "certificate", "issued": "issued_on"}, "certificates",
    ))  # fmt: skip


def check_moves(engine: Engine, election_day: dt.date) -> None:
    """Out done, in not done, within this roll's divisions; `moved_matches` and `moved_days` are there (E32)."""
    came = (
        "EXISTS (SELECT 1 FROM moved AS i WHERE i.number = u.number "
        f"AND NOT regexp_matches(lower(coalesce(i.direction, '')), '{OUT}'))"
    )
    here = "to_code IS NULL OR substr(to_code, 1, 4) = substr(from_code, 1, 4)"
    add(engine, Rule(
        "E32", f"{with_days('moved', ('moved_on',))} AS u",
        f"regexp_matches(lower(coalesce(direction, '')), '{OUT}') AND ({here}) AND NOT {came} "
        f"AND coalesce(moved_on_day, DATE '1900-01-01') <= DATE '{election_day}'",
        "“{name}”（{number}）已于 {moved} 办理迁出，没有迁入记录，也不在任何名册",
        "“{name}” ({number}) moved out on {moved} with no entry of moving in, and is on no roll",
        {**SEEN, "moved": "moved_on"}, "moved",
    ))  # fmt: skip


def check_sentenced(engine: Engine, election_day: dt.date, *, birthday_counts: bool) -> None:
    """Sentenced without deprivation, and struck; `deprived_matches` is there (E38)."""
    last = numbers.last_birth(election_day, birthday_counts=birthday_counts)
    add(engine, Rule(
        "E38", f"(SELECT u.*, {BIRTH.format('u')} AS birth FROM {unmatched('deprived')} AS u)",
        f"regexp_matches(lower(coalesce(kind, '')), '{NEGATED}') AND coalesce(birth, DATE '1900-01-01') <= DATE '{last}'",
        "“{name}”（{number}）被判刑但未剥夺政治权利（{kind}），不在名册上",
        "“{name}” ({number}) was sentenced without deprivation ({kind}) and is not on the roll",
        {**SEEN, "kind": "kind"}, "deprived",
    ))  # fmt: skip


def check_custody(engine: Engine) -> None:
    """In custody without a decision to stop voting, and struck; `custody_matches` is there (E39)."""
    add(engine, Rule(
        "E39", unmatched("custody"), f"NOT {is_true('decision')}",
        "“{name}”（{number}）在羁押，没有停止行使选举权利的决定，却不在名册上",
        "“{name}” ({number}) is in custody without a decision to stop voting, and is not on the roll",
        {**SEEN, "decision": "decision"}, "custody", category="missing",
    ))  # fmt: skip


def check_permits(engine: Engine, *, has_certificates: bool) -> None:
    """Holders of a residence permit whom nobody asked: on no registration, with no certificate (E46)."""
    asked = "EXISTS (SELECT 1 FROM certificates AS c WHERE c.number = u.number)"
    add(engine, Rule(
        "E46", f"{unmatched('permits')} AS u", f"NOT {asked}" if has_certificates else "TRUE",
        "“{name}”（{number}）持有居住证，没有登记，也没有资格证明；请询问在何处参加选举",
        "“{name}” ({number}) holds a residence permit, is not registered and has no certificate; ask where they vote",
        SEEN, "permits",
    ))  # fmt: skip


def check_children(engine: Engine) -> None:
    """Of the missing, those whose household has somebody on the roll (E54)."""
    add(engine, Rule(
        "E54",
        "(SELECT p.person_id, p.name, p.number, p.relation, p.household_key FROM missing AS m "
        "JOIN population AS p ON p.person_id = m.person_id WHERE p.household_key IS NOT NULL "
        f"AND regexp_matches(lower(coalesce(p.relation, '')), '{SONS_AND_DAUGHTERS}') "
        "AND EXISTS (SELECT 1 FROM records AS r WHERE r.household_key = p.household_key))",
        "TRUE",
        "“{name}”（{number}）是本户的“{relation}”，同户有人登记，本人没有登记",
        "“{name}” ({number}) is “{relation}” of a household of which others are registered, and is not",
        {**SEEN, "relation": "relation"}, "population", "person_id",
    ))  # fmt: skip
