"""The API as a client with a token sees it, and bodies that its own document calls right."""

import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from django.test import Client

from huiyin.accounts import actions
from huiyin.config.api import api
from tests.doors.world import World

MACHINE = Client(raise_request_exception=False)
START = "/api/v1"


def keys_for(world: World, *, can_write: bool = True) -> dict[str, str]:
    """A token for every person of the world."""
    return {
        role: actions.make_token(user, name="试验", can_write=can_write, days=1, by=user)[1]
        for role, user in world.people.items()
    }


def ask(method: str, path: str, key: str = "", body: Any = None, language: str = "") -> Any:
    headers = {"authorization": f"Bearer {key}"} if key else {}
    headers |= {"accept-language": language} if language else {}
    more = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
    return getattr(MACHINE, method)(path, headers=headers, **more)


@cache
def document() -> dict[str, Any]:
    """What /api/v1/openapi.json says; reckoning it takes half a second."""
    return json.loads(json.dumps(api.get_openapi_schema(), default=str))


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Method, path and description of everything the document tells of."""
    for path, methods in document()["paths"].items():
        for method, operation in methods.items():
            yield method, path, operation


def body_for(operation: dict[str, Any], filled: dict[str, Any]) -> dict[str, Any] | None:
    """What the world answers to the questions of this body, each value of its own kind."""
    if "requestBody" not in operation:
        return None
    schema = _resolved(operation["requestBody"]["content"]["application/json"]["schema"])
    named = {name: _resolved(part) for name, part in schema["properties"].items()}
    return {
        name: _as(part, filled[name] if _fits(part, filled.get(name)) else _any(part))
        for name, part in named.items()
        if name in schema.get("required", []) or _fits(part, filled.get(name))
    }


def _fits(schema: dict[str, Any], value: Any) -> bool:
    """Two forms may ask different things under one name: a letter's number, and its words."""
    is_number = str(value).isdecimal() if schema.get("type") == "integer" else True
    return value is not None and is_number


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[1]
        return document()["components"]["schemas"][name]
    for part in schema.get("anyOf", []):
        if part.get("type") != "null":
            return part
    return schema


def _any(schema: dict[str, Any]) -> Any:
    """Something of the right kind, where the world has no answer of its own."""
    if schema.get("format") == "date":
        return "2026-03-05"
    return {"integer": 1, "boolean": False, "array": []}.get(schema.get("type", ""), "说明情况")


def _as(schema: dict[str, Any], value: Any) -> Any:
    kind = schema.get("type")
    if kind == "integer":
        return int(value)
    if kind == "boolean":
        return bool(value)
    if kind == "array":
        return [] if isinstance(value, str) else value
    allowed = schema.get("enum")
    return allowed[0] if allowed and value not in allowed else str(value)
