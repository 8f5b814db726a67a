"""Messages in the outbox."""

import factory
from factory.django import DjangoModelFactory

from huiyin.kernel import clock
from huiyin.notices.choices import Channel, State
from huiyin.notices.models import Message
from tests.accounts.factories import UserFactory
from tests.congress.factories import CongressFactory


class MessageFactory(DjangoModelFactory):
    """An in-app message that has arrived; `email=True`, `sms=True` wait to be sent."""

    class Meta:
        model = Message

    congress = factory.SubFactory(CongressFactory)
    key = factory.Sequence(lambda number: f"test:{number}")
    channel = Channel.IN_APP
    state = State.SENT
    user = factory.SubFactory(UserFactory)
    subject = "有一件建议等您签收"
    words = "请在 3 个工作日内签收。"
    not_before = factory.LazyFunction(clock.now)
    sent_at = factory.LazyFunction(clock.now)

    class Params:
        email = factory.Trait(channel=Channel.EMAIL, state=State.WAITING, sent_at=None)
        sms = factory.Trait(
            channel=Channel.SMS,
            state=State.WAITING,
            sent_at=None,
            user=None,
            phone=factory.Sequence(lambda number: f"1990000{number:04d}"),
        )
        failed = factory.Trait(state=State.FAILED, sent_at=None, problem="对方服务器没有应答")
