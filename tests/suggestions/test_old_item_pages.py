"""Bringing a file of old items, as a clerk does it on the pages and in the terminal."""

import datetime as dt
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import translation
from procrastinate.exceptions import ConnectorException

from huiyin.dashboards.trace import chain_of, trace_of
from huiyin.kernel import clock, spreadsheets, verify
from huiyin.kernel.workflow import NotAllowed
from huiyin.suggestions import actions
from huiyin.suggestions.imports import old_items
from huiyin.suggestions.models import OldItem, OldItemFile
from tests.promises import refuse_jobs
from tests.suggestions import old_sheet
from tests.suggestions.browse import get, post
from tests.suggestions.old_sheet import row, take_in, workbook


@pytest.fixture
def past(city):
    return old_sheet.past(city)


def bring(client, city, *rows, **more):
    client.force_login(city.clerk)
    file = SimpleUploadedFile("旧件.xlsx", workbook(list(rows), **more))
    address = reverse("suggestions:old_item_files")
    response = client.post(address, {"file": file}, follow=True)
    return OldItemFile.objects.order_by("-pk").first(), response.content.decode()


def test_a_file_is_tried_answered_and_taken_in(client, city, past):
    found, page = bring(client, city, row(lead_units="兰州市建委"))
    assert "系统里没有“兰州市建委”" in page

    data = {"units": "兰州市建委", "units_to": str(city.unit.pk)}
    page = post(client, city.clerk, "answer_old_names", found.pk, status=200, follow=True, **data)
    assert "导入 1 件" in page
    post(client, city.clerk, "start_old_items", found.pk)
    found.refresh_from_db()
    old_items.run(found)

    assert "导入了 1 件旧件。" in get(client, city.clerk, "old_items_progress", found.pk)
    assert found.file.name == ""
    assert OldItem.objects.get().suggestion.lead_unit == city.unit


def test_a_file_with_problems_cannot_be_started(client, city, past):
    found, page = bring(client, city, row(closed_on=""))

    assert "还在办的件请作为新建议录入" in page
    post(client, city.clerk, "start_old_items", found.pk, status=409)
    client.force_login(city.clerk)
    answer = client.get(reverse("suggestions:old_item_problems", args=[found.pk]))
    assert len(spreadsheets.read(answer.content, "p.xlsx").rows) == 1


def test_columns_are_chosen_by_a_person(client, city, past):
    found, _page = bring(client, city, row())
    data = {"situation": "标题", "title": "正文"}

    post(client, city.clerk, "choose_old_columns", found.pk, **data)

    found.refresh_from_db()
    assert (found.mapping["situation"], found.mapping["lead"]) == ("标题", "")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04nothing"])
def test_a_broken_file_says_so(client, city, past, content):
    client.force_login(city.clerk)
    file = SimpleUploadedFile("旧件.xlsx", content)

    response = client.post(reverse("suggestions:old_item_files"), {"file": file}, follow=True)

    assert b"govuk-error" in response.content or b"notice--late" in response.content
    assert OldItem.objects.count() == 0


def test_a_file_lies_encrypted_until_it_is_deleted_after_a_day(client, city, past):
    found, _page = bring(client, city, row())
    with found.file.open("rb") as file:
        assert file.read(2) != b"PK"
    OldItemFile.objects.update(created_at=clock.now() - dt.timedelta(hours=25))

    assert actions.old_items.forget_files() == 1

    found.refresh_from_db()
    assert (found.state, found.file.name) == ("failed", "")


def test_a_file_of_headers_only_has_nothing_to_import(client, city, past):
    client.force_login(city.clerk)
    out = io.BytesIO()
    spreadsheets.write_xlsx(out, spreadsheets.read(workbook([row()]), "f").headers, [])
    file = SimpleUploadedFile("空.xlsx", out.getvalue())
    page = client.post(reverse("suggestions:old_item_files"), {"file": file}, follow=True)

    assert "表里一行内容也没有。" in page.content.decode()
    empty = OldItemFile.objects.order_by("-pk").first()
    post(client, city.clerk, "start_old_items", empty.pk, status=409)


def test_too_large_a_file_is_refused(client, city, past, monkeypatch):
    monkeypatch.setattr("huiyin.suggestions.forms.old_items.BIGGEST", 100)
    client.force_login(city.clerk)
    file = SimpleUploadedFile("旧件.xlsx", workbook([row()]))

    response = client.post(reverse("suggestions:old_item_files"), {"file": file})

    assert (response.status_code, OldItemFile.objects.count()) == (422, 0)


def test_only_clerk_and_director_bring_old_items_in(city, past):
    file = SimpleUploadedFile("旧件.xlsx", workbook([row()]))

    for user in (city.deputy_user, city.unit_clerk, city.government, city.committee_user):
        with pytest.raises(NotAllowed):
            actions.old_items.open_file(city.congress, file=file, by=user)


def test_its_page_and_trace_say_where_it_came_from(client, city, past):
    [item] = take_in(city, row(result_class=""), without=("extensions",))

    page = get(client, city.clerk, "detail", item.pk)

    assert "旧件.xlsx" in page
    assert "评价值得核对" not in page
    assert "JY2019-0126" in page
    assert "文件里没有" in page
    assert trace_of(chain_of("suggestions.suggestion", item.pk, city.clerk)).facts


def test_outsiders_follow_it_without_what_was_written(client, city, past):
    [item] = take_in(city, row())

    trace = trace_of(chain_of("suggestions.suggestion", item.pk, city.finance_clerk))
    public = client.get(reverse("suggestions:published", args=item.public_address))

    assert trace.milestones
    assert public.status_code == 200
    assert item.number not in client.get(reverse("suggestions:feed")).content.decode()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_are_whole_in_both_languages(client, city, past, language, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    _found, page = bring(client, city, row(lead_units="兰州市建委", lead="郑无名"))
    with translation.override(language):
        heads = [
            str(translation.gettext(words)) for words in ("认不出的单位和代表", "哪一列是什么")
        ]

    assert [head for head in heads if head not in page] == []
    assert get(client, city.clerk, "old_item_files")


def test_the_terminal_takes_the_same_file(city, past, tmp_path):
    path, errors = tmp_path / "旧件.xlsx", tmp_path / "errors.xlsx"
    path.write_bytes(workbook([row(lead_units="兰州市建委", lead="郑无名", ratings="满意")]))
    told = {"stdout": io.StringIO(), "stderr": io.StringIO()}

    with pytest.raises(CommandError):
        call_command("import_suggestions", str(path), "--dry-run", "--errors", str(errors), **told)
    assert len(spreadsheets.read(errors.read_bytes(), "e").rows) == 1
    names = tmp_path / "names.toml"
    names.write_text(f'[units]\n"兰州市建委" = "{city.unit.name}"\n', "utf-8")
    more = ["--names", str(names), "--former-deputies"]
    call_command("import_suggestions", str(path), "--dry-run", *more, **told)
    assert OldItemFile.objects.count() == 0
    call_command("import_suggestions", str(path), *more, **told)

    item = OldItem.objects.get().suggestion
    assert (item.lead_unit, str(item.lead), OldItem.objects.get().file.by) == (
        city.unit,
        "郑无名",
        None,
    )
    assert list(verify.faults()) == []


def test_no_start_without_its_job(client, city, past):
    found, _page = bring(client, city, row())
    refuse_jobs()

    with pytest.raises(ConnectorException):
        client.post(reverse("suggestions:start_old_items", args=[found.pk]))

    found.refresh_from_db()
    assert found.state == OldItemFile.State.CHECKED


def test_a_file_whose_worker_was_killed_comes_in_once(client, city, past):
    found, _page = bring(client, city, row())
    post(client, city.clerk, "start_old_items", found.pk)
    begun = actions.old_items.note_file(found, state=OldItemFile.State.RUNNING)

    old_items.run(OldItemFile.objects.get(pk=found.pk))
    old_items.run(begun)  # another worker, which read the file before that

    found.refresh_from_db()
    assert (found.state, OldItem.objects.count()) == (OldItemFile.State.DONE, 1)


def test_why_a_file_did_not_come_in_is_said_in_the_readers_language(client, city, past):
    found, _page = bring(client, city, row())
    post(client, city.clerk, "start_old_items", found.pk)
    old_items.give_up(found.pk)

    address = reverse("suggestions:old_items_progress", args=[found.pk])
    assert (
        "The system failed"
        in client.get(address, headers={"Accept-Language": "en"}).content.decode()
    )
