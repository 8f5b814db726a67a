"""Proposals to merge, and files of voices, on their pages."""

import io

import pytest

from huiyin.kernel import spreadsheets, verify
from huiyin.opinions import actions
from huiyin.opinions.choices import ProposalState
from huiyin.opinions.models import Matter, MergeProposal, Voice
from tests.congress.factories import AppointmentFactory
from tests.opinions.factories import MatterFactory, MergeProposalFactory
from tests.venues.factories import OfficerFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def clerk(client):
    user = AppointmentFactory(clerk=True).user
    client.force_login(user)
    return user


def test_proposals_are_accepted_in_part_and_undone(client, clerk):
    proposal = MergeProposalFactory()
    first, second, third = proposal.matters.order_by("pk")

    assert "翠园小区" in client.get("/desk/merge-proposals/").content.decode()
    client.post(f"/desk/merge-proposals/{proposal.pk}/accept/", {"picked": [first.pk, second.pk]})
    proposal.refresh_from_db()
    assert (proposal.state, proposal.host) == (ProposalState.ACCEPTED, first)
    assert set(Matter.objects.standing()) == {first, third}
    client.post(f"/desk/merge-proposals/{proposal.pk}/undo/")
    proposal.refresh_from_db()
    assert (proposal.state, Matter.objects.standing().count()) == (ProposalState.OPEN, 3)
    assert list(verify.faults()) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_proposals_cost_the_same_queries(client, clerk, django_assert_num_queries, rows):
    MergeProposalFactory.create_batch(rows)
    client.get("/desk/merge-proposals/")

    with django_assert_num_queries(QUERIES_PROPOSALS):
        client.get("/desk/merge-proposals/")


QUERIES_PROPOSALS = 6


def test_a_rejected_group_is_not_decided_twice(client, clerk):
    proposal = MergeProposalFactory()

    client.post(f"/desk/merge-proposals/{proposal.pk}/reject/")

    assert client.post(f"/desk/merge-proposals/{proposal.pk}/reject/").status_code == 409


def test_proposals_are_for_staff(client):
    client.force_login(OfficerFactory().user)

    assert client.get("/desk/merge-proposals/").status_code == 404


CSV = "编号,标题,内容,时间\n1,路灯不亮,西站街道路灯坏了一周,2026/3/5 9:00:00\n2,路灯坏了,西站街道路灯坏了没人修,2026/3/6 9:00\n".encode()


def upload(client, content=CSV, name="voices.csv"):
    file = io.BytesIO(content)
    file.name = name
    return client.post(
        "/desk/voice-imports/", {"file": file, "source": "热线", "channel": "hotline"}
    )


def test_an_import_is_read_first_and_then_started(client, clerk):
    response = upload(client)

    content = client.get(response.url).content.decode()
    assert "路灯不亮" in content
    assert Voice.objects.count() == 0
    started = client.post(f"{response.url}start/")
    assert started.status_code == 302
    assert client.get(f"{response.url}progress/").status_code == 200
    assert client.post(f"{response.url}start/").status_code == 409


def test_an_import_with_problems_hands_the_rows_back(client, clerk):
    response = upload(
        client,
        b"id,text,time\n1,,2026/3/5\n2,\xe8\xb7\xaf\xe7\x81\xaf\xe5\x9d\x8f\xe4\xba\x86,never\n",
    )

    assert "内容是空的" in client.get(response.url).content.decode()
    book = client.get(f"{response.url}problems/").content
    assert [row.cells[-1] for row in spreadsheets.read(book, "p.xlsx").rows] == [
        "内容：内容是空的。",
        "时间：看不懂的时间“never”。",
    ]
    assert client.post(f"{response.url}start/").status_code == 409


def test_an_unreadable_file_is_named(client, clerk):
    response = upload(client, b"PK\x03\x04broken", "x.xlsx")

    assert "打不开这个文件" in client.get(response.url).content.decode()


def test_imports_are_for_staff(client):
    client.force_login(OfficerFactory().user)

    assert client.get("/desk/voice-imports/").status_code == 404


def test_a_new_voice_is_proposed_with_a_standing_matter():
    congress = AppointmentFactory(clerk=True).congress
    for words in (
        "翠园小区三号楼没有电梯希望加装",
        "翠园小区三号楼加装电梯什么时候动工",
        "安宁区公交太少",
    ):
        actions.receive(congress=congress, text=words, channel="web")

    actions.propose_waiting()

    (proposal,) = MergeProposal.objects.all()
    assert proposal.n_matters == 2
    assert "翠园小区三号楼" in proposal.shared_words[0]


@pytest.mark.parametrize(
    ("sort", "shown"), [("size", [3, 2, 1]), ("-size", [1, 2, 3]), ("newest", [2, 3, 1])]
)
def test_proposals_stand_in_the_order_asked_for_with_their_members(client, clerk, sort, shown):
    congress = clerk.appointments.get().congress
    for number in (1, 3, 2):
        members = MatterFactory.create_batch(number, congress=congress)
        MergeProposalFactory(congress=congress, matters=members)

    page = client.get("/desk/merge-proposals/", {"sort": sort}).context["page"]

    assert [len(members) for _proposal, members in page] == shown
