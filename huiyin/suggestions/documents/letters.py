"""The letters: the reply, the notice of a paper not accepted as it is, those of a hand-over."""

import datetime as dt
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.congress.models import Congress, Unit
from huiyin.kernel import clock, documents
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule
from huiyin.suggestions.calculations import class_parts
from huiyin.suggestions.choices import Proposer, Reason, State
from huiyin.suggestions.models import (
    Assignment,
    DelegationVote,
    Motion,
    Reply,
    Suggestion,
)


@translation.override(settings.LANGUAGE_CODE)
def reply_letter(reply: Reply) -> documents.ReplyLetter:
    """The official reply in the look of GB/T 9704; a draft says so where the number goes."""
    suggestion, unit = reply.suggestion, reply.assignment.unit
    signed_on = (reply.signed_at or clock.now()).astimezone(clock.ZONE).date()
    return documents.ReplyLetter(
        issuer=unit.name,
        document_number=reply.document_number or _("（拟稿，未编号）"),
        title=_("关于对%(where)s%(number)s号建议的答复") % _place(suggestion),
        salutation=salutation(suggestion),
        paragraphs=[_opening(suggestion), *reply.body.splitlines()],
        unit=unit.name,
        signed_on=signed_on,
        class_mark=_class_mark(reply),
        signer=reply.signed_by.name if reply.signed_by else "",
        promises=[
            documents.Promise(promise.text, promise.promised_on, promise.responsible)
            for promise in suggestion.promises_of(reply)
        ],
        closing=_("感谢您对我们工作的关心和支持。"),
        contact_name=reply.contact_name,
        contact_phone=reply.contact_telephone,
        copies_to=_copies(suggestion, unit.is_administrative),
        verification_text=_public_address(suggestion),
        verification_note=_("扫码看这件建议的公开页") if suggestion.is_published else "",
    )


@translation.override(settings.LANGUAGE_CODE)
def examination_letter(suggestion: Suggestion) -> documents.PlainLetter:
    """Why the paper comes back, and what the deputy can do (docs/practice.md, reasons)."""
    reasons = [f"{code} {Reason(code).label}。" for code in suggestion.reasons]
    return documents.PlainLetter(
        issuer=_("%(congress)s常务委员会代表工作委员会") % {"congress": suggestion.congress.name},
        document_number="",
        title=str(_TITLES[State(suggestion.state)]),
        salutation=salutation(suggestion),
        paragraphs=[
            _("您提出的《%(title)s》收悉。经审查，意见如下：") % {"title": suggestion.title},
            *reasons,
            *suggestion.examination_words.splitlines(),
            str(_WHAT_NEXT[State(suggestion.state)]),
        ],
        unit=_("%(congress)s常务委员会代表工作委员会") % {"congress": suggestion.congress.name},
        signed_on=clock.today(),
    )


_TITLES = {
    State.RETURNED: gettext_lazy("关于请您修改代表建议的函"),
    State.REFUSED: gettext_lazy("关于代表建议不予受理的函"),
    State.LETTER: gettext_lazy("关于代表建议作来信处理的函"),
}
_WHAT_NEXT = {
    State.RETURNED: gettext_lazy(
        "请您修改后重新提交，也可以撤回。原文仍在系统里，签过名的代表会看到改动并重新确认。"
    ),
    State.REFUSED: gettext_lazy(
        "您可以就可由本级国家机关解决的事项另行提出建议。对审查意见有不同看法，请与我们联系。"
    ),
    State.LETTER: gettext_lazy(
        "我们将把这份材料作为代表来信转有关单位参考，不再编号，也不要求书面答复。"
    ),
}


def salutation(suggestion: Suggestion) -> str:
    """One deputy by name; a joint paper names the lead and counts the others."""
    name = suggestion.lead.person.name
    if suggestion.n_cosigners:
        count = suggestion.n_cosigners + 1
        return _("%(name)s等%(count)d名代表") % {"name": name, "count": count}
    return _("%(name)s代表") % {"name": name}


def _place(suggestion: Suggestion) -> dict[str, str]:
    """市十七届人大五次会议第…号, or between sessions after that session."""
    where = _("%(region)s第%(term)d届人大") % {
        "region": suggestion.congress.region.name,
        "term": suggestion.term.number,
    }
    if suggestion.session is not None:
        stage = _("第%(number)d次会议") % {"number": suggestion.session.number}
        where += stage + (_("闭会期间") if suggestion.is_between else "")
    return {"where": where, "number": _("第") + suggestion.number}


def _opening(suggestion: Suggestion) -> str:
    number = suggestion.number
    if suggestion.motion_number and suggestion.motion_number != number:
        number = _("%(number)s号，原议案第%(motion)s") % {
            "number": number,
            "motion": suggestion.motion_number,
        }
    return _("您提出的《%(title)s》（第%(number)s号）收悉。现答复如下：") % {
        "title": suggestion.title,
        "number": number,
    }


def _class_mark(reply: Reply) -> str:
    """甲类, or the words where a congress gives no marks."""
    mark, words = class_parts(reply.class_label or reply.result_class)
    if not reply.class_label:  # written before the scheme was kept
        mark, words = words, ""
    return _("%(mark)s类") % {"mark": mark} if mark else words


def _copies(suggestion: Suggestion, is_administrative: bool) -> list[str]:
    """The committee always; for the administration also its general office (Chongqing art. 25)."""
    copies = [_("%(congress)s常委会代工委") % {"congress": suggestion.congress.short_name}]
    if is_administrative:
        copies.append(_("%(region)s人民政府办公室") % {"region": suggestion.congress.region.name})
    return copies


def _public_address(suggestion: Suggestion) -> str:
    if not suggestion.is_published:
        return ""
    path = reverse("suggestions:published", args=suggestion.public_address)
    return f"{settings.SITE_ADDRESS}{path}"


@translation.override(settings.LANGUAGE_CODE)
def motion_paper(motion: Motion) -> documents.PlainLetter:
    """案由, 案据, 方案 and everybody behind it, as it is printed for the presidium."""
    paper = motion.suggestion
    submitted = (motion.submitted_at or clock.now()).astimezone(clock.ZONE).date()
    return documents.PlainLetter(
        issuer=paper.congress.name,
        document_number=paper.motion_number or _("（未编号）"),
        title=paper.title,
        salutation=_("大会主席团"),
        paragraphs=[
            _("议案类别：%(kind)s") % {"kind": motion.get_kind_display()},
            _("案据"),
            *paper.situation.splitlines(),
            _("方案"),
            *paper.proposals.splitlines(),
            *_behind(paper),
        ],
        unit=paper.lead.delegation if _is_delegations(paper) else paper.lead.person.name,
        signed_on=submitted,
    )


def _behind(paper: Suggestion) -> list[str]:
    """The delegation's vote, or the names that stand under this wording."""
    if _is_delegations(paper):
        vote = DelegationVote.objects.filter(suggestion=paper.pk).first()
        head = _("代表团团长：%(name)s") % {"name": paper.lead.person.name}
        if vote is None:
            return [head]
        told = _("代表团表决：全团%(all)d人，到会%(present)d人，同意%(for)d人。") % {
            "all": vote.n_members,
            "present": vote.n_present,
            "for": vote.n_for,
        }
        return [head, told]
    rows = paper.signatures.standing().select_related("deputy__person").order_by("-is_lead", "pk")
    names = [signature.deputy.person.name for signature in rows]
    return [_("领衔代表：%(name)s") % {"name": names[0]}, _("联名代表：") + "、".join(names[1:])]


def _is_delegations(paper: Suggestion) -> bool:
    return paper.proposer == Proposer.DELEGATION


@translation.override(settings.LANGUAGE_CODE)
def hand_over_letters(
    congress: Congress, day: dt.date, by_unit: Mapping[Unit, Sequence[Assignment]]
) -> bytes:
    """One file for the printer: for each unit a letter with its papers and a receipt (T8)."""
    rules = Rule.objects
    signing = rules.in_force(Key.SIGNING_WINDOW, congress.region, day)
    opinion = rules.in_force(Key.COHANDLER_WINDOW, congress.region, day)
    letters = [
        documents.UnitLetter(
            unit=unit.name,
            paragraphs=[
                _("现将%(count)d件代表建议交你单位办理，请在%(term)s内签收。")
                % {"count": len(tasks), "term": signing.words},
                _("主办的，请与代表充分沟通，在期限内书面答复；会办的，请按期把意见送主办单位。"),
            ],
            rows=[_handed(task, opinion.words) for task in tasks],
        )
        for unit, tasks in by_unit.items()
    ]
    issuer = _("%(congress)s常委会代工委") % {"congress": congress.short_name}
    return documents.hand_over_pdf(issuer, _("关于交办代表建议的函"), letters, signed_on=day)


def _handed(task: Assignment, opinion_term: str) -> documents.Handed:
    suggestion = task.suggestion
    due = _("签收后%(term)s") % {"term": opinion_term}
    if task.is_lead and suggestion.reply_clock:
        due = documents.chinese_date(suggestion.reply_clock.due_on)
    return documents.Handed(
        number=suggestion.number,
        title=suggestion.title,
        deputy=suggestion.lead.person.name,
        role=task.get_role_display(),
        due=due,
        part=task.part,
    )
