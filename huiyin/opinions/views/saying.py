"""Saying something in three steps: no account, no cookie, no script needed."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models.functions import Length
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.congress.models import Congress, Deputy
from huiyin.kernel import clock, codes
from huiyin.kernel.limits import limited, visitor
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions as notices
from huiyin.opinions import actions
from huiyin.opinions.choices import Channel
from huiyin.opinions.forms import LastForm, WhatForm, WhereForm
from huiyin.opinions.forms.draft import Draft
from huiyin.opinions.models import (
    Asked,
    Matter,
    destination,
    same_matter_within,
    similar_matters,
)
from huiyin.opinions.views.privately import private
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Rule, RuleMissing
from huiyin.texts.places import names_in
from huiyin.ui.forms import status_of
from huiyin.venues.models import Venue

MOST_SIMILAR = 3


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
@limited("say", times=60, seconds=3600)
def say(request):
    """Step one: what."""
    if request.method != "POST":
        return _ask_what(request, Draft.new())
    draft = Draft.opened(request.POST.get("draft", ""))
    form = WhatForm(request.POST)
    if not form.is_valid():
        return _ask_what(request, draft, form)
    draft.text = form.cleaned_data["text"]
    seen = request.POST.get("seen", "").split()
    return _ask_where(request, draft, seen=seen)


@login_not_required
def say_at_venue(request, code):
    venue = get_object_or_404(Venue.objects.open(), code=code)
    return _ask_what(request, Draft.new(venue=venue.pk, region=venue.region_id))


@login_not_required
def say_to_deputy(request, code):
    deputy = get_object_or_404(Deputy.objects.sitting(), code=code)
    return _ask_what(request, Draft.new(deputy=deputy.pk))


@login_not_required
@require_POST
@limited("similar", times=300, seconds=3600)
def similar(request):
    """While one types: matters the public may see that look the same."""
    draft = Draft.opened(request.POST.get("draft", ""))
    draft.text = request.POST.get("text", "")[:2000].replace("\x00", "")
    return render(request, "opinions/say.html#similar", _similar(draft))


@login_not_required
@limited("say", times=60, seconds=3600)
def say_where(request):
    """Step two: where, with a photo if there is one."""
    if request.method != "POST":
        return redirect("opinions:say")
    draft = Draft.opened(request.POST.get("draft", ""))
    form = WhereForm(request.POST, request.FILES, within=_area())
    valid = form.is_valid()
    draft.place = form.cleaned_data.get("place", draft.place)
    draft.region = getattr(form.cleaned_data.get("region"), "pk", None)
    if "drop" in request.POST:
        draft.drop_picture()
    if content := form.cleaned_data.get("photo"):
        draft.keep_picture(content)
    if "back" in request.POST:
        return _ask_what(request, draft)
    return (
        _ask_last(request, draft, seen=request.POST.get("seen", "").split())
        if valid and "drop" not in request.POST
        else _ask_where(request, draft, form)
    )


@login_not_required
@limited("say", times=60, seconds=3600)
def say_send(request):
    """Step three: a telephone number, or none; then it is said."""
    if request.method != "POST":
        return redirect("opinions:say")
    draft = Draft.opened(request.POST.get("draft", ""))
    if not draft.text:
        return _ask_what(request, draft, WhatForm({}))
    if "back" in request.POST:
        return _ask_where(request, draft)
    form = LastForm(request.POST)
    if not form.is_valid():
        return _ask_last(request, draft, form)
    voice = _receive(draft, form.cleaned_data["phone"])
    draft.drop_picture()
    return redirect("opinions:said", code=voice.code)


@login_not_required
@private
def said(request, code):
    """The code, for keeping: to copy, to scan, to print."""
    voice = actions.find_voice(code, who=visitor(request))
    if voice is None:
        raise Http404
    address = follow_address(voice)
    context = {
        "voice": voice,
        "code": codes.grouped(voice.code),
        "address": address,
        "qr": codes.qr_svg(address, label=gettext("查询码的二维码")),
        "by_text": notices.sends_text_messages(),
    }
    return render(request, "opinions/said.html", context)


@login_not_required
@require_POST
@limited("join", times=60, seconds=3600)
def join(request, pk):
    """It is the same matter: on to the last step, with what was typed."""
    matter = get_object_or_404(Matter.objects.public(), pk=pk)
    draft = Draft.opened(request.POST.get("draft", ""))
    draft.joined = matter.pk
    draft.text = draft.text or _joining_words(matter)
    return _ask_last(request, draft)


def _joining_words(matter):
    return gettext("同一件事，算我一个：%(title)s") % {"title": matter.public_title}


def follow_address(voice):
    return settings.SITE_ADDRESS.rstrip("/") + reverse("opinions:voice", args=[voice.code])


def _receive(draft, phone):
    region, venue, deputy = _where(draft)
    joined = Matter.objects.public().filter(pk=draft.joined).first() if draft.joined else None
    congress, venue = destination(region=region, venue=venue, deputy=deputy)
    if congress is None:
        raise NotPossible(gettext("这里还没有开通，请直接到代表家站说。"))
    scanned = Channel.CODE if draft.venue or draft.deputy else Channel.WEB
    return actions.receive(
        congress=joined.congress if joined else congress,
        text=draft.text,
        channel=Channel.JOINED if joined else scanned,
        place=draft.place,
        region=region,
        venue=venue,
        deputy=deputy,
        phone=phone,
        pictures=draft.pictures(),
        joined=joined,
        submission=draft.token,
    )


def _where(draft):
    """What the code that was scanned says, and what was chosen."""
    return (
        Region.objects.filter(pk=draft.region).first() if draft.region else None,
        Venue.objects.filter(pk=draft.venue).first() if draft.venue else None,
        Deputy.objects.named().filter(pk=draft.deputy).first() if draft.deputy else None,
    )


def _ask_what(request, draft, form=None):
    form = form or WhatForm(initial={"text": draft.text})
    similar = _similar(draft) if draft.text else {}
    return _step(request, "opinions/say.html", draft, form, **similar)


def _ask_where(request, draft, form=None, seen=()):
    """Without a script this is where similar matters show first; seen ones do not nag again."""
    similar = _unseen(draft, seen)
    kept = {"place": draft.place, "region": draft.region}
    form = form or WhereForm(initial=kept, within=_area())
    return _step(request, "opinions/say_where.html", draft, form, **similar)


def _ask_last(request, draft, form=None, seen=()):
    """What looks the same shows here as well when only the place told it."""
    joined = Matter.objects.public().filter(pk=draft.joined).first() if draft.joined else None
    kept = {"voice": Key.RETENTION_VOICE, "contact": Key.RETENTION_CONTACT}
    retention = {name: retained(key) for name, key in kept.items()}
    only_joins = bool(joined) and draft.text == _joining_words(joined)
    more = {"joined": joined, "only_joins": only_joins, "retention": retention}
    more |= {} if joined or form else _unseen(draft, seen)
    return _step(request, "opinions/say_last.html", draft, form or LastForm(), **more)


def _step(request, template, draft, form, **more):
    _region, venue, deputy = _where(draft)
    context = {
        "draft": draft,
        "sealed": draft.sealed(),
        "form": form,
        "venue": venue,
        "deputy": deputy,
        **more,
    }
    response = render(request, template, context, status=status_of(form))
    response.headers["Cache-Control"] = "no-store"
    return response


def _similar(draft):
    """Only titles a clerk approved are compared and shown, never another's words."""
    region = _spoken_of(draft)
    found = similar_matters(
        Matter.objects.public().for_list(),
        Asked(draft.text, draft.place, region, within=same_matter_within(region or _area())),
        words=lambda matter: matter.public_title,
        placed=_where_it_is,
    )
    near = [one for one in found if region or _names_its_place(one.matter, draft)]
    return {"similar": near[:MOST_SIMILAR], "sealed": draft.sealed()}


def _unseen(draft, seen):
    similar = _similar(draft)
    similar["seen"] = [*seen, *(str(one.matter.pk) for one in similar["similar"])]
    similar["similar"] = [one for one in similar["similar"] if str(one.matter.pk) not in seen]
    return similar


def _spoken_of(draft):
    """The division that was chosen, else the one of the venue or the deputy whose code was scanned."""
    region, venue, deputy = _where(draft)
    if region is None and venue is not None:
        return venue.region
    return deputy.congress.region if region is None and deputy is not None else region


def _where_it_is(matter):
    return matter.whereabouts.name if matter.whereabouts else ""


def _names_its_place(matter, draft):
    """Before anybody said where, nobody is asked to join a matter of a place the words do not name."""
    where = _where_it_is(matter)
    named = names_in(f"{matter.public_title} {where}")
    return not where or any(name in f"{draft.text} {draft.place}" for name in named)


def _area():
    """The largest place that has a congress here: its streets and towns are what one may choose."""
    congress = (
        Congress.objects.select_related("region").order_by(Length("region__path"), "pk").first()
    )
    return congress.region if congress else None


def retained(key):
    """How many months the rulebook lets us keep it."""
    area = _area()
    try:
        return Rule.objects.value(key, area, clock.today())["months"] if area else None
    except RuleMissing:
        return None
