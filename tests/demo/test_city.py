"""The demonstration city as `make demo` builds it, with fewer papers and voices."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from huiyin.demo import build
from huiyin.kernel import verify
from huiyin.opinions.models import Matter, MergeProposal, Voice
from huiyin.suggestions.choices import State
from huiyin.suggestions.models import Attachment, Motion, Promise, Rating, Reply, Suggestion
from huiyin.supervision.models import KeyItem, Scorecard
from huiyin.venues.models import Duty

pytestmark = [pytest.mark.long, pytest.mark.django_db(transaction=True)]
SMALL = build.Size(suggestions=8, other_matters=8, imported=40)
PROMISED_LOGINS = (
    *("deputy", "deputy2", "liaison", "clerk", "director", "office", "unit", "unit2", "leader"),
    *("member", "admin", "security", "audit"),
)
# Left standing for whoever tries a login, and the other ways, whatever chance says.
STANDING = {
    *(State.DRAFT, State.COLLECTING, State.EXAMINING, State.ASSIGNING, State.HANDED_OVER),
    *(State.HANDLING, State.DRAFTING, State.REVIEWING, State.REPLIED, State.CLOSED, State.MERGED),
}


def test_the_city_is_built_whole_and_the_same_again(settings):
    settings.RATE_LIMITS = False  # thirteen logins in a second, from one address
    build.build(size=SMALL)

    assert list(verify.faults()) == []
    assert [name for name in PROMISED_LOGINS if not logs_in(name)] == []
    assert set(Suggestion.objects.values_list("state", flat=True)) >= STANDING
    kinds = (Voice, MergeProposal, Motion, Reply, Rating, Promise, KeyItem, Scorecard, Duty)
    assert set(Attachment.objects.values_list("part", flat=True)) >= {
        "text",
        "reply",
        "signed_paper",
    }
    assert [kind.__name__ for kind in kinds if not kind.objects.exists()] == []

    first = facts()
    call_command("flush", interactive=False, verbosity=0)
    number_venues_from(1_002)
    build.build(size=SMALL)
    assert facts() == first


def number_venues_from(number):
    """As in a database that was used before: nothing may follow from the numbers of rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER SEQUENCE venues_venue_id_seq RESTART WITH {number:d}")


def logs_in(username):
    """To a first page that is there."""
    client = Client()
    data = {"login": username, "password": build.PASSWORD}
    answer = client.post(reverse("account_login"), data, follow=True)
    return answer.status_code == 200 and "_auth_user_id" in client.session


def facts():
    """What the city tells, without the numbers that several processes deal in turn."""
    papers = Suggestion.objects.values_list(
        "title", "state", "lead__person__name", "lead_unit__name"
    )
    matters = Matter.objects.values_list("title", "state", "n_voices")
    voices = Voice.objects.values_list("text", "place", "channel")
    duties = Duty.objects.values_list("venue__name", "day", "starts_at")
    return [sorted(map(str, rows.order_by())) for rows in (papers, matters, voices, duties)]
