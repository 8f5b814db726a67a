"""Words that are kept: written in the language of the house, whatever language their writer reads."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.formats import date_format
from django.utils.functional import Promise


class Written(str):
    """A sentence as the trail, a message or a line of progress keeps it.

    It remembers what it was made from, so that a refusal, which nobody keeps, can still be
    said in the reader's language.
    """

    source: str
    values: Any = None

    def __new__(cls, words: str, *, source: str = "", values: Any = None) -> "Written":
        made = super().__new__(cls, words)
        made.source, made.values = source or words, values
        return made

    def __mod__(self, values: Any) -> "Written":
        with translation.override(settings.LANGUAGE_CODE):
            return Written(str(self) % values, source=self.source, values=values)

    def in_the_language_of_the_reader(self) -> str:
        words = translation.gettext(self.source)
        return words if self.values is None else words % self.values


def written(source: str) -> Written:
    """What actions call `_`: the source is already in the language of the house."""
    return Written(source)


def kept(words: str | Promise) -> str:
    """A label or another lazy text as it is kept."""
    with translation.override(settings.LANGUAGE_CODE):
        return str(words)


def kept_day(day: dt.date) -> str:
    with translation.override(settings.LANGUAGE_CODE):
        return date_format(day, "DATE_FORMAT")


def read(words: str | Promise) -> str:
    """What stands here, for whoever reads it now."""
    return words.in_the_language_of_the_reader() if isinstance(words, Written) else str(words)
