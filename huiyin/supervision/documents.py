"""The papers of supervision: the notice of a key item."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.congress.models import Congress
from huiyin.kernel import clock, documents
from huiyin.supervision.actions import suggestions_in
from huiyin.supervision.models import KeyItem


@translation.override(settings.LANGUAGE_CODE)
def key_notice(item: KeyItem) -> documents.PlainLetter:
    """The notice that a matter is under the chairpersons' eye (督办通知)."""
    held = suggestions_in(item)
    units = {each.lead_unit.name for each in held if each.lead_unit}
    opening = _("经%(meeting)s研究，将“%(title)s”列为%(year)s年重点督办事项。") % {
        "meeting": item.meeting,
        "title": item.title,
        "year": item.year,
    }
    led = _("由%(leader)s领衔督办，%(committee)s跟踪落实。") % {
        "leader": item.leader,
        "committee": item.committee,
    }
    return documents.PlainLetter(
        issuer=standing_committee(item.congress),
        document_number="",
        title=_("关于印发重点督办事项的通知"),
        salutation=_("、").join(sorted(units)) or _("各承办单位"),
        paragraphs=[
            opening + led,
            _("包含的建议："),
            *(f"{each.number} {each.title}" for each in held),
            _("督办方案："),
            *item.plan.splitlines(),
        ],
        unit=standing_committee(item.congress),
        signed_on=(item.noticed_at or clock.now()).astimezone(clock.ZONE).date(),
    )


def standing_committee(congress: Congress) -> str:
    return _("%(congress)s常务委员会") % {"congress": congress.name}
