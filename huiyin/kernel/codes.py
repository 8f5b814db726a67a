"""Public codes that cannot be guessed and can be read out over the phone, and QR codes as inline SVG."""

import io
import secrets
import unicodedata
from typing import Final

import segno

# 31 characters, a prime number: with weights 1 to 12 one wrong character and any two exchanged ones
# always change the remainder. I, L, O, U and Z are left out; typed, they mean 1, 1, 0, V and 2.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
LOOK_ALIKES: Final = str.maketrans("ILOUZ", "110V2")
LENGTH: Final = 12
LONGEST_TYPED: Final = 60


def new_code() -> str:
    """Eleven random characters (54 bits) and a check character."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return body + _check_character(body)


def normalise(typed: str) -> str:
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper()
    return "".join(character for character in text if character.isalnum()).translate(LOOK_ALIKES)


def is_valid(typed: str) -> bool:
    """Spots a mistyped code without asking the database."""
    code = normalise(typed)
    if len(code) != LENGTH or not set(code) <= set(ALPHABET):
        return False
    return _check_character(code[:-1]) == code[-1]


def grouped(code: str) -> str:
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _check_character(body: str) -> str:
    total = sum(ALPHABET.index(character) * weight for weight, character in enumerate(body, 1))
    # Weight 12 of the check character brings the whole sum to a multiple of 31.
    return ALPHABET[-total * pow(LENGTH, -1, len(ALPHABET)) % len(ALPHABET)]


def qr_svg(text: str, *, label: str = "") -> str:
    """Inline SVG without style attributes, so that a strict style policy lets it through."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        omitsize=True,
        border=4,
        light="#fff",
        dark="#000",
        title=label or None,
        svgclass="qr",
        lineclass=None,
        nl=False,
    )
    return out.getvalue().decode().replace("<svg ", '<svg role="img" ', 1)
