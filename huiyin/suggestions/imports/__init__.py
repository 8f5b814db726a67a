"""Spreadsheets in: old items of another system."""

from huiyin.suggestions.imports import old_items

__all__ = ["old_items"]
