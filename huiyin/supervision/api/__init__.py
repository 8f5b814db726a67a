"""Key items, votes on units and score sheets, for machines; every step on the floor of supervision."""

from huiyin.supervision.api import reading, stepping
from huiyin.supervision.api.router import router

__all__ = ["reading", "router", "stepping"]
