"""Files of other platforms: read as they are, taken in whole or not at all."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError
from django.urls import reverse
from procrastinate.exceptions import ConnectorException

from huiyin.kernel import spreadsheets, verify
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions import actions, imports
from huiyin.opinions.models import Matter, MergeProposal, Voice, VoiceImport
from tests.congress.factories import AppointmentFactory
from tests.promises import refuse_jobs

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]

HEADERS = ["id", "user", "title", "time", "text", "down", "up"]
ROWS = [
    [
        "188006",
        "A1",
        "翠园小区加装电梯",
        "2019/2/28 11:25:05",
        "翠园小区三号楼没有电梯，希望加装。",
        "0",
        "0",
    ],
    [
        "188007",
        "A2",
        "翠园小区电梯什么时候装",
        "2019/3/1 9:00:00",
        "翠园小区三号楼希望加装电梯。" * 300,
        "0",
        "1",
    ],
    [
        "188008",
        "A3",
        "=cmd|'/c calc'!A1",
        "2019/3/2",
        "路灯坏了，电话19900001234没人接。",
        "0",
        "0",
    ],
]


@pytest.fixture
def congress():
    return AppointmentFactory(clerk=True).congress


def csv_bytes(rows=ROWS, encoding="utf-8"):
    out = io.BytesIO()
    spreadsheets.write_csv(out, HEADERS, rows)
    return out.getvalue().decode("utf-8-sig").encode(encoding)


def xlsx_bytes(rows=ROWS):
    out = io.BytesIO()
    spreadsheets.write_xlsx(out, HEADERS, rows)
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [csv_bytes(), csv_bytes(encoding="utf-8-sig"), csv_bytes(encoding="gb18030"), xlsx_bytes()],
    ids=["utf-8", "utf-8 with mark", "gb18030", "xlsx"],
)
def test_every_kind_of_file_gives_the_same_voices(congress, content):
    checked = imports.check(spreadsheets.read(content, "f"), congress=congress, source="热线")

    assert [(one.external_id, one.title, one.text) for one in checked.voices] == [
        (row[0], row[2], row[4]) for row in ROWS
    ]
    assert (checked.problems, checked.n_personal) == ([], 1)
    assert checked.voices[0].at.isoformat() == "2019-02-28T11:25:05+08:00"


def test_take_in_keeps_title_words_and_a_sound_trail(congress):
    checked = imports.check(spreadsheets.read(csv_bytes(), "f"), congress=congress, source="热线")

    matters = imports.take_in(
        checked, congress=congress, source="热线", by=congress_clerk(congress)
    )
    actions.propose_among(congress, new=[matter.pk for matter in matters])

    assert list(Matter.objects.order_by("pk").values_list("title", flat=True)) == [
        row[2] for row in ROWS
    ]
    assert Voice.objects.get(external_id="188007").text == ROWS[1][4]
    assert MergeProposal.objects.get().n_matters == 2
    assert list(verify.faults()) == []


def congress_clerk(congress):
    return AppointmentFactory(clerk=True, congress=congress).user


def test_imported_words_are_found_by_search(congress, client, tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(csv_bytes())
    call_command("import_voices", str(path), stdout=io.StringIO())
    client.force_login(congress_clerk(congress))

    content = client.get("/desk/matters/?q=路灯&more=1").content.decode()

    assert content.count('name="picked"') == 1
    assert "calc" in content


def test_a_second_import_takes_only_what_is_new(congress, tmp_path):
    path = tmp_path / "热线.csv"
    path.write_bytes(csv_bytes())
    call_command("import_voices", str(path), stdout=io.StringIO())
    path.write_bytes(csv_bytes([*ROWS, ["188009", "", "新的一件", "", "路口没有斑马线", "", ""]]))

    out = io.StringIO()
    call_command("import_voices", str(path), stdout=out)

    assert Voice.objects.count() == 4
    assert "4 行，1 条要导入，3 条以前导过" in out.getvalue()


def test_a_dry_run_writes_nothing(congress, tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(csv_bytes())

    call_command("import_voices", str(path), "--dry-run", stdout=io.StringIO())

    assert Voice.objects.count() == 0


def test_one_bad_row_keeps_everything_out(congress, tmp_path):
    path = tmp_path / "f.csv"
    bad = ["1", "", "", "2019/2/31", "", "", ""]
    path.write_bytes(csv_bytes([*ROWS, bad]))

    with pytest.raises(CommandError):
        call_command("import_voices", str(path), stdout=io.StringIO(), stderr=io.StringIO())

    assert Voice.objects.count() == 0


def test_every_mistake_of_a_row_is_named(congress):
    rows = [
        ["1", "", "", "", "", "", ""],
        ["2", "", "", "昨天", "路灯坏了", "", ""],
        ["2", "", "", "", "路灯又坏了", "", ""],
        ["3", "", "", "", "😀😀", "", ""],
        ["9" * 61, "", "", "", "路灯", "", ""],
    ]
    table = spreadsheets.read(csv_bytes(rows), "f")

    checked = imports.check(table, congress=congress, source="热线")

    assert [(problem.row, problem.message_zh) for problem in checked.problems] == [
        (2, "内容是空的。"),
        (3, "看不懂的时间“昨天”。"),
        (4, "编号与第 3 行重复。"),
        (5, "没有文字。"),
        (6, "编号超过 60 个字。"),
    ]


def test_take_in_refuses_a_file_with_problems(congress):
    checked = imports.check(
        spreadsheets.read(csv_bytes([["1", "", "", "", "", "", ""]]), "f"),
        congress=congress,
        source="x",
    )

    with pytest.raises(NotPossible):
        imports.take_in(checked, congress=congress, source="x", by=congress_clerk(congress))


def test_a_file_without_words_is_refused(congress):
    table = spreadsheets.read("甲,乙\n1,2\n".encode(), "f")

    (problem,) = imports.check(table, congress=congress, source="x").problems

    assert problem.message_zh == "没有“内容”列，也没有“标题”列。"


def test_columns_are_mapped_by_a_file(congress, tmp_path):
    path, mapping = tmp_path / "f.csv", tmp_path / "m.toml"
    path.write_text("甲,乙\n路灯坏了没人修,一\n", "utf-8")
    mapping.write_text('text = "甲"\n', "utf-8")

    call_command("import_voices", str(path), "--mapping", str(mapping), stdout=io.StringIO())

    assert Voice.objects.get().text == "路灯坏了没人修"


def test_an_unknown_congress_is_named(congress, tmp_path):
    path = tmp_path / "f.csv"
    path.write_bytes(csv_bytes())

    with pytest.raises(CommandError, match="999999"):
        call_command("import_voices", str(path), "--congress", "999999")


def test_run_takes_a_screen_import_to_its_end(congress):
    by = congress_clerk(congress)
    opened = actions.open_import(
        congress, file=uploaded(csv_bytes()), source="热线", channel="hotline", by=by
    )

    imports.dry_run(opened)
    imports.run(actions.start_import(opened, by=by))

    opened.refresh_from_db()
    assert (opened.state, opened.n_rows, opened.n_proposals) == (VoiceImport.State.DONE, 3, 1)
    assert set(Voice.objects.values_list("channel", "source")) == {("hotline", "热线")}


def uploaded(content, name="f.csv"):
    return SimpleUploadedFile(name, content)


def test_run_says_why_a_file_was_not_taken_in(congress):
    by = congress_clerk(congress)
    opened = actions.open_import(
        congress, file=uploaded(b"id,text\n1,\n"), source="x", channel="platform", by=by
    )
    actions.start_import(actions.note_check(opened, n_rows=1), by=by)

    with pytest.raises(NotPossible):
        imports.run(VoiceImport.objects.get())

    opened.refresh_from_db()
    assert (opened.state, opened.problem) == (VoiceImport.State.FAILED, "rows")


def test_a_rejected_group_is_not_proposed_again(congress):
    checked = imports.check(spreadsheets.read(csv_bytes(), "f"), congress=congress, source="热线")
    by = congress_clerk(congress)
    matters = imports.take_in(checked, congress=congress, source="热线", by=by)
    new = [matter.pk for matter in matters]
    actions.propose_among(congress, new=new)
    actions.reject(MergeProposal.objects.get(), by=by)

    assert actions.propose_among(congress, new=new) == 0


# Promised and kept ---------------------------------------------------------------------------------


@pytest.fixture
def started(congress):
    by = congress_clerk(congress)
    opened = actions.open_import(
        congress, file=uploaded(csv_bytes()), source="热线", channel="hotline", by=by
    )
    imports.dry_run(opened)
    return actions.start_import(opened, by=by)


def fresh(voice_import):
    return VoiceImport.objects.get(pk=voice_import.pk)


def test_no_start_without_its_job(congress, client):
    by = congress_clerk(congress)
    opened = actions.open_import(
        congress, file=uploaded(csv_bytes()), source="热线", channel="hotline", by=by
    )
    imports.dry_run(opened)
    client.force_login(by)
    refuse_jobs()

    with pytest.raises(ConnectorException):
        client.post(reverse("opinions:start_import", args=[opened.pk]))

    assert fresh(opened).state == VoiceImport.State.CHECKED


def test_a_run_that_ended_before_anything_was_in_begins_anew(started):
    actions.note_check(started, state="running", stage="writing", n_done=2)

    imports.run(fresh(started))

    assert (fresh(started).state, fresh(started).n_done, Voice.objects.count()) == ("done", 3, 3)


def test_a_run_that_ended_after_all_was_in_only_compares(started, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(actions, "propose_among", the_database_goes)
        with pytest.raises(OperationalError):
            imports.run(fresh(started))
    assert (fresh(started).state, fresh(started).stage) == ("running", "comparing")

    imports.run(fresh(started))

    assert (fresh(started).state, fresh(started).n_proposals, Voice.objects.count()) == (
        "done",
        1,
        3,
    )


def test_a_finished_run_does_nothing_again(started):
    imports.run(fresh(started))
    imports.run(fresh(started))

    assert (Voice.objects.count(), MergeProposal.objects.count()) == (3, 1)


def test_where_comparing_breaks_off_the_page_says_that_all_is_in(started, client, monkeypatch):
    monkeypatch.setattr(actions, "propose_among", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        imports.run(fresh(started))

    client.force_login(started.by)
    page = client.get(reverse("opinions:voice_import", args=[started.pk])).content.decode()

    assert "导入了 3 条。找同一件事没有一次做完" in page
    assert "没有导入" not in page
    assert actions.propose_waiting() == 3


def test_a_defect_is_said_in_the_readers_language_and_not_in_its_own(started, client, monkeypatch):
    monkeypatch.setattr(actions, "receive_many", the_database_refuses)
    with pytest.raises(IntegrityError):
        imports.run(fresh(started))

    client.force_login(started.by)
    address = reverse("opinions:voice_import", args=[started.pk])
    page = client.get(address, headers={"Accept-Language": "en"}).content.decode()

    assert "The system failed" in page
    assert "duplicate key" not in page


def test_what_ends_every_worker_is_given_up(started):
    actions.note_check(started, state="running", stage="writing")

    imports.give_up(started.pk)

    assert (fresh(started).state, fresh(started).problem) == ("failed", "broken")


def the_database_goes(*_arguments, **_named):
    raise OperationalError("server closed the connection unexpectedly")


def the_database_refuses(*_arguments, **_named):
    raise IntegrityError("duplicate key value violates unique constraint")
