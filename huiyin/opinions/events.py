"""What upper apps may hear of, sent on commit, and what they are asked, which they answer at once."""

from django.dispatch import Signal

# matter_ids, before residents' words are deleted; answers with those whose words are still needed.
forgetting = Signal()
reopened = Signal()  # matter_id: a resident said that it is not solved
public_pages = (
    Signal()
)  # items, as (kind, id): answered with {(kind, id): (address, name)} of what is public
