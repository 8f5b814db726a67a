"""The papers of supervision: the notice of a key item, the certificate of an award."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from huiyin.congress.models import Congress
from huiyin.kernel import clock, documents
from huiyin.suggestions.models import Suggestion
from huiyin.supervision.actions import suggestions_in
from huiyin.supervision.models import Candidate, KeyItem


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


@translation.override(settings.LANGUAGE_CODE)
def certificate(candidate: Candidate) -> documents.PlainLetter:
    """The certificate of an award, with its number; of a suggestion for all its signers."""
    award = candidate.award
    whole: dict[str, str | int] = {"year": award.year, "kind": str(award.get_kind_display())}
    if candidate.suggestion is not None:
        to = salutation_of(candidate.suggestion)
        told = _("您提出的《%(title)s》（%(number)s号）被评为%(year)s年%(kind)s，特发此证。")
        whole |= {"title": candidate.suggestion.title, "number": candidate.suggestion.number}
    else:
        to = str(candidate.unit)
        told = _("你单位在办理代表建议工作中成绩突出，被评为%(year)s年%(kind)s，特发此证。")
    decided_at = award.decided_at or clock.now()
    return documents.PlainLetter(
        issuer=standing_committee(award.congress),
        document_number=_("证书编号 %(number)s") % {"number": candidate.certificate},
        title=_("荣誉证书"),
        salutation=to,
        paragraphs=[told % whole],
        unit=standing_committee(award.congress),
        signed_on=decided_at.astimezone(clock.ZONE).date(),
    )


def salutation_of(suggestion: Suggestion) -> str:
    """One deputy by name; of a joint paper the lead and the number of all."""
    name = suggestion.lead.person.name
    if suggestion.n_cosigners:
        count = suggestion.n_cosigners + 1
        return _("%(name)s等%(count)d名代表") % {"name": name, "count": count}
    return _("%(name)s代表") % {"name": name}


def standing_committee(congress: Congress) -> str:
    return _("%(congress)s常务委员会") % {"congress": congress.name}
