"""Suggestions for machines: what is public, what one's token may see, and every step on it."""

from huiyin.suggestions.api import public, reading, stepping, writing
from huiyin.suggestions.api.router import router

__all__ = ["public", "reading", "router", "stepping", "writing"]
