"""Addresses of this app."""

from django.urls import path

from huiyin.opinions.forms.desk import FORMS
from huiyin.opinions.forms.rights import RIGHTS
from huiyin.opinions.views import (
    deciding,
    deputies,
    following,
    importing,
    merging,
    open311,
    pictures,
    queues,
    reading,
    reception,
    rights,
    saying,
    units,
)

app_name = "opinions"
OPEN311 = "open311/v2/"
public = [
    path("say/", saying.say, name="say"),
    path("say/where/", saying.say_where, name="say_where"),
    path("say/send/", saying.say_send, name="say_send"),
    path("say/similar/", saying.similar, name="similar"),
    path("say/done/<str:code>/", saying.said, name="said"),
    path("v/<str:code>/say/", saying.say_at_venue, name="say_at_venue"),
    path("d/<str:code>/say/", saying.say_to_deputy, name="say_to_deputy"),
    path("follow/", following.follow, name="follow"),
    path("follow/<str:code>/", following.voice, name="voice"),
    path("follow/<str:code>/solved/", following.solved, name="solved"),
    path("follow/<str:code>/forget-phone/", following.forget_phone, name="forget_phone"),
    path("follow/<str:code>/take-back/", following.take_back, name="take_back"),
    path("follow/<str:code>/pictures/<int:pk>/", following.own_picture, name="own_picture"),
    path("matters/", reading.matters, name="matters"),
    path("matters/<int:pk>/join/", saying.join, name="join"),
    path("privacy/", reading.privacy, name="privacy"),
    path("open311/discovery.<str:form>", open311.discovery, name="open311_discovery"),
    path(f"{OPEN311}services.<str:form>", open311.services, name="open311_services"),
    path(
        f"{OPEN311}services/<str:code>.<str:form>",
        open311.service_definition,
        name="open311_service",
    ),
    path(f"{OPEN311}requests.<str:form>", open311.requests, name="open311_requests"),
    path(f"{OPEN311}requests/<int:pk>.<str:form>", open311.one_request, name="open311_request"),
    path(f"{OPEN311}tokens/<str:code>.<str:form>", open311.token, name="open311_token"),
]
desk = [
    path("desk/matters/", queues.desk, name="desk"),
    path("desk/handed-matters/", units.unit_matters, name="unit_matters"),
    path("desk/matters/<int:pk>/", deciding.matter, name="matter"),
    path("desk/matters/<int:pk>/set-subject/", deciding.set_subject, name="set_subject"),
    path("desk/matters/<int:pk>/publish/", deciding.publish, name="publish"),
    path("desk/matters/<int:pk>/hide/", deciding.hide, name="hide"),
    path("desk/matters/<int:pk>/merge/", deciding.merge, name="merge"),
    path("desk/matters/<int:pk>/unmerge/", deciding.unmerge, name="unmerge"),
    path("desk/pictures/<int:pk>/", pictures.picture, name="picture"),
    path("desk/walk-in/", reception.walk_in, name="walk_in"),
    path("desk/walk-in/similar/", reception.walk_in_similar, name="walk_in_similar"),
    path("desk/walk-in/<int:pk>/", reception.slip, name="slip"),
    path("desk/by-code/", rights.by_code, name="by_code"),
    path("desk/voices/<int:pk>/", rights.rights, name="rights"),
    *(
        path(
            f"desk/voices/<int:pk>/{name.replace('_', '-')}/",
            rights.exercise,
            {"name": name},
            name=name,
        )
        for name in RIGHTS
    ),
    path("desk/by-hand/", reception.by_hand, name="by_hand"),
    path("desk/by-hand/<int:pk>/", reception.tell_by_hand, name="tell_by_hand"),
    path("desk/merge-proposals/", merging.proposals, name="proposals"),
    path("desk/merge-proposals/<int:pk>/accept/", merging.accept, name="accept_proposal"),
    path("desk/merge-proposals/<int:pk>/reject/", merging.reject, name="reject_proposal"),
    path("desk/merge-proposals/<int:pk>/undo/", merging.undo, name="undo_proposal"),
    path("desk/voice-imports/", importing.voice_imports, name="imports"),
    path("desk/voice-imports/<int:pk>/", importing.voice_import, name="voice_import"),
    path("desk/voice-imports/<int:pk>/columns/", importing.choose_columns, name="choose_columns"),
    path("desk/voice-imports/<int:pk>/start/", importing.start_import, name="start_import"),
    path(
        "desk/voice-imports/<int:pk>/progress/", importing.import_progress, name="import_progress"
    ),
    path(
        "desk/voice-imports/<int:pk>/problems/", importing.import_problems, name="import_problems"
    ),
]
deputy = [
    path("deputy/matters/", deputies.deputy_matters, name="deputy_matters"),
    path("deputy/matters/<int:pk>/", deciding.matter, {"face": "deputy"}, name="deputy_matter"),
]
steps = [
    path(
        f"{face}/matters/<int:pk>/{name.replace('_', '-')}/",
        deciding.step,
        {"name": name, "face": face},
        name=name if face == "desk" else f"deputy_{name}",
    )
    for face in ("desk", "deputy")
    for name in FORMS
]
urlpatterns = public + desk + deputy + steps
