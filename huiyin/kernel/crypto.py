"""Encryption of single fields, keyed indexes for looking them up, and seals; the keys live outside the database."""

import base64
import contextlib
import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hmac import HMAC

NONCE_LENGTH: Final = 12
TAG_LENGTH: Final = 16
TOKEN_VERSION: Final = 1

# key length in bytes, block cipher, keyed hash. "national" is the suite GB/T 39786 asks for (SM4, SM3).
SUITES: Final[dict[str, tuple[str, str]]] = {
    "international": ("AES-256-GCM", "HMAC-SHA256"),
    "national": ("SM4-GCM", "HMAC-SM3"),
}
CIPHERS: Final[dict[str, tuple[int, Callable[[bytes], Any]]]] = {
    "AES-256-GCM": (32, algorithms.AES),
    "SM4-GCM": (16, algorithms.SM4),
}
HASHES: Final[dict[str, Callable[[], hashes.HashAlgorithm]]] = {
    "HMAC-SHA256": hashes.SHA256,
    "HMAC-SM3": hashes.SM3,
}


class CryptoError(Exception):
    """Something is wrong with a key or with what was sealed by it. The text never carries a value."""


class KeysMissing(CryptoError):
    """There is no key file where one is expected."""


class KeyUnknown(CryptoError):
    """The value names a key that the key file does not have."""


class DecryptionFailed(CryptoError):
    """The value was changed, cut, moved to another field, or belongs to another key."""


@dataclass(frozen=True)
class Key:
    id: str
    algorithm: str
    key: bytes

    def __repr__(self) -> str:
        return f"<Key {self.id} {self.algorithm}>"

    def as_json(self) -> dict[str, str]:
        return {
            "id": self.id,
            "algorithm": self.algorithm,
            "key": base64.b64encode(self.key).decode(),
        }


@dataclass(frozen=True)
class Keyring:
    """All keys of one installation: old ones stay, to read what they wrote; the active ones write."""

    encryption: dict[str, Key]
    active_encryption: str
    index: Key
    seals: dict[str, Key]
    active_seal: str

    def encrypt(self, text: str, context: str) -> bytes:
        key = self.encryption[self.active_encryption]
        header = bytes([TOKEN_VERSION, len(key.id)]) + key.id.encode("ascii")
        nonce = secrets.token_bytes(NONCE_LENGTH)
        cipher = CIPHERS[key.algorithm][1](key.key)
        encryptor = Cipher(cipher, modes.GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(header + context.encode())
        body = encryptor.update(text.encode()) + encryptor.finalize()
        return header + nonce + body + encryptor.tag

    def decrypt(self, token: bytes, context: str) -> str:
        key = self._key_of(token)
        header, rest = token[: 2 + len(key.id)], token[2 + len(key.id) :]
        if len(rest) < NONCE_LENGTH + TAG_LENGTH:
            raise DecryptionFailed("the value is cut short")
        nonce, body, tag = rest[:NONCE_LENGTH], rest[NONCE_LENGTH:-TAG_LENGTH], rest[-TAG_LENGTH:]
        decryptor = Cipher(CIPHERS[key.algorithm][1](key.key), modes.GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(header + context.encode())
        try:
            return (decryptor.update(body) + decryptor.finalize()).decode()
        except InvalidTag as error:
            raise DecryptionFailed(f"a value of {context} does not open") from error

    def is_current(self, token: bytes) -> bool:
        """Whether the value was written by the active key; if not, it is to be rotated."""
        return key_id(token) == self.active_encryption

    def blind_index(self, value: str, purpose: str) -> str:
        return _keyed_hash(self.index, purpose.encode() + b"\0" + value.encode()) if value else ""

    def seal(self, content: bytes) -> tuple[str, str]:
        return self.active_seal, _keyed_hash(self.seals[self.active_seal], content)

    def check_seal(self, content: bytes, key_id: str, seal: str) -> bool:
        if key_id not in self.seals:
            raise KeyUnknown(f"no seal key {key_id!r}")
        return hmac.compare_digest(_keyed_hash(self.seals[key_id], content), seal)

    def with_new_key(self, suite: str) -> "Keyring":
        """The same ring with a fresh active encryption key; nothing written before is lost."""
        key = _new_key(SUITES[suite][0], taken=self.encryption)
        return Keyring(
            {**self.encryption, key.id: key}, key.id, self.index, self.seals, self.active_seal
        )

    def _key_of(self, token: bytes) -> Key:
        try:
            return self.encryption[key_id(token)]
        except KeyError as error:
            raise KeyUnknown(f"no encryption key {key_id(token)!r}") from error


def key_id(token: bytes) -> str:
    if len(token) < 2 or token[0] != TOKEN_VERSION:
        raise DecryptionFailed("this is no encrypted value")
    return token[2 : 2 + token[1]].decode("ascii", "replace")


def _keyed_hash(key: Key, content: bytes) -> str:
    # hmac of the standard library is three times as fast where it knows the hash.
    if key.algorithm == "HMAC-SHA256":
        return hmac.digest(key.key, content, hashlib.sha256).hex()
    keyed = HMAC(key.key, HASHES[key.algorithm]())
    keyed.update(content)
    return keyed.finalize().hex()


# The key file -----------------------------------------------------------------------------------


def new_keyring(suite: str = "international") -> Keyring:
    cipher, keyed_hash = SUITES[suite]
    encryption, seal = _new_key(cipher), _new_key(keyed_hash)
    index = _new_key(keyed_hash)
    return Keyring({encryption.id: encryption}, encryption.id, index, {seal.id: seal}, seal.id)


def _new_key(algorithm: str, taken: dict[str, Key] | None = None) -> Key:
    length = CIPHERS[algorithm][0] if algorithm in CIPHERS else 32
    identifier = f"k{len(taken or ()) + 1}-{secrets.token_hex(2)}"
    return Key(identifier, algorithm, secrets.token_bytes(length))


def load(path: Path) -> Keyring:
    try:
        content = json.loads(path.read_text(encoding="ascii"))
        return _keyring(content)
    except FileNotFoundError as error:
        raise KeysMissing(f"no key file at {path}; see docs/operations on keys") from error
    except (KeyError, TypeError, ValueError) as error:
        # "from None": the cause of a JSON error shows a piece of the file.
        raise CryptoError(f"the key file {path} is damaged: {type(error).__name__}") from None


def _keyring(content: dict[str, Any]) -> Keyring:
    ring = Keyring(
        encryption={entry["id"]: _key(entry, CIPHERS) for entry in content["encryption"]},
        active_encryption=content["active_encryption"],
        index=_key(content["index"], HASHES),
        seals={entry["id"]: _key(entry, HASHES) for entry in content["seals"]},
        active_seal=content["active_seal"],
    )
    if ring.active_encryption not in ring.encryption or ring.active_seal not in ring.seals:
        raise ValueError("the active key is not among the keys")
    return ring


def _key(entry: dict[str, str], known: dict[str, Any]) -> Key:
    key = Key(entry["id"], entry["algorithm"], base64.b64decode(entry["key"], validate=True))
    if key.algorithm not in known:
        raise ValueError("unknown algorithm")
    if len(key.key) != (CIPHERS[key.algorithm][0] if key.algorithm in CIPHERS else 32):
        raise ValueError("wrong length of key")
    return key


def save(ring: Keyring, path: Path) -> None:
    """Replace the key file in one move, readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(ring, path)
    os.replace(draft, path)


def create(path: Path, suite: str = "international") -> None:
    """Write a first key file; two processes that start together end up with the same one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = _draft(new_keyring(suite), path)
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def _draft(ring: Keyring, path: Path) -> Path:
    content = {
        "active_encryption": ring.active_encryption,
        "encryption": [key.as_json() for key in ring.encryption.values()],
        "index": ring.index.as_json(),
        "active_seal": ring.active_seal,
        "seals": [key.as_json() for key in ring.seals.values()],
    }
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        json.dump(content, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    return draft


# The keyring of this process --------------------------------------------------------------------


@dataclass
class _Place:
    path: Path | None = None
    may_create: bool = False
    suite: str = "international"
    ring: Keyring | None = None


_place = _Place()


def configure(path: Path, *, create: bool = False, suite: str = "international") -> None:
    """Say where the keys are, a file or its folder. It is opened when the first value needs it."""
    path = path if path.suffix == ".json" else path / "keys.json"
    _place.path, _place.may_create, _place.suite, _place.ring = path, create, suite, None


def keyring() -> Keyring:
    if _place.ring is None:
        _place.ring = _open()
    return _place.ring


def key_file() -> Path:
    if _place.path is None:
        raise KeysMissing("crypto.configure was never called")
    return _place.path


def _open() -> Keyring:
    path = key_file()
    if _place.may_create and not path.exists():
        create(path, _place.suite)
    return load(path)


def _reopened() -> Keyring:
    """Another process may have added a key since this one read the file."""
    _place.ring = None
    return keyring()


def encrypt(text: str, context: str) -> bytes:
    """The context (app.model.field) is bound in: a value moved to another field does not open."""
    return keyring().encrypt(text, context)


def decrypt(token: bytes, context: str) -> str:
    try:
        return keyring().decrypt(token, context)
    except KeyUnknown:
        return _reopened().decrypt(token, context)


def blind_index(value: str, purpose: str) -> str:
    """Equal values give equal indexes within a purpose; without the key nothing can be guessed."""
    return keyring().blind_index(value, purpose)


def seal(content: bytes) -> tuple[str, str]:
    return keyring().seal(content)


def check_seal(content: bytes, key_id: str, seal: str) -> bool:
    try:
        return keyring().check_seal(content, key_id, seal)
    except KeyUnknown:
        return _reopened().check_seal(content, key_id, seal)


def sign(content: bytes) -> bytes:
    """An Ed25519 signature that anyone can check with `public_key` and nobody else can make."""
    return _signing_key().sign(content)


def public_key() -> bytes:
    """The half of the signing key that is told to the world: 32 bytes."""
    return _signing_key().public_key().public_bytes_raw()


def _signing_key() -> Ed25519PrivateKey:
    """Drawn from the active seal key: nothing more to keep, and a new one with each new seal."""
    ring = keyring()
    seed = hmac.new(ring.seals[ring.active_seal].key, b"huiyin signature 1", hashlib.sha256)
    return Ed25519PrivateKey.from_private_bytes(seed.digest())
