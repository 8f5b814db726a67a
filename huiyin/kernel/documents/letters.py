"""What an official letter says, in the order of GB/T 9704, and how it becomes a file."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.kernel import codes
from huiyin.kernel.documents import printing


@dataclass(frozen=True)
class Promise:
    text: str
    due_on: dt.date | None = None
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class PlainLetter:
    """A notice: returned for revision, not accepted, passed on."""

    issuer: str  # the red head
    document_number: str
    title: str
    salutation: str
    paragraphs: Sequence[str]
    unit: str  # the signature at the foot
    signed_on: dt.date
    contact_name: str = ""
    contact_phone: str = ""
    copies_to: Sequence[str] = ()

    def content(self) -> dict[str, Any]:
        """All that the templates see: words, never markup."""
        return {
            "issuer": self.issuer,
            "document_number": self.document_number,
            "title": self.title,
            "salutation": self.salutation.rstrip("：:"),
            "paragraphs": lines_of(self.paragraphs),
            "sections": [],
            "unit": self.unit,
            "signed_on": chinese_date(self.signed_on),
            "contact": _contact(self.contact_name, self.contact_phone),
            "copies_to": "，".join(self.copies_to),
            "class_mark": "",
            "signer": "",
            "promises": [],
            "closing": "",
            "verification_text": "",
            "verification_svg": "",
            "verification_note": "",
        }

    def pdf(self) -> bytes:
        return printing.pdf("letter.typ", self.content(), made_on=self.signed_on)

    def docx(self) -> bytes:
        # Loading Word's library takes a third of a second, and most processes write no letter.
        from huiyin.kernel.documents import word  # noqa: PLC0415

        return word.docx("letter.docx", self.content())


@dataclass(frozen=True, kw_only=True)
class ReplyLetter(PlainLetter):
    """The reply to a suggestion, with its class mark, its signer and what was promised by when."""

    class_mark: str = ""  # at the top right of the first page
    signer: str = ""
    promises: Sequence[Promise] = ()
    closing: str = ""
    verification_text: str = ""  # what the QR code holds: an address, no personal data
    verification_note: str = ""

    def content(self) -> dict[str, Any]:
        text = self.verification_text
        return super().content() | {
            "class_mark": self.class_mark,
            "signer": self.signer,
            "promises": [
                {
                    "text": promise.text,
                    "due_on": chinese_date(promise.due_on) if promise.due_on else "",
                    "person": promise.person,
                }
                for promise in self.promises
            ],
            "closing": self.closing,
            "verification_text": text,
            "verification_svg": codes.qr_svg(text) if text else "",
            "verification_note": self.verification_note if text else "",
        }


def chinese_date(day: dt.date) -> str:
    """GB/T 9704-2012, 7.3.5.4: Arabic digits, month and day without a leading zero."""
    return f"{day.year}年{day.month}月{day.day}日"


def document_number(organ: str, year: int, serial: int) -> str:
    """兰民办 2026 10 -> 兰民办字〔2026〕10号, with hexagonal brackets and no 第."""
    return f"{organ}字〔{year}〕{serial}号"


def lines_of(paragraphs: Sequence[str]) -> list[str]:
    """A line break typed inside a paragraph starts a new one; blank ones fall away."""
    lines = (line.strip() for paragraph in paragraphs for line in paragraph.splitlines())
    return [line for line in lines if line]


def _contact(name: str, phone: str) -> str:
    parts = [f"联系人：{name}" if name else "", f"联系电话：{phone}" if phone else ""]
    return "，".join(part for part in parts if part)
