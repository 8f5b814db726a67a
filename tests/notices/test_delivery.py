"""What leaves the house, how often it is tried, and what is seen when it does not arrive."""

import datetime as dt
import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import connection, transaction

from huiyin.kernel import clock
from huiyin.kernel.models import Unsealed
from huiyin.kernel.workflow import NotPossible
from huiyin.notices import actions, events, exports, tasks
from huiyin.notices.actions import delivery
from huiyin.notices.apps import text_messages_go
from huiyin.notices.calculations import MOST_TRIES, earliest, next_try
from huiyin.notices.choices import State
from huiyin.notices.models import Message
from tests.accounts.factories import UserFactory
from tests.congress.factories import DeputyFactory
from tests.notices.factories import MessageFactory
from tests.rulebook.factories import load_rules

NOON = dt.datetime(2026, 5, 6, 12, 0, tzinfo=clock.ZONE)


class Gateway(BaseHTTPRequestHandler):
    """A text message provider on the loopback; answers with the status it was told to."""

    received: list = []
    status = 200

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        Gateway.received.append((self.headers["Authorization"], json.loads(body)))
        self.send_response(Gateway.status)
        self.end_headers()

    def log_message(self, *_args):
        pass


@pytest.fixture
def gateway(settings):
    server = HTTPServer(("127.0.0.1", 0), Gateway)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    Gateway.received, Gateway.status = [], 200
    settings.SMS_ADDRESS = f"http://127.0.0.1:{server.server_port}/send"
    settings.SMS_TOKEN = "for-the-test"
    yield Gateway
    server.shutdown()
    thread.join()
    server.server_close()


def states():
    return list(Message.objects.order_by("pk").values_list("state", "tries"))


@pytest.mark.django_db
def test_a_subject_of_two_lines_holds_up_nobody():
    MessageFactory(email=True, subject="承诺已兑现：\n修好路灯", not_before=NOON)
    with clock.set_to(NOON):
        actions.send_due()

    assert [letter.subject for letter in mail.outbox] == ["承诺已兑现： 修好路灯"]


@pytest.mark.django_db
def test_an_e_mail_goes_to_the_account_s_address_with_the_link(settings):
    settings.SITE_ADDRESS = "https://huiyin.example"
    user = UserFactory(email="wang@example.org")
    MessageFactory(email=True, user=user, subject="请签收", words="有一件建议。", path="/desk/")

    assert actions.send_due() == 1

    sent = mail.outbox[0]
    assert (sent.to, sent.subject) == (["wang@example.org"], "请签收")
    assert sent.body == "有一件建议。\n\nhttps://huiyin.example/desk/"
    assert states() == [(State.SENT, 1)]


@pytest.mark.django_db
def test_a_text_message_goes_to_the_gateway_once(gateway):
    message = MessageFactory(sms=True, phone="19900001234", words="您说的事有了回音。")

    actions.send_due()
    actions.send_due()

    assert gateway.received == [
        (
            "Bearer for-the-test",
            {"phone": "19900001234", "text": "【回音】您说的事有了回音。", "id": message.key},
        )
    ]


@pytest.mark.django_db
def test_a_refused_message_is_tried_again_later_and_then_shown_as_failed(gateway):
    gateway.status = 500
    MessageFactory(sms=True, not_before=NOON)

    moment = NOON
    for n_tries in range(1, MOST_TRIES):
        with clock.set_to(moment):
            actions.send_due()
            assert states() == [(State.WAITING, n_tries)]
            actions.send_due()
        moment = Message.objects.get().not_before
    with clock.set_to(moment):
        actions.send_due()

    assert states() == [(State.FAILED, MOST_TRIES)]
    assert (Message.objects.get().problem, len(gateway.received)) == (
        "短信没有发出：500",
        MOST_TRIES,
    )


@pytest.mark.django_db
def test_without_a_gateway_a_text_message_is_given_up_at_once_and_says_why(settings):
    settings.SMS_ADDRESS, settings.SMS_TO_LOG = "", False
    MessageFactory(sms=True)

    assert actions.send_due() == 0

    assert states() == [(State.FAILED, 1)]
    assert Message.objects.get().problem == "没有设置短信网关，短信没有发出"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "state"), [(200, State.SENT), (500, State.WAITING)], ids=["went", "waits"]
)
def test_whoever_listens_hears_of_what_is_settled_only(
    gateway, status, state, django_capture_on_commit_callbacks
):
    gateway.status, heard = status, []
    listen = lambda sender, message, **_: heard.append(message.state)  # noqa: E731
    events.settled.connect(listen)
    MessageFactory(sms=True)

    with django_capture_on_commit_callbacks(execute=True):
        actions.send_due()

    events.settled.disconnect(listen)
    assert heard == [state] * (state == State.SENT)
    assert states() == [(state, 1)]


@pytest.mark.django_db
def test_a_number_forgotten_while_it_is_sent_is_not_tried_again(settings):
    settings.SMS_ADDRESS = "http://127.0.0.1:9/"
    message = MessageFactory(sms=True, state=State.SENDING, tries=1, about_kind="x", about_id=1)
    actions.forget_numbers("x", [1])

    delivery._deliver(message)

    assert states() == [(State.FAILED, 1)]
    with pytest.raises(NotPossible):
        actions.send_again(message, by=UserFactory())


@pytest.mark.django_db
def test_old_numbers_leave_the_outbox_when_nobody_sends_again(load_retention):
    with clock.set_to(NOON):
        sent, failed, waiting = (
            MessageFactory(sms=True, state=state)
            for state in (State.SENT, State.FAILED, State.WAITING)
        )
    with clock.set_to(NOON + dt.timedelta(days=180)):
        assert actions.forget_old_numbers() == 0
    with clock.set_to(NOON + dt.timedelta(days=190)):
        assert (actions.forget_old_numbers(), actions.forget_old_numbers()) == (2, 0)

    assert list(Message.objects.with_number()) == [waiting]
    assert next(exports.rows([fresh(sent)]))[2] == "号码已删"
    assert fresh(failed).state == State.FAILED


@pytest.fixture
def load_retention():
    load_rules()


def fresh(message):
    return Message.objects.get(pk=message.pk)


@pytest.mark.parametrize(
    ("address", "to_log", "warned"),
    [
        ("https://sms.example", False, []),
        ("", False, ["notices.W001"]),
        ("", True, ["notices.W002"]),
    ],
)
def test_deployment_warns_where_text_messages_reach_nobody(settings, address, to_log, warned):
    settings.SMS_ADDRESS, settings.SMS_TO_LOG = address, to_log

    assert [one.id for one in text_messages_go()] == warned


@pytest.mark.django_db
def test_the_demonstration_writes_text_messages_to_its_log_masked(caplog, settings):
    settings.SMS_TO_LOG = True
    MessageFactory(sms=True, phone="19900001234")

    with caplog.at_level("INFO"):
        actions.send_due()

    assert states() == [(State.SENT, 1)]
    assert "199****1234" in caplog.text
    assert "19900001234" not in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://127.0.0.1:9/"])
def test_a_wrong_or_silent_gateway_is_a_visible_failure(settings, address):
    settings.SMS_ADDRESS = address
    MessageFactory(sms=True)

    actions.send_due()

    assert states() == [(State.WAITING, 1)]
    assert Message.objects.get().problem.startswith("短信")


@pytest.mark.django_db
def test_a_receiver_who_lost_every_address_is_a_visible_failure():
    MessageFactory(email=True, user__email="")
    MessageFactory(sms=True, phone="", user=UserFactory())

    actions.send_due()

    problems = list(Message.objects.order_by("pk").values_list("problem", flat=True))
    assert problems == ["收件人没有邮箱", "收件人没有手机号"]


@pytest.mark.django_db
def test_held_messages_wait_for_the_morning():
    with clock.set_to(dt.datetime(2026, 5, 6, 23, 0, tzinfo=clock.ZONE)):
        actions.send(to=UserFactory(), key="night", subject="夜里", words="夜里的事")
        assert actions.send_due() == 0
    with clock.set_to(dt.datetime(2026, 5, 7, 8, 0, tzinfo=clock.ZONE)):
        assert actions.send_due() == 1


@pytest.mark.django_db
def test_a_message_lost_with_its_worker_is_not_sent_twice_but_shown():
    with clock.set_to(NOON):
        MessageFactory(email=True, state=State.SENDING, tries=1, updated_at=NOON)
    with clock.set_to(NOON + dt.timedelta(minutes=11)):
        assert actions.send_due() == 0

    assert states() == [(State.FAILED, 1)]
    assert (len(mail.outbox), Message.objects.get().problem) == (0, "发送时中断，不知是否送达")


@pytest.mark.django_db
def test_a_failed_message_is_put_back_by_hand():
    message = MessageFactory(email=True, failed=True, tries=5)
    by = UserFactory()

    actions.send_again(message, by=by)
    assert actions.send_due() == 1

    with pytest.raises(NotPossible):
        actions.send_again(message, by=by)


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_message():
    for _number in range(6):
        MessageFactory(email=True)
    sent = []

    def work():
        sent.append(actions.send_due(limit=6))
        connection.close()

    with transaction.atomic():
        held = Message.objects.order_by("pk").select_for_update().first()
        workers = [threading.Thread(target=work) for _number in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()

    assert (sum(sent), Message.objects.get(pk=held.pk).state) == (5, State.WAITING)


@pytest.mark.parametrize(
    ("hour", "day", "at"), [(7, 6, 8), (8, 6, 8), (20, 6, 20), (21, 7, 8), (0, 6, 8)]
)
def test_quiet_hours_run_from_nine_in_the_evening_to_eight(hour, day, at):
    moment = earliest(dt.datetime(2026, 5, 6, hour, 0, tzinfo=clock.ZONE))

    assert (moment.day, moment.hour) == (day, at)


def test_tries_come_further_and_further_apart_and_end():
    waits = [next_try(NOON, tries) for tries in range(1, MOST_TRIES + 1)]

    assert [wait and (wait - NOON).seconds // 60 for wait in waits] == [1, 5, 30, 30, None]


@pytest.mark.django_db
def test_the_worker_s_minute_sends_and_seals():
    MessageFactory(email=True)
    DeputyFactory()

    tasks.send_due(timestamp=0)
    tasks.seal_trail(timestamp=0)

    assert (len(mail.outbox), Unsealed.objects.count()) == (1, 0)
