"""What residents said, for machines: approved titles, one's own voice, the desk's matters."""

from huiyin.opinions.api import public, work
from huiyin.opinions.api.router import router

__all__ = ["public", "router", "work"]
