"""The map that the pages draw fits the divisions that the tables hold."""

import csv
import json

from django.contrib.staticfiles import finders

from huiyin.regions.actions import DIVISIONS

MOST_BYTES = 150_000


def test_boundaries_name_every_county_but_the_statistical_one():
    with (DIVISIONS / "lanzhou_2023.csv").open(encoding="utf-8-sig") as file:
        counties = {row["code"] for row in csv.DictReader(file) if row["level"] == "county"}

    features = json.loads(_static("lanzhou.geojson"))["features"]

    assert {feature["properties"]["code"] for feature in features} == counties - {"620171"}


def test_boundaries_are_small_and_closed():
    text = _static("lanzhou.geojson")
    rings = [
        ring
        for feature in json.loads(text)["features"]
        for polygon in _polygons(feature["geometry"])
        for ring in polygon
    ]

    assert len(text.encode()) < MOST_BYTES
    assert [ring for ring in rings if ring[0] != ring[-1] or len(ring) < 4] == []


def _static(name):
    with open(finders.find(f"regions/{name}"), encoding="utf-8") as file:
        return file.read()


def _polygons(geometry):
    several = geometry["type"] == "MultiPolygon"
    return geometry["coordinates"] if several else [geometry["coordinates"]]
