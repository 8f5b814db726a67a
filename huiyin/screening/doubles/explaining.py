"""Pairs and clusters in words: which rows, what they have in common, the values with numbers masked."""

from typing import Final

from huiyin.screening.engines import Engine


def masked(column: str) -> str:
    """SQL: first four and last two characters of a number, as `kernel.identity.mask_number` shows it."""
    return (
        f"CASE WHEN {column} IS NULL THEN '—' WHEN length({column}) < 10 THEN '****' "
        f"ELSE concat(substr({column}, 1, 4), repeat('*', length({column}) - 6), "
        f"substr({column}, length({column}) - 1, 2)) END"
    )


def shown(row: str) -> str:
    """SQL: a row's name, number and birth date."""
    return (
        f"concat(coalesce({row}.name, '—'), ' ', {masked(row + '.number')}, ' ', "
        f"coalesce(CAST({row}.born AS VARCHAR), {row}.birth_date, '—'))"
    )


BEST: Final = """
SELECT n, other, score, rule, pattern FROM (
    SELECT p.n, p.other, p.score, p.rule, p.pattern,
        row_number() OVER (PARTITION BY p.n ORDER BY p.certain DESC, p.score DESC, p.other) AS place
    FROM (
        SELECT a AS n, b AS other, score, rule, certain, pattern FROM found
        UNION ALL SELECT b AS n, a AS other, score, rule, certain, pattern FROM found
    ) AS p
    JOIN members AS m ON m.n = p.n
    JOIN members AS o ON o.n = p.other AND o.cluster = m.cluster
) AS ranked WHERE place = 1
"""


def explained_pairs(engine: Engine, compared: str) -> None:
    """`found`: the pairs that mean something, by keys; `pairs`: by the ids of the rows."""
    engine.create(
        "found",
        "SELECT c.a, c.b, c.pattern, v.score, v.rule, v.certain, v.joins, v.two_numbers "
        f"FROM {compared} c JOIN verdicts v ON v.pattern = c.pattern",
    )
    engine.create(
        "pairs",
        "SELECT least(x.record_id, y.record_id) AS a, greatest(x.record_id, y.record_id) AS b, "
        "f.score, f.rule, f.certain, v.evidence FROM found f "
        "JOIN verdicts v ON v.pattern = f.pattern "
        "JOIN records x ON x.n = f.a JOIN records y ON y.n = f.b",
    )


def explain(engine: Engine) -> None:
    """`clusters`: a row for each member with its strongest reason, and `evidence`."""
    engine.create("best", BEST)
    engine.create(
        "clusters",
        f"""
        SELECT concat('D-', named.cluster_id) AS cluster_id, r.record_id,
            CASE WHEN m.certain THEN 'certain' ELSE 'suspect' END AS certainty,
            b.score, b.rule,
            concat('与 ', o.record_id, '（', {shown("o")}, '）', v.words_zh,
                ' / with ', o.record_id, ' (', {shown("o")}, ') ', v.words_en) AS explanation,
            v.evidence
        FROM members m
        JOIN best b ON b.n = m.n
        JOIN verdicts v ON v.pattern = b.pattern
        JOIN records r ON r.n = m.n
        JOIN records o ON o.n = b.other
        JOIN (
            SELECT k.cluster, min(q.record_id) AS cluster_id
            FROM members k JOIN records q ON q.n = k.n GROUP BY k.cluster
        ) AS named ON named.cluster = m.cluster
        """,
    )
