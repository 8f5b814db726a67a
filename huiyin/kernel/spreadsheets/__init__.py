"""Spreadsheets in and out: one reader, one writer, and the rows in error handed back."""

from huiyin.kernel.spreadsheets.cells import to_date, to_datetime
from huiyin.kernel.spreadsheets.columns import Columns, map_columns
from huiyin.kernel.spreadsheets.reading import read
from huiyin.kernel.spreadsheets.tables import Problem, Row, SpreadsheetError, Table
from huiyin.kernel.spreadsheets.writing import (
    csv_chunks,
    errors_workbook,
    neutralised,
    write_csv,
    write_sheets,
    write_xlsx,
)

__all__ = [
    "Columns",
    "Problem",
    "Row",
    "SpreadsheetError",
    "Table",
    "csv_chunks",
    "errors_workbook",
    "map_columns",
    "neutralised",
    "read",
    "to_date",
    "to_datetime",
    "write_csv",
    "write_sheets",
    "write_xlsx",
]
