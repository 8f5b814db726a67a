"""Table columns for personal data: encrypted text that shows itself masked, and its blind index."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.query_utils import DeferredAttribute
from django.forms import CharField, Field

from huiyin.kernel import crypto
from huiyin.kernel.identity import mask_all


@dataclass(frozen=True)
class Sealed:
    """A value that stays encrypted in memory, logs and templates; printed, it is its own mask."""

    token: bytes
    context: str
    mask: Callable[[str], str] = field(default=mask_all, compare=False)

    def __str__(self) -> str:
        return self.mask(self.reveal()) if self.token else ""

    __repr__ = __str__

    def __bool__(self) -> bool:
        return bool(self.token)

    def matches(self, text: str) -> bool:
        return self.reveal() == text

    def reveal(self) -> str:
        """The plain value: for accounts.actions.unmask and the system's own senders only."""
        return crypto.decrypt(self.token, self.context) if self.token else ""


class SealingAttribute(DeferredAttribute):
    """Seals plain text at the moment it is given to the item."""

    def __set__(self, item: models.Model, value: Any) -> None:
        item.__dict__[self.field.attname] = self.field.to_python(value)


class EncryptedTextField(models.Field):
    descriptor_class = SealingAttribute
    empty_strings_allowed = True

    def __init__(
        self,
        *args: Any,
        mask: Callable[[str], str] = mask_all,
        context: str = "",
        max_length: int = 500,
        **options: Any,
    ) -> None:
        self.mask, self.context, self.longest = mask, context, max_length
        super().__init__(*args, **options)

    def deconstruct(self) -> Any:
        """The mask is no matter of the database; the context is, it opens the value."""
        name, path, args, options = super().deconstruct()
        return name, path, args, options | ({"context": self.context} if self.context else {})

    def get_internal_type(self) -> str:
        return "BinaryField"

    def bound_context(self) -> str:
        label = self.model._meta.label_lower
        return self.context or f"{label}.{self.name}"

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, Sealed) or hasattr(value, "resolve_expression"):
            return value
        if isinstance(value, str):
            return self._sealed(self._encrypted(value))
        return self._sealed(bytes(value))

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Any:
        return None if value is None else self._sealed(bytes(value))

    def get_prep_value(self, value: Any) -> Any:
        value = self.to_python(super().get_prep_value(value))
        return value.token if isinstance(value, Sealed) else value

    def get_lookup(self, lookup_name: str) -> Any:
        # Two encryptions of one text differ: filter(phone=…) would silently find nothing.
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is encrypted; filter by its blind index")
        return super().get_lookup(lookup_name)

    def value_to_string(self, item: models.Model) -> str:
        raise FieldError(f"{self.name} is encrypted; back up with pg_dump")

    def formfield(self, **options: Any) -> Field | None:
        return super().formfield(form_class=CharField, max_length=self.longest, **options)

    def _encrypted(self, text: str) -> bytes:
        if len(text) > self.longest:
            raise ValueError(f"{self.name} is longer than {self.longest} characters")
        if text and text == self.mask(text):
            raise ValueError(f"{self.name}: a masked value is never stored")
        return crypto.encrypt(text, self.bound_context()) if text else b""

    def _sealed(self, token: bytes) -> Sealed:
        return Sealed(token, self.bound_context(), self.mask)


class BlindIndexField(models.CharField):
    """Follows an encrypted field of the same item, so that equal values can be found."""

    def __init__(
        self,
        *args: Any,
        of: str = "",
        purpose: str = "",
        normalise: Callable[[str], str] = str,
        **options: Any,
    ) -> None:
        self.of, self.purpose, self.normalise = of, purpose, normalise
        options |= {"max_length": 64, "default": "", "editable": False, "blank": True}
        super().__init__(*args, **{"db_index": True} | options)

    def deconstruct(self) -> Any:
        name, path, args, options = super().deconstruct()
        for always in ("max_length", "default", "editable", "blank"):
            options.pop(always, None)
        return name, path, args, options | {"of": self.of, "purpose": self.purpose}

    def pre_save(self, item: models.Model, add: bool) -> str:
        """With save(update_fields=…) name both fields: Django asks only the ones named."""
        value = getattr(item, self.of)
        plain = value.reveal() if isinstance(value, Sealed) else ""
        index = crypto.blind_index(self.normalise(plain), self.purpose) if plain else ""
        setattr(item, self.attname, index)
        return index
