"""News from lower floors that venues listen to."""

from typing import Any

from huiyin.congress.models import Appointment
from huiyin.venues import actions


def drop_dismissed_officer(*, appointment_id: int, **_news: Any) -> None:
    actions.remove_officers_of(Appointment.objects.get(pk=appointment_id))
