"""Bulk files: what is public and no more, each with its sum, withheld the moment something is taken back."""

import csv
import hashlib
import io
import json

import pytest

from huiyin.dashboards import open_data
from huiyin.dashboards.tasks import make_open_data, renew_open_data
from huiyin.suggestions import actions
from huiyin.suggestions.models import Suggestion
from tests.congress.factories import CongressFactory
from tests.suggestions.browse import publish
from tests.suggestions.walk import City, later, promised

PHONE = "19900001234"
NAMES = ["suggestions", "replies", "promises", "rates"]


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def content(answer) -> bytes:
    """To the last piece: then the file behind it is closed."""
    return b"".join(answer.streaming_content)


def status(client, path) -> int:
    answer = client.get(path)
    if answer.streaming:
        content(answer)
    return answer.status_code


def rows(client, name):
    return json.loads(content(client.get(f"/open-data/{name}.json")))


def test_the_package_tells_of_every_file_what_is_in_it(client, city):
    publish(city, city.tracking())
    make_open_data(0)

    told = client.get("/open-data/datapackage.json").json()

    assert [r["path"] for r in told["resources"]] == [
        f"{name}.{form}" for name in NAMES for form in ("csv", "json")
    ]
    for resource in told["resources"]:
        found = content(client.get(f"/open-data/{resource['path']}"))
        assert len(found) == resource["bytes"]
        assert resource["hash"] == f"sha256:{hashlib.sha256(found).hexdigest()}"
    assert told["licenses"][0]["name"] == "CC-BY-4.0"


def test_both_forms_hold_the_same_rows_under_the_columns_that_were_told(client, city):
    publish(city, city.tracking())
    make_open_data(0)
    told = client.get("/open-data/datapackage.json").json()

    for name in NAMES:
        text = content(client.get(f"/open-data/{name}.csv")).decode("utf-8-sig")
        lines = list(csv.DictReader(io.StringIO(text)))
        facts = rows(client, name)
        fields = next(r for r in told["resources"] if r["path"] == f"{name}.csv")["schema"][
            "fields"
        ]
        columns = [field["name"] for field in fields]
        assert [list(line) for line in lines] == [list(fact) for fact in facts]
        assert set(map(tuple, (list(fact) for fact in facts))) == {tuple(columns)}
        assert [line[columns[0]] for line in lines] == [str(fact[columns[0]]) for fact in facts]


def test_only_what_is_public_is_in_it_and_redacted(client, city):
    promises = [promised(f"加装电梯，进度请问马秀兰 {PHONE}")]
    shown = city.replied(result_class="B", promises=promises)
    publish(city, shown)
    hidden = city.tracking()
    make_open_data(0)

    whole = b"".join(content(client.get(f"/open-data/{name}.json")) for name in NAMES).decode()

    assert [row["number"] for row in rows(client, "suggestions")] == [shown.number]
    assert (hidden.number in whole, PHONE in whole) == (False, False)
    assert "加装电梯，进度请问" in rows(client, "promises")[0]["text"]
    assert [row["document_number"] for row in rows(client, "replies")] == ["兰建办字〔2026〕1号"]


def test_tables_are_joined_by_congress_and_number(client, city):
    """Two congresses may give the same number."""
    district = City(congress=CongressFactory(county=True))
    for each in (city, district):
        paper = publish(each, each.tracking()).suggestion
        Suggestion.objects.filter(pk=paper.pk).update(number="17-5-B001")
    make_open_data(0)

    keys = {
        name: {(row["region"], row[column]) for row in rows(client, name)}
        for name, column in (
            ("suggestions", "number"),
            ("replies", "suggestion"),
            ("promises", "suggestion"),
        )
    }

    assert set(map(tuple, map(sorted, keys.values()))) == {
        (("620100", "17-5-B001"), ("620102", "17-5-B001"))
    }
    assert {row["congress"] for row in rows(client, "suggestions")} == {
        "兰州市人民代表大会",
        "城关区人民代表大会",
    }


def test_rates_are_those_of_the_page_with_what_they_are_made_of(client, city):
    city.tracking()
    make_open_data(0)

    found = {
        row["key"]: (row["count"], row["of"])
        for row in rows(client, "rates")
        if row["year"] == 2026
    }

    assert (found["reply"], found["K10"]) == ((1, 1), (1, 1))
    assert all(row["definition"] and row["source"] for row in rows(client, "rates"))


def test_what_is_taken_back_is_withheld_at_once_and_gone_from_the_next_files(client, city):
    publication = publish(city, city.tracking())
    kept = publish(city, city.tracking())
    make_open_data(0)
    with later(1):
        actions.take_back(publication, reason="有差错", by=city.clerk)

        answers = [
            status(client, f"/open-data/{name}") for name in ("suggestions.csv", "datapackage.json")
        ]
        page = client.get("/open-data/").content.decode()
        renew_open_data(0)
        numbers = [row["number"] for row in rows(client, "suggestions")]

    assert (answers, "正在重做" in page) == ([404, 404], True)
    assert numbers == [kept.suggestion.number]


def test_nothing_is_made_anew_without_need(city):
    publish(city, city.tracking())
    renew_open_data(0)
    first = open_data.latest()
    with later(1):
        publish(city, city.tracking())
        renew_open_data(0)

    assert open_data.latest() == first


def test_two_packages_are_kept_and_the_last_is_read(client, city, settings):
    for day in range(4):
        with later(day):
            make_open_data(0)

    folders = sorted((settings.MEDIA_ROOT / "open-data").iterdir())
    assert len(folders) == 2
    assert open_data.latest().folder.endswith(folders[-1].name)


def test_half_a_package_is_not_read(client, city, settings):
    make_open_data(0)
    (settings.MEDIA_ROOT / "open-data" / "99990101T000000").mkdir()

    assert client.get("/open-data/datapackage.json").status_code == 200


def test_a_program_that_has_the_file_is_told_so(client, city):
    make_open_data(0)
    first = client.get("/open-data/rates.csv")
    content(first)

    again = client.get("/open-data/rates.csv", headers={"if-none-match": first["ETag"]})

    assert (again.status_code, first["Content-Disposition"]) == (
        304,
        'attachment; filename="rates.csv"',
    )


@pytest.mark.parametrize("path", ["nonsense.csv", "suggestions.xml", "suggestions-csv.json"])
def test_other_files_are_not_there(client, city, path):
    make_open_data(0)

    assert client.get(f"/open-data/{path}").status_code == 404


def test_the_page_explains_before_and_after_the_first_night(client, city):
    before = client.get("/open-data/").content.decode()
    make_open_data(0)
    after = client.get("/open-data/").content.decode()

    assert ("还没有生成" in before, "还没有生成" in after) == (True, False)
    assert "首次交办日期" in before
    assert after.count("sha256:") == 2 * len(NAMES)
