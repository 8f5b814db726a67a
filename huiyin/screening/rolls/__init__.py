"""Invented voter rolls whose truth is known: `huiyin make-rolls PEOPLE SEED DIR`, for tests and benchmarks.

Nothing here knows how the screening works: names, confusions and errors have tables of their own,
so that a roll measures the screening and not an agreement between two copies of one table.
"""
