"""Addresses of this app."""

from django.urls import path

from huiyin.venues.views import desk, duties, imports, public

app_name = "venues"
urlpatterns = [
    path("venues/", public.index, name="index"),
    path("v/<str:code>/", public.card, name="card"),
    path("v/<str:code>/poster/", public.poster, name="poster"),
    path("desk/venues/", desk.index, name="desk"),
    path("desk/venues/new/", desk.open_venue, name="open_venue"),
    path("desk/venues/import/", imports.venues, name="import_venues"),
    path("desk/venues/<int:pk>/", desk.detail, name="desk_venue"),
    path("desk/venues/<int:pk>/change/", desk.change_venue, name="change_venue"),
    path("desk/venues/<int:pk>/place/", desk.place, name="place"),
    path("desk/venues/<int:pk>/remove/<int:placement_pk>/", desk.remove, name="remove"),
    path("desk/venues/<int:pk>/officers/", desk.add_officer, name="add_officer"),
    path(
        "desk/venues/<int:pk>/officers/<int:officer_pk>/remove/",
        desk.remove_officer,
        name="remove_officer",
    ),
    path("desk/venues/<int:pk>/plan/", duties.plan_duty, name="plan_duty"),
    path("desk/duties/", duties.timetable, name="timetable"),
    path("desk/duties/<int:pk>/", duties.detail, name="duty"),
    path("desk/duties/<int:pk>/open/", duties.open_duty, name="open_duty"),
    path("desk/duties/<int:pk>/close/", duties.close_duty, name="close_duty"),
    path("desk/duties/<int:pk>/cancel/", duties.cancel, name="cancel"),
]
