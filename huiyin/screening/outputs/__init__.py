"""What a screening leaves behind: tables, a summary for programs, a report and work lists for people."""

from pathlib import Path

from huiyin.screening.engines import Engine
from huiyin.screening.outputs import handover, report, summary, tables
from huiyin.screening.results import Results


def write(engine: Engine, results: Results, directory: Path) -> None:
    """All files of the screening, into a directory that is there already."""
    tables.write(engine, directory)
    figures = summary.figures(engine, results)
    summary.write(figures, directory / "summary.json")
    report.write(figures, directory / "report.html")
    handover.write(engine, directory / "handover")
