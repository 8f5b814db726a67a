"""Naming who may know of a suggestion handled in confidence."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment
from huiyin.kernel import clock
from huiyin.suggestions.forms.steps import StepForm

OF_THE_COMMITTEE = (Role.CLERK, Role.DIRECTOR, Role.GOVERNMENT)


class ConfideForm(StepForm):
    """The committee's people, the government office's, and those of the units concerned."""

    users = forms.ModelMultipleChoiceField(
        label=_("知悉人"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        units = item.assignments.working().values("unit")
        seats = Appointment.objects.in_force(clock.today()).filter(
            Q(role__in=OF_THE_COMMITTEE) | Q(unit__in=units), congress=item.congress_id
        )
        told = item.confidants.values("user")
        field = self.field("users")
        field.queryset = User.objects.filter(pk__in=seats.values("user")).exclude(pk__in=told)
        titles: dict[int, list[str]] = {}
        for seat in seats.select_related("unit"):
            where = (
                f"{seat.unit} {seat.get_role_display()}" if seat.unit else seat.get_role_display()
            )
            titles.setdefault(seat.user_id, []).append(where)
        field.label_from_instance = lambda user: f"{user.name}（{'、'.join(titles[user.pk])}）"


class UnconfideForm(StepForm):
    users = forms.ModelMultipleChoiceField(
        label=_("取消谁"), queryset=User.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        field = self.field("users")
        field.queryset = User.objects.filter(pk__in=item.confidants.values("user")).order_by("pk")
        field.label_from_instance = lambda user: user.name
