"""A resident says something, keeps the code, and comes back with it."""

import io
import re

import pytest
from django.urls import reverse
from PIL import Image

from huiyin.opinions import actions
from huiyin.opinions.choices import Channel, State
from huiyin.opinions.models import Matter, Picture, Voice
from tests.congress.factories import AppointmentFactory, DeputyFactory
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.venues.factories import VenueFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TEXT = "翠园小区三号楼没有电梯，楼里住着十几位老人。希望能加装。"


@pytest.fixture(autouse=True)
def _congress():
    AppointmentFactory(clerk=True)


def draft_of(response) -> str:
    return re.search(r'name="draft" value="([^"]*)"', response.content.decode())[1]


def walk(client, start="/say/", text=TEXT, where=None, last=None):
    """All three steps, as a browser without script sends them."""
    draft = draft_of(client.get(start))
    second = client.post("/say/", {"draft": draft, "text": text})
    third = client.post("/say/where/", {"draft": draft_of(second), **(where or {})})
    return client.post("/say/send/", {"draft": draft_of(third), **(last or {})}), draft_of(third)


def photo(size=(800, 600), kind="JPEG"):
    out = io.BytesIO()
    Image.new("RGB", size, "green").save(out, kind)
    out.seek(0)
    out.name = "photo.jpg"
    return out


def test_say_takes_three_steps_and_gives_a_code(client):
    response, _ = walk(client, where={"place": "翠园小区"}, last={"phone": "199 0000 1234"})

    voice = Voice.objects.get()
    assert response.url == reverse("opinions:said", args=[voice.code])
    assert (voice.text, voice.place, voice.channel) == (TEXT, "翠园小区", Channel.WEB)
    page = client.get(response.url)
    assert (page.status_code, page["Cache-Control"]) == (200, "no-store")
    assert 'class="qr"' in page.content.decode()


def test_say_at_a_venue_goes_to_that_venue(client):
    venue = VenueFactory()

    walk(client, start=f"/v/{venue.code}/say/")

    voice = Voice.objects.get()
    assert (voice.venue, voice.matter.venue, voice.channel) == (venue, venue, Channel.CODE)


def test_say_to_a_deputy_goes_to_that_deputy(client):
    deputy = DeputyFactory(with_user=True)

    walk(client, start=f"/d/{deputy.code}/say/")

    assert Voice.objects.get().deputy == deputy
    assert list(Matter.objects.visible_to(deputy.person.user)) == [Matter.objects.get()]


def test_say_keeps_a_photo_over_the_steps_without_its_metadata(client):
    walk(client, where={"photo": photo()})

    with Picture.objects.get().file as kept:
        assert kept.read(2) == b"\xff\xd8"


def test_sending_twice_gives_one_voice(client):
    first, draft = walk(client)

    again = client.post("/say/send/", {"draft": draft})

    assert (again.url, Voice.objects.count()) == (first.url, 1)


def test_going_back_keeps_what_was_typed(client):
    second = client.post("/say/", {"draft": draft_of(client.get("/say/")), "text": TEXT})

    back = client.post(
        "/say/where/", {"draft": draft_of(second), "place": "翠园小区", "back": "1"}
    ).content.decode()

    assert TEXT in back
    forward = client.post(
        "/say/",
        {"draft": re.search(r'value="([^"]*)"', back.split('name="draft"')[1])[1], "text": TEXT},
    )
    assert "翠园小区" in forward.content.decode()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "请写是什么事"),
        ("   \n ", "请写是什么事"),
        ("漏水", "太短了"),
        ("😀😀😀😀😀😀", "只有表情"),
        ("……！！！？？？", "只有表情"),
        ("水" * 2001, "2000"),
    ],
)
def test_bad_texts_are_refused_with_a_reason_and_kept(client, text, words):
    response = client.post("/say/", {"text": text})

    content = response.content.decode()
    assert response.status_code == 422
    assert words in content
    assert text.strip() in content


def test_script_in_a_text_is_shown_as_text(client):
    response, _ = walk(client, text="<script>alert(1)</script>路灯坏了")

    page = client.get(reverse("opinions:voice", args=[Voice.objects.get().code]))
    assert response.status_code == 302
    assert "<script>alert(1)</script>" not in page.content.decode()


@pytest.mark.parametrize("content", [b"not a picture", b"GIF89a", b"\x00" * (20 * 1024**2 + 1)])
def test_a_bad_photo_is_refused_and_the_words_are_kept(client, content):
    second = client.post("/say/", {"draft": draft_of(client.get("/say/")), "text": TEXT})
    upload = io.BytesIO(content)
    upload.name = "photo.jpg"

    response = client.post(
        "/say/where/", {"draft": draft_of(second), "place": "翠园小区", "photo": upload}
    )

    assert response.status_code == 422
    assert "翠园小区" in response.content.decode()
    assert Voice.objects.count() == 0


def test_a_bad_phone_is_refused(client):
    response, _ = walk(client, last={"phone": "12345"})

    assert (response.status_code, Voice.objects.count()) == (422, 0)


def test_similar_public_titles_are_shown_and_joined(client):
    matter = MatterFactory(public=True, title="翠园小区老楼加装电梯资金怎么补")
    index(matter)
    VoiceFactory(matter=matter)
    MatterFactory(title="翠园小区没有公开的电梯")
    draft = draft_of(client.get("/say/"))

    second = client.post("/say/", {"draft": draft, "text": TEXT})
    content = second.content.decode()
    assert "<mark>翠园小区</mark>" in content
    assert "没有公开" not in content

    last = client.post(f"/matters/{matter.pk}/join/", {"draft": draft_of(second)})
    client.post("/say/send/", {"draft": draft_of(last)})

    matter.refresh_from_db()
    assert matter.n_voices == 2
    assert Voice.objects.order_by("pk").last().text == TEXT


def index(matter):
    actions.publish(matter, title=matter.title, by=AppointmentFactory(clerk=True).user)


def test_join_from_the_list_needs_no_words(client):
    matter = MatterFactory(public=True)

    last = client.post(f"/matters/{matter.pk}/join/")
    client.post("/say/send/", {"draft": draft_of(last)})

    assert Voice.objects.get().matter == matter


def test_join_of_a_hidden_matter_is_not_found(client):
    assert client.post(f"/matters/{MatterFactory().pk}/join/").status_code == 404


def test_similar_while_typing_answers_a_fragment(client):
    matter = MatterFactory(public=True, title="翠园小区老楼加装电梯资金怎么补")
    index(matter)

    content = client.post("/say/similar/", {"text": TEXT}).content.decode()

    assert "<html" not in content
    assert "<mark>翠园小区</mark>" in content


@pytest.mark.parametrize("typed", ["{0}", "{1}", " {2} "])
def test_follow_takes_any_spelling_of_the_code(client, typed):
    voice = VoiceFactory()
    code = voice.code
    grouped = f"{code[:4]}-{code[4:8]}-{code[8:]}"

    response = client.post("/follow/", {"code": typed.format(code, grouped, code.lower())})

    assert response.url == f"/follow/{code}/"


def test_follow_says_the_same_of_unknown_and_malformed_codes(client):
    answers = {
        re.search(r"没有找到[^<]*", client.post("/follow/", {"code": code}).content.decode())[0]
        for code in ("7K3M92QF1A2B", "x", "*" * 40)
    }

    assert len(answers) == 1


def test_the_voice_page_tells_and_is_private(client):
    voice = VoiceFactory(has_news=True)

    response = client.get(f"/follow/{voice.code}/")

    voice.refresh_from_db()
    assert (response["Cache-Control"], response["X-Robots-Tag"], response["Referrer-Policy"]) == (
        "no-store",
        "noindex, nofollow",
        "strict-origin",
    )
    assert (voice.has_news, voice.opened_at is not None, voice.told_at is not None) == (
        False,
        True,
        True,
    )


def test_guessing_codes_is_limited(client, settings):
    settings.RATE_LIMITS = True

    answers = [client.get(f"/follow/WRONG{number}/").status_code for number in range(25)]

    assert (answers[0], answers[-1]) == (404, 429)


def test_solved_no_reopens(client):
    voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True))

    response = client.post(f"/follow/{voice.code}/solved/", {"solved": "no", "words": "还在漏"})

    assert (response.status_code, Matter.objects.get().state) == (302, State.REOPENED)
    assert "重新跟进" in client.get(response.url).content.decode()


def test_solved_without_an_answer_shows_the_form_again(client):
    voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True))

    response = client.post(f"/follow/{voice.code}/solved/", {"words": "还在漏"})

    assert response.status_code == 422
    assert "还在漏" in response.content.decode()


def test_solved_twice_is_a_conflict(client):
    voice = VoiceFactory(asked=True, matter=MatterFactory(answered=True, timed=True))
    client.post(f"/follow/{voice.code}/solved/", {"solved": "yes"})

    assert client.post(f"/follow/{voice.code}/solved/", {"solved": "no"}).status_code == 409


def test_forget_phone_deletes_the_number(client):
    voice = VoiceFactory(with_phone=True)

    client.post(f"/follow/{voice.code}/forget-phone/")

    voice.refresh_from_db()
    assert (bool(voice.phone), voice.phone_index) == (False, "")


@pytest.mark.parametrize("rows", [1, 3])
def test_public_matters_cost_the_same_queries(client, django_assert_num_queries, rows):
    MatterFactory.create_batch(rows, public=True)

    with django_assert_num_queries(QUERIES_PUBLIC):
        response = client.get("/matters/")

    assert response.status_code == 200


QUERIES_PUBLIC = 2


def test_public_search_looks_only_at_titles(client):
    voice = actions.receive(
        congress=AppointmentFactory(clerk=True).congress, text="王阿姨家漏水很久了", channel="web"
    )
    actions.publish(voice.matter, title="楼顶防水", by=AppointmentFactory(clerk=True).user)

    assert "楼顶防水" in client.get("/matters/?q=防水").content.decode()
    assert "楼顶防水" not in client.get("/matters/?q=王阿姨").content.decode()


def test_privacy_says_how_long(client):
    content = client.get("/privacy/").content.decode()

    assert "办结后 6 个月" in content
