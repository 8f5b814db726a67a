"""Make the first keys, make a new one, and write every encrypted value anew with the active key."""

from argparse import ArgumentParser
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import models, transaction

from huiyin.kernel import crypto
from huiyin.kernel.fields import EncryptedTextField, Sealed

BATCH = 500


class Command(BaseCommand):
    help = "Re-encrypt personal data with the active key. Safe to stop and to start again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--init", action="store_true", help="write a first key file, then stop")
        parser.add_argument("--new-key", action="store_true", help="add a key and make it active")
        parser.add_argument(
            "--suite",
            choices=crypto.SUITES,
            default=settings.HUIYIN_CRYPTO,
            help="default: HUIYIN_CRYPTO",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["init"]:
            return self.init(options["suite"])
        if options["new_key"]:
            crypto.save(crypto.keyring().with_new_key(options["suite"]), crypto.key_file())
            crypto.configure(crypto.key_file())
        for model, field in encrypted_fields():
            count = rotate(model, field)
            self.stdout.write(f"{model._meta.label}.{field.name}: {count}")
        return None

    def init(self, suite: str) -> None:
        if crypto.key_file().exists():
            raise CommandError(f"{crypto.key_file()} exists; nothing was changed")
        crypto.create(crypto.key_file(), suite)
        self.stdout.write(
            f"keys written to {crypto.key_file()}; keep a copy away from the database"
        )


def encrypted_fields() -> list[tuple[type[models.Model], EncryptedTextField]]:
    return [
        (model, field)
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
        for field in model._meta.local_fields
        if isinstance(field, EncryptedTextField)
    ]


def rotate(model: type[models.Model], field: EncryptedTextField) -> int:
    """Row by row under a lock, a few hundred in each transaction; values of the active key are left."""
    rotated, last = 0, None
    rows = model._base_manager.exclude(**{f"{field.name}__isnull": True}).order_by("pk")
    while True:
        with transaction.atomic():
            later = rows.filter(pk__gt=last) if last is not None else rows
            batch = list(later.select_for_update().only("pk", field.name)[:BATCH])
            rotated += sum(_rotate_row(row, field) for row in batch)
        if len(batch) < BATCH:
            return rotated
        last = batch[-1].pk


def _rotate_row(row: models.Model, field: EncryptedTextField) -> bool:
    value: Sealed = getattr(row, field.name)
    if not value or crypto.keyring().is_current(value.token):
        return False
    fresh = Sealed(crypto.encrypt(value.reveal(), value.context), value.context, value.mask)
    # update() and not save(): who wrote the row last, and when, has not changed.
    type(row)._base_manager.filter(pk=row.pk).update(**{field.name: fresh})
    return True
