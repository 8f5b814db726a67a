"""Names of places in what people write: the two characters before the kind of place are name enough."""

import re

_KINDS = "小区|社区|家园|花园|公寓|大厦|广场|公园|村|学校|小学|中学|大学|学院|幼儿园|医院"
_ROADS = "路|大道|街(?!道)|巷"
_DIVISIONS = "街道|镇|乡|[区县市]"
_OWN = re.compile(f"([^ ]{{2}})(?:{_KINDS})")
_ADDRESS = re.compile(f"([^ ]{{2}})(?:{_KINDS}|{_ROADS})")
_ANY = re.compile(f"([^ ]{{2}})(?:{_KINDS}|{_ROADS}|{_DIVISIONS})")


def named_in_title(title: str) -> list[str]:
    """Places that are one matter's own; a road in a title may be only where a matter begins."""
    return _OWN.findall(title)


def named_in_address(place: str) -> list[str]:
    """Asked where it is, people name the road itself."""
    return _ADDRESS.findall(place)


def names_in(text: str) -> set[str]:
    """Every name of a place, of a division too."""
    return set(_ANY.findall(text))
