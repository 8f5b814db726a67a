"""Splink on DuckDB for duplicates alone, set up with care: `python splinking.py ROWS.parquet OUT.csv THREADS MEMORY`.

It is given the rows as the screening normalised them, so its clock runs for the matching only:
the same fields, term frequencies of names, distances on numbers, blocking by nine rules that
together reach nearly every true pair, parameters by random sampling and expectation maximisation.
"""

import json
import sys
import time
import warnings
from typing import Any

import duckdb
import splink.comparison_level_library as level
import splink.comparison_library as comparison
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

# The clock stops after one clustering; the others serve to report the best that Splink can give.
THRESHOLDS = (0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999)
BLOCKS = (
    block_on("number"),
    block_on("name_key", "born"),
    block_on("name_pinyin", "born"),
    block_on("name_key", "phone_key"),
    block_on("name_key", "home_key"),
    block_on("born", "phone_key"),
    block_on("born", "sex_key", "household_key"),
    block_on("substr(number, 1, 14)", "sex_key", "substr(name_key, 1, 1)"),
    block_on("substr(number, 7, 12)"),
)


def main() -> None:
    rows, out, threads, memory = sys.argv[1:]
    warnings.simplefilter("ignore")
    connection = duckdb.connect()
    connection.execute(f"SET threads = {int(threads)}; SET memory_limit = '{memory}'")
    connection.execute(f"CREATE TABLE rows AS SELECT * FROM read_parquet('{rows}')")
    started = time.perf_counter()
    api = DuckDBAPI(connection)
    linker = Linker(api.register("rows"), _settings(), log_level="ERROR")
    _train(linker)
    predicted = linker.inference.predict(threshold_match_probability=THRESHOLDS[0])
    clusters = _clustered(linker, predicted, THRESHOLDS[0])
    seconds, worked = time.perf_counter() - started, time.process_time()
    for threshold in THRESHOLDS:
        clusters = _clustered(linker, predicted, threshold)
        connection.execute(
            f"COPY (SELECT cluster_id, record_id, 'certain' AS certainty FROM {clusters}"
            f" QUALIFY count(*) OVER (PARTITION BY cluster_id) > 1) TO '{out}.{threshold}.csv'"
        )
    print(json.dumps({"seconds": seconds, "worked": worked, "thresholds": THRESHOLDS}))


def _clustered(linker: Linker, predicted: Any, threshold: float) -> str:
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold)
    return str(clusters.physical_name)


def _settings() -> SettingsCreator:
    return SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="record_id",
        comparisons=[
            comparison.DamerauLevenshteinAtThresholds("number", [1, 2]),
            _names(),
            comparison.DateOfBirthComparison("born", input_is_string=False),
            comparison.ExactMatch("sex_key"),
            comparison.DamerauLevenshteinAtThresholds("phone_key", [1]),
            comparison.LevenshteinAtThresholds("home_key", [2]),
            comparison.ExactMatch("household_key"),
        ],
        blocking_rules_to_generate_predictions=list(BLOCKS),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=False,
    )


def _names() -> comparison.CustomComparison:
    exact = level.ExactMatchLevel("name_key").configure(tf_adjustment_column="name_key")
    return comparison.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            level.NullLevel("name_key"),
            exact,
            level.ExactMatchLevel("name_pinyin"),
            level.DamerauLevenshteinLevel("name_key", 1),
            level.JaroWinklerLevel("name_key", 0.6),
            level.ElseLevel(),
        ],
    )


def _train(linker: Linker) -> None:
    training = linker.training
    sure = [block_on("number", "name_key"), block_on("name_key", "born", "phone_key")]
    training.estimate_probability_two_random_records_match(sure, recall=0.8)
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (block_on("number"), block_on("name_key", "born")):
        training.estimate_parameters_using_expectation_maximisation(rule)


if __name__ == "__main__":
    main()
