"""One's own messages, and what leaves the house: the outbox, and other systems that are told."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.congress.choices import Role
from huiyin.congress.seats import frame_of, seats_of
from huiyin.notices import actions, exports, permissions
from huiyin.notices.forms import (
    DeliveryFilter,
    InboxFilter,
    OutboxFilter,
    WebhookForm,
    kind_labels,
)
from huiyin.notices.models import KEEPERS, Delivery, Message, Webhook
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import refusals_on, status_of
from huiyin.ui.lists import ListPage, chosen

INBOX_SORTS = {"unread": ("-unread", "-created_at"), "newest": "-created_at"}
OUTBOX_SORTS = {
    "newest": "-created_at",
    "state": ("state", "-created_at"),
    "due": "not_before",
    "tries": ("-tries", "-created_at"),
}
HOOK_SORTS = {"name": "name", "state": ("state", "name")}
DELIVERY_SORTS = {
    "newest": "-pk",
    "outcome": ("outcome", "-pk"),
    "tries": ("-tries", "-pk"),
    "event": ("event", "-pk"),
}


@require_safe
def inbox(request):
    """Unread first, newest first."""
    form = InboxFilter(request.GET)
    rows = Message.objects.inbox_of(request.user.pk).naming(**chosen(form)).unread_first()
    page = ListPage(request, rows, sorts=INBOX_SORTS)
    if page.format:
        table = exports.inbox(page.queryset)
        return spreadsheet(_("消息"), table[0], table[1], page.format)
    context = {"page": page, "filter_form": form, "base": frame_of(request.user)}
    return render(request, "notices/inbox.html", context)


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


@require_safe
def webhooks(request):
    """Which other systems are told of steps."""
    _kept_congresses(request.user)
    rows = Webhook.objects.visible_to(request.user).select_related("reads_as", "congress__region")
    page = ListPage(request, rows, sorts=HOOK_SORTS)
    if page.format:
        table = exports.webhooks(page.queryset)
        return spreadsheet("webhooks", table[0], table[1], page.format)
    return render(request, "notices/webhooks.html", {"page": page})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def subscribe(request):
    """A new receiver; its key is on this answer and nowhere else."""
    form = WebhookForm(request.POST or None, among=_kept_congresses(request.user))
    context = {"form": form}
    if form.is_valid():
        with refusals_on(form, "address"):
            hook, secret = actions.subscribe(**form.cleaned_data, by=request.user)
            context |= {"hook": hook, "secret": secret}
    return render(request, "notices/subscribe.html", context, status=status_of(form))


@require_safe
def webhook(request, pk):
    """One receiver and the log of what it was sent."""
    hook = _visible_hook(request.user, pk)
    filter_form = DeliveryFilter(request.GET)
    rows = hook.deliveries.matching(**chosen(filter_form)).defer("body")
    page = ListPage(request, rows, sorts=DELIVERY_SORTS)
    if page.format:
        table = exports.deliveries(page.queryset)
        return spreadsheet("deliveries", table[0], table[1], page.format)
    labels = kind_labels()
    context = {
        "hook": hook,
        "kinds": [labels.get(kind, kind) for kind in hook.kinds],
        "page": page,
        "filter_form": filter_form,
    }
    return render(request, "notices/webhook.html", context)


@require_POST
def pause(request, pk):
    actions.pause(_visible_hook(request.user, pk), by=request.user)
    messages.success(request, _("已暂停。期间的事恢复后补发。"))
    return redirect("notices:webhook", pk)


@require_POST
def resume(request, pk):
    actions.resume(_visible_hook(request.user, pk), by=request.user)
    messages.success(request, _("已恢复。"))
    return redirect("notices:webhook", pk)


@require_POST
def try_out(request, pk):
    actions.try_out(_visible_hook(request.user, pk), by=request.user)
    messages.success(request, _("试发的一条已放入待发，一分钟内发出。"))
    return redirect("notices:webhook", pk)


@require_POST
def deliver_again(request, pk):
    hooks = Webhook.objects.visible_to(request.user)
    rows = Delivery.objects.filter(webhook__in=hooks.values("pk")).select_related("webhook")
    delivery = actions.deliver_again(get_object_or_404(rows, pk=pk), by=request.user)
    messages.success(request, _("已放回待发，一分钟内再发。"))
    return redirect("notices:webhook", delivery.webhook_id)


def _visible_hook(user, pk):
    rows = Webhook.objects.visible_to(user).select_related("reads_as", "congress__region")
    return get_object_or_404(rows, pk=pk)


def _kept_congresses(user):
    """Those whose machine the person keeps; these pages do not exist for others."""
    kept = seats_of(user).congresses(Role.SYSTEM_ADMINISTRATOR)
    if not kept:
        raise Http404
    return kept
