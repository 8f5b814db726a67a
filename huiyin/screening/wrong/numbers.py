"""What is wrong with an identity number taken by itself, or beside the birth date and sex typed (E01–E09)."""

import datetime as dt
from typing import Final

from huiyin.kernel.identity import CHECK_CHARACTERS, WEIGHTS
from huiyin.screening.engines import Engine
from huiyin.screening.wrong import areas, lunar
from huiyin.screening.wrong.findings import Rule, add, day, masked

# Words for documents that carry the citizen's identity number, and words for no document at all.
CITIZENS: Final = "身份证|户口|居住证|identity|resident|^id( ?card)?$|^0?1$|^01$|^11[013]$"
FOREIGNERS: Final = (
    "外国|永久居留|foreign|permanent"  # though called 身份证, with numbers of their own
)
NONE: Final = "^(无|没有|未知|不详|none|unknown|-+|/)$"
OTHER_DOCUMENT: Final = (
    "document_kind IS NOT NULL "
    f"AND (NOT regexp_matches(lower(document_kind), '{CITIZENS}') "
    f"OR regexp_matches(lower(document_kind), '{FOREIGNERS}')) "
    f"AND NOT regexp_matches(lower(document_kind), '{NONE}')"
)
FORMED: Final = (
    "number IS NOT NULL AND coalesce(number_problem, '') NOT IN ('length', 'characters')"
)
SEEN: Final = masked("number")
FULL_WIDTH: Final = "[０-９Ａ-Ｚａ-ｚ]"
KEYBOARD: Final = "[xOoIi×]"


def expected_check() -> str:
    """The check character that the first seventeen digits ask for, in SQL."""
    terms = (
        f"coalesce(TRY_CAST(substr(number, {place}, 1) AS INTEGER), 0) * {weight}"
        for place, weight in enumerate(WEIGHTS, start=1)
    )
    return f"substr('{CHECK_CHARACTERS}', ({' + '.join(terms)}) % 11 + 1, 1)"


def check_form(engine: Engine) -> None:
    """Length, old numbers, check character, keyboard (E01–E04)."""
    add(engine, Rule(
        "E01", "records", f"number IS NULL AND NOT ({OTHER_DOCUMENT})",
        "身份证号为空，也没有写明其他证件",
        "There is no identity number and no other document",
        {"document": "document_kind"},
    ))  # fmt: skip
    add(engine, Rule(
        "E01", "records", f"number_problem = 'length' AND NOT ({OTHER_DOCUMENT})",
        "身份证号 {number} 有{length}位，应为18位",
        "The identity number {number} has {length} characters instead of 18",
        {"number": SEEN, "length": "length(number)"},
    ))  # fmt: skip
    add(engine, Rule(
        "E01", "records", f"number_problem = 'characters' AND NOT ({OTHER_DOCUMENT})",
        "身份证号 {number} 含有不该有的字符，读不成18位号码",
        "The identity number {number} holds characters that do not belong there",
        {"number": SEEN},
    ))  # fmt: skip
    add(engine, Rule(
        "E02", "records", "number_is_old",
        "15位旧身份证号，换成18位是 {number}；第一代身份证已于2013年停用，请核对现用证件",
        "An old number of 15 digits; with 18 it is {number}. First-generation cards ended in 2013: ask for the present card",
        {"number": SEEN},
    ))  # fmt: skip
    # A number with an impossible date hides its check character from `number_problem`.
    engine.create(
        "doubtful_numbers",
        "SELECT record_id, number FROM records "
        "WHERE number_problem IN ('checksum', 'birth_date') AND NOT number_is_old",
    )
    add(engine, Rule(
        "E03", f"(SELECT *, {expected_check()} AS expected FROM doubtful_numbers)",
        "substr(number, 18, 1) <> expected",
        "身份证号 {number} 的校验位不对：按前17位推算第18位应为{expected}，号码中至少有一位写错",
        "The check character of {number} is wrong: the first 17 digits ask for {expected}, so at least one character is mistyped",
        {"number": SEEN, "expected": "expected"},
    ))  # fmt: skip
    engine.drop("doubtful_numbers")
    add(engine, Rule(
        "E04", "records",
        f"{FORMED} AND identity_number <> number AND regexp_matches(identity_number, '{FULL_WIDTH}|{KEYBOARD}')",
        "身份证号 {number} 用了小写x、全角字或字母O、I，已按标准写法读取",
        "{number} was typed with a small x, full-width characters, or the letters O or I; it was read in the standard form",
        {"number": SEEN},
    ))  # fmt: skip


def check_area(engine: Engine) -> None:
    """Address codes against the table and its history (E05)."""
    areas.register(engine)
    add(engine, Rule(
        "E05",
        "records",
        f"{FORMED} AND substr(number, 1, 6) IN (SELECT area FROM unknown_areas)",
        "身份证号 {number} 的前6位 {code} 不是现行或历史上的地址码",
        "The first six digits {code} of {number} are no address code, now or in history",
        {"number": SEEN, "code": "substr(number, 1, 6)"},
    ))  # fmt: skip


# The 15 digits hold no century and are read as of the twentieth, as the standard says; 030228 may
# also have been somebody born in 2003.
IN_THIS_CENTURY: Final = (
    "coalesce(TRY_CAST('20' || substr(number, 9, 2) || '-' || substr(number, 11, 2) || '-' "
    "|| substr(number, 13, 2) AS DATE) = born, FALSE)"
)


def check_birth_in_number(engine: Engine, election_day: dt.date) -> None:
    """Impossible dates in the number (E06)."""
    add(engine, Rule(
        "E06", "records", f"number_problem = 'birth_date' AND NOT (number_is_old AND {IN_THIS_CENTURY})",
        "身份证号 {number} 里的出生日期 {date} 不可能（没有这一天，或晚于选举日 {election}，或年龄超过120岁）",
        "The birth date {date} in {number} is impossible: no such day, after election day {election}, or older than 120 years",
        {"number": SEEN, "date": "substr(number, 7, 8)", "election": f"'{election_day}'"},
    ))  # fmt: skip


# Beside what was typed ---------------------------------------------------------------------------

# 03/04/1990 and 90.3.4 can be read two ways; either may agree.
YEAR_LAST: Final = "^[0-9]{1,2}[-/.][0-9]{1,2}[-/.][12][0-9]{3}"
SHORT_YEAR: Final = "^[0-9]{2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?$"
READ_OTHERWISE: Final = (
    f"(regexp_matches(birth_date, '{YEAR_LAST}') AND year(born) = year(number_born) "
    "AND month(born) = day(number_born) AND day(born) = month(number_born)) "
    f"OR (regexp_matches(birth_date, '{SHORT_YEAR}') AND month(born) = month(number_born) "
    "AND day(born) = day(number_born) AND year(born) % 100 = year(number_born) % 100) "
    f"OR (number_is_old AND {IN_THIS_CENTURY})"
)
PARTIAL_DIFFERS: Final = (
    "born_problem = 'partial' AND substr(birth_date, 1, 4) <> CAST(year(number_born) AS VARCHAR)"
)
BIRTHS: Final = (
    "(SELECT record_id, birth_date, number, number_born, born FROM records "
    "WHERE number_born IS NOT NULL AND birth_date IS NOT NULL AND ("
    f"(born <> number_born AND NOT ({READ_OTHERWISE})) "
    f"OR born_problem IN ('impossible', 'unreadable', 'lunar') OR ({PARTIAL_DIFFERS})))"
)


def check_births(engine: Engine) -> None:
    """The birth date typed against the number's; a lunar birthday is told apart (E07)."""
    engine.create("different_births", f"SELECT * FROM {BIRTHS} AS found")
    pairs = "SELECT DISTINCT birth_date, born, number_born FROM different_births"
    engine.map_batches(pairs, lunar.explain, lunar.SCHEMA, "lunar_births")
    add(engine, Rule(
        "E07",
        "(SELECT d.*, l.zh AS hint_zh, l.en AS hint_en FROM different_births AS d LEFT JOIN lunar_births AS l "
        "ON d.birth_date = l.birth_date AND d.number_born = l.number_born)",
        "TRUE",
        "登记的出生日期“{typed}”与身份证号中的 {in_number} 不一致{hint_zh}",
        "The birth date typed, “{typed}”, differs from {in_number} in the identity number{hint_en}",
        {
            "typed": "birth_date", "in_number": day("number_born"), "number": SEEN,
            "hint_zh": "hint_zh", "hint_en": "hint_en",
        },
    ))  # fmt: skip
    engine.drop("different_births", "lunar_births")


def check_sexes(engine: Engine) -> None:
    """The sex typed against the seventeenth digit (E08)."""
    add(engine, Rule(
        "E08", "records", "sex_key <> number_sex",
        "登记的性别“{typed}”与身份证号 {number} 第17位 {digit}（{sex_zh}）不一致",
        "The sex typed, “{typed}”, differs from digit 17 of {number}, which is {digit} ({sex_en})",
        {
            "typed": "sex", "number": SEEN, "digit": "substr(number, 17, 1)",
            "sex_zh": "CASE number_sex WHEN 'male' THEN '男' ELSE '女' END", "sex_en": "number_sex",
        },
    ))  # fmt: skip


# The number governs where it is sound (practice of 8.1 V4); else what was typed is all there is.
AGE_BORN: Final = (
    "CASE WHEN number IS NOT NULL AND number_problem IS NULL THEN number_born "
    "ELSE coalesce(born, number_born) END"
)


def check_ages(engine: Engine, election_day: dt.date, *, birthday_counts: bool) -> None:
    """Younger than 18 on election day; who turns 18 that very day is listed for a look (E09)."""
    last = last_birth(election_day, birthday_counts=birthday_counts)
    source = f"(SELECT record_id, constituency, {AGE_BORN} AS birth FROM records)"
    add(engine, Rule(
        "E09", source, f"birth > DATE '{last}'",
        "{birth} 出生，到选举日 {election} 不满18周岁",
        "Born on {birth}, younger than 18 on election day {election}",
        {"birth": day("birth"), "election": f"'{election_day}'"},
    ))  # fmt: skip
    boundary = f"(SELECT constituency, count(*) AS people FROM {source} AS ages WHERE birth IN ({_boundary(election_day)}) GROUP BY constituency)"
    counted = ("计入", "count as 18") if birthday_counts else ("不计入", "do not count as 18")
    add(engine, Rule(
        "E09", boundary, "TRUE",
        f"有{{people}}人在选举日 {election_day} 当天满18周岁，按设置{counted[0]}，请逐人核对",
        f"{{people}} turn 18 on election day {election_day} itself; by the setting they {counted[1]}. Please look at each",
        {"people": "people"}, key="NULL", group="coalesce(constituency, '')", severity="I",
    ))  # fmt: skip


def last_birth(election_day: dt.date, *, birthday_counts: bool) -> dt.date:
    """The latest birth date that makes a voter. 29 February: 28 February if the birthday counts, else 1 March."""
    candidates = (
        election_day.replace(year=election_day.year - 18, day=1, month=1),
        dt.timedelta(1),
    )
    first, step = candidates
    days = (first - step + step * number for number in range(368))
    return max(day for day in days if _is_voter(day, election_day, birthday_counts=birthday_counts))


def _is_voter(born: dt.date, election_day: dt.date, *, birthday_counts: bool) -> bool:
    turned = _eighteenth(born, birthday_counts=birthday_counts)
    return turned <= election_day if birthday_counts else turned < election_day


def _eighteenth(born: dt.date, *, birthday_counts: bool) -> dt.date:
    try:
        return born.replace(year=born.year + 18)
    except ValueError:
        return dt.date(born.year + 18, *((2, 28) if birthday_counts else (3, 1)))


def _boundary(election_day: dt.date) -> str:
    """Births whose eighteenth birthday is election day, in either reading of 29 February."""
    near = (
        election_day.replace(year=election_day.year - 18, day=1) + dt.timedelta(n)
        for n in range(-1, 32)
    )
    exact = [
        born for born in near
        if election_day in (_eighteenth(born, birthday_counts=True), _eighteenth(born, birthday_counts=False))
    ]  # fmt: skip
    return ", ".join(f"DATE '{born}'" for born in exact)
