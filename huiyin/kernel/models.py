"""Base classes of every table, and the three tables of the trail."""

from typing import Any, ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.encoding import force_str
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock


class TimeStamped(models.Model):
    created_at = models.DateTimeField(_("建立时间"), default=clock.now, editable=False)
    updated_at = models.DateTimeField(_("更新时间"), default=clock.now, editable=False)

    class Meta:
        abstract = True

    def _get_FIELD_display(self, field: Any) -> Any:  # noqa: N802  Django's own name
        """Stands for Django's own, which translates every choice of the field for each row of a list."""
        value = getattr(self, field.attname)
        return force_str(dict(field.flatchoices).get(value, value), strings_only=True)


class Trailed(TimeStamped):
    """A table whose rows have a life: each step is one entry of the row's own chain.

    `version` counts the entries and `head` is the newest entry's hash, so that a cut tail
    shows. `untrailed` names fields that are derived or encrypted anew at a key rotation;
    `unremembered` those that count for the hash, but whose old value no entry keeps, because a
    person may have it deleted (个人信息保护法 art. 47) and an entry lasts; `locked_with` what every step reads beside the row, reached over keys that never change.
    `is_held` is set by `kernel.steps` on a row it has locked or inserted.
    """

    untrailed: ClassVar[frozenset[str]] = frozenset()
    unremembered: ClassVar[frozenset[str]] = frozenset()
    locked_with: ClassVar[tuple[str, ...]] = ()
    is_held = False

    version = models.PositiveIntegerField(default=0, editable=False)
    head = models.CharField(max_length=64, default="", editable=False)

    class Meta:
        abstract = True

    @classmethod
    def item_kind(cls) -> str:
        return cls._meta.label_lower

    def trailed_fields(self) -> dict[str, Any]:
        """What the entry's item hash covers: column name to value, without what is at rest.

        A value at its default says nothing, so a column that a later release adds leaves the
        hashes of old entries as they are.
        """
        left_out = self.untrailed | {"updated_at", "head"}
        fields = [field for field in self._meta.concrete_fields if field.name not in left_out]
        values = {field: getattr(self, field.attname) for field in fields}
        return {
            field.attname: value for field, value in values.items() if not _is_at_rest(field, value)
        }


def _is_at_rest(field: "models.Field[Any, Any]", value: Any) -> bool:
    if value in (None, "", [], {}):
        return True
    return not callable(field.default) and bool(value == field.default)


class Entry(models.Model):
    """One line of an item's trail. Written once, by kernel.trail.

    Actor and item are named by kind, id and label without foreign keys: a line outlives
    what it tells of, and the ground floor knows no upper table.
    """

    item_kind = models.CharField(max_length=60)
    item_id = models.BigIntegerField()
    sequence = models.PositiveIntegerField()
    at = models.DateTimeField()
    step = models.CharField(max_length=40)
    state = models.CharField(max_length=30, default="")
    words = models.TextField(default="")
    actor_kind = models.CharField(max_length=20)
    actor_id = models.BigIntegerField(null=True)
    actor_label = models.CharField(max_length=120)
    acting_as = models.CharField(max_length=200, default="")
    before = models.JSONField(default=dict)
    item_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, default="")
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="entry_one_line_per_place_in_the_chain",
                fields=["item_kind", "item_id", "sequence"],
            )
        ]
        indexes = [
            models.Index(name="entry_actor_at", fields=["actor_kind", "actor_id", "-at"]),
            models.Index(name="entry_step_at", fields=["step", "at"]),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.item_kind} {self.item_id} #{self.sequence} {self.step}"


class Unsealed(models.Model):
    """Entries that no block covers yet; the sealer empties it."""

    entry_id = models.BigIntegerField(primary_key=True)

    def __str__(self) -> str:
        return str(self.entry_id)


class Block(models.Model):
    """A seal over a batch of entries, chained to the block before it."""

    number = models.PositiveBigIntegerField(primary_key=True)
    sealed_at = models.DateTimeField()
    entry_ids = ArrayField(models.BigIntegerField())
    previous_seal = models.CharField(max_length=64, default="")
    key_id = models.CharField(max_length=40)
    seal = models.CharField(max_length=64)

    class Meta:
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"block {self.number}"
