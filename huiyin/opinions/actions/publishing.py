"""What the public may read of a matter: a title that a clerk approved, and how many said it."""

from django.db import transaction

from huiyin.kernel import steps
from huiyin.kernel.trail import HasActor
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions.actions.receiving import index_matter
from huiyin.opinions.models import Matter, Voice
from huiyin.opinions.workflow import MATTER


@transaction.atomic
def publish(matter: Matter, *, title: str, by: HasActor) -> Matter:
    if not title.strip():
        raise NotPossible(_("请先写公开标题。"))
    changes = {"public_title": title.strip(), "is_public": True}
    matter = steps.take(MATTER, "publish", matter, by=by, changes=changes, words=title)
    first = Voice.objects.filter(first_matter=matter).order_by("pk").values_list("text", flat=True)
    index_matter(matter, first.first() or "")
    return matter


@transaction.atomic
def hide(matter: Matter, *, by: HasActor) -> Matter:
    return steps.take(MATTER, "hide", matter, by=by, changes={"is_public": False})
