"""A database whose data are written in Latin letters: what stays Chinese on a page is the page's own."""

import json
import re
from typing import Any

import pgtrigger
from django.apps import apps
from django.db import connection, models

from huiyin.kernel.fields import EncryptedTextField

CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")


def latin(words: str) -> str:
    """As long as before and, as good as always, different for different words."""
    return CHINESE.sub(lambda found: chr(0x100 + ord(found[0]) % 0x14F), words)


def write_in_latin() -> None:
    """Every text of every row; the trail lets nobody change it, but for once."""
    _heed_triggers(but=pgtrigger.registered())
    for model in apps.get_models():
        if model.__module__.startswith("huiyin.") and model._meta.managed:
            _rewrite(model)
    _heed_triggers()


def _heed_triggers(*, but: Any = ()) -> None:
    """As pgtrigger.ignore does, in a statement of its own: ours are planned beforehand."""
    names = ",".join(trigger.get_pgid(model) for model, trigger in but)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [f"{{{names}}}"])


def _rewrite(model: type[models.Model]) -> None:
    fields = [field for field in model._meta.concrete_fields if _holds_words(field)]
    changed = []
    for row in model._base_manager.all() if fields else []:
        before = [getattr(row, field.attname) for field in fields]
        after = [_latin(value) for value in before]
        if before != after:
            for field, value in zip(fields, after, strict=True):
                setattr(row, field.attname, value)
            changed.append(row)
    if changed:
        model._base_manager.bulk_update(changed, [field.name for field in fields])


def _holds_words(field: Any) -> bool:
    kinds = (models.CharField, models.TextField, models.JSONField)
    return isinstance(field, kinds) and not isinstance(field, EncryptedTextField)


def _latin(value: Any) -> Any:
    if isinstance(value, str):
        return latin(value)
    return json.loads(latin(json.dumps(value, ensure_ascii=False))) if value else value
