"""What every router of the API shares: refusals, paging, and forms as bodies.

A step has one form. A page shows it, a program sends it as JSON; both are checked by the same
class, so that neither way in is looser than the other.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Annotated, Any, Literal

from django import forms
from django.http import HttpRequest
from django.utils import translation
from ninja import Field, Path, Router, Schema
from ninja.pagination import LimitOffsetPagination
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ConfigDict,
    StrictBool,
    StrictInt,
    create_model,
)

from huiyin.kernel.workflow import Button

LAST_OFFSET = 1_000_000
LARGEST_ID = 2**63 - 1
FIRST_YEAR, LAST_YEAR = 1950, 2200
Id = Annotated[StrictInt, Field(ge=1, le=LARGEST_ID)]


def _without_nul(text: str) -> str:
    """PostgreSQL keeps no such character."""
    if "\x00" in text:
        raise ValueError("a NUL character")
    return text


Text = Annotated[str, AfterValidator(_without_nul)]
Pk = Path[Annotated[int, Field(ge=1, le=LARGEST_ID)]]
Year = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class Problem(Schema):
    """Why not, in the language asked for by Accept-Language."""

    detail: str


class Wrong(Schema):
    """Where the input is wrong: the way to the value, and the words for it."""

    type: str
    loc: list[str | int]
    msg: str


class Problems(Schema):
    detail: list[Wrong] | str


class Standing(Schema):
    """Where an item stands after a step."""

    id: int
    kind: str
    state: str


class StepOut(Schema):
    """A step the token's person may take now, or the reason why it is closed."""

    kind: str
    id: int
    step: str
    label: str
    reason: str | None

    @classmethod
    def of(cls, kind: str, pk: int, button: Button[Any, Any]) -> "StepOut":
        reason = str(button.reason) if button.reason else None
        return cls(kind=kind, id=pk, step=button.name, label=str(button.label), reason=reason)


PUBLIC_REFUSALS: dict[Any, Any] = {frozenset({404, 429}): Problem, 422: Problems}
READ_REFUSALS: dict[Any, Any] = {frozenset({401, 403, 404, 429}): Problem, 422: Problems}
WRITE_REFUSALS: dict[Any, Any] = {frozenset({400, 401, 403, 404, 409, 429}): Problem, 422: Problems}


class FormRefused(Exception):
    """The form found something wrong. Answered with 422."""

    def __init__(self, form: forms.BaseForm) -> None:
        super().__init__("form refused")
        self.problems = list(_problems(form))


class Paged(LimitOffsetPagination):
    """`limit` and `offset`, both bounded: what lies further back is found by a search."""

    class Input(Schema):
        limit: int = Field(50, ge=1, le=100)
        offset: int = Field(0, ge=0, le=LAST_OFFSET)


class Body(Schema):
    """What a program sends: only what is asked for, each value of its own kind."""

    model_config = ConfigDict(extra="forbid")


def body_of(
    form: type[forms.Form], name: str, *, without: Collection[str] = (), **more: Any
) -> type[Body]:
    """The body that carries this form; `more` are fields the form grows for its item.

    Files are not taken: they are added on the page.
    """
    with translation.override("zh-hans"):
        fields = {
            each: _typed(field)
            for each, field in form.base_fields.items()
            if not isinstance(field, forms.FileField) and each not in without
        }
    return create_model(name, __base__=Body, **{**fields, **more})


def sent(body: Body | None) -> dict[str, Any]:
    """The body as a form takes it: what was left out is not there."""
    given = body.model_dump() if body else {}
    return {name: value for name, value in given.items() if value is not None}


def cleaned(form: forms.BaseForm) -> dict[str, Any]:
    """What the form makes of its input. Raises FormRefused."""
    if not form.is_valid():
        raise FormRefused(form)
    found: dict[str, Any] = form.cleaned_data
    return found


def standing_after(page: Any, item: Any, request: HttpRequest, body: Body | None) -> Standing:
    """Take the step of a room's `StepPage` by a program.

    Raises FormRefused, NotAllowed or NotPossible.
    """
    page.workflow.demand_right(page.step, item, by=request.user)
    page.act(item, cleaned(page.form(sent(body), item=item)), request.user)
    item.refresh_from_db(fields=["state"])
    return Standing(id=item.pk, kind=page.workflow.name, state=item.state)


def add_step(
    router: Router,
    path: str,
    *,
    name: str,
    label: Any,
    body: type[Body] | None,
    take: Callable[[HttpRequest, int, Body | None], Any],
    **more: Any,
) -> None:
    """One step's address: POST to the item's own, with a body where the step asks something."""
    if body is None:

        def operation(request: HttpRequest, pk: Pk) -> Any:
            return take(request, pk, None)

    else:

        def operation(request: HttpRequest, pk: Pk, given: body) -> Any:  # type: ignore[misc,valid-type]  # made while running
            return take(request, pk, given)

    operation.__name__ = name
    with translation.override("zh-hans"):
        summary = str(label)
    router.post(path, url_name=name, operation_id=name, summary=summary, **more)(operation)


def _problems(form: forms.BaseForm) -> Iterator[Wrong]:
    for name, errors in form.errors.items():
        way: list[str | int] = ["body"] if name == "__all__" else ["body", name]
        for words in errors:
            yield Wrong(type="form", loc=way, msg=str(words))


def _typed(field: forms.Field) -> tuple[Any, Any]:
    """The type of one field and what the document says of it."""
    kind = _kind_of(field)
    is_demanded = field.required and not getattr(field, "is_demanded_later", False)
    words = str(field.label or "")
    if is_demanded and not isinstance(field, forms.BooleanField):
        return kind, Field(..., description=words, **_bounds(field, is_demanded=True))
    return kind | None, Field(None, description=words, **_bounds(field, is_demanded=False))


def _kind_of(field: forms.Field) -> Any:
    for form_field, kind in KINDS.items():
        if isinstance(field, form_field):
            return kind
    if isinstance(field, forms.MultipleChoiceField):
        return list[_one_of(field)]  # type: ignore[misc]  # made while running
    return _one_of(field) if isinstance(field, forms.ChoiceField) else str


def _one_of(field: forms.ChoiceField) -> Any:
    """The values of a choice; a form that learns them from its item takes any text here."""
    values = tuple(value for value in _values(field.choices) if value != "")
    if not values:
        return str
    return Literal[tuple(str(value) for value in values)]


def _values(choices: Any) -> Iterator[Any]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _values(label)
        else:
            yield value


def _bounds(field: forms.Field, *, is_demanded: bool) -> Mapping[str, Any]:
    if isinstance(field, forms.IntegerField):
        return {"ge": field.min_value, "le": field.max_value}
    if isinstance(field, forms.CharField):
        least = field.min_length or (1 if is_demanded else None)
        return {"min_length": least, "max_length": field.max_length}
    return {}


def _only_text(value: Any) -> Any:
    """A number of seconds is no day."""
    if not isinstance(value, str):
        raise ValueError("a day as text, e.g. 2026-03-05")
    return value


Day = Annotated[dt.date, BeforeValidator(_only_text)]
# The first that fits counts: a choice of many rows is also a choice of one.
KINDS: dict[type[forms.Field], Any] = {
    forms.ModelMultipleChoiceField: list[Id],
    forms.ModelChoiceField: Id,
    forms.BooleanField: StrictBool,
    forms.IntegerField: StrictInt,
    forms.DateField: Day,
}
