"""Archive packages: everything of one item in one file that proves itself, also where we are not.

The manifest names every file with its hash and every chain of steps with its length and end; it is
signed with a key that is drawn from the installation's seal key and never leaves it.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from huiyin.kernel import clock, crypto, trail, verify_archive
from huiyin.kernel.models import Trailed

FORMAT = "huiyin-archive/1"
SCRIPT, HOW_TO = "verify.py", "README.txt"


@dataclass(frozen=True)
class Part:
    """One file of the package, e.g. documents/reply-1.pdf. Names are plain ASCII."""

    path: str
    content: bytes


@dataclass(frozen=True)
class Package:
    """`digest` is the manifest's SHA-256: kept in the trail, it tells later which package it was."""

    content: bytes
    digest: str


def pack(title: str, parts: Sequence[Part], items: Sequence[Trailed]) -> Package:
    """The parts, the items with their chains, and the script that checks them all."""
    entries = trail.entries_of(items)
    files = [
        Part(HOW_TO, _how_to(title).encode()),
        Part(SCRIPT, Path(verify_archive.__file__).read_bytes()),
        *parts,
        Part(verify_archive.ITEMS, _json([_item(item) for item in items])),
        Part(verify_archive.TRAIL, _json([trail.entry_facts(entry) for entry in entries])),
    ]
    manifest = _json(_manifest(title, files, items))
    signed = [
        (verify_archive.MANIFEST, manifest),
        (verify_archive.SIGNATURE, crypto.sign(manifest).hex().encode()),
        *((part.path, part.content) for part in files),
    ]
    digest = hashlib.sha256(manifest).hexdigest()
    return Package(verify_archive.container(signed), digest)


def _manifest(title: str, files: Iterable[Part], items: Iterable[Trailed]) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "title": title,
        "made_at": clock.now().isoformat(),
        "public_key": crypto.public_key().hex(),
        "files": [
            {
                "path": part.path,
                "bytes": len(part.content),
                "sha256": hashlib.sha256(part.content).hexdigest(),
            }
            for part in files
        ],
        "chains": [
            {"kind": i.item_kind(), "id": i.pk, "entries": i.version, "head": i.head} for i in items
        ],
    }


def _item(item: Trailed) -> dict[str, Any]:
    return {"kind": item.item_kind(), "id": item.pk, "fields": trail.item_facts(item)}


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True).encode()


def _how_to(title: str) -> str:
    return (
        f"{title}\n\n"
        "核对（只需 Python 3.9 以上，不用联网）：python3 verify.py 这个文件.zip --key 公钥\n"
        "公钥请向出具单位索取；不带 --key 时，请自行比对显示的公钥。\n\n"
        "To check (Python 3.9 or later, no network): python3 verify.py THIS.zip --key PUBLIC_KEY\n"
        "Ask the issuing congress for its public key; without --key compare the one shown.\n"
    )
