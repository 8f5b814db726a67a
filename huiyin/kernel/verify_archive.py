"""Says whether an archive package is whole: python3 verify.py PACKAGE.zip [--key HEX]

Needs nothing but Python 3.9 or later and no network. A copy lies in every package; trust a copy of
your own before the one that came along. With --key, the installation's public key as you know it
from elsewhere, nobody can have made the package anew; without it, compare the key that is printed.

What is proved: every byte of every file is as it was signed, nothing was added or left out, each
item's chain of steps has no gap and no cut-off end, and each item is as its last step left it.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import sys
import zipfile
from typing import Any

Files = list[tuple[str, bytes]]
Found = list[str]
Facts = dict[str, Any]
Point = tuple[int, int, int, int]
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
ITEMS, TRAIL = "items.json", "trail.json"
MOMENT = (
    1980,
    1,
    1,
    0,
    0,
    0,
)  # of every file in the container, so that its bytes can be made again


def faults(content: bytes, known_key: str = "") -> Found:
    """Everything that does not hold, a line each; nothing at all is the good answer."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            files = [(entry.filename, package.read(entry)) for entry in package.infolist()]
        manifest = json.loads(dict(files)[MANIFEST])
        return _faults(files, manifest, known_key, content)
    except Exception as error:  # whatever is wrong with it, it is not whole
        return [f"the package cannot be read: {type(error).__name__}"]


def container(files: Files) -> bytes:
    """The zip file of these names and contents, the same bytes each time: nothing is compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in files:
            entry = zipfile.ZipInfo(name, MOMENT)
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            package.writestr(entry, content)
    return out.getvalue()


def canonical(value: Any) -> bytes:
    """The one way of writing a value that hashes are made over."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _faults(files: Files, manifest: Facts, known_key: str, content: bytes) -> Found:
    found = _faults_of_signature(dict(files), manifest, known_key)
    found += _faults_of_files(files, manifest)
    if not found:
        found += _faults_of_trail(dict(files), manifest)
    if container(files) != content:
        found.append("the container was changed around its files")
    return found


def _faults_of_signature(files: dict[str, bytes], manifest: Facts, known_key: str) -> Found:
    if known_key and known_key.lower() != manifest["public_key"]:
        return ["the package was signed with another key than the one you know"]
    key, signature = bytes.fromhex(manifest["public_key"]), bytes.fromhex(files[SIGNATURE].decode())
    if not is_signed(key, files[MANIFEST], signature):
        return ["the signature does not fit the manifest"]
    return []


def _faults_of_files(files: Files, manifest: Facts) -> Found:
    told = {entry["path"]: entry for entry in manifest["files"]}
    names = [name for name, _content in files if name not in (MANIFEST, SIGNATURE)]
    found = [f"{name}: is there and was not signed" for name in names if name not in told]
    found += [f"{name}: is missing" for name in told if name not in names]
    if len(files) != len({name for name, _content in files}):
        found.append("a name stands twice")
    for name, content in files:
        if name in told and hashlib.sha256(content).hexdigest() != told[name]["sha256"]:
            found.append(f"{name}: was changed")
    return found


def _faults_of_trail(files: dict[str, bytes], manifest: Facts) -> Found:
    entries, items = json.loads(files[TRAIL]), json.loads(files[ITEMS])
    found: Found = []
    for chain in manifest["chains"]:
        name = f"{chain['kind']} {chain['id']}"
        mine = [
            e for e in entries if (e["item_kind"], e["item_id"]) == (chain["kind"], chain["id"])
        ]
        mine.sort(key=lambda entry: entry["sequence"])
        found += _faults_of_chain(name, mine, chain)
        item = next(
            (i for i in items if (i["kind"], i["id"]) == (chain["kind"], chain["id"])), None
        )
        if item is None:
            found.append(f"{name}: the item is missing")
        elif mine and _digest(item["fields"]) != mine[-1]["item_hash"]:
            found.append(f"{name}: is not as its last step left it")
    if len(entries) != sum(chain["entries"] for chain in manifest["chains"]):
        found.append("the trail has other entries than the chains")
    return found


def _faults_of_chain(name: str, entries: list[Facts], chain: Facts) -> Found:
    found: Found = []
    previous = ""
    if len(entries) != chain["entries"]:
        found.append(f"{name}: {chain['entries']} steps were taken, {len(entries)} are here")
    for place, entry in enumerate(entries, start=1):
        covered = {key: value for key, value in entry.items() if key != "hash"}
        if entry["sequence"] != place or entry["previous_hash"] != previous:
            found.append(f"{name}: step {place} does not follow from the one before")
        if _digest(covered) != entry["hash"]:
            found.append(f"{name}: step {place} was changed")
        previous = entry["hash"]
    if previous != chain["head"]:
        found.append(f"{name}: the last step is not the last one that was signed")
    return found


def _digest(value: Any) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


# Ed25519 (RFC 8032): checking only, which needs no secret and may take its time ---------------------

PRIME = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, PRIME - 2, PRIME) % PRIME
ROOT = pow(2, (PRIME - 1) // 4, PRIME)


def is_signed(key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the signature over the message was made with the secret half of this key."""
    if len(key) != 32 or len(signature) != 64:
        return False
    point, factor = _point(key), int.from_bytes(signature[32:], "little")
    if point is None or factor >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + key + message).digest()
    number = int.from_bytes(challenge, "little") % ORDER
    x, y, z, t = _times(number, point)
    return _bytes(_plus(_times(factor, BASE), (-x % PRIME, y, z, -t % PRIME))) == signature[:32]


def _point(content: bytes) -> Point | None:
    """The point of 32 bytes in extended coordinates; None where there is none."""
    y = int.from_bytes(content, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, PRIME - 2, PRIME) % PRIME
    x = pow(square, (PRIME + 3) // 8, PRIME)
    if (x * x - square) % PRIME:
        x = x * ROOT % PRIME
    if y >= PRIME or (x * x - square) % PRIME or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = PRIME - x
    return x, y, 1, x * y % PRIME


def _plus(one: Point, other: Point) -> Point:
    a = (one[1] - one[0]) * (other[1] - other[0]) % PRIME
    b = (one[1] + one[0]) * (other[1] + other[0]) % PRIME
    c = 2 * one[3] * other[3] * D % PRIME
    d = 2 * one[2] * other[2] % PRIME
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % PRIME, g * h % PRIME, f * g % PRIME, e * h % PRIME


def _times(number: int, point: Point) -> Point:
    found: Point = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = _plus(found, point)
        point, number = _plus(point, point), number >> 1
    return found


def _bytes(point: Point) -> bytes:
    inverse = pow(point[2], PRIME - 2, PRIME)
    x, y = point[0] * inverse % PRIME, point[1] * inverse % PRIME
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE_Y = 4 * pow(5, PRIME - 2, PRIME) % PRIME
BASE = _point(BASE_Y.to_bytes(32, "little")) or (0, 1, 1, 0)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("package")
    parser.add_argument("--key", default="", help="the public key as you know it from elsewhere")
    asked = parser.parse_args(arguments)
    with open(asked.package, "rb") as file:
        content = file.read()
    found = faults(content, asked.key)
    for line in found:
        print(f"!! {line}")
    if found:
        print("不完整，或者被改过。NOT WHOLE.")
        return 1
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        manifest = json.loads(package.read(MANIFEST))
    print(f"{manifest['title']}  {manifest['made_at']}")
    print(f"{len(manifest['files'])} files, {sum(c['entries'] for c in manifest['chains'])} steps")
    print(
        f"key {manifest['public_key']}"
        + ("" if asked.key else "  (compare it with the one you know)")
    )
    print("完整，没有改动。WHOLE AND UNCHANGED.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
