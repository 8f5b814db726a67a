"""A handling unit's pages: its tasks by clock, and the reply it writes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.congress.seats import seats_of
from huiyin.kernel import clock
from huiyin.suggestions import actions, exports
from huiyin.suggestions.choices import AttachmentPart
from huiyin.suggestions.forms.filters import TaskFilter
from huiyin.suggestions.forms.writing import PromiseFormSet, ReplyForm
from huiyin.suggestions.models import Assignment, Suggestion
from huiyin.suggestions.models.gathering import gather
from huiyin.suggestions.models.queries import most_urgent_first
from huiyin.suggestions.views.attachment_parts import laid_at
from huiyin.suggestions.views.deputy import visible
from huiyin.suggestions.views.tabs import tabs_of
from huiyin.suggestions.workflow import ASSIGNMENT, SUGGESTION
from huiyin.ui.downloads import spreadsheet
from huiyin.ui.forms import INVALID, refusals_on
from huiyin.ui.lists import ListPage, chosen

TABS = {
    "": gettext_lazy("在办"),
    "overdue": gettext_lazy("逾期"),
    "unsigned": gettext_lazy("待签收"),
    "replies": gettext_lazy("待答复"),
    "opinions": gettext_lazy("待送会办意见"),
    "reviewing": gettext_lazy("待签发"),
    "done": gettext_lazy("办完的"),
}


def tasks(request):
    """What the unit has to do, the nearest date first."""
    if not seats_of(request.user).units():
        raise Http404
    form, today = TaskFilter(request.GET), clock.today()
    tab = request.GET.get("tab", "")
    rows = Assignment.objects.of_units(seats_of(request.user)).matching(**chosen(form))
    counts = rows.counted_by_tab(today)
    page = ListPage(
        request,
        rows.in_tab(tab, today).for_list(),
        sorts={"due": most_urgent_first(), "number": "suggestion__number"},
    )
    if page.format:
        return spreadsheet(_("承办任务"), *exports.tasks(page.queryset), page.format)
    if tab != "done":
        page.counted = counts.get(tab or "all", counts["all"])
    context = {
        "page": page,
        "form": form,
        "tabs": tabs_of(request, TABS, counts, {"overdue", "unsigned"}),
        "today": today,
    }
    return render(request, "suggestions/tasks.html", context)


def draft_reply(request, pk: int):
    """Write the reply and what it promises; saved as a draft until the leader signs."""
    suggestion = visible(request.user, pk)
    gather(suggestion)
    SUGGESTION.check("draft_reply", suggestion, by=request.user)

    def save(**letter):
        actions.draft_reply(suggestion, **letter, by=request.user)

    return _write_letter(request, suggestion, suggestion.current_reply, save)


def draft_part(request, pk: int):
    """The same for one unit's own part of a divided matter."""
    visible_ones = Suggestion.objects.visible_to(request.user)
    task = get_object_or_404(Assignment.objects.filter(suggestion__in=visible_ones), pk=pk)
    suggestion = visible(request.user, task.suggestion_id)
    gather(suggestion)
    task = next(each for each in suggestion.assignments.all() if each.pk == pk)
    ASSIGNMENT.check("draft_part", task, by=request.user)

    def save(**letter):
        actions.draft_part(task, **letter, by=request.user)

    return _write_letter(request, suggestion, suggestion.reply_of(task), save)


def _write_letter(request, suggestion, reply, save):
    data = request.POST if request.method == "POST" else None
    form = ReplyForm(data, item=suggestion, initial=_drafted(reply))
    promises = PromiseFormSet(data, prefix="promise", initial=_promised(suggestion, reply))
    if data is not None and form.is_valid() and promises.is_valid():
        with refusals_on(form):
            save(**form.cleaned_data, promises=_given(promises))
            messages.success(request, _("草稿已保存。"))
            return redirect("suggestions:detail", pk=suggestion.pk)
    context = {
        "suggestion": suggestion,
        "form": form,
        "promises": promises,
        "reply": reply,
        "attachments": laid_at(request.user, suggestion, [AttachmentPart.REPLY], reply_id=reply.pk)
        if reply
        else [],
        "opinions": [task for task in suggestion.assignments.all() if task.opinion],
    }
    status = INVALID if data is not None else 200
    return render(request, "suggestions/draft_reply.html", context, status=status)


def _given(promises) -> list[actions.Promised]:
    names = ("text", "promised_on", "responsible", "kind")
    given = [each.cleaned_data for each in promises if each.cleaned_data]
    return [actions.Promised(*(promise[name] for name in names)) for promise in given]


def _drafted(reply) -> dict[str, str]:
    names = ("result_class", "body", "contact_name", "contact_telephone")
    return {name: getattr(reply, name) for name in names} if reply else {}


def _promised(suggestion, reply) -> list[dict[str, object]]:
    names = ("text", "kind", "promised_on", "responsible")
    listed = suggestion.promises_of(reply) if reply else []
    return [{name: getattr(promise, name) for name in names} for promise in listed]
