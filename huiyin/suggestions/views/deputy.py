"""A deputy's own pages, made for the phone: what waits, the paper, the names under it."""

from typing import Any

from django.contrib import messages
from django.db.models import F
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.congress.models import Congress, Deputy
from huiyin.congress.seats import seats_of
from huiyin.opinions.models import Matter
from huiyin.suggestions import actions, exports, permissions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.calculations import differences
from huiyin.suggestions.choices import AttachmentPart
from huiyin.suggestions.forms.filters import SearchForm
from huiyin.suggestions.forms.motions import MotionForm
from huiyin.suggestions.forms.steps import StepForm
from huiyin.suggestions.forms.writing import InviteForm, TextForm
from huiyin.suggestions.models import Motion, Signature, Suggestion
from huiyin.suggestions.models.queries import newest_first
from huiyin.suggestions.models.resemblance import matters_like, promises_on, suggestions_like
from huiyin.suggestions.views.attachment_parts import laid_at
from huiyin.suggestions.views.tabs import tabs_of
from huiyin.suggestions.workflow import SIGNATURE, SUGGESTION
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen, number_of

TABS = {
    "": gettext_lazy("全部"),
    "sign": gettext_lazy("请我联名"),
    "rate": gettext_lazy("请我评价"),
    "confirm": gettext_lazy("请我确认面谈"),
    "returned": gettext_lazy("退回修改"),
    "writing": gettext_lazy("没提交的"),
    "under_way": gettext_lazy("办理中"),
    "done": gettext_lazy("办完的"),
}
URGENT = ("sign", "rate", "confirm", "returned")
MOST_FOUND = 20
LOOKED_AT, SHORTEST_LOOK = 600, 2  # characters


def mine(request):
    """Everything with my name on it; first what waits for me."""
    _demand_deputy(request.user)
    form = SearchForm(request.GET)
    tab = request.GET.get("tab", "")
    rows = Suggestion.objects.of_deputy(request.user).matching(**chosen(form))
    counts = rows.counted_by_deputy_tab(request.user)
    page = ListPage(
        request,
        rows.in_deputy_tab(tab, request.user).for_list(),
        sorts={
            "waiting": [*_waiting_first(), newest_first()],
            "newest": newest_first(),
            "due": ("clock__due_on", newest_first()),
        },
    )
    page.counted = counts.get(tab or "all", counts["all"])
    if page.format:
        return spreadsheet(_("我的建议"), *exports.suggestions(page.queryset), page.format)
    context = {"page": page, "form": form, "tabs": tabs_of(request, TABS, counts, URGENT)}
    return render(request, "suggestions/mine.html", context)


def write(request, form_of: type[TextForm] = TextForm):
    """A new paper; `from=opinions.matter:12` brings what residents said."""
    cited = _cited(request)
    mandates = _own_mandates(request.user)
    lead = _chosen_mandate(request, mandates, cited)
    form = _text_form(request, form_of, _begun(cited), heads=lead.heads_delegation)
    if _is_saving(request) and form.is_valid():
        text, origins = actions.Text(**form.wording()), _as_origins(cited)
        begin = motions.write if form_of is MotionForm else actions.write
        made = begin(lead, text=text, origins=origins, **form.begun(), by=request.user)
        suggestion = made.suggestion if isinstance(made, Motion) else made
        messages.success(request, _what_next(suggestion))
        return redirect("suggestions:deputy_detail", pk=suggestion.pk)
    return _show_paper(request, form, cited=cited, mandates=mandates, lead=lead)


def revise(request, pk: int):
    """Change the text; everybody who signed is asked again."""
    suggestion = visible(request.user, pk)
    SUGGESTION.check("revise", suggestion, by=request.user)
    form_of = MotionForm if suggestion.is_motion else TextForm
    form = _text_form(request, form_of, _text_of(suggestion))
    form.fields.pop("kind", None)  # it has a step of its own
    if _is_saving(request) and form.is_valid():
        text = actions.Text(**form.wording())
        suggestion = actions.revise(suggestion, text=text, by=request.user)
        messages.success(request, _what_next(suggestion))
        return redirect("suggestions:deputy_detail", pk=pk)
    return _show_paper(request, form, suggestion=suggestion)


def similar(request):
    """While typing: what others wrote, what residents said, what was promised on it already."""
    mandates = _own_mandates(request.user)
    typed = {name: request.GET.get(name, "") for name in ("title", "situation")}
    paper = _being_revised(request, mandates)
    congress = paper.congress if paper else _chosen_mandate(request, mandates, None).congress
    likes = _likes(request, typed, congress, paper)
    return render(request, "suggestions/write.html#similar", likes)


def invite(request, pk: int):
    """Find deputies by name and ask them to sign."""
    suggestion = visible(request.user, pk)
    step = "invite_more" if suggestion.state == "returned" else "invite"
    SUGGESTION.check(step, suggestion, by=request.user)
    if request.method == "POST":
        form = InviteForm(request.POST, item=suggestion)
        if form.is_valid() and form.cleaned_data["deputies"]:
            deputies = list(form.cleaned_data["deputies"])
            actions.invite(suggestion, deputies=deputies, by=request.user)
            messages.success(request, _("已发出邀请。"))
            return redirect("suggestions:deputy_detail", pk=pk)
        form.add_error(None, _("请至少选一位代表。"))
    else:
        form = InviteForm(item=suggestion, found=_found(request, suggestion))
    context = {"form": form, "suggestion": suggestion, "q": request.GET.get("q", "")}
    return render(request, "suggestions/invite.html", context, status=status_of(form))


def cosign(request, pk: int):
    """The wording, bound by its hash, and what changed since one signed last."""
    signatures = Signature.objects.filter(
        suggestion__in=Suggestion.objects.visible_to(request.user)
    )
    signature = get_object_or_404(signatures.select_related("suggestion__lead__person"), pk=pk)
    form = StepForm(request.POST if request.method == "POST" else None, item=signature)
    if request.method == "POST" and form.is_valid():
        with refusals_on(form):
            actions.sign(signature, text_hash=request.POST.get("text_hash", ""), by=request.user)
            messages.success(request, _("已联名，谢谢。"))
            return redirect("suggestions:deputy_detail", pk=signature.suggestion_id)
    else:
        SIGNATURE.check("sign", signature, by=request.user)
    context = {"signature": signature, "form": form, "changes": _changes(signature)}
    context["text_attachments"] = laid_at(request.user, signature.suggestion, [AttachmentPart.TEXT])
    return render(request, "suggestions/cosign.html", context, status=status_of(form))


def _text_form(
    request, form_of: type[TextForm], begun: dict[str, Any], *, heads: bool = False
) -> TextForm:
    """Bound when it is saved; while only looking for similar ones, what was typed stays as it is."""
    if _is_saving(request):
        return form_of(request.POST, heads_delegation=heads)
    typed = {name: value for name, value in request.POST.items() if name in form_of.base_fields}
    return form_of(initial=begun | typed, heads_delegation=heads)


def _what_next(suggestion: Suggestion) -> str:
    """A draft is kept however little there is of it; what is still missing is said."""
    labels = (_("案据"), _("方案")) if suggestion.is_motion else (_("情况和问题"), _("具体建议"))
    parts = dict(zip(labels, (suggestion.situation, suggestion.proposals), strict=True))
    missing = [label for label, text in parts.items() if not text.strip()]
    if missing:
        names = _("、").join(missing)
        return _("草稿已保存。“%(names)s”还没写，写好才能提交。") % {"names": names}
    return _("草稿已保存。请核对一遍，再提交或邀请联名。")


def _is_saving(request) -> bool:
    return request.method == "POST" and "look" not in request.POST


def _show_paper(request, form: TextForm, **more: Any):
    begun = {name: str(form[name].value() or "") for name in ("title", "situation")}
    paper: Suggestion | None = more.get("suggestion")
    congress = paper.congress if paper else more["lead"].congress
    context = {"form": form, **_likes(request, begun, congress, paper), **more}
    context["is_motion"] = isinstance(form, MotionForm)
    if paper:
        context["text_attachments"] = laid_at(request.user, paper, [AttachmentPart.TEXT])
    return render(request, "suggestions/write.html", context, status=status_of(form))


def visible(user: Any, pk: int) -> Suggestion:
    return get_object_or_404(Suggestion.objects.visible_to(user).for_page(), pk=pk)


def _demand_deputy(user: Any) -> None:
    """These pages do not exist for people without a mandate."""
    if not permissions.can_write(user):
        raise Http404


def _own_mandates(user: Any) -> list[Deputy]:
    """Many a city deputy sits in a county's congress too."""
    _demand_deputy(user)
    mandates = Deputy.objects.filter(pk__in=seats_of(user).deputy_ids)
    return list(mandates.select_related("congress__region", "term", "person").order_by("pk"))


def _chosen_mandate(request, mandates: list[Deputy], cited: Matter | None) -> Deputy:
    """The one ticked, else the one where the cited matter came in, else the first."""
    ticked = request.POST.get("mandate") or request.GET.get("mandate")
    for deputy in mandates:
        if str(deputy.pk) == ticked:
            return deputy
    near = [deputy for deputy in mandates if cited and deputy.congress_id == cited.congress_id]
    return (near or mandates)[0]


def _cited(request) -> Matter | None:
    kind, _colon, named = request.GET.get("from", "").partition(":")
    number = number_of(named)
    if kind != Matter.item_kind() or number is None:
        return None
    return Matter.objects.visible_to(request.user).filter(pk=number).first()


def _begun(cited: Matter | None) -> dict[str, str]:
    """A first line about what residents said: their number, never their words."""
    if cited is None:
        return {}
    told = _("有%(count)d位居民反映：%(title)s。") % {"count": cited.n_voices, "title": cited.title}
    title = _("关于%(title)s的建议") % {"title": cited.title}
    return {"title": title[:80], "situation": told}


def _as_origins(cited: Matter | None) -> list[actions.Cited]:
    if cited is None:
        return []
    return [actions.Cited(cited.item_kind(), cited.pk, cited.title[:200])]


def _text_of(suggestion: Suggestion) -> dict[str, Any]:
    names = [name for name in TextForm.base_fields if name != "proposer"]
    return {name: getattr(suggestion, name) for name in names}


def _being_revised(request, mandates: list[Deputy]) -> Suggestion | None:
    """The paper on the page, which is not like itself; its congress is searched."""
    besides = number_of(request.GET.get("besides", ""))
    if besides is None:
        return None
    mine = Suggestion.objects.visible_to(request.user).select_related("congress")
    among = [deputy.congress_id for deputy in mandates]
    return mine.filter(pk=besides, congress__in=among).defer("search").first()


def _likes(
    request, typed: dict[str, str], congress: Congress, besides: Suggestion | None
) -> dict[str, Any]:
    """Looked for in the congress the paper goes to: a deputy may sit in several."""
    text = " ".join(part[:LOOKED_AT] for part in typed.values()).strip()
    if len(text) < SHORTEST_LOOK:
        return {"likes": [], "matters": [], "promises": [], "looked": False}
    likes = suggestions_like(text, congress, besides=besides.pk if besides else None)
    return {
        "likes": likes,
        "matters": matters_like(text, request.user),
        "promises": promises_on([like.item for like in likes]),
        "looked": True,
    }


def _found(request, suggestion: Suggestion) -> list[Deputy]:
    q = request.GET.get("q", "").strip()[:30]
    asked = suggestion.signatures.exclude(state__in=["removed", "declined"]).values("deputy")
    sitting = Deputy.objects.sitting().named().filter(congress=suggestion.congress_id)
    found = sitting.exclude(pk__in=asked)
    if q:
        found = found.filter(person__name__icontains=q) | found.filter(delegation__icontains=q)
    return list(found.order_by("sort_key", "pk")[:MOST_FOUND])


def _changes(signature: Signature) -> list[Any]:
    """The difference between what was signed and what stands there now."""
    if signature.signed_version is None:
        return []
    old = signature.suggestion.versions.filter(number=signature.signed_version).first()
    if old is None or old.hash == signature.suggestion.text_hash:
        return []
    before = f"{old.title}\n\n{old.situation}\n\n{old.proposals}"
    new = signature.suggestion
    return differences(before, f"{new.title}\n\n{new.situation}\n\n{new.proposals}")


def _waiting_first() -> list[Any]:
    return [F("asks_to_sign").desc(), F("asks_to_rate").desc()]
