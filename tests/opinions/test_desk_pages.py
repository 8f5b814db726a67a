"""The desk's queue and the page of one matter, by those who may and those who may not."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from huiyin.kernel import spreadsheets, verify
from huiyin.opinions import actions
from huiyin.opinions.choices import Channel, ProposalState, State
from huiyin.opinions.models import Matter, MergeProposal, Picture, Voice
from tests.congress.factories import AppointmentFactory, UnitFactory, person_as
from tests.opinions.factories import MatterFactory, MergeProposalFactory, VoiceFactory
from tests.venues.factories import OfficerFactory, PlacementFactory, VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def clerk(client):
    user = AppointmentFactory(clerk=True).user
    client.force_login(user)
    return user


@pytest.mark.parametrize("rows", [1, 3])
def test_the_queue_costs_the_same_queries(client, clerk, django_assert_num_queries, rows):
    for _ in range(rows):
        VoiceFactory(matter=MatterFactory(timed=True, with_deputy=True, venue=VenueFactory()))
    client.get("/desk/matters/?tab=all")

    with django_assert_num_queries(QUERIES_DESK):
        response = client.get("/desk/matters/?tab=all")

    assert response.status_code == 200


QUERIES_DESK = 6


@pytest.mark.parametrize("rows", [1, 3])
def test_the_matter_page_costs_the_same_queries(client, clerk, django_assert_max_num_queries, rows):
    matter = MatterFactory(timed=True)
    VoiceFactory.create_batch(rows, matter=matter)

    with django_assert_max_num_queries(QUERIES_MATTER):
        response = client.get(f"/desk/matters/{matter.pk}/")

    assert response.status_code == 200


QUERIES_MATTER = 12


def test_the_queue_filters_and_exports_the_same_rows(client, clerk):
    MatterFactory(title="翠园小区加装电梯", subject="housing")
    MatterFactory(title="=HYPERLINK(1)", subject="safety")

    page = client.get("/desk/matters/?subject=housing").content.decode()
    assert "翠园小区加装电梯" in page
    assert "HYPERLINK" not in page
    table = spreadsheets.read(
        b"".join(client.get("/desk/matters/?subject=safety&format=xlsx").streaming_content),
        "a.xlsx",
    )
    csv = b"".join(client.get("/desk/matters/?subject=safety&format=csv").streaming_content)
    assert [row.cells[0] for row in table.rows] == ["=HYPERLINK(1)"]
    assert b"'=HYPERLINK" in csv


def test_a_matter_of_another_congress_is_not_found(client, clerk):
    other = AppointmentFactory(clerk=True, of_other=True).congress

    assert client.get(f"/desk/matters/{MatterFactory(congress=other).pk}/").status_code == 404


def test_a_stranger_must_log_in(client):
    assert client.get(f"/desk/matters/{MatterFactory().pk}/").status_code == 302


def test_a_unit_sees_the_brief_and_not_the_words(client):
    unit = UnitFactory()
    matter = MatterFactory(with_department=True, unit=unit, brief="请答复加装电梯的资金。")
    VoiceFactory(matter=matter, text="我是三号楼王阿姨，电话写在这里。")
    client.force_login(person_as("unit_clerk", unit=unit))

    content = client.get(f"/desk/matters/{matter.pk}/").content.decode()

    assert "请答复加装电梯的资金。" in content
    assert "王阿姨" not in content


@pytest.mark.parametrize(
    ("name", "given", "state"),
    [
        ("point-elsewhere", {"door": "court", "words": "请到区法院立案窗口。"}, State.ELSEWHERE),
        ("answer-on-the-spot", {"words": "周五修好。"}, State.ANSWERED),
        ("hand-to-hotline", {"ticket_number": "LZ1"}, State.WITH_DEPARTMENT),
    ],
)
def test_a_step_is_taken_from_the_page(client, clerk, name, given, state):
    matter = MatterFactory(timed=True)

    response = client.post(f"/desk/matters/{matter.pk}/{name}/", given)

    matter.refresh_from_db()
    assert (response.status_code, matter.state) == (302, state)
    assert client.get(response.url).status_code == 200


def test_a_step_without_words_shows_the_form_again(client, clerk):
    matter = MatterFactory(timed=True)

    response = client.post(f"/desk/matters/{matter.pk}/answer-on-the-spot/", {"words": ""})

    assert response.status_code == 422
    assert "请填写这一项" in response.content.decode()


def test_a_step_that_is_not_possible_any_more_is_a_conflict(client, clerk):
    matter = MatterFactory(closed=True)

    response = client.post(f"/desk/matters/{matter.pk}/answer-on-the-spot/", {"words": "好"})

    assert response.status_code == 409


def test_a_department_and_a_deputy_are_chosen_from_the_own_congress(client, clerk):
    matter, unit = MatterFactory(timed=True), UnitFactory()
    foreign = AppointmentFactory(unit_clerk=True, of_other=True).unit

    refused = client.post(
        f"/desk/matters/{matter.pk}/hand-to-department/", {"unit": foreign.pk, "brief": "x"}
    )
    taken = client.post(
        f"/desk/matters/{matter.pk}/hand-to-department/", {"unit": unit.pk, "brief": "请办。"}
    )

    matter.refresh_from_db()
    assert (refused.status_code, taken.status_code, matter.unit) == (422, 302, unit)


def test_publish_and_hide_the_public_title(client, clerk):
    matter = MatterFactory()

    client.post(f"/desk/matters/{matter.pk}/publish/", {"title": "翠园小区加装电梯"})
    assert "翠园小区加装电梯" in client.get("/matters/").content.decode()
    client.post(f"/desk/matters/{matter.pk}/hide/")
    assert "翠园小区加装电梯" not in client.get("/matters/").content.decode()


def test_merge_and_unmerge_from_the_page(client, clerk):
    host, other = MatterFactory(), MatterFactory()
    voice = VoiceFactory(matter=other)

    client.post(f"/desk/matters/{host.pk}/merge/", {"picked": [other.pk]})
    voice.refresh_from_db()
    assert voice.matter == host
    assert client.get(f"/desk/matters/{other.pk}/").status_code == 200
    client.post(f"/desk/matters/{other.pk}/unmerge/")
    voice.refresh_from_db()
    assert voice.matter == other
    assert list(verify.faults()) == []


def test_a_batch_goes_to_a_department_and_names_what_cannot(client, clerk):
    unit, open_one, closed = UnitFactory(), MatterFactory(timed=True), MatterFactory(closed=True)

    client.post(
        "/desk/matters/batch/",
        {"picked": [open_one.pk, closed.pk], "what": "department", "unit": unit.pk},
    )

    open_one.refresh_from_db()
    content = client.get("/desk/matters/").content.decode()
    assert open_one.unit == unit
    assert "已转办 1 件" in content
    assert closed.title in content


def test_pictures_are_served_only_to_those_who_may_see_the_voice(client, clerk):
    picture = Picture.objects.create(
        voice=VoiceFactory(),
        file=SimpleUploadedFile("a.jpg", b"\xff\xd8"),
        added_at=VoiceFactory().received_at,
    )
    address = reverse("opinions:picture", args=[picture.pk])

    response = client.get(address)
    assert (response["X-Content-Type-Options"], response["Content-Type"]) == (
        "nosniff",
        "image/jpeg",
    )
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)
    assert client.get(address).status_code == 404


def test_a_visitor_is_written_down_and_gets_a_slip(client):
    officer = OfficerFactory()
    deputy = PlacementFactory(venue=officer.venue).deputy
    client.force_login(officer.user)

    response = client.post(
        "/desk/walk-in/",
        {
            "venue": officer.venue.pk,
            "channel": Channel.WALK_IN,
            "deputies": [deputy.pk],
            "text": "楼道灯坏了三个月，老人摔了一跤。",
            "visitor_name": "马秀兰",
            "n_people": "3",
            "answer": "今天下午报给物业，周五修好。",
        },
    )

    voice = Voice.objects.get()
    assert (voice.matter.state, voice.matter.n_voices, voice.entered_by) == (
        State.ANSWERED,
        3,
        officer.user,
    )
    content = client.get(response.url).content.decode()
    assert "签名" in content
    assert "马秀兰" not in content


def test_a_visitor_form_keeps_what_was_typed(client):
    officer = OfficerFactory()
    client.force_login(officer.user)

    response = client.post(
        "/desk/walk-in/", {"venue": officer.venue.pk, "text": "灯坏", "n_people": "1"}
    )

    assert response.status_code == 422
    assert "灯坏" in response.content.decode()


def test_the_walk_in_form_is_for_officers_and_staff(client):
    client.force_login(AppointmentFactory(member=True).user)

    assert client.get("/desk/walk-in/").status_code == 403


def test_by_hand_lists_visitors_without_a_phone_until_told(client):
    officer = OfficerFactory()
    matter = MatterFactory(answered=True, timed=True, venue=officer.venue)
    voice = VoiceFactory(walk_in=True, asked=True, matter=matter)
    VoiceFactory(asked=True, matter=matter)
    client.force_login(officer.user)

    assert client.get("/desk/by-hand/").content.decode().count("<article") == 1
    client.post(f"/desk/by-hand/{voice.pk}/", {"solved": "yes"})

    voice.refresh_from_db()
    assert (voice.has_news, voice.is_solved) == (False, True)
    assert client.get("/desk/by-hand/").content.decode().count("<article") == 0
    assert list(verify.faults()) == []


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


QUERIES_PROPOSALS = 7


def test_a_rejected_group_is_not_decided_twice(client, clerk):
    proposal = MergeProposalFactory()

    client.post(f"/desk/merge-proposals/{proposal.pk}/reject/")

    assert client.post(f"/desk/merge-proposals/{proposal.pk}/reject/").status_code == 409


def test_proposals_are_for_staff(client):
    client.force_login(OfficerFactory().user)

    assert client.get("/desk/merge-proposals/").status_code == 403


def test_a_deputy_sees_takes_up_and_answers(client):
    placement = PlacementFactory(deputy__with_user=True)
    matter = MatterFactory(timed=True, venue=placement.venue)
    client.force_login(placement.deputy.person.user)

    assert matter.title in client.get("/deputy/matters/").content.decode()
    client.post(f"/deputy/matters/{matter.pk}/take-up/")
    matter.refresh_from_db()
    assert (matter.state, matter.deputy) == (State.WITH_DEPUTY, placement.deputy)
    assert client.get(f"/deputy/matters/{matter.pk}/").status_code == 200
    client.post(f"/deputy/matters/{matter.pk}/deputy-answers/", {"words": "问过房管局，下月开工。"})
    matter.refresh_from_db()
    assert matter.state == State.ANSWERED


def test_a_deputy_elsewhere_sees_nothing(client):
    deputy = PlacementFactory(deputy__with_user=True).deputy
    matter = MatterFactory(venue=VenueFactory())
    client.force_login(deputy.person.user)

    assert client.get(f"/deputy/matters/{matter.pk}/").status_code == 404


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

    assert client.get("/desk/voice-imports/").status_code == 403


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


def test_staff_say_first_at_which_venue(client, clerk):
    second = VenueFactory.create_batch(2)[1]

    content = client.get("/desk/walk-in/").content.decode()

    assert content.count("<option") == 2
    assert second.name in client.get(f"/desk/walk-in/?venue={second.pk}").content.decode()


def test_a_venue_of_another_congress_is_not_found(client, clerk):
    VenueFactory()

    assert client.get(f"/desk/walk-in/?venue={VenueFactory(of_other=True).pk}").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_by_hand_costs_the_same_queries(client, django_assert_num_queries, rows):
    officer = OfficerFactory()
    matter = MatterFactory(answered=True, timed=True, venue=officer.venue)
    VoiceFactory.create_batch(rows, walk_in=True, asked=True, matter=matter)
    client.force_login(officer.user)
    client.get("/desk/by-hand/")

    with django_assert_num_queries(QUERIES_BY_HAND):
        client.get("/desk/by-hand/")


QUERIES_BY_HAND = 6


@pytest.mark.parametrize("rows", [1, 3])
def test_the_deputys_list_costs_the_same_queries(client, django_assert_num_queries, rows):
    placement = PlacementFactory(deputy__with_user=True)
    MatterFactory.create_batch(rows, timed=True, venue=placement.venue)
    client.force_login(placement.deputy.person.user)
    client.get("/deputy/matters/?tab=near")

    with django_assert_num_queries(QUERIES_DEPUTY):
        client.get("/deputy/matters/?tab=near")


QUERIES_DEPUTY = 6
