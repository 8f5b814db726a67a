"""The search column in PostgreSQL itself."""

import re

import pytest
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models
from django.test.utils import isolate_apps

from huiyin.kernel import search_fields

TEXTS = [
    ("福利路路灯不亮", "西固区福利路12号院门前路灯坏了，㐂𠮷先生摔了一跤。"),
    ("5G基站噪声", "ABC小区楼顶基站夜里有噪声"),
    ("路口福利彩票", "利民路上的彩票店，路窄"),
]

with isolate_apps("huiyin.kernel"):

    class Paper(models.Model):  # noqa: DJ008  (nobody looks at it)
        title = models.CharField(max_length=200)
        text = models.TextField()
        search = SearchVectorField(null=True)

        class Meta:
            app_label = "kernel"
            indexes = [GinIndex(fields=["search"], name="paper_search")]


@pytest.fixture
def papers(db):
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    return Paper.objects.bulk_create(
        Paper(title=title, text=text, search=search_fields.vector(title, text))
        for title, text in TEXTS
    )


def found(typed, **options):
    options = {"recheck_fields": ("title", "text")} | options
    papers = search_fields.matching(Paper.objects.order_by("pk"), typed, **options)
    return [paper.title[:2] for paper in papers.defer("search")]


@pytest.mark.usefixtures("papers")
@pytest.mark.parametrize(
    ("typed", "titles"),
    [
        ("路灯", ["福利"]),
        ("亮", ["福利"]),
        ("路", ["福利", "路口"]),
        ("福利路", ["福利"]),
        ("噪声 基站", ["5G"]),
        ("5g", ["5G"]),
        ("abc", ["5G"]),
        ("AB", ["5G"]),
        ("㐂𠮷", ["福利"]),
        ("12", ["福利"]),
        ("电梯", []),
        ("路灯 电梯", []),
        ("%_", ["福利", "5G", "路口"]),
        ("  ", ["福利", "5G", "路口"]),
        ("', 'x':* | !y", []),
    ],
)
def test_matching_finds_what_was_typed(typed, titles):
    assert found(typed) == titles


@pytest.mark.usefixtures("papers")
def test_matching_rechecks_a_long_run_as_it_stands():
    assert (found("福利路", recheck_fields=()), found("利路路")) == (["福利"], ["福利"])
    assert (found("路灯路", recheck_fields=()), found("福利路灯")) == ([], [])


@pytest.mark.usefixtures("papers")
def test_matching_of_nothing_is_all_or_nothing_as_asked():
    assert (found("", empty="all"), found("", empty="none")) == (["福利", "5G", "路口"], [])


@pytest.mark.usefixtures("papers")
def test_matching_is_bounded():
    assert found("兰州市" * 5_000) == []


@pytest.mark.usefixtures("papers")
def test_an_action_writes_the_column_anew():
    paper = Paper.objects.get(title="5G基站噪声")
    paper.title = "电梯"
    paper.search = search_fields.vector(paper.title, paper.text)
    paper.save(update_fields=["title", "search"])

    assert (found("电梯"), found("5G")) == (["电梯"], [])


@pytest.mark.usefixtures("papers")
def test_every_pair_and_every_character_of_every_text_is_found():
    pieces = [
        (text, run[at : at + length])
        for _, text in TEXTS
        for run in re.findall(r"[^\W\da-zA-Z]+", text)
        for length in (1, 2)
        for at in range(len(run) - length + 1)
    ]

    missed = [
        piece
        for text, piece in pieces
        if not search_fields.matching(Paper.objects.filter(text=text), piece).exists()
    ]

    assert missed == []


@pytest.mark.usefixtures("papers")
def test_matching_can_use_the_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")

    assert "paper_search" in search_fields.matching(Paper.objects.all(), "路灯").explain()
