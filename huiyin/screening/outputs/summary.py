"""The screening in figures: what was read, what was found where, what was not checked and why."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from huiyin.screening import kinds
from huiyin.screening.engines import Engine
from huiyin.screening.results import Results

WORST: Final = 20  # constituencies
EXAMPLES: Final = 3  # of each kind
GROUPS: Final = 200  # findings about a constituency or community


@dataclass(frozen=True)
class Figures:
    """All that the report shows; `as_json` is what programs get."""

    results: Results
    counts: list[dict[str, Any]]  # code, category, severity, findings, rows
    clusters: list[dict[str, Any]]  # certainty, clusters, rows
    missing: list[dict[str, Any]]  # reason, people
    constituencies: list[dict[str, Any]]  # constituency, rows, wrong, duplicate, share
    groups: list[dict[str, Any]]  # code, severity, group_key, explanations
    examples: list[dict[str, Any]]  # code, record_id, constituency, explanations
    pairs: list[dict[str, Any]]  # suspects: cluster, rows, explanations
    areas: list[dict[str, Any]]  # address codes known by their use only
    not_checked: tuple[kinds.NotChecked, ...]

    def total(self, category: str, *severities: str) -> int:
        return sum(
            count["findings"]
            for count in self.counts
            if count["category"] == category and (not severities or count["severity"] in severities)
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "election_day": self.results.settings.election_day.isoformat(),
            "birthday_counts": self.results.settings.birthday_counts,
            "engine": self.results.settings.engine,
            "threads": self.results.settings.threads,
            "registrations": self.results.registrations,
            "lists": [_list(found) for found in self.results.lists],
            "counts": {
                f"{count['code']}": {name: count[name] for name in ("category", "severity", "findings", "rows")}
                for count in self.counts
                if count["severity"] != "I" or kinds.BY_CODE[count["code"]].severity == "I"
            },
            "duplicates": {row["certainty"]: {"clusters": row["clusters"], "rows": row["rows"]} for row in self.clusters},
            "missing": {row["reason"]: row["people"] for row in self.missing},
            "constituencies": self.constituencies,
            "groups": self.groups,
            "areas_known_by_use": self.areas,
            "not_checked": [
                {"code": entry.kind.code, "zh": entry.reason_zh, "en": entry.reason_en}
                for entry in self.not_checked
            ],
            "stages": [asdict(stage) for stage in self.results.stages],
        }  # fmt: skip


def _list(found: Any) -> dict[str, Any]:
    return {
        "kind": found.kind,
        "files": [Path(file).name for file in found.files],
        "rows": found.rows,
        "absent_columns": list(found.absent),
        "unknown_headers": list(found.unknown),
        "own_ids": found.own_ids,
    }


def write(figures: Figures, path: Path) -> None:
    text = json.dumps(figures.as_json(), ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")


def figures(engine: Engine, results: Results) -> Figures:
    """Counted in the engine; only small answers come out of it."""

    def rows(sql: str) -> list[dict[str, Any]]:
        return engine.query(sql).to_pylist()

    has_missing = engine.has("missing")
    return Figures(
        results=results,
        counts=rows(COUNTS),
        clusters=rows(CLUSTERS),
        missing=rows(MISSING) if has_missing else [],
        constituencies=rows(CONSTITUENCIES),
        groups=rows(ABOUT_GROUPS),
        examples=rows(SOME),
        pairs=rows(SUSPECTS),
        areas=rows("SELECT area, people FROM shared_areas ORDER BY area") if engine.has("shared_areas") else [],
        not_checked=kinds.not_checked(results.given, kinds.COLUMNS.keys() - results.absent),
    )  # fmt: skip


COUNTS: Final = (
    "SELECT code, category, severity, count(*) AS findings, count(DISTINCT record_id) AS rows FROM findings "
    "GROUP BY code, category, severity ORDER BY code, category, severity"
)
CLUSTERS: Final = (
    "SELECT certainty, count(DISTINCT cluster_id) AS clusters, count(*) AS rows FROM clusters "
    "GROUP BY certainty ORDER BY certainty"
)
MISSING: Final = (
    "SELECT reason, count(*) AS people FROM missing GROUP BY reason ORDER BY count(*) DESC, reason"
)
# Rows with something a person must look at, for each constituency; information alone does not count.
CONSTITUENCIES: Final = (
    "SELECT t.constituency, t.registered AS rows, coalesce(f.wrong, 0) AS wrong, coalesce(f.duplicate, 0) AS duplicate, "
    "coalesce(f.touched, 0) AS touched, coalesce(f.blocking, 0) AS blocking, "
    "round(100.0 * coalesce(f.touched, 0) / t.registered, 1) AS percent FROM "
    "(SELECT coalesce(constituency, '') AS constituency, count(*) AS registered FROM records GROUP BY coalesce(constituency, '')) AS t "
    "LEFT JOIN (SELECT coalesce(r.constituency, '') AS constituency, "
    "count(DISTINCT CASE WHEN f.category = 'wrong' THEN f.record_id END) AS wrong, "
    "count(DISTINCT CASE WHEN f.category = 'duplicate' THEN f.record_id END) AS duplicate, "
    "count(DISTINCT CASE WHEN f.severity = 'B' THEN f.record_id END) AS blocking, "
    "count(DISTINCT f.record_id) AS touched FROM findings AS f JOIN records AS r ON r.record_id = f.record_id "
    "WHERE f.list = 'registrations' AND f.severity <> 'I' GROUP BY coalesce(r.constituency, '')) AS f "
    "ON f.constituency = t.constituency ORDER BY percent DESC, touched DESC, t.constituency"
)
ABOUT_GROUPS: Final = (
    "SELECT code, severity, group_key, explanation_zh, explanation_en FROM findings "
    f"WHERE record_id IS NULL ORDER BY code, group_key LIMIT {GROUPS}"
)
SOME: Final = (
    "SELECT code, category, list, record_id, explanation_zh, explanation_en FROM (SELECT *, row_number() OVER "
    "(PARTITION BY code, category ORDER BY record_id) AS place FROM findings WHERE record_id IS NOT NULL) AS f "
    f"WHERE place <= {EXAMPLES} ORDER BY code, category, record_id"
)
SUSPECTS: Final = (
    "SELECT cluster_id, record_id, certainty, rule, score, explanation FROM (SELECT *, dense_rank() OVER "
    "(PARTITION BY certainty, rule ORDER BY cluster_id) AS place FROM clusters) AS c WHERE place <= 2 "
    "ORDER BY certainty, rule, cluster_id, record_id"
)
