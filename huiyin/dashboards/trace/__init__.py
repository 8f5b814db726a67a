"""The trace: the whole chain of one matter, from voices to the resident's "solved", both directions."""

from huiyin.dashboards.trace.build import Trace, trace_of
from huiyin.dashboards.trace.chain import KINDS, Chain, chain_of

__all__ = ["KINDS", "Chain", "Trace", "chain_of", "trace_of"]
