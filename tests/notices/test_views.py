"""One's own messages, and the outbox on the desk."""

import pytest
from django.urls import reverse

from huiyin.congress.choices import Role
from huiyin.kernel import clock
from huiyin.notices.choices import State
from huiyin.notices.models import Message
from tests.accounts.factories import UserFactory
from tests.congress.factories import AppointmentFactory, DeputyFactory, person_as
from tests.notices.factories import MessageFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    return user


@pytest.fixture
def clerk(client):
    user = person_as(Role.CLERK)
    client.force_login(user)
    return user


@pytest.mark.parametrize("n", [1, 3])
def test_the_inbox_asks_the_same_queries_for_any_number_of_messages(
    client, user, django_assert_num_queries, n
):
    for _number in range(n):
        MessageFactory(user=user)

    with django_assert_num_queries(6):
        page = client.get(reverse("notices:inbox"))

    assert len(page.context["page"].rows) == n


def test_the_inbox_shows_unread_first_and_only_one_s_own(client, user):
    read = MessageFactory(user=user, read_at=clock.now())
    unread = MessageFactory(user=user)
    MessageFactory()
    MessageFactory(user=user, email=True)

    page = client.get(reverse("notices:inbox"))

    assert [message.pk for message in page.context["page"]] == [unread.pk, read.pk]


def test_opening_a_message_marks_it_read_and_leads_where_it_points(client, user):
    message = MessageFactory(user=user, path="/desk/suggestions/1/")

    answer = client.post(reverse("notices:read", args=[message.pk]))
    first = Message.objects.get(pk=message.pk).read_at
    client.post(reverse("notices:read", args=[message.pk]))

    assert answer.url == "/desk/suggestions/1/"
    assert Message.objects.get(pk=message.pk).read_at == first is not None


@pytest.mark.parametrize("path", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_a_message_leads_nowhere_outside(client, user, path):
    message = MessageFactory(user=user, path=path)

    answer = client.post(reverse("notices:read", args=[message.pk]))

    assert answer.url == reverse("notices:inbox")


def test_somebody_else_s_message_is_not_found(client, user):
    message = MessageFactory()

    assert client.post(reverse("notices:read", args=[message.pk])).status_code == 404
    assert Message.objects.get().read_at is None


def test_all_messages_are_marked_read_at_once(client, user):
    MessageFactory(user=user)
    MessageFactory(user=user)
    other = MessageFactory()

    client.post(reverse("notices:read_all"))

    assert list(Message.objects.unread()) == [other]


@pytest.mark.parametrize("n", [1, 3])
def test_the_outbox_asks_the_same_queries_for_any_number_of_messages(
    client, clerk, django_assert_num_queries, n
):
    for _number in range(n):
        MessageFactory(email=True)

    with django_assert_num_queries(6):
        page = client.get(reverse("notices:outbox"))

    assert len(page.context["page"].rows) == n


def test_the_outbox_is_filtered_and_shows_no_phone(client, clerk):
    waiting = MessageFactory(email=True, user__name="王建国", subject="请签收")
    failed = MessageFactory(sms=True, failed=True, phone="19900001234")
    MessageFactory()
    url = reverse("notices:outbox")

    def found(**query):
        return {row.pk for row in client.get(url, query).context["page"]}

    assert found() == {waiting.pk, failed.pk}
    assert found(state="failed") == {failed.pk}
    assert found(channel="email") == {waiting.pk}
    assert found(q="建国") == {waiting.pk}
    exported = b"".join(client.get(url, {"format": "csv"}).streaming_content).decode()
    assert "199****1234" in exported
    assert "19900001234" not in exported + client.get(url).content.decode()


def test_a_clerk_sends_a_failed_message_again(client, clerk):
    message = MessageFactory(email=True, failed=True)

    client.post(reverse("notices:send_again", args=[message.pk]))
    again = client.post(reverse("notices:send_again", args=[message.pk]))

    assert Message.objects.get().state == State.WAITING
    assert again.status_code == 409


def test_staff_of_another_congress_see_nothing_of_this_outbox(client):
    message = MessageFactory(email=True, failed=True)
    client.force_login(AppointmentFactory(clerk=True, of_other=True).user)

    assert list(client.get(reverse("notices:outbox")).context["page"]) == []
    assert client.post(reverse("notices:send_again", args=[message.pk])).status_code == 404


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.LIAISON, Role.MEMBER])
def test_the_outbox_is_for_staff(client, role):
    client.force_login(person_as(role))

    assert client.get(reverse("notices:outbox")).status_code == 404


@pytest.mark.parametrize("name", ["inbox", "outbox"])
def test_strangers_are_asked_to_log_in(client, name):
    assert client.get(reverse(f"notices:{name}")).url.startswith(reverse("account_login"))


def test_the_inbox_stands_in_the_frame_of_its_reader(client, clerk):
    deputy = DeputyFactory(with_user=True).person.user

    desk = client.get(reverse("notices:inbox")).content.decode()
    client.force_login(deputy)
    own = client.get(reverse("notices:inbox")).content.decode()

    assert ('class="bottom"' in desk, 'class="bottom"' in own) == (False, True)
