"""What is sealed opens only with its key, in its field, unchanged."""

import json
import stat
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from huiyin.kernel import crypto

SUITES = pytest.mark.parametrize("suite", crypto.SUITES)


@pytest.fixture
def place(tmp_path):
    before = replace(crypto._place)
    yield tmp_path / "keys" / "keys.json"
    crypto._place.__dict__.update(before.__dict__)


@SUITES
def test_decrypt_gives_back_what_was_encrypted(suite):
    ring = crypto.new_keyring(suite)

    for text in ("", "19900001234", "甘肃省兰州市 㐂𠮷龘", "x" * 5000):
        assert ring.decrypt(ring.encrypt(text, "a.b.c"), "a.b.c") == text


@SUITES
def test_encrypt_never_writes_the_same_value_twice_alike(suite):
    ring = crypto.new_keyring(suite)

    assert len({ring.encrypt("19900001234", "a.b.c") for _ in range(50)}) == 50


@SUITES
def test_decrypt_refuses_a_value_moved_to_another_field(suite):
    ring = crypto.new_keyring(suite)

    with pytest.raises(crypto.DecryptionFailed):
        ring.decrypt(ring.encrypt("19900001234", "accounts.user.phone"), "accounts.user.name")


@SUITES
def test_decrypt_refuses_every_changed_byte_and_every_cut(suite):
    ring = crypto.new_keyring(suite)
    token = ring.encrypt("19900001234", "a.b.c")

    for at in range(len(token)):
        changed = token[:at] + bytes([token[at] ^ 1]) + token[at + 1 :]
        with pytest.raises(crypto.CryptoError):
            ring.decrypt(changed, "a.b.c")
        with pytest.raises(crypto.CryptoError):
            ring.decrypt(token[:at], "a.b.c")


def test_decrypt_refuses_the_key_of_another_ring():
    with pytest.raises(crypto.KeyUnknown):
        crypto.new_keyring().decrypt(crypto.new_keyring().encrypt("x", "a.b.c"), "a.b.c")


def test_a_new_key_writes_and_the_old_one_still_reads():
    old = crypto.new_keyring("international")
    ring = old.with_new_key("national")
    written_before, written_after = old.encrypt("before", "a"), ring.encrypt("after", "a")

    assert [ring.decrypt(token, "a") for token in (written_before, written_after)] == [
        "before",
        "after",
    ]
    assert [ring.is_current(token) for token in (written_before, written_after)] == [False, True]


@SUITES
def test_blind_index_is_equal_for_equal_values_of_one_purpose_and_one_key(suite):
    ring, other = crypto.new_keyring(suite), crypto.new_keyring(suite)
    index = ring.blind_index("19900001234", "phone")

    assert index == ring.blind_index("19900001234", "phone")
    assert len(index) == 64
    assert index not in {
        ring.blind_index("19900001235", "phone"),
        ring.blind_index("19900001234", "account"),
        other.blind_index("19900001234", "phone"),
    }


def test_blind_index_of_nothing_is_nothing():
    assert crypto.new_keyring().blind_index("", "phone") == ""


@SUITES
def test_check_seal_knows_its_own_seal_and_no_other(suite):
    ring = crypto.new_keyring(suite)
    key_id, seal = ring.seal(b"head of the chain")

    assert ring.check_seal(b"head of the chain", key_id, seal)
    assert not ring.check_seal(b"another head", key_id, seal)
    assert not ring.check_seal(b"head of the chain", key_id, "0" * 64)
    with pytest.raises(crypto.KeyUnknown):
        ring.check_seal(b"head of the chain", "k9-none", seal)


def test_sm3_and_sm4_match_the_published_vectors():
    # GB/T 32905-2016 A.1 and GB/T 32907-2016 A.1.
    digest = crypto.hashes.Hash(crypto.hashes.SM3())
    digest.update(b"abc")
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    cipher = crypto.Cipher(crypto.algorithms.SM4(key), crypto.modes.ECB()).encryptor()

    assert digest.finalize().hex() == (
        "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    )
    assert cipher.update(key).hex() == "681edf34d206965e86b3e94f536e4246"


@SUITES
def test_the_key_file_is_made_on_first_use_for_its_owner_only(place, suite):
    crypto.configure(place, create=True, suite=suite)

    token = crypto.encrypt("19900001234", "a.b.c")

    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [path.name for path in place.parent.iterdir()] == ["keys.json"]
    crypto.configure(place)
    assert crypto.decrypt(token, "a.b.c") == "19900001234"
    assert crypto.blind_index("1", "p") == crypto.load(place).blind_index("1", "p")


def test_the_key_file_is_never_made_where_that_was_not_allowed(place):
    crypto.configure(place)

    with pytest.raises(crypto.KeysMissing, match=r"keys\.json"):
        crypto.encrypt("x", "a.b.c")
    assert not place.exists()


def test_processes_that_start_together_share_one_key_file(place):
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: crypto.create(place), range(8)))

    assert [path.name for path in place.parent.iterdir()] == ["keys.json"]
    assert crypto.load(place).active_encryption in crypto.load(place).encryption


def test_decrypt_reads_the_key_file_again_when_another_process_added_a_key(place):
    crypto.configure(place, create=True)
    ring = crypto.keyring().with_new_key("national")
    crypto.save(ring, place)

    assert crypto.decrypt(ring.encrypt("19900001234", "a"), "a") == "19900001234"
    assert crypto.check_seal(b"x", *ring.seal(b"x"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: "{",
        lambda content: "[]",
        lambda content: json.dumps(content | {"active_encryption": "k9"}),
        lambda content: json.dumps(content | {"index": {**content["index"], "key": "AAAA"}}),
        lambda content: json.dumps(content | {"index": {**content["index"], "algorithm": "MD5"}}),
    ],
)
def test_a_damaged_key_file_is_refused_without_showing_a_key(place, damage):
    crypto.create(place)
    content = json.loads(place.read_text())
    place.write_text(damage(content))

    with pytest.raises(crypto.CryptoError, match="damaged") as error:
        crypto.load(place)
    assert content["encryption"][0]["key"] not in str(error.value)


def test_a_key_does_not_show_itself_when_printed():
    ring = crypto.new_keyring()
    key = ring.encryption[ring.active_encryption]

    assert repr(key) == f"<Key {key.id} AES-256-GCM>"
    assert key.as_json()["key"] not in repr(ring)
    assert repr(key.key) not in repr(ring)


def test_keys_are_asked_for_only_where_their_place_is_known(place):
    crypto._place.path = crypto._place.ring = None

    with pytest.raises(crypto.KeysMissing, match="configure"):
        crypto.encrypt("x", "a.b.c")


def test_the_place_of_the_keys_may_be_a_folder(place):
    crypto.configure(place.parent, create=True)
    crypto.seal(b"x")

    assert (crypto.key_file(), place.exists()) == (place, True)


def test_a_seal_key_that_was_retired_is_looked_for_in_the_file(place):
    crypto.configure(place, create=True)

    with pytest.raises(crypto.KeyUnknown):
        crypto.check_seal(b"x", "k9-none", "0" * 64)
