"""What `verify_trail` proves here: an old wording has no trail, but names are bound to its hash."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from huiyin.kernel.verify import proves
from huiyin.suggestions.choices import SignatureState
from huiyin.suggestions.models import Signature, Suggestion, TextVersion
from huiyin.suggestions.models.suggestion import hash_of_text

CHUNK = 2_000


@proves
def wordings_are_what_was_signed() -> Iterator[str]:
    """Every wording fits its hash; the newest is the paper's own; every name stands under one of them."""
    for version in TextVersion.objects.order_by("pk").iterator(chunk_size=CHUNK):
        if version.hash != hash_of_text(version.title, version.situation, version.proposals):
            yield f"suggestion {version.suggestion_id}: wording {version.number} was changed"
    newest = {"suggestion": OuterRef("pk"), "number": OuterRef("text_version")}
    for pk in _without(Suggestion.objects.all(), newest):
        yield f"suggestion {pk}: its newest wording is missing"
    signed = Signature.objects.filter(state=SignatureState.SIGNED)
    for pk in _without(signed, {"suggestion": OuterRef("suggestion")}):
        yield f"signature {pk}: the wording that was signed is missing"


def _without(rows: QuerySet[Any], wording: dict[str, OuterRef]) -> Iterator[int]:
    """The keys of rows to whose hash there is no such wording."""
    wordings = TextVersion.objects.filter(hash=OuterRef("text_hash"), **wording)
    return rows.filter(~Exists(wordings)).order_by("pk").values_list("pk", flat=True).iterator()
