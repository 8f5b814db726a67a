"""Doubles: rows that are one person, with the evidence of every pair."""

import json
from typing import Final

import numpy as np
import pyarrow as pa

from huiyin.screening import names
from huiyin.screening.characters import hash_of
from huiyin.screening.doubles import candidates, features, training, verdicts
from huiyin.screening.doubles.clusters import Edges, cluster
from huiyin.screening.doubles.comparing import levels_of
from huiyin.screening.doubles.explaining import explain, explained_pairs
from huiyin.screening.doubles.levels import BANDS, FIELDS, NUMBER
from huiyin.screening.engines import Engine
from huiyin.screening.model import Model

COMMON: Final = 3  # rows; a name that fewer have is rare
DECIMALS: Final = 3
RARE: Final = 1.5  # rows that a rare name has, about


def find(engine: Engine, model: Model | None) -> Model:
    """`pairs`, `members` and `clusters` of the table `records`; the model learned, or the one given."""
    common = model.common if model else common_names(engine, "records")
    candidates.prepare(engine, "records", candidates.shared(engine, "records", common))
    candidates.within(engine)
    patterns, counts = candidates.patterns(engine, "compared")
    if model is None:
        model = learned(patterns, counts, common)
    judged(engine, patterns, model)
    explained_pairs(engine, "compared")
    _cluster(engine)
    explain(engine)
    return model


def learned(patterns: np.ndarray, counts: np.ndarray, common: features.Common) -> Model:
    """The model of a roll, from how often each pattern occurred in it."""
    weights = training.train(patterns, counts)
    bounds = verdicts.bounds_of(patterns, counts, weights, common.usual)
    return Model(weights, common, int(counts.sum()), bounds)


def judged(engine: Engine, patterns: np.ndarray, model: Model) -> None:
    """`verdicts`: for each pattern that means something its rule, score and evidence in words."""
    found = judgement(patterns, model)
    kept = np.flatnonzero(found.rule > 0)
    levels, _ = levels_of(patterns[kept])
    rules = [verdicts.RULES[place] for place in found.rule[kept]]
    weights = _weights(model)
    engine.register(
        "verdicts",
        pa.table(
            {
                "pattern": patterns[kept],
                "score": found.score[kept],
                "rule": pa.array([rule.name for rule in rules], pa.string()),
                "certain": found.certain[kept],
                "joins": found.joins[kept],
                "two_numbers": np.isin(
                    levels[:, FIELDS.index(NUMBER)],
                    [NUMBER.at(name) for name in ("twin_like", "same_tail", "near_valid", "other")],
                ),
                "words_zh": pa.array(
                    [_words(row, rule.zh, "zh") for row, rule in zip(levels, rules, strict=True)],
                    pa.string(),
                ),
                "words_en": pa.array(
                    [_words(row, rule.en, "en") for row, rule in zip(levels, rules, strict=True)],
                    pa.string(),
                ),
                "evidence": pa.array([_evidence(row, weights) for row in levels], pa.string()),
            }
        ),
    )


def judgement(patterns: np.ndarray, model: Model) -> verdicts.Verdicts:
    return verdicts.judge(patterns, model.weights, model.common.usual, model.bounds)


def _weights(model: Model) -> list[np.ndarray]:
    """For each field and level, how many bits it speaks for one person against two."""
    others = model.weights.shares[1:] / model.weights.shares[1:].sum()
    floor = training.LEAST
    return [
        np.round(np.log2(np.maximum(table[0], floor) / np.maximum(others @ table[1:], floor)), 1)
        for table in model.weights.chances
    ]


def _evidence(levels: np.ndarray, weights: list[np.ndarray]) -> str:
    known = {
        field.name: {"level": field.levels[level - 1].name, "weight": float(weight[level])}
        for field, level, weight in zip(FIELDS, levels, weights, strict=True)
        if level
    }
    return json.dumps(known, ensure_ascii=False)


def _words(levels: np.ndarray, rule: str, language: str) -> str:
    known = [
        getattr(field.levels[level - 1], language)
        for field, level in zip(FIELDS, levels, strict=True)
        if level
    ]
    return f"{rule}：{'、'.join(known)}" if language == "zh" else f"{rule}: {', '.join(known)}"


def common_names(engine: Engine, table: str) -> features.Common:
    """Hashes of the names that several rows have, and how common each is beside the usual.

    Names that differ in the stand-in for one character (□, ?, XIN) are one name here.
    """
    grouped = (
        f"SELECT name_key, count(*) AS people FROM {table} "
        "WHERE name_key IS NOT NULL GROUP BY name_key"
    )
    sums = engine.query(
        "SELECT coalesce(sum(people * people), 0) AS squares, coalesce(sum(people), 0) AS people "
        f"FROM ({grouped}) AS g"
    ).to_pylist()[0]
    usual = int(sums["squares"]) / max(int(sums["people"]), 1) or 1.0
    common = engine.query(f"SELECT name_key, people FROM ({grouped}) AS g WHERE people >= {COMMON}")
    hashes = hash_of(names.compared_letters(common["name_key"].combine_chunks()))
    known, place = np.unique(hashes, return_inverse=True)
    people = np.bincount(place, common["people"].to_numpy(), len(known))
    rare = int(_band(np.array(RARE / usual)))
    return features.Common(known, _band(people / usual), rare, round(usual, DECIMALS))


def _band(relative: np.ndarray) -> np.ndarray:
    return np.clip(np.round(np.log2(relative)), BANDS.start, BANDS.stop - 1).astype(np.int8)


def _cluster(engine: Engine) -> None:
    pairs = engine.query(
        "SELECT a, b, score, certain, two_numbers FROM found WHERE joins ORDER BY a, b"
    )
    edges = Edges(
        *(pairs[name].to_numpy() for name in ("a", "b", "score", "certain", "two_numbers"))
    )
    engine.register("members", cluster(edges))
