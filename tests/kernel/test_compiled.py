"""Statements that are kept answer what their querysets would."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connections
from django.db.models import Q, Value
from django.db.transaction import TransactionManagementError

from huiyin.accounts.models import User
from huiyin.kernel import compiled
from huiyin.kernel.compiled import Place, Question
from tests.accounts.factories import UserFactory

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


@pytest.mark.parametrize("name", ["it's", "100%", "%s %% %(a)s", "\\'; --", "路灯"])
def test_words_stand_in_a_statement_as_they_were_meant(name):
    Group.objects.create(name=name)
    found = Group.objects.filter(name=name).values_list("name")

    written = compiled.statement(found.filter(pk__gt=0))

    assert (written.values, compiled.rows(written)) == ((0,), [(name,)])


def test_a_question_answers_with_whole_rows_for_each_value_of_its_place(django_assert_num_queries):
    asked = Permission.objects.select_related("content_type").annotate(seven=Value(7))
    question = Question(asked.filter(codename=Place("code")).order_by("pk"))

    with django_assert_num_queries(2):
        found = [question.row(code=code) for code in ("add_group", "view_group")]
        kinds = [row.content_type.model for row in found]

    plain = [Permission.objects.get(codename=code) for code in ("add_group", "view_group")]
    assert (found, kinds, [row.seven for row in found]) == (plain, ["group"] * 2, [7, 7])
    assert (question.row(code="none"), question.rows(code="none")) == (None, [])


def test_a_question_reads_columns_as_their_fields_do():
    user = UserFactory(phone="13800000000", kept_filters=[{"name": "a"}])

    found = Question(User.objects.defer("password").filter(pk=Place("pk"))).row(pk=user.pk)

    assert (found.phone, found.kept_filters) == (user.phone, [{"name": "a"}])
    assert found.get_deferred_fields() == {"password"}


def test_a_question_that_nothing_answers_is_not_asked(django_assert_num_queries):
    question = Question(Group.objects.filter(Q(pk__in=[]), name=Place("name")))

    with django_assert_num_queries(0):
        assert question.rows(name="a") == []


def test_a_value_too_great_for_its_column_finds_nothing():
    assert Question(Group.objects.filter(pk=Place("pk"))).row(pk=10**30) is None


def test_what_is_attached_is_read_from_there_and_asked_where_it_is_narrowed(
    django_assert_num_queries,
):
    kind = ContentType.objects.get(model="group")
    question = Question(Permission.objects.filter(content_type=Place("kind")).order_by("codename"))
    compiled.attach(kind, "permission_set", question.rows(kind=kind.pk))

    with django_assert_num_queries(0):
        found = list(kind.permission_set.all())
        assert all(row.content_type is kind for row in found)

    assert len(found) == 4
    assert kind.permission_set.filter(codename__in=["add_group", "add_user"]).count() == 1


def test_rows_are_held_inside_a_transaction_only(monkeypatch):
    question = Question(Group.objects.filter(pk=Place("pk")).select_for_update())
    group = Group.objects.create(name="held")

    assert question.row(pk=group.pk) == group
    with monkeypatch.context() as outside:
        outside.setattr(connections["default"], "in_atomic_block", False)
        with pytest.raises(TransactionManagementError):
            question.row(pk=group.pk)
