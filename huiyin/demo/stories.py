"""What people care about: stories.toml told of one place."""

import random
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

SOURCE = Path(__file__).with_name("stories.toml")


@dataclass(frozen=True)
class Story:
    """One story of one place, ready to be said, written, handled and answered."""

    subject: str
    voice_subject: str
    place: str
    unit: str
    cohandlers: tuple[str, ...]
    matter: str
    title: str
    voices: tuple[str, ...]
    situation: str
    proposals: str
    reply: str
    promises: tuple[str, ...]


@cache
def templates() -> tuple[dict, ...]:
    return tuple(tomllib.loads(SOURCE.read_text(encoding="utf-8"))["story"])


def tell(template: dict, place: str) -> Story:
    def told(text: str) -> str:
        return text.format(place=place)

    return Story(
        subject=template["subject"],
        voice_subject=template["voice_subject"],
        place=place,
        unit=template["unit"],
        cohandlers=tuple(template["cohandlers"]),
        matter=told(template["matter"]),
        title=told(template["title"]),
        voices=tuple(map(told, template["voices"])),
        situation=told(template["situation"]),
        proposals=told(template["proposals"]),
        reply="\n".join(map(told, template["reply"])),
        promises=tuple(map(told, template["promises"])),
    )


def draw(chance: random.Random, place: str, *, rural: bool) -> Story:
    """A story that fits the place: fields are watered in villages, lifts are missing in town."""
    fitting = [t for t in templates() if (t["subject"] == "farming") == rural]
    return tell(chance.choice(fitting), place)
