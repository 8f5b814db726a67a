"""Run on one database: queries and time of each public page, by Django's own client, as JSON."""

import json
import os
import sys
import time
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()

from django.db import connection  # noqa: E402 -- Django first
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

TIMES = 9


def main(paths: list[str]) -> None:
    print(json.dumps({path: _read(path) for path in paths}))


def _read(path: str) -> dict[str, float]:
    client = Client()
    client.get(path)  # compiles the templates
    with CaptureQueriesContext(connection) as queries:
        status = client.get(path).status_code
    asked = len(queries)  # the next request empties the log
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        client.get(path)
        taken.append(1000 * (time.perf_counter() - begun))
    return {"status": status, "queries": asked, "milliseconds": median(taken)}


if __name__ == "__main__":
    main(sys.argv[1:])
