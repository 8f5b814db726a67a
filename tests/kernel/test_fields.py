"""A phone in a table: unreadable in the database, masked in print, found by its index."""

import io
import pickle

import pghistory.models
import pytest
from django.core.exceptions import FieldError
from django.core.management import CommandError, call_command
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.test.utils import isolate_apps

from huiyin.kernel import crypto, identity
from huiyin.kernel.fields import BlindIndexField, EncryptedTextField, Sealed
from huiyin.kernel.management.commands import rotate_keys
from huiyin.kernel.models import Trailed

PHONE = "19900001234"

with isolate_apps("huiyin.kernel"):

    class Person(models.Model):  # noqa: DJ008  (nobody looks at it)
        phone = EncryptedTextField(mask=identity.mask_phone, blank=True, default="")
        phone_index = BlindIndexField(
            of="phone", purpose="phone", normalise=identity.normalise_phone
        )
        note = EncryptedTextField(null=True, max_length=20)

        class Meta:
            app_label = "kernel"


@pytest.fixture
def table(db):
    with connection.schema_editor() as editor:
        editor.create_model(Person)


@pytest.fixture
def own_keys(tmp_path):
    """Keys of this test alone, for it changes them."""
    place = crypto.key_file()
    crypto.configure(tmp_path / "keys.json", create=True)
    yield
    crypto.configure(place, create=True)


def stored(column):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM kernel_person ORDER BY id")
        return [row[0] and bytes(row[0]) for row in cursor.fetchall()]


@pytest.mark.usefixtures("table")
def test_a_saved_value_is_unreadable_in_the_database_and_opens_again():
    person = Person.objects.create(phone=PHONE)

    assert PHONE.encode() not in stored("phone")[0]
    assert Person.objects.get(pk=person.pk).phone.reveal() == PHONE


@pytest.mark.usefixtures("table")
def test_a_value_shows_itself_masked_before_and_after_saving():
    person = Person(phone=PHONE, note="住三楼")
    person.save()
    again = Person.objects.get()

    assert [str(person.phone), f"{again.phone!r}", str(again.note)] == [
        "199****1234",
        "199****1234",
        "****",
    ]
    assert PHONE not in str(vars(person)) + repr(vars(again))
    assert PHONE.encode() not in pickle.dumps(again.phone)


@pytest.mark.usefixtures("table")
def test_nothing_stays_nothing():
    Person.objects.create(phone="", note=None)
    person = Person.objects.get()

    assert (bool(person.phone), str(person.phone), person.phone_index, person.note) == (
        False,
        "",
        "",
        None,
    )
    assert stored("phone") == [b""]


@pytest.mark.usefixtures("table")
def test_the_index_finds_a_phone_however_it_was_typed():
    Person.objects.bulk_create([Person(phone="+86 199-0000-1234"), Person(phone="19900009999")])

    index = crypto.blind_index(PHONE, "phone")

    assert [person.phone.reveal() for person in Person.objects.filter(phone_index=index)] == [
        "+86 199-0000-1234"
    ]


@pytest.mark.usefixtures("table")
def test_the_index_follows_a_change():
    person = Person.objects.create(phone=PHONE)
    person.phone = "19900009999"
    person.save(update_fields=["phone", "phone_index"])

    assert Person.objects.get().phone_index == crypto.blind_index("19900009999", "phone")


@pytest.mark.usefixtures("table")
def test_a_value_copied_into_another_field_does_not_open():
    Person.objects.create(phone=PHONE, note="住三楼")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kernel_person SET note = phone")

    with pytest.raises(crypto.DecryptionFailed):
        Person.objects.get().note.reveal()


@pytest.mark.usefixtures("table")
def test_filtering_by_the_encrypted_value_is_refused():
    with pytest.raises(FieldError, match="blind index"):
        Person.objects.filter(phone=PHONE)
    assert list(Person.objects.filter(note__isnull=True)) == []


@pytest.mark.usefixtures("table")
def test_a_queryset_update_encrypts_too():
    Person.objects.create(phone=PHONE)
    Person.objects.update(note="住四楼")

    assert (Person.objects.get().note.reveal(), b"\xe4" in stored("note")[0][:3]) == (
        "住四楼",
        False,
    )


@pytest.mark.parametrize("typed", ["199****1234", "****", "x" * 501])
def test_a_mask_or_an_endless_text_is_never_stored(typed):
    with pytest.raises(ValueError, match=r"masked|longer"):
        Person(phone=typed)


def test_matches_compares_without_showing():
    person = Person(phone=PHONE)

    assert (person.phone.matches(PHONE), person.phone.matches("1")) == (True, False)


def test_a_deferred_value_is_not_read_when_it_is_set():
    assert Person(note=Sealed(b"", "kernel.person.note")).note.reveal() == ""


def test_fields_write_themselves_into_migrations_without_mask_or_key():
    written = [
        MigrationWriter.serialize(Person._meta.get_field(name))[0]
        for name in ("phone", "phone_index")
    ]

    assert written == [
        "huiyin.kernel.fields.EncryptedTextField(blank=True, default='')",
        "huiyin.kernel.fields.BlindIndexField(db_index=True, of='phone', purpose='phone')",
    ]


def test_a_form_offers_an_encrypted_field_as_text():
    field = Person._meta.get_field("note").formfield()

    assert (type(field).__name__, field.max_length) == ("CharField", 20)


def test_dumping_an_encrypted_value_as_text_is_refused():
    with pytest.raises(FieldError, match="pg_dump"):
        Person._meta.get_field("phone").value_to_string(Person(phone=PHONE))


@pytest.mark.usefixtures("table", "own_keys")
def test_rotate_writes_every_value_with_the_new_key_and_keeps_the_index(monkeypatch):
    monkeypatch.setattr(rotate_keys, "BATCH", 2)
    Person.objects.bulk_create([Person(phone=f"1990000000{n}") for n in range(5)] + [Person()])
    indexes = list(Person.objects.order_by("pk").values_list("phone_index", flat=True))
    crypto.save(crypto.keyring().with_new_key("national"), crypto.key_file())
    crypto.configure(crypto.key_file())

    field = Person._meta.get_field("phone")
    counts = [rotate_keys.rotate(Person, field), rotate_keys.rotate(Person, field)]

    assert counts == [5, 0]
    assert all(crypto.keyring().is_current(token) for token in stored("phone") if token)
    assert [person.phone.reveal() for person in Person.objects.order_by("pk")] == [
        *(f"1990000000{n}" for n in range(5)),
        "",
    ]
    assert list(Person.objects.order_by("pk").values_list("phone_index", flat=True)) == indexes


@pytest.mark.usefixtures("db", "own_keys")
def test_rotate_keys_adds_an_active_key_of_the_suite_asked_for(capsys):
    before = crypto.keyring()

    call_command("rotate_keys", new_key=True, suite="national")

    after = crypto.keyring()
    assert set(before.encryption) < set(after.encryption)
    assert after.encryption[after.active_encryption].algorithm == "SM4-GCM"
    assert (after.index, after.seals) == (before.index, before.seals)
    assert "accounts.User.phone: 0" in capsys.readouterr().out


@pytest.mark.usefixtures("db", "own_keys")
def test_keys_are_of_the_suite_of_this_installation(settings):
    settings.HUIYIN_CRYPTO = "national"
    path = crypto.key_file().with_name("first.json")
    crypto.configure(path)

    call_command("rotate_keys", "--init", stdout=io.StringIO())
    first = crypto.keyring()
    call_command("rotate_keys", "--new-key", stdout=io.StringIO())

    assert first.index.algorithm == "HMAC-SM3"
    assert {key.algorithm for key in crypto.keyring().encryption.values()} == {"SM4-GCM"}
    assert len(crypto.keyring().encryption) == 2


@pytest.mark.usefixtures("db", "own_keys")
def test_rotate_keys_without_a_new_key_leaves_the_ring_as_it_is():
    before = crypto.keyring()

    call_command("rotate_keys", stdout=io.StringIO())

    assert crypto.load(crypto.key_file()) == before


@pytest.mark.usefixtures("own_keys")
def test_rotate_keys_makes_a_first_file_and_never_a_second():
    crypto.configure(crypto.key_file())
    out = io.StringIO()

    call_command("rotate_keys", init=True, suite="national", stdout=out)
    made = crypto.load(crypto.key_file())

    assert made.index.algorithm == "HMAC-SM3"
    assert str(crypto.key_file()) in out.getvalue()
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("rotate_keys", init=True)
    assert crypto.load(crypto.key_file()) == made


def test_the_trail_does_not_cover_values_that_a_rotation_writes_anew():
    """Their blind index is covered instead, and stays."""
    covered = [
        f"{model._meta.label}.{field.name}"
        for model, field in rotate_keys.encrypted_fields()
        if issubclass(model, Trailed) and field.name not in model.untrailed
    ]

    assert covered == []


def test_no_copy_of_a_table_holds_encrypted_values_under_another_context():
    """pghistory copies columns as they are: under the copy's own label they would not open."""
    copies = [
        model._meta.label
        for model, _ in rotate_keys.encrypted_fields()
        if issubclass(model, pghistory.models.Event)
    ]

    assert copies == []
