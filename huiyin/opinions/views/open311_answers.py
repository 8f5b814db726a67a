"""GeoReport v2 on the wire: the same facts as JSON and as XML."""

import datetime as dt
from typing import Any
from xml.etree import ElementTree

from django.http import HttpResponse, JsonResponse

from huiyin.kernel import clock
from huiyin.opinions.choices import State, Subject
from huiyin.opinions.models import Matter

FORMATS = ("json", "xml")
CLOSED = (State.CLOSED, State.ELSEWHERE)
# What repeats is named in the singular inside: <services><service>…
SINGULAR = {
    "services": "service",
    "service_requests": "request",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
    "attributes": "attribute",
}


def answer(root: str, facts: Any, form: str, *, status: int = 200) -> HttpResponse:
    """`root` names the outermost element; JSON has none, as the standard shows it."""
    if form == "json":
        return JsonResponse(
            facts, safe=False, status=status, json_dumps_params={"ensure_ascii": False}
        )
    tree = ElementTree.Element(root)
    _fill(tree, facts)
    text = ElementTree.tostring(tree, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8", status=status)


def refusal(status: int, words: str, form: str) -> HttpResponse:
    return answer("errors", [{"code": status, "description": words}], form, status=status)


def service(subject: Subject) -> dict[str, Any]:
    return {
        "service_code": subject.value,
        "service_name": str(subject.label),
        "description": str(subject.label),
        "metadata": False,
        "type": "realtime",
        "keywords": "",
        "group": "",
    }


def request_of(matter: Matter) -> dict[str, Any]:
    """A public matter: the title a clerk approved and a count, nobody's words."""
    known = matter.subject or Subject.OTHER
    return {
        "service_request_id": str(matter.pk),
        "status": "closed" if matter.state in CLOSED else "open",
        "status_notes": str(matter.get_state_display()),
        "service_name": str(Subject(known).label),
        "service_code": str(known),
        "description": matter.public_title,
        "agency_responsible": "",
        "service_notice": "",
        "requested_datetime": moment(matter.created_at),
        "updated_datetime": moment(matter.updated_at),
        "expected_datetime": _expected(matter),
        "address": matter.region.name if matter.region else "",
        "address_id": matter.region.code if matter.region else "",
        "zipcode": "",
        "lat": None,
        "long": None,
        "media_url": "",
    }


def moment(at: dt.datetime) -> str:
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _expected(matter: Matter) -> str:
    limit = matter.clock
    return moment(clock.at(limit.due_on, 18)) if limit and limit.is_running else ""


def _fill(element: ElementTree.Element, facts: Any) -> None:
    if isinstance(facts, dict):
        for name, value in facts.items():
            _fill(ElementTree.SubElement(element, name), value)
    elif isinstance(facts, list):
        for value in facts:
            _fill(ElementTree.SubElement(element, SINGULAR[element.tag]), value)
    elif facts is not None:
        element.text = str(facts).lower() if isinstance(facts, bool) else _allowed(str(facts))


def _allowed(text: str) -> str:
    """Without control characters, which no XML document may have."""
    return "".join(character for character in text if character >= " " or character in "\n\t")
