"""Bad input at every door where people write: a clear word, what was typed is kept, nothing is stored."""

import html
import importlib
import io
import pkgutil
import re
import zipfile
from urllib.parse import quote

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import huiyin
from huiyin.kernel import spreadsheets
from huiyin.opinions.models import Matter, Voice, VoiceImport
from huiyin.suggestions.models import Suggestion
from tests.suggestions.factories import PROPOSALS, SITUATION
from tests.venues.factories import OfficerFactory, PlacementFactory, VenueFactory

MEGABYTE = 1024 * 1024
FORMULA = '=HYPERLINK("http://192.0.2.1","点这里")路灯坏了'
SCRIPT = "<script>alert('路灯')</script>路灯坏了三天"
GOOD = "翠园小区三号楼没有电梯，希望能加装。"


@pytest.fixture
def doors(city, client):
    """What each form takes, who fills it in, and what it would store."""
    venue = VenueFactory(congress=city.congress)
    PlacementFactory(deputy=city.lead, venue=venue)
    officer = OfficerFactory(venue=venue).user

    def say(text, **more):
        return client.post("/say/", {"text": text} | more)

    def walk_in(text, **more):
        client.force_login(officer)
        fields = {"channel": "walk_in", "text": text, "n_people": "1", "venue": venue.pk}
        return client.post("/desk/walk-in/", fields | more)

    def write(text, **more):
        client.force_login(city.deputy_user)
        fields = {
            "title": text,
            "situation": SITUATION,
            "proposals": PROPOSALS,
            "subject": "construction",
            "openness": "full",
        }
        return client.post("/deputy/write/", fields | more)

    def bring(content, name="voices.csv", **more):
        client.force_login(city.clerk)
        upload = SimpleUploadedFile(name, content)
        fields = {"file": upload, "source": "12345 热线", "channel": "hotline"}
        return client.post("/desk/voice-imports/", fields | more, follow=True)

    return {"say": say, "walk_in": walk_in, "write": write, "bring": bring}


def stored() -> tuple[int, int, int]:
    return Voice.objects.count(), Matter.objects.count(), Suggestion.objects.count()


def errors(response) -> list[str]:
    """What stands beside the fields."""
    content = response.content.decode()
    found = re.findall(
        r'<div class="govuk-error-message"[^>]*>\s*<div>(.*?)</div>', content, re.DOTALL
    )
    return [html.unescape(words).strip() for words in found]


BAD_TEXTS = {
    "empty": "",
    "blank": " \n\t ",
    "emoji only": "😀😀😀😀😀😀",
    "symbols only": "……！！！？？？",
    "over-long": "水" * 2001,
}


@pytest.mark.parametrize("kind", BAD_TEXTS)
@pytest.mark.parametrize("door", ["say", "walk_in", "write"])
def test_bad_text_is_refused_with_a_reason_and_kept(doors, door, kind):
    text = BAD_TEXTS[kind]

    response = doors[door](text)

    assert (response.status_code, stored()) == (422, (0, 0, 0))
    assert len(errors(response)) == 1
    assert text.strip() in html.unescape(response.content.decode())


def test_no_lines_of_words_are_smileys_alone_or_have_lost_letters():
    """Every form of the house: what a person writes to others can be read by them."""
    fields = list(lines_of_words())
    may_smile = {("AnswerForm", "words")}

    smiling = {name for name, field in fields if is_taken(field, "😀😀")} - may_smile
    broken = {
        name
        for name, field in fields
        if is_taken(field, "路灯坏了三天，\N{REPLACEMENT CHARACTER}没修")
    }

    assert len(fields) > 40
    assert (smiling, broken) == (set(), set())


def lines_of_words():
    for room in pkgutil.walk_packages(huiyin.__path__, "huiyin."):
        if ".forms" in room.name:
            for name, form in vars(importlib.import_module(room.name)).items():
                if isinstance(form, type) and issubclass(form, forms.BaseForm):
                    for label, field in form.base_fields.items():
                        if isinstance(field.widget, forms.Textarea):
                            yield (name, label), field


def is_taken(field, text) -> bool:
    try:
        field.clean(text)
    except forms.ValidationError:
        return False
    return True


def test_words_in_another_encoding_are_refused_and_not_kept_as_rubbish(doors, client):
    answer = client.post(
        "/say/",
        "text=" + quote("翠园小区没有电梯", encoding="gbk"),
        content_type="application/x-www-form-urlencoded",
    )

    assert (answer.status_code, stored()) == (422, (0, 0, 0))
    assert ["没有传到" in words for words in errors(answer)] == [True]


@pytest.mark.parametrize("door", ["say", "walk_in", "write"])
def test_the_reason_is_in_the_readers_language(doors, door, client):
    client.cookies["django_language"] = "en"

    said = errors(doors[door](""))

    assert len(said) == 1
    assert re.findall(r"[一-鿿]", said[0]) == []


@pytest.mark.parametrize("door", ["say", "walk_in", "write"])
def test_half_written_forms_keep_what_is_there(doors, door):
    response = doors[door](GOOD, phone="12", proposals="", n_people="")

    if door == "say":  # the first step asks for the words only
        assert (response.status_code, stored()) == (200, (0, 0, 0))
        return
    if door == "write":  # kept as a draft, which says what it still lacks
        assert (response.status_code, stored()) == (302, (0, 0, 1))
        assert GOOD in Suggestion.objects.get().title
        return
    assert (response.status_code, stored()) == (422, (0, 0, 0))
    assert GOOD in response.content.decode()
    assert errors(response) != []


@pytest.mark.parametrize("text", [FORMULA, SCRIPT])
def test_formulas_and_scripts_are_text_and_shown_as_text(doors, client, city, text):
    response = doors["walk_in"](text)
    assert response.status_code == 302

    client.force_login(city.clerk)
    page = client.get(f"/desk/matters/{Matter.objects.get().pk}/").content.decode()

    assert Voice.objects.get().text == text
    assert html.escape(text, quote=False)[:20] in html.escape(html.unescape(page), quote=False)
    assert "<script>alert" not in page


def test_exports_say_a_formula_is_text(doors, client, city):
    doors["walk_in"](FORMULA)
    client.force_login(city.clerk)

    table = client.get("/desk/matters/?format=csv&tab=all")
    workbook = client.get("/desk/matters/?format=xlsx&tab=all")

    text = b"".join(table.streaming_content).decode("utf-8-sig")
    sheet = b"".join(workbook.streaming_content) if workbook.streaming else workbook.content
    cells = zipfile.ZipFile(io.BytesIO(sheet)).read("xl/worksheets/sheet1.xml").decode()
    assert [line for line in text.splitlines() if line.startswith(("=", '"='))] == []
    assert "<f>" not in cells


def test_a_suggestion_with_a_script_is_shown_as_text(doors, client):
    response = doors["write"](SCRIPT)

    page = client.get(response.url).content.decode()
    assert "<script>alert" not in page
    assert html.escape(SCRIPT) in page


@pytest.mark.parametrize("size", [20 * MEGABYTE + 1, 24 * MEGABYTE])
def test_a_picture_over_the_limit_is_refused_and_the_words_are_kept(doors, client, size):
    draft = re.search(r'name="draft" value="([^"]*)"', doors["say"](GOOD).content.decode())[1]
    photo = SimpleUploadedFile("photo.jpg", b"\xff\xd8\xff" + b"\0" * size, "image/jpeg")

    response = client.post("/say/where/", {"draft": draft, "place": "翠园小区", "photo": photo})

    content = response.content.decode()
    assert (response.status_code, stored()) == (422, (0, 0, 0))
    assert len(errors(response)) == 1
    assert (GOOD in content, "翠园小区" in content) == (True, True)


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("opinions:walk_in", "venue"),
        ("rulebook:calendar", "year"),
        ("supervision:propose_key_item", "suggestions"),
        ("congress:units", "page"),
        ("congress:terms", "congress"),
    ],
)
def test_a_number_no_row_has_is_passed_over(client, city, name, asked):
    client.force_login(city.clerk)

    answer = client.get(reverse(name), {asked: "9" * 5000})

    assert answer.status_code in {200, 302}


def test_a_ticked_row_no_table_has_is_passed_over(client, city):
    client.force_login(city.director)

    answer = client.post(reverse("suggestions:hand_over_many"), {"picked": ["9" * 5000, "x"]})

    assert (answer.status_code, answer.url) == (302, reverse("suggestions:desk"))


def test_an_upload_beyond_all_measure_is_refused_with_words(client, city, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE

    response = client.post("/say/", {"text": "水" * MEGABYTE})

    assert response.status_code in {400, 413}
    assert re.findall(r"[一-鿿]", response.content.decode()) != []
    assert stored() == (0, 0, 0)


BAD_FILES = {
    "empty": (b"", "voices.csv"),
    "no csv at all": (b"\xff\xd8\xff" + b"\0" * 1000, "voices.csv"),
    "no workbook": (b"PK\x03\x04 not a workbook", "voices.xlsx"),
    "no text column": ("颜色,大小\n红,1\n".encode(), "voices.csv"),
    "empty rows": ("编号,内容\n1,\n2,   \n".encode(), "voices.csv"),
    "emoji only": ("编号,内容\n1,😀😀😀\n".encode(), "voices.csv"),
    "broken encoding": ("编号,内容\n1,路灯坏了\n".encode()[:-3] + b"\xff\xfe\xff\n", "voices.csv"),
    "another kind of file": (b"MZ\x90\x00" + b"\0" * 100, "voices.exe"),
    "over-long cell": (("编号,内容\n1," + "水" * 33_000 + "\n").encode(), "voices.csv"),
    "a time that is none": ("编号,内容,时间\n1,路灯坏了三天,昨天\n".encode(), "voices.csv"),
    "the same number twice": ("编号,内容\n1,路灯坏了\n1,井盖坏了\n".encode(), "voices.csv"),
}


@pytest.mark.parametrize("kind", BAD_FILES)
def test_a_bad_file_is_refused_with_a_reason(doors, client, kind):
    content, name = BAD_FILES[kind]

    response = doors["bring"](content, name)

    assert response.status_code in {200, 422}
    assert says_what_is_wrong(response)
    for waiting in VoiceImport.objects.all():
        assert client.post(f"/desk/voice-imports/{waiting.pk}/start/").status_code == 409
    assert stored() == (0, 0, 0)


def test_a_huge_file_is_refused_with_a_reason(doors):
    response = doors["bring"](b"\xd0\xcf\x11\xe0" + b"\0" * (20 * MEGABYTE), "voices.xlsx")

    assert response.status_code in {200, 413, 422}
    assert says_what_is_wrong(response)
    assert stored() == (0, 0, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_files_in_the_encodings_people_have_are_read(doors, encoding):
    content = "编号,内容\n1,翠园小区三号楼没有电梯\n".encode(encoding)

    page = doors["bring"](content).content.decode()

    assert "翠园小区三号楼没有电梯" in page


def test_formulas_in_a_file_are_text_in_the_list_of_problems(doors, client):
    doors["bring"](f'编号,内容,时间\n1,"{FORMULA.replace(chr(34), chr(34) * 2)}",昨天\n'.encode())
    waiting = VoiceImport.objects.get()

    problems = client.get(f"/desk/voice-imports/{waiting.pk}/problems/").content

    table = spreadsheets.read(problems, "problems.xlsx")
    assert (
        "<f>" not in zipfile.ZipFile(io.BytesIO(problems)).read("xl/worksheets/sheet1.xml").decode()
    )
    assert len(table.rows) == 1


def says_what_is_wrong(response) -> bool:
    """An error at the field, a notice, or a list of rows in error."""
    content = response.content.decode()
    return bool(errors(response)) or "notice--late" in content or "problems/" in content
