"""Leaving out of a text what names a person or a home."""

import re
import unicodedata

# What may name a person or a home. Order matters: the longest numbers first.
_PATTERNS = (
    # an identity number of 18 or 15 digits
    (re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)|(?<!\d)\d{15}(?!\d)"), "［身份证号略］"),
    (re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"), "［邮箱略］"),
    # a mobile number, also cut up by blanks or hyphens, also with the country's code
    (re.compile(r"(?<!\d)(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"), "［电话略］"),
    (
        re.compile(r"(?<!\d)0\d{2,3}[- ]?\d{7,8}(?!\d)|(?<!\d)[48]00[- ]?\d{3}[- ]?\d{4}(?!\d)"),
        "［电话略］",
    ),
    (re.compile(r"(?<=[话号系机])[:：]?\s*\d{7,8}(?!\d)"), "［电话略］"),
    # a bank card
    (re.compile(r"(?<!\d)\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?(?!\d)"), "［账号略］"),
    # a number plate, also of a new-energy car
    (
        re.compile(
            r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领]"
            r"[A-HJ-NP-Z][·. ]?[A-HJ-NP-Z0-9]{4,5}[A-HJ-NP-Z0-9挂学警港澳]"
        ),
        "［车牌略］",
    ),
    # building, entrance and door of a home: 3号楼2单元501室, 12栋301
    (
        re.compile(
            r"\d{1,4}\s*(?:号楼|栋|幢|座)\s*(?:\d{1,3}\s*(?:单元|门)\s*)?\d{3,4}\s*(?:室|号|户)?"
            r"|\d{1,3}\s*单元\s*\d{1,4}\s*(?:室|号|户)?"
        ),
        "［门牌略］",
    ),
    (
        re.compile(
            r"(?<=[路街巷道弄村里])\s*\d{1,5}(?:-\d{1,4})?\s*号(?:院|楼)?(?:\s*\d{1,4}\s*室)"
        ),
        "［门牌略］",
    ),
    (re.compile(r"(?<!\d)\d{3,4}\s*室"), "［门牌略］"),
    # who says who it is
    (re.compile(r"(?<=我叫|姓名)[:：]?\s*[一-鿿]{2,4}?(?=[，,。、；;\s]|$)"), "［姓名略］"),
)


def redact(text: str) -> str:
    """The text without telephones, identity numbers, cards, plates, doors and e-mail addresses.

    A first pass only: a person reads the result before it is published.
    """
    plain = _narrow(text)
    for pattern, substitute in _PATTERNS:
        plain = pattern.sub(substitute, plain)
    return plain


def _narrow(text: str) -> str:
    """Full-width digits and letters made narrow, so that 一八○ tricks at least cost more effort."""
    return "".join(
        unicodedata.normalize("NFKC", character)
        if "！" <= character <= "～" and character.isalnum()
        else character
        for character in text
    )
