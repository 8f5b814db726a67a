"""Voices (民意) and the matters they speak of.

A voice is what one resident said; only at the resident's own word is it put right or taken back,
and when its time is over its words are deleted. A matter is what it is about: the way
it goes, its clock and its deputy. Each voice begins with a matter of its own; merging moves
voices under one matter and can be undone, because each voice remembers its first matter.
"""

from huiyin.opinions.models.destinations import destination, venues_in
from huiyin.opinions.models.importing import VoiceImport
from huiyin.opinions.models.matters import (
    DONE_STATES,
    HANDED_TAB_LABELS,
    HANDED_TABS,
    OPEN_STATES,
    TAB_LABELS,
    TABS,
    Family,
    Matter,
    MatterQuerySet,
    list_choices,
)
from huiyin.opinions.models.merging import MergeProposal, MergeProposalQuerySet
from huiyin.opinions.models.similar import (
    Asked,
    Similar,
    district_and_town,
    same_matter_within,
    similar_matters,
)
from huiyin.opinions.models.voices import Picture, ProgressLine, Voice, VoiceQuerySet

__all__ = [
    "DONE_STATES",
    "HANDED_TABS",
    "HANDED_TAB_LABELS",
    "OPEN_STATES",
    "TABS",
    "TAB_LABELS",
    "Asked",
    "Family",
    "Matter",
    "MatterQuerySet",
    "MergeProposal",
    "MergeProposalQuerySet",
    "Picture",
    "ProgressLine",
    "Similar",
    "Voice",
    "VoiceImport",
    "VoiceQuerySet",
    "destination",
    "district_and_town",
    "list_choices",
    "same_matter_within",
    "similar_matters",
    "venues_in",
]
