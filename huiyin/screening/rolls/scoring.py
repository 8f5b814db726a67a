"""How well a screening found the truth of a made roll: pairs, wrong rows by kind, people left out."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import duckdb

# Pairs of rows with two good numbers that differ can only be suspects: nobody may merge them unseen.
PAIRS: Final = """
    WITH truth AS (SELECT record_id, person, number FROM read_csv($truth, all_varchar = true)),
    found AS (
        SELECT cluster_id, record_id FROM read_csv($found, all_varchar = true) WHERE certainty IN {}
    ),
    both_known AS (SELECT * FROM found JOIN truth USING (record_id))
    SELECT
        (SELECT coalesce(sum(n * (n - 1) / 2), 0)
            FROM (SELECT count(*) AS n FROM both_known GROUP BY cluster_id, person)),
        (SELECT coalesce(sum(n * (n - 1) / 2), 0)
            FROM (SELECT count(*) AS n FROM both_known GROUP BY cluster_id)),
        (SELECT coalesce(sum(n * (n - 1) / 2), 0)
            FROM (SELECT count(*) AS n FROM truth GROUP BY person)),
        (SELECT coalesce(sum(others * (n - others) + others * (others - 1) / 2), 0) FROM (
            SELECT count(*) FILTER (number <> 'bad' AND number <> 'none') AS n,
                count(*) FILTER (number = 'other') AS others FROM truth GROUP BY person))
"""
CODES: Final = """
    WITH truth AS (SELECT DISTINCT record_id, code FROM read_csv($truth, all_varchar = true)),
    allowed AS (SELECT DISTINCT record_id, code FROM read_csv($allowed, all_varchar = true)),
    found AS (SELECT DISTINCT record_id, code FROM read_csv($found, all_varchar = true)),
    asked AS (SELECT * FROM found ANTI JOIN allowed USING (record_id, code)
        UNION SELECT * FROM found SEMI JOIN truth USING (record_id, code))
    SELECT code,
        count(*) FILTER (t.record_id IS NOT NULL AND f.record_id IS NOT NULL),
        count(*) FILTER (t.record_id IS NULL),
        count(*) FILTER (f.record_id IS NULL)
    FROM (SELECT * FROM truth) AS t FULL JOIN asked AS f USING (record_id, code)
    GROUP BY code ORDER BY code
"""
MISSING: Final = """
    WITH truth AS (SELECT id FROM read_csv($truth, all_varchar = true)),
    found AS (SELECT DISTINCT record_id AS id FROM read_csv($found, all_varchar = true))
    SELECT count(*) FILTER (t.id IS NOT NULL AND f.id IS NOT NULL),
        count(*) FILTER (t.id IS NULL), count(*) FILTER (f.id IS NULL)
    FROM truth AS t FULL JOIN found AS f USING (id)
"""

OTHERS: Final = """
    WITH truth AS (SELECT id, code, mark FROM read_csv($truth, all_varchar = true)),
    found AS (SELECT DISTINCT coalesce(record_id, group_key) AS id, code FROM read_parquet($found)
        WHERE code IN (SELECT code FROM truth))
    SELECT code,
        count(*) FILTER (t.mark = 'demanded' AND f.id IS NOT NULL),
        count(*) FILTER (t.id IS NULL),
        count(*) FILTER (t.mark = 'demanded' AND f.id IS NULL)
    FROM truth AS t FULL JOIN found AS f USING (id, code) GROUP BY code ORDER BY code
"""


@dataclass(frozen=True)
class Score:
    """Right, false and overlooked answers; `out_of_reach` are right ones that may not be given."""

    right: int
    false: int
    overlooked: int
    out_of_reach: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.false) if self.right + self.false else 1.0

    @property
    def recall(self) -> float:
        there = self.right + self.overlooked
        return self.right / there if there else 1.0

    @property
    def recall_within_reach(self) -> float:
        there = self.right + self.overlooked - self.out_of_reach
        return min(1.0, self.right / there) if there else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairs(roll: Path, found: Path, *, suspects: bool) -> Score:
    """Pairs of rows of one person, in a file of `cluster_id,record_id,certainty`."""
    which = "('certain', 'suspect')" if suspects else "('certain')"
    right, said, there, apart = _row(PAIRS.format(which), roll / "truth_duplicates.csv", found)
    return Score(right, said - right, there - right, 0 if suspects else apart)


def codes(roll: Path, found: Path) -> dict[str, Score]:
    """By code, in a file of `record_id,code`."""
    parameters = {
        "truth": str(roll / "truth_wrong.csv"),
        "allowed": str(roll / "truth_tolerated.csv"),
        "found": str(found),
    }
    with duckdb.connect() as connection:
        rows = connection.execute(CODES, parameters).fetchall()
    return {code: Score(int(right), int(false), int(lost)) for code, right, false, lost in rows}


def others(roll: Path, findings: Path) -> dict[str, Score]:
    """By code, of what wrong.csv does not hold: other lists and whole constituencies, in findings.parquet."""
    parameters = {"truth": str(roll / "truth_others.csv"), "found": str(findings)}
    with duckdb.connect() as connection:
        rows = connection.execute(OTHERS, parameters).fetchall()
    return {code: Score(int(right), int(false), int(lost)) for code, right, false, lost in rows}


def missing(roll: Path, found: Path) -> Score:
    """People who ought to be on the roll, in a file of `record_id,reason`."""
    return Score(*_row(MISSING, roll / "truth_missing.csv", found))


def _row(query: str, truth: Path, found: Path) -> tuple[int, ...]:
    with duckdb.connect() as connection:
        row = connection.execute(query, {"truth": str(truth), "found": str(found)}).fetchone()
    return tuple(int(number) for number in row or ())
