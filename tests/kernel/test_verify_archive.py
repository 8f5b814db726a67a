"""Ed25519 checked by our few lines as the library checks it."""

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.kernel.verify_archive import ORDER, is_signed


@settings(max_examples=15, deadline=None)
@given(seed=st.binary(min_size=32, max_size=32), message=st.binary(max_size=200))
def test_what_the_library_signs_is_signed(seed, message):
    key = Ed25519PrivateKey.from_private_bytes(seed)

    assert is_signed(key.public_key().public_bytes_raw(), message, key.sign(message))


@settings(max_examples=25, deadline=None)
@given(message=st.binary(max_size=50), at=st.integers(0, 511), other=st.binary(max_size=50))
def test_any_changed_bit_of_the_signature_and_any_other_message_is_found(message, at, other):
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    public, signature = key.public_key().public_bytes_raw(), bytearray(key.sign(message))
    assert is_signed(public, other, bytes(signature)) == (other == message)

    signature[at // 8] ^= 1 << at % 8

    assert not is_signed(public, message, bytes(signature))


def test_the_first_vector_of_the_standard():
    """RFC 8032, 7.1, test 1: the empty message."""
    key = bytes.fromhex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a")
    signature = bytes.fromhex(
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )

    assert is_signed(key, b"", signature)


def test_a_signature_is_good_in_one_form_only():
    """A factor of the order added to the second half would be the same number."""
    key = Ed25519PrivateKey.from_private_bytes(b"k" * 32)
    signature = key.sign(b"words")
    factor = int.from_bytes(signature[32:], "little") + ORDER

    assert not is_signed(
        key.public_key().public_bytes_raw(),
        b"words",
        signature[:32] + factor.to_bytes(32, "little"),
    )


@pytest.mark.parametrize(
    ("key", "signature"), [(b"", b""), (b"k" * 31, b"s" * 64), (b"\xff" * 32, b"s" * 64)]
)
def test_what_is_no_key_or_no_signature_is_not_signed(key, signature):
    assert not is_signed(key, b"words", signature)
