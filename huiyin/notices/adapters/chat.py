"""Group robots of 企业微信, 钉钉 and 飞书, spoken to through apprise.

Whose robot is whose stands in the settings, because a robot's address is a secret. A house that
runs its own copy of such a platform names that copy's address there too.
"""

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.notices.adapters.errors import Undelivered
from huiyin.notices.models import Message

KINDS = ("wecombot", "dingtalk", "feishu", "lark")


def deliver(message: Message) -> None:
    address = settings.CHAT_ROBOTS.get(message.robot, "")
    kind = urlsplit(address).scheme
    if kind not in KINDS:
        raise Undelivered(_("没有设置这个群机器人"))
    robot = _robot(address, kind)
    link = f"\n{settings.SITE_ADDRESS}{message.path}" if message.path else ""
    if robot is None or not robot.notify(title=message.subject, body=message.words + link):
        raise Undelivered(_("群机器人没有收下"))


def _robot(address: str, kind: str) -> Any:
    # Loading it takes half a second, and only the worker sends.
    from apprise import Apprise  # noqa: PLC0415

    robot = Apprise.instantiate(address, suppress_exceptions=True)
    if robot is not None and kind in settings.CHAT_ADDRESSES:
        for name in ("notify_url", "api_url"):
            if hasattr(robot, name):
                setattr(robot, name, _moved(getattr(robot, name), settings.CHAT_ADDRESSES[kind]))
    return robot


def _moved(address: str, to: str) -> str:
    """The same path and question at another house's door."""
    old, new = urlsplit(address), urlsplit(to)
    return urlunsplit((new.scheme, new.netloc, old.path, old.query, ""))
