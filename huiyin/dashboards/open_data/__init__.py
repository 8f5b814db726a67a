"""Bulk files of what is public: made by the worker, read by anyone."""

from huiyin.dashboards.open_data.files import Package, latest, make, make_if_needed
from huiyin.dashboards.open_data.tables import DATASETS, Column, Dataset

__all__ = ["DATASETS", "Column", "Dataset", "Package", "latest", "make", "make_if_needed"]
