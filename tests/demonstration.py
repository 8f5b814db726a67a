"""Loaded by pytest before the settings: tests run as the demonstration does, also without make."""

import os

os.environ.setdefault("HUIYIN_DEMO", "1")
