"""One's own messages, and the outbox on the desk."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from huiyin.congress.seats import seats_of
from huiyin.notices import actions, exports, permissions
from huiyin.notices.forms import OutboxFilter
from huiyin.notices.models import KEEPERS, Message
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.lists import ListPage, chosen

INBOX_SORTS = {"unread": ("-unread", "-created_at")}
OUTBOX_SORTS = {
    "newest": "-created_at",
    "state": ("state", "-created_at"),
    "due": "not_before",
    "tries": ("-tries", "-created_at"),
}


@require_safe
def inbox(request):
    """Unread first, newest first."""
    rows = Message.objects.inbox_of(request.user.pk).unread_first()
    page = ListPage(request, rows, sorts=INBOX_SORTS)
    return render(request, "notices/inbox.html", {"page": page})


@require_POST
def read(request, pk):
    """Open a message: it counts as read, and one arrives where it points."""
    message = get_object_or_404(Message.objects.inbox_of(request.user.pk), pk=pk)
    message = actions.mark_read(message, by=request.user)
    is_inside = url_has_allowed_host_and_scheme(message.path, {request.get_host()})
    return redirect(message.path if message.path and is_inside else "notices:inbox")


@require_POST
def read_all(request):
    n = actions.mark_all_read(by=request.user)
    words = ngettext("%(n)d 条标为已读。", "%(n)d 条标为已读。", n)
    messages.success(request, words % {"n": n})
    return redirect("notices:inbox")


@require_safe
def outbox(request):
    if not seats_of(request.user).congresses(*KEEPERS):
        raise Http404
    filter_form = OutboxFilter(request.GET)
    rows = Message.objects.visible_to(request.user).outgoing().matching(**chosen(filter_form))
    page = ListPage(request, rows.select_related("user"), sorts=OUTBOX_SORTS)
    if page.format:
        return spreadsheet("outbox", exports.headers(), exports.rows(page.queryset), page.format)
    return render(request, "notices/outbox.html", {"page": page, "filter_form": filter_form})


@require_POST
def send_again(request, pk):
    message = get_object_or_404(Message.objects.visible_to(request.user), pk=pk)
    if not permissions.can_send_again(request.user, message):
        raise Http404
    actions.send_again(message, by=request.user)
    messages.success(request, _("已放回待发，一分钟内再发。"))
    return redirect("notices:outbox")
