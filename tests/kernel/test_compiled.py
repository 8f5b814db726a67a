"""Statements that are kept answer what their querysets would."""

import pytest
from django.contrib.auth.models import Group
from django.db.models import Q

from huiyin.kernel import compiled

pytestmark = pytest.mark.django_db


def test_a_statement_answers_as_its_queryset_each_time_anew():
    named = compiled.statement(Group.objects.filter(name__startswith="a%").values_list("name"))
    counted = compiled.counting(Group.objects.filter(name__startswith="a%"))
    Group.objects.create(name="a%b")

    first = (compiled.rows(named), compiled.number(counted))
    Group.objects.create(name="a%c")
    Group.objects.create(name="abc")

    assert first == ([("a%b",)], 1)
    assert (sorted(compiled.rows(named)), compiled.number(counted)) == ([("a%b",), ("a%c",)], 2)


def test_what_cannot_hold_a_row_is_not_asked(django_assert_num_queries):
    nothing = Group.objects.filter(Q(pk__in=[]))

    with django_assert_num_queries(0):
        assert compiled.rows(compiled.statement(nothing)) == []
        assert compiled.number(compiled.counting(nothing)) == 0
