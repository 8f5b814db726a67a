"""A file of voices on its way in: opened, its columns chosen, started, finished."""

from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from huiyin.accounts.models import User
from huiyin.congress.models import Congress
from huiyin.kernel import clock, imports
from huiyin.kernel.wording import written as _
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.opinions import permissions
from huiyin.opinions.models import Matter, VoiceImport


def open_import(
    congress: Congress, *, file: UploadedFile, source: str, channel: str, by: User
) -> VoiceImport:
    if not permissions.can_import_voices(by, congress):
        raise NotAllowed("import voices")
    return VoiceImport.objects.create(
        congress=congress,
        by=by,
        file=imports.stored(file.read()),
        name=(file.name or "")[:200],
        source=source,
        channel=channel,
    )


def choose_columns(
    voice_import: VoiceImport, *, mapping: Mapping[str, str], by: User
) -> VoiceImport:
    held = _held(voice_import, by)
    held.mapping, held.n_rows = dict(mapping), 0  # to be tried again
    return _save(held, "mapping", "n_rows")


@transaction.atomic
def start_import(voice_import: VoiceImport, *, is_semantic: bool = False, by: User) -> VoiceImport:
    """Only what was tried to its end and is free of problems; two presses start it once."""
    locked = VoiceImport.objects.select_for_update(of=("self",)).get(pk=voice_import.pk)
    held = _held(locked, by)
    if held.n_problems:
        raise NotPossible(_("还有 %(n)d 个问题，请改好文件再上传。") % {"n": held.n_problems})
    if not held.n_rows:
        raise NotPossible(_("这个文件还没有试读完，请先打开它看结果。"))
    held.state, held.is_semantic = VoiceImport.State.WAITING, is_semantic
    return _save(held, "state", "is_semantic")


def note_check(voice_import: VoiceImport, **found: int | str) -> VoiceImport:
    """What the dry run found."""
    for name, value in found.items():
        setattr(voice_import, name, value)
    return _save(voice_import, *found)


def finish_import(voice_import: VoiceImport, **found: int | str) -> VoiceImport:
    """How it ended. The file is deleted: it may hold more about people than was read."""
    voice_import.file.delete(save=False)
    return note_check(voice_import, file="", **found)


def forget_import_files() -> int:
    """Files nobody took in within a day; where one is not finished, it is not any more."""
    states = VoiceImport.State
    old = VoiceImport.objects.filter(created_at__lt=clock.now() - imports.STORED_FOR).exclude(
        file=""
    )
    for voice_import in old:
        if voice_import.is_finished:
            finish_import(voice_import)
        else:
            finish_import(voice_import, state=states.FAILED, problem=imports.Failure.GONE)
    return len(old)


def note_progress(voice_import: VoiceImport, done: int) -> None:
    """Past the transaction of the import, whose own changes nobody sees until it ends."""
    imports.note_beside(voice_import, n_done=done)


def uncompared(voice_import: VoiceImport) -> list[int]:
    """What came from the same platform and nobody has compared yet."""
    waiting = Matter.objects.filter(congress=voice_import.congress_id, is_compared=False)
    return list(
        waiting.filter(voices__source=voice_import.source).values_list("pk", flat=True).distinct()
    )


def _held(voice_import: VoiceImport, by: User) -> VoiceImport:
    if not permissions.can_import_voices(by, voice_import.congress):
        raise NotAllowed("import voices")
    if voice_import.state != VoiceImport.State.CHECKED:
        raise NotPossible(
            _("这个文件已经在处理：%(state)s。") % {"state": voice_import.get_state_display()}
        )
    return voice_import


def _save(voice_import: VoiceImport, *fields: str) -> VoiceImport:
    voice_import.updated_at = clock.now()
    voice_import.save(update_fields=[*fields, "updated_at"])
    return voice_import
