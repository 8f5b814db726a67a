"""Addresses of suggestions: the public's, the deputies', the desk's."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from huiyin.suggestions.feeds import Motions, Promises, Replies, Suggestions
from huiyin.suggestions.forms.motions import MotionForm
from huiyin.suggestions.pages import PAGES, REMARKS, REMOVAL
from huiyin.suggestions.views import (
    attachments,
    calendars,
    deputy,
    desk,
    detail,
    files,
    ledger,
    meeting,
    motions,
    old_items,
    public,
    remarks,
    steps,
    terms,
    units,
)

app_name = "suggestions"
urlpatterns = [
    path("suggestions/", public.public, name="public"),
    path("suggestions/feed/", login_not_required(Suggestions()), name="feed"),
    path("suggestions/feed/replies/", login_not_required(Replies()), name="replies_feed"),
    path("motions/feed/", login_not_required(Motions()), name="motions_feed"),
    path("promises/feed/", login_not_required(Promises()), name="promises_feed"),
    path("calendar/", calendars.calendar, name="calendar"),
    path("calendar/<int:pk>-<str:token>.ics", calendars.calendar_feed, name="calendar_feed"),
    path("suggestions/<str:number>/", public.by_number, name="by_number"),
    path("suggestions/<str:congress>/<str:number>/", public.published, name="published"),
    path("promises/", public.promises, name="promises"),
    path("motions/", motions.public_motions, name="public_motions"),
    path("motions/<int:pk>/", motions.published_motion, name="published_motion"),
    path("deputy/write/", deputy.write, name="write"),
    path("deputy/motions/write/", deputy.write, {"form_of": MotionForm}, name="write_motion"),
    path("deputy/write/similar/", deputy.similar, name="similar"),
    path("deputy/suggestions/", deputy.mine, name="mine"),
    path("deputy/suggestions/<int:pk>/", detail.detail, name="deputy_detail"),
    path("deputy/suggestions/<int:pk>/revise/", deputy.revise, name="revise"),
    path("deputy/suggestions/<int:pk>/invite/", deputy.invite, name="invite"),
    path("deputy/suggestions/<int:pk>/attach/", attachments.attach, name="deputy_attach"),
    path("deputy/suggestions/<int:pk>/versions/", detail.versions, name="deputy_versions"),
    path("deputy/signatures/<int:pk>/sign/", deputy.cosign, name="cosign"),
    path("desk/suggestions/", desk.desk, name="desk"),
    path("desk/suggestions/hand-over/", desk.hand_over_many, name="hand_over_many"),
    path("desk/suggestions/meeting/", meeting.meeting, name="meeting"),
    path("desk/suggestions/meeting/learn/", meeting.learn, name="learn_routes"),
    path("desk/suggestions/receipts/", meeting.receipts, name="receipts"),
    path("desk/suggestions/receipts/letters.pdf", meeting.letters, name="hand_over_letters"),
    path("desk/old-items/", old_items.old_item_files, name="old_item_files"),
    path("desk/old-items/template.xlsx", old_items.old_items_template, name="old_items_template"),
    path("desk/old-items/<int:pk>/", old_items.old_item_file, name="old_item_file"),
    path(
        "desk/old-items/<int:pk>/columns/", old_items.choose_old_columns, name="choose_old_columns"
    ),
    path("desk/old-items/<int:pk>/names/", old_items.answer_old_names, name="answer_old_names"),
    path("desk/old-items/<int:pk>/start/", old_items.start_old_items, name="start_old_items"),
    path(
        "desk/old-items/<int:pk>/progress/", old_items.old_items_progress, name="old_items_progress"
    ),
    path(
        "desk/old-items/<int:pk>/problems.xlsx",
        old_items.old_item_problems,
        name="old_item_problems",
    ),
    path("desk/suggestions/<int:pk>/", detail.detail, name="detail"),
    path("desk/suggestions/<int:pk>/attach/", attachments.attach, name="attach"),
    path("desk/attachments/<int:pk>/file/", attachments.attachment_file, name="attachment_file"),
    path(REMOVAL.path, attachments.remove_attachment, name=REMOVAL.name),
    path("desk/suggestions/<int:pk>/versions/", detail.versions, name="versions"),
    path("desk/suggestions/<int:pk>/draft-reply/", units.draft_reply, name="draft_reply"),
    path("desk/suggestions/<int:pk>/archive.zip", files.archive, name="archive"),
    path("desk/suggestions/<int:pk>/letter.<str:form>", files.letter, name="letter"),
    path("desk/replies/<int:pk>/reply.<str:form>", files.reply, name="reply"),
    path("desk/tasks/", units.tasks, name="tasks"),
    path("desk/tasks/<int:pk>/draft-part/", units.draft_part, name="draft_part"),
    path("desk/motions/", motions.motions, name="motions"),
    path("desk/motions/<int:pk>/motion.<str:form>", motions.motion_paper, name="motion_paper"),
    path("desk/remarks/", remarks.remarks, name="remarks"),
    path("desk/remarks/note/", remarks.note_remark, name="note_remark"),
    path("desk/remarks/<int:pk>/", remarks.remark, name="remark"),
    *(path(page.path, remarks.step, {"page": page}, name=page.name) for page in REMARKS),
    path("desk/terms/<int:pk>/hand-over-sheet/", terms.term_sheet, name="term_sheet"),
    path("desk/promises/", ledger.ledger, name="ledger"),
    *(path(page.path, steps.step, {"page": page}, name=page.name) for page in PAGES),
]
