"""A file of old items on its way in: opened, its columns and names chosen, started, finished."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.models import Congress
from huiyin.kernel import clock, imports
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import permissions
from huiyin.suggestions.models import OldItemFile


def open_file(congress: Congress, *, file: UploadedFile, by: User) -> OldItemFile:
    _demand_right(congress, by)
    content = file.read()
    return OldItemFile.objects.create(
        congress=congress,
        by=by,
        file=imports.stored(content),
        name=(file.name or "")[:200],
        sha256=hashlib.sha256(content).hexdigest(),
    )


@transaction.atomic
def with_file(old_file: OldItemFile, write: Callable[[], int]) -> int:
    """From the command line: the file's row and its items come in together or not at all."""
    old_file.save(force_insert=True)
    done = write()
    note_file(old_file, state=OldItemFile.State.DONE, n_done=done)
    return done


def choose_columns(old_file: OldItemFile, *, mapping: Mapping[str, str], by: User) -> OldItemFile:
    held = _held(old_file, by)
    held.mapping = dict(mapping)
    return note_file(held, mapping=held.mapping)


def answer_names(
    old_file: OldItemFile, *, answers: Mapping[str, Mapping[str, str]], by: User
) -> OldItemFile:
    """Who is meant by names the house does not know; earlier answers stay where none is given."""
    held = _held(old_file, by)
    merged = {kind: {**held.answers.get(kind, {}), **given} for kind, given in answers.items()}
    return note_file(held, answers={**held.answers, **merged})


@transaction.atomic
def start(old_file: OldItemFile, *, by: User) -> OldItemFile:
    """Only what was checked and is free of problems; two presses start it once."""
    locked = OldItemFile.objects.select_for_update(of=("self",)).get(pk=old_file.pk)
    held = _held(locked, by)
    if held.n_problems or not held.n_rows:
        raise NotPossible(_("还有 %(n)d 个问题，请改好文件再上传。") % {"n": held.n_problems})
    return note_file(held, state=OldItemFile.State.WAITING)


def note_file(old_file: OldItemFile, **found: Any) -> OldItemFile:
    """What the dry run found, or how far the import has come."""
    for name, value in found.items():
        setattr(old_file, name, value)
    old_file.updated_at = clock.now()
    old_file.save(update_fields=[*found, "updated_at"])
    return old_file


def finish_file(old_file: OldItemFile, **found: Any) -> OldItemFile:
    """How it ended. The file is deleted: it may hold more about people than was read."""
    old_file.file.delete(save=False)
    return note_file(old_file, file="", **found)


def forget_files() -> int:
    """Files nobody took in within a day; where one is not finished, it is not any more."""
    states = OldItemFile.State
    old = OldItemFile.objects.filter(created_at__lt=clock.now() - imports.STORED_FOR).exclude(
        file=""
    )
    for old_file in old:
        if old_file.is_finished:
            finish_file(old_file)
        else:
            finish_file(old_file, state=states.FAILED, problem=imports.Failure.GONE)
    return len(old)


def note_progress(old_file: OldItemFile, done: int) -> None:
    imports.note_beside(old_file, n_done=done)


def _held(old_file: OldItemFile, by: User) -> OldItemFile:
    _demand_right(old_file.congress, by)
    if old_file.state != OldItemFile.State.CHECKED:
        raise NotPossible(
            _("这个文件已经在处理：%(state)s。") % {"state": old_file.get_state_display()}
        )
    return old_file


def _demand_right(congress: Congress, by: User) -> None:
    if not permissions.can_bring_in_old_items(by, congress):
        raise NotAllowed("bring in old items")
