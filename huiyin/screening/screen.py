"""The whole screening: lists in, a directory of results out."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from huiyin.screening import directories, missing, model, outputs, wrong
from huiyin.screening.doubles import finding, identities
from huiyin.screening.engines import Engine, open_engine
from huiyin.screening.lists import ListRead, read_list
from huiyin.screening.model import Model
from huiyin.screening.results import Results
from huiyin.screening.settings import Settings
from huiyin.screening.stages import Stages

MODEL: Final = "model.json"
SUMMARY: Final = "summary.json"
FINDINGS: Final = (
    "list, record_id, code, category, severity, group_key, explanation_zh, explanation_en, evidence"
)
ELECTORAL: Final = "registrations"


def screen(
    lists: Mapping[str, Sequence[Path]],
    directory: Path,
    settings: Settings,
    *,
    known: Model | None = None,
    model_file: Path | None = None,
) -> Results:
    """Screen the registrations against the other lists and write everything into the directory.

    The directory is there whole or not at all. BadInput says what a person must put right. With a
    known model nothing is learned; the model used is written to `model.json` and to `model_file`.
    """
    stages = Stages(total=4 + len(lists))
    with directories.whole(directory) as (written, spill):
        engine = open_engine(
            settings.engine, spill, threads=settings.threads, memory=settings.memory
        )
        try:
            results = _screened(engine, lists, settings, known, stages, written)
        finally:
            engine.close()
        if model_file and known is None:
            model_file.write_bytes((written / MODEL).read_bytes())
    stages.finish()
    return results


def _screened(
    engine: Engine,
    lists: Mapping[str, Sequence[Path]],
    settings: Settings,
    known: Model | None,
    stages: Stages,
    written: Path,
) -> Results:
    read = tuple(_read(engine, kind, paths, settings, stages) for kind, paths in lists.items())
    given = frozenset(lists)
    with stages.stage("duplicates", "查重", "doubles"):
        used = finding.find(engine, known)
        model.write(used, written / MODEL)
    with stages.stage("missing", "查漏", "missing"):
        if "population" in given:
            missing.find(
                engine,
                given,
                used,
                election_day=settings.election_day,
                last_election=settings.since,
                birthday_counts=settings.birthday_counts,
            )
    with stages.stage("wrong", "查错", "wrong"):
        wrong.check(engine, given, settings, Results(settings, read, ()).absent)
        identities.find(engine, given)
        engine.view(
            "findings",
            f"SELECT {FINDINGS} FROM wrong_findings UNION ALL SELECT {FINDINGS} FROM identity_findings",
        )
    results = Results(settings, read, tuple(stages.done))
    with stages.stage("outputs", "写结果", "files"):
        outputs.write(engine, results, written)
    _complete_summary(written / SUMMARY, stages)
    return Results(settings, read, tuple(stages.done))


def _read(
    engine: Engine, kind: str, paths: Sequence[Path], settings: Settings, stages: Stages
) -> ListRead:
    registrations = kind == ELECTORAL
    with stages.stage(f"read_{kind}", f"读取 {kind}", "reading"):
        return read_list(
            engine,
            kind,
            paths,
            today=settings.election_day,
            mapping=settings.mapping.get(kind),
            table="records" if registrations else None,
            threads=settings.threads,
        )


def _complete_summary(path: Path, stages: Stages) -> None:
    """The last stage is over only when its files are written; its figures come after."""
    summary: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    summary["stages"] = [
        {
            "name": stage.name,
            "seconds": stage.seconds,
            "work": stage.work,
            "peak_memory": stage.peak_memory,
        }
        for stage in stages.done
    ]
    summary["seconds"] = round(sum(stage.seconds for stage in stages.done), 3)
    summary["peak_memory"] = max(stage.peak_memory for stage in stages.done)
    path.write_text(json.dumps(summary, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
