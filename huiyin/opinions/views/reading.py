"""What anyone may read: approved titles with their counts, and what we keep of whom."""

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.congress.models import Congress
from huiyin.notices import actions as notices
from huiyin.opinions import exports
from huiyin.opinions.forms import SearchForm
from huiyin.opinions.models import Matter
from huiyin.opinions.views.saying import retained
from huiyin.rulebook.choices import Key
from huiyin.ui.downloads import public_spreadsheet
from huiyin.ui.lists import ListPage, chosen

KEPT = {
    "voice": Key.RETENTION_VOICE,
    "contact": Key.RETENTION_CONTACT,
    "attachment": Key.RETENTION_ATTACHMENT,
    "log": Key.RETENTION_LOG,
}
SORTS = {"people": "-n_voices", "newest": "-last_voice_at"}


@login_not_required
@require_safe
def matters(request):
    form = SearchForm(request.GET)
    found = _titled(Matter.objects.public().for_list(), chosen(form).get("q", ""))
    page = ListPage(request, found, sorts=SORTS)
    if page.format:
        table = exports.public_matters(page.queryset)
        return public_spreadsheet(request, _("大家说的事"), table.headers, table.rows, page.format)
    return render(request, "opinions/matters.html", {"page": page, "filter_form": form})


@login_not_required
@require_safe
def privacy(request):
    kept = {name: retained(key) for name, key in KEPT.items()}
    congress = Congress.objects.order_by("pk").first()
    by_text = notices.sends_text_messages()
    context = {"kept": kept, "congress": congress, "by_text": by_text}
    return render(request, "opinions/privacy.html", context)


def _titled(queryset, typed):
    """By the approved title only: the search column also knows what residents wrote."""
    for word in typed.split()[:5]:
        queryset = queryset.filter(Q(public_title__icontains=word))
    return queryset
