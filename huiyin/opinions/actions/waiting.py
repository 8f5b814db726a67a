"""Photos between the steps: beside the database until the voice is sent, swept away after a day."""

import datetime as dt
import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from huiyin.kernel import clock

FOLDER = "waiting"
KEPT = dt.timedelta(days=1)


def keep_picture(content: bytes) -> str:
    """The name to find it by; it cannot be guessed."""
    name = f"{FOLDER}/{secrets.token_urlsafe(18)}.jpg"
    return default_storage.save(name, ContentFile(content))


def waiting_picture(name: str) -> list[bytes]:
    if not name or not default_storage.exists(name):
        return []
    with default_storage.open(name) as file:
        return [file.read()]


def drop_picture(name: str) -> None:
    if name:
        default_storage.delete(name)


def sweep_pictures() -> int:
    """Delete what was never sent."""
    if not default_storage.exists(FOLDER):
        return 0
    names = [f"{FOLDER}/{name}" for name in default_storage.listdir(FOLDER)[1]]
    old = [name for name in names if default_storage.get_modified_time(name) < clock.now() - KEPT]
    for name in old:
        default_storage.delete(name)
    return len(old)
