"""Addresses of this app."""

from django.urls import path

from huiyin.congress.views import accounts, administration, bodies, deputies, imports, public, units

app_name = "congress"
urlpatterns = [
    path("deputies/", public.deputies, name="deputies"),
    path("d/<str:code>/", public.deputy, name="deputy"),
    path("d/<str:code>/poster/", public.poster, name="poster"),
    path("desk/deputies/", deputies.index, name="desk_deputies"),
    path("desk/deputies/import/", imports.deputies, name="import_deputies"),
    path("desk/deputies/accounts/", accounts.give_accounts, name="give_accounts"),
    path("desk/deputies/<int:pk>/", deputies.detail, name="desk_deputy"),
    path("desk/deputies/<int:pk>/change/", deputies.change, name="change_person"),
    path("desk/deputies/<int:pk>/suspend/", deputies.suspend, name="suspend"),
    path("desk/deputies/<int:pk>/name-head/", deputies.name_head, name="name_head"),
    path("desk/deputies/<int:pk>/relieve-head/", deputies.relieve_head, name="relieve_head"),
    path("desk/deputies/<int:pk>/resume/", deputies.resume, name="resume"),
    path("desk/deputies/<int:pk>/end/", deputies.end, name="end"),
    path("desk/bodies/", bodies.index, name="bodies"),
    path("desk/bodies/committees/new/", bodies.open_committee, name="open_committee"),
    path("desk/bodies/groups/new/", bodies.open_group, name="open_group"),
    path("desk/deputies/<int:pk>/give-account/", deputies.give_account, name="give_account"),
    path("desk/deputies/<int:pk>/link-account/", deputies.link_account, name="link_account"),
    path("desk/units/", units.index, name="units"),
    path("desk/units/new/", units.open_unit, name="open_unit"),
    path("desk/units/import/", imports.units, name="import_units"),
    path("desk/units/<int:pk>/", units.change_unit, name="change_unit"),
    path("desk/appointments/", administration.appointments, name="appointments"),
    path("desk/appointments/new/", administration.appoint, name="appoint"),
    path("desk/appointments/<int:pk>/dismiss/", administration.dismiss, name="dismiss"),
    path("desk/accounts/", accounts.index, name="accounts"),
    path("desk/accounts/<int:pk>/", accounts.detail, name="account"),
    path("desk/accounts/<int:pk>/password/", accounts.give_password, name="give_password"),
    path(
        "desk/accounts/<int:pk>/second-factor/",
        accounts.reset_second_factor,
        name="reset_second_factor",
    ),
    path("desk/accounts/<int:pk>/close/", accounts.close_account, name="close_account"),
    path("desk/accounts/<int:pk>/reopen/", accounts.reopen_account, name="reopen_account"),
    path("desk/terms/", administration.terms, name="terms"),
    path("desk/terms/<int:pk>/sessions/new/", administration.convene, name="convene"),
    path("desk/tokens/", administration.tokens, name="tokens"),
    path("desk/tokens/<int:pk>/revoke/", administration.revoke_token, name="revoke_token"),
    path("desk/unmaskings/", administration.unmaskings, name="unmaskings"),
]
