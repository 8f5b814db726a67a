"""A file on its way in lies encrypted, starts after a dry run, and is gone when it is taken in."""

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from huiyin.kernel import clock, spreadsheets
from huiyin.kernel import imports as kernel_imports
from huiyin.kernel.workflow import NotPossible
from huiyin.opinions import actions, imports
from huiyin.opinions.models import VoiceImport
from tests.opinions.test_imports import congress, congress_clerk, csv_bytes, uploaded

__all__ = ["congress"]  # a fixture
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture(autouse=True)
def _own_uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def kept_files():
    """Whatever lies among the uploads of imports."""
    return [path for path in Path(settings.MEDIA_ROOT).glob("imports/**/*") if path.is_file()]


def opened_import(congress, content=None, by=None):
    return actions.open_import(
        congress,
        file=uploaded(content or csv_bytes()),
        source="热线",
        channel="hotline",
        by=by or congress_clerk(congress),
    )


def test_a_file_lies_encrypted_and_is_deleted_when_it_is_taken_in(congress):
    by = congress_clerk(congress)
    opened = opened_import(congress, by=by)

    (sealed,) = kept_files()
    assert (csv_bytes() in sealed.read_bytes(), stored_content(opened)) == (False, csv_bytes())

    imports.dry_run(opened)
    imports.run(actions.start_import(opened, by=by))

    assert (kept_files(), VoiceImport.objects.get().file.name) == ([], "")


def stored_content(voice_import):
    return kernel_imports.opened(VoiceImport.objects.get(pk=voice_import.pk).file)


def test_a_file_that_could_not_be_taken_in_is_deleted_too(congress):
    by = congress_clerk(congress)
    opened = opened_import(congress, b"id,text\n1,\n", by=by)
    actions.start_import(actions.note_check(opened, n_rows=1), by=by)

    with pytest.raises(NotPossible):
        imports.run(VoiceImport.objects.get())

    assert (VoiceImport.objects.get().state, kept_files()) == (VoiceImport.State.FAILED, [])


def test_a_file_nobody_took_in_is_deleted_after_a_day(congress):
    old = opened_import(congress)
    VoiceImport.objects.update(created_at=clock.now() - dt.timedelta(hours=25))
    by = old.by
    new = opened_import(congress, by=by)

    assert actions.forget_import_files() == 1

    old.refresh_from_db()
    assert (old.state, old.problem_words) == ("failed", "文件放得太久，已经删除，请再选一次。")
    assert (len(kept_files()), stored_content(new)) == (1, csv_bytes())


def test_an_import_starts_only_after_its_dry_run_and_again_after_other_columns(congress):
    by = congress_clerk(congress)
    opened = opened_import(congress, by=by)

    with pytest.raises(NotPossible, match="还没有试读完"):
        actions.start_import(opened, by=by)
    imports.dry_run(opened)
    chosen = actions.choose_columns(opened, mapping={"text": "title"}, by=by)
    with pytest.raises(NotPossible, match="还没有试读完"):
        actions.start_import(chosen, by=by)


def test_rows_in_error_come_back_before_the_import_and_without_columns_that_are_not_read(
    congress, client
):
    by = congress_clerk(congress)
    content = "编号,来电人,内容,时间\n1,王小明,路灯坏了,昨天\n".encode()
    opened = opened_import(congress, content, by=by)
    client.force_login(by)
    address = reverse("opinions:import_problems", args=[opened.pk])

    problems = spreadsheets.read(client.get(address).content, "a.xlsx")

    assert ("编号" in problems.headers, "来电人" in problems.headers) == (True, False)
    assert "王小明" not in str(problems.rows)
    actions.finish_import(opened, state=VoiceImport.State.FAILED)
    assert client.get(address).status_code == 404
