"""Text messages: one JSON POST to the address of the settings; without one they do not go.

Any provider or gateway that takes {"phone", "text", "id"} with a bearer token fits; others need a
few lines in front. The demonstration, which has none, writes them to its log (SMS_TO_LOG).
"""

import json
import logging
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.notices.adapters.errors import NoWayOut, Undelivered
from huiyin.notices.models import Message

SECONDS = 10
logger = logging.getLogger(__name__)


def deliver(message: Message) -> None:
    phone = message.phone or (message.user.phone if message.user else None)
    if not phone:
        raise Undelivered(_("收件人没有手机号"))
    if settings.SMS_ADDRESS:
        _post({"phone": phone.reveal(), "text": text_of(message), "id": message.key})
    elif settings.SMS_TO_LOG:
        logger.info("text message %s to %s: %s", message.pk, phone, message.subject)
    else:
        raise NoWayOut(_("没有设置短信网关，短信没有发出"))


def text_of(message: Message) -> str:
    link = f" {settings.SITE_ADDRESS}{message.path}" if message.path else ""
    return f"【{_('回音')}】{message.words}{link}"


def _post(content: dict[str, str]) -> None:
    if urlsplit(settings.SMS_ADDRESS).scheme not in {"http", "https"}:
        raise Undelivered(_("短信地址设置不对"))
    headers = {
        "Content-Type": "application/json",
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
    }
    request = Request(  # noqa: S310  the scheme is checked above
        settings.SMS_ADDRESS, json.dumps(content).encode(), headers, method="POST"
    )
    try:
        urlopen(request, timeout=SECONDS).close()  # noqa: S310  the scheme is checked above
    except (URLError, OSError) as error:
        raise Undelivered(_("短信没有发出：%(error)s") % {"error": _reason(error)}) from error


def _reason(error: OSError) -> str:
    return str(getattr(error, "code", "") or type(error).__name__)
