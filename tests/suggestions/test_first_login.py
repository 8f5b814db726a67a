"""From the list of deputies to a suggestion: how a deputy comes to log in at all."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from huiyin.congress import tasks
from huiyin.congress.models import Deputy
from huiyin.kernel import spreadsheets
from huiyin.suggestions.models import Suggestion
from tests.suggestions.browse import PAPER

OWN = "my-very-own-word-1"


def test_an_imported_deputy_gets_an_account_chooses_a_password_and_writes_a_suggestion(
    client, city
):
    client.force_login(city.clerk)
    import_deputies(client)
    deputy = Deputy.objects.get(card_number="170777")

    sheet = client.post(reverse("congress:give_accounts"), {"picked": [deputy.pk]})
    [row] = spreadsheets.read(sheet.getvalue(), "first-logins.xlsx").rows
    _name, _delegation, username, password, address = row.cells

    deputys = Client()
    deputys.post(
        address.removeprefix("http://127.0.0.1:8000"), {"login": username, "password": password}
    )
    early = deputys.post(reverse("suggestions:write"), PAPER)
    deputys.post(early.url, {"oldpassword": password, "password1": OWN, "password2": OWN})
    written = Suggestion.objects.exists()
    deputys.post(reverse("suggestions:write"), PAPER)

    assert (username, early.url, written) == ("170777", reverse("account_change_password"), False)
    assert Suggestion.objects.get().lead == deputy


def import_deputies(client):
    out, url = io.BytesIO(), reverse("congress:import_deputies")
    spreadsheets.write_csv(out, ["姓名", "代表证号"], [["王晓梅", "170777"]])
    look = client.post(url, {"file": SimpleUploadedFile("deputies.csv", out.getvalue())})
    client.post(url, {"token": look.context["token"], "confirmed": "1"})
    for job in ProcrastinateJob.objects.filter(task_name="huiyin.congress.tasks.seat_deputies"):
        tasks.seat_deputies(**job.args)
