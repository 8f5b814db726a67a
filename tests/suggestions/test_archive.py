"""The archive package: everything of one item, and any change, gap or cut end is found offline."""

import hashlib
import io
import json
import subprocess
import sys
import zipfile

import pytest
from django.urls import reverse

from huiyin.kernel import crypto, trail, verify_archive
from huiyin.kernel.verify import faults as faults_here
from huiyin.suggestions import documents
from huiyin.suggestions.actions import motions
from tests.opinions.factories import MatterFactory, VoiceFactory
from tests.suggestions import cases, moved, ways
from tests.suggestions.browse import publish
from tests.suggestions.walk import City, cite, fresh, trail_of


@pytest.fixture
def suggestion(city: City):
    found = city.tracking(joint=True)
    publish(city, found)
    return fresh(found)


@pytest.fixture
def package(suggestion):
    return documents.archive(suggestion).content


def files_of(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(files: dict[str, bytes]) -> bytes:
    return verify_archive.container(list(files.items()))


def resigned(files: dict[str, bytes], **changes) -> bytes:
    """What somebody with our own key would have to do: even then the chains must hold."""
    manifest = json.loads(files["manifest.json"]) | changes
    for entry in manifest["files"]:
        entry["sha256"] = hashlib.sha256(files[entry["path"]]).hexdigest()
    text = json.dumps(manifest).encode()
    return packed(files | {"manifest.json": text, "manifest.sig": crypto.sign(text).hex().encode()})


def test_it_holds_everything_of_the_item_and_is_whole(package, suggestion):
    files = files_of(package)

    assert verify_archive.faults(package, crypto.public_key().hex()) == []
    assert {name.split("/")[0] for name in files} == {
        "manifest.json", "manifest.sig", "README.txt", "verify.py", "items.json", "trail.json",
        "texts", "letters", "tables",
    }  # fmt: skip
    assert suggestion.proposals in files["texts/version-1.txt"].decode()
    assert sorted(name[-4:] for name in files if name.startswith("letters/")) == [".pdf", "docx"]
    names = [row["name"] for row in json.loads(files["tables/signatures.json"])]
    assert names == [signature.deputy.person.name for signature in suggestion.signed]
    steps = [
        entry["step"]
        for entry in json.loads(files["trail.json"])
        if entry["item_kind"] == "suggestions.suggestion"
    ]
    assert steps == trail_of(suggestion)


def test_the_script_in_the_package_needs_nothing_of_ours(package, tmp_path):
    (tmp_path / "package.zip").write_bytes(package)
    (tmp_path / "verify.py").write_bytes(files_of(package)["verify.py"])
    key = crypto.public_key().hex()

    def run(*arguments):
        command = [sys.executable, "-I", "-S", "verify.py", *arguments]
        return subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    good, other_key = run("package.zip", "--key", key), run("package.zip", "--key", "0" * 64)
    (tmp_path / "cut.zip").write_bytes(package[:-1])

    assert (good.returncode, "WHOLE AND UNCHANGED" in good.stdout) == (0, True)
    assert (other_key.returncode, run("cut.zip").returncode) == (1, 1)


def test_any_changed_byte_of_any_file_is_found(package):
    files = files_of(package)

    unseen = []
    for name, content in files.items():
        for at in {0, len(content) // 3, len(content) // 2, len(content) - 1}:
            changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
            if not verify_archive.faults(packed(files | {name: changed})):
                unseen.append((name, at))

    assert unseen == []


def test_any_changed_byte_of_the_container_is_found(package):
    step = max(1, len(package) // 150)
    ends = range(len(package) - 600, len(package), 7)
    places = [*range(0, len(package), step), *ends]

    unseen = [
        at
        for at in places
        if not verify_archive.faults(package[:at] + bytes([package[at] ^ 1]) + package[at + 1 :])
    ]

    assert unseen == []


@pytest.mark.parametrize("cut", [1, 22, 1000])
def test_a_cut_off_end_of_the_file_is_found(package, cut):
    assert verify_archive.faults(package[:-cut])
    assert verify_archive.faults(package + b"\0" * cut)


def test_a_missing_an_added_and_a_doubled_file_are_found(package):
    files = files_of(package)
    without = {name: content for name, content in files.items() if name != "texts/version-1.txt"}
    doubled = [*files.items(), ("verify.py", b"print('whole')")]

    assert verify_archive.faults(packed(without)) == ["texts/version-1.txt: is missing"]
    assert verify_archive.faults(packed(files | {"more.txt": b"x"})) == [
        "more.txt: is there and was not signed"
    ]
    with pytest.warns(UserWarning, match="Duplicate name"):
        assert verify_archive.faults(verify_archive.container(doubled))


def test_a_manifest_made_anew_with_another_key_is_found_by_who_knows_ours(package, monkeypatch):
    files = files_of(package)
    ours = crypto.public_key().hex()
    ring = crypto.new_keyring()
    monkeypatch.setattr(crypto, "keyring", lambda: ring)
    forged = resigned(files, public_key=crypto.public_key().hex())

    assert verify_archive.faults(forged) == []
    assert verify_archive.faults(forged, ours) == [
        "the package was signed with another key than the one you know"
    ]


# Signed again with our own key: the chains themselves must tell --------------------------------------


def rows(files, name):
    return json.loads(files[name])


def with_rows(files, name, changed):
    return files | {name: json.dumps(changed).encode()}


def test_a_removed_row_is_found_even_when_all_was_signed_again(package):
    files = files_of(package)
    entries = rows(files, "trail.json")

    unseen = [
        at
        for at in range(len(entries))
        if not verify_archive.faults(
            resigned(with_rows(files, "trail.json", entries[:at] + entries[at + 1 :]))
        )
    ]

    assert unseen == []


def test_a_cut_off_end_of_a_chain_is_found_even_when_the_manifest_tells_of_fewer(package):
    files = files_of(package)
    entries, chains = rows(files, "trail.json"), rows(files, "manifest.json")["chains"]
    mine = [entry for entry in entries if entry["item_kind"] == "suggestions.suggestion"]
    last, before = mine[-1], mine[-2]
    shorter = [entry for entry in entries if entry != last]
    told = [
        chain | {"entries": chain["entries"] - 1, "head": before["hash"]}
        if chain["kind"] == "suggestions.suggestion"
        else chain
        for chain in chains
    ]

    found = verify_archive.faults(resigned(with_rows(files, "trail.json", shorter), chains=told))

    assert found == [f"suggestions.suggestion {last['item_id']}: is not as its last step left it"]


def test_a_changed_row_and_changed_order_are_found(package):
    files = files_of(package)
    entries = rows(files, "trail.json")
    changed = [entries[0] | {"actor_label": "别人"}, *entries[1:]]
    swapped = [
        entry | {"sequence": {1: 2, 2: 1}.get(entry["sequence"], entry["sequence"])}
        for entry in entries
    ]

    assert verify_archive.faults(resigned(with_rows(files, "trail.json", changed)))
    assert verify_archive.faults(resigned(with_rows(files, "trail.json", swapped)))


def test_a_changed_item_is_found(package):
    files = files_of(package)
    items = rows(files, "items.json")
    items[0]["fields"]["title"] = "别的标题"

    found = verify_archive.faults(resigned(with_rows(files, "items.json", items)))

    assert found == [f"{items[0]['kind']} {items[0]['id']}: is not as its last step left it"]


# Who takes it, and what stays on record ----------------------------------------------------------------


def test_the_clerk_takes_it_and_the_trail_knows_which_package_it_was(client, city, suggestion):
    client.force_login(city.clerk)

    answer = client.post(reverse("suggestions:archive", args=[suggestion.pk]))

    manifest = files_of(answer.content)["manifest.json"]
    last = trail.entries_of([fresh(suggestion)])[-1]
    assert verify_archive.faults(answer.content) == []
    assert (last.step, last.words) == (
        "archive",
        f"归档包 {hashlib.sha256(manifest).hexdigest()}",
    )
    assert list(faults_here()) == []


@pytest.mark.parametrize("who", ["deputy_user", "unit_clerk", "government", "finance_clerk"])
def test_nobody_else_takes_it(client, city, suggestion, who):
    client.force_login(getattr(city, who))

    answer = client.post(reverse("suggestions:archive", args=[suggestion.pk]))

    assert answer.status_code in {403, 404}
    assert trail_of(suggestion)[-1] != "archive"


def test_what_has_no_number_yet_has_no_package(client, city):
    submitted = city.submitted()
    client.force_login(city.clerk)

    assert client.post(reverse("suggestions:archive", args=[submitted.pk])).status_code == 403


def test_what_is_handled_in_confidence_is_packed_by_who_knows_of_it(client, city, suggestion):
    type(suggestion).objects.filter(pk=suggestion.pk).update(is_secret=True)
    client.force_login(city.clerk)

    assert client.post(reverse("suggestions:archive", args=[suggestion.pk])).status_code == 404


# What it cites of residents, and the talks ---------------------------------------------------------------


def test_the_matters_it_cites_are_there_as_the_trace_shows_them(city):
    shown = MatterFactory(congress=city.congress, title="马大爷家的私事")
    type(shown).objects.filter(pk=shown.pk).update(is_public=True, public_title="老楼加装电梯")
    hidden = MatterFactory(congress=city.congress, title="马大爷家的私事")
    for matter in (shown, hidden):
        VoiceFactory(
            matter=matter, text="马秀兰上不了楼", visitor_name="马秀兰", phone="19900001234"
        )
    suggestion = city.tracking(origins=[*cite(shown), *cite(hidden)])

    files = files_of(documents.archive(suggestion).content)

    matters = json.loads(files["tables/matters.json"])
    assert [(row["title"], row["n_people"]) for row in matters] == [("老楼加装电梯", 1), ("", 1)]
    assert [row["step"] for row in matters[0]["steps"]][-1] == "link_suggestion"
    assert "电梯" in matters[0]["told"][-1]["words"]
    said = b"".join(content for name, content in files.items() if name.startswith("tables/"))
    assert [words for words in ("马秀兰", "马大爷", "19900001234") if words in said.decode()] == []


def test_a_matter_merged_into_another_brings_its_host(city):
    host = MatterFactory(congress=city.congress)
    cited = MatterFactory(congress=city.congress)
    suggestion = city.tracking(origins=cite(cited))
    type(cited).objects.filter(pk=cited.pk).update(merged_into=host, state="merged")

    files = files_of(documents.archive(suggestion).content)

    matters = json.loads(files["tables/matters.json"])
    assert {row["matter"]: row["merged_into"] for row in matters} == {
        host.pk: None,
        cited.pk: host.pk,
    }


def test_talks_and_a_motions_way_are_there(city):
    suggestion = ways.convened(city, cases._coordinating(city))
    moved_one = motions.convert(moved.deciding(city), **moved.HELD, by=city.director)

    talks = json.loads(files_of(documents.archive(suggestion).content)["tables/convenings.json"])
    package = documents.archive(fresh(moved_one)).content

    assert [(talk["round"], talk["convened_by"]) for talk in talks] == [(2, "代工委主任")]
    kinds = {item["kind"] for item in json.loads(files_of(package)["items.json"])}
    assert "suggestions.motion" in kinds
    assert verify_archive.faults(package) == []
