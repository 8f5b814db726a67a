"""Who is logged in, and when no longer."""

import datetime as dt

import pytest
from django.contrib.sessions.models import Session

from huiyin.accounts.sessions import SessionStore
from huiyin.kernel import clock
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
DESK = "/desk/"


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    assert client.get(DESK).status_code == 200
    return user


def test_a_session_that_ended_is_nobodys(client, user):
    Session.objects.update(expire_date=clock.now() - dt.timedelta(seconds=1))

    assert client.get(DESK).status_code == 302


def test_an_account_that_was_closed_is_logged_in_no_more(client, user):
    user.is_active = False
    user.save()

    assert client.get(DESK).status_code == 302


def test_an_account_that_is_gone_is_logged_in_no_more(client, user):
    type(user).objects.all().delete()

    assert client.get(DESK).status_code == 302


def test_an_unknown_key_opens_no_session():
    session = SessionStore("k" * 32)

    assert (dict(session.items()), session.session_key) == ({}, None)
