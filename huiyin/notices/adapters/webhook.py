"""A signed POST to another system, at an address that was looked at before it is connected to.

The name is resolved once, every address behind it is checked, and the connection goes to the
checked one: a name that turns to an inner address in between (DNS rebinding) leads nowhere.
"""

import hashlib
import hmac
import http.client
import ipaddress
import json
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from huiyin.kernel import clock
from huiyin.notices.adapters.errors import Undelivered

SECONDS, READ = 10, 1_000
LONGEST = 20  # seconds for one parcel, however slowly its receiver speaks
TAKEN = range(200, 300)
PUBLIC_IPV6 = ipaddress.ip_network("2000::/3")


@dataclass(frozen=True)
class Parcel:
    """What is sent: `key` stays the same however often it is tried."""

    key: str
    event: str
    body: dict[str, Any]

    def text(self) -> bytes:
        return json.dumps(self.body, ensure_ascii=False, sort_keys=True).encode()


def post(address: str, parcel: Parcel, *, secret: str) -> int:
    """The receiver's status when it has taken the parcel. Raises Undelivered."""
    parts = checked(address)
    content = parcel.text()
    stamp = str(int(clock.now().timestamp()))
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Huiyin",
        "Huiyin-Event": parcel.event,
        "Huiyin-Delivery": parcel.key,
        "Huiyin-Timestamp": stamp,
        "Huiyin-Signature": f"v1={signature(secret, stamp, content)}",
    }
    try:
        status = _send(parts, content, headers)
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Undelivered(_("连不上：%(error)s") % {"error": type(error).__name__}) from error
    if status not in TAKEN:
        raise Refused(status)
    return status


class Refused(Undelivered):
    """The receiver answered, and did not take it. A redirect is no answer: it could lead inside."""

    def __init__(self, status: int) -> None:
        super().__init__(_("对方回应 %(status)d") % {"status": status})
        self.status = status


def signature(secret: str, stamp: str, content: bytes) -> str:
    """HMAC-SHA256 over the moment and the body, so that an old parcel cannot be sent again as new."""
    return hmac.new(secret.encode(), stamp.encode() + b"." + content, hashlib.sha256).hexdigest()


def checked(address: str) -> SplitResult:
    """The parts of an address we may send to, as far as its words tell. Raises Undelivered."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise Undelivered(_("地址写法不对")) from error
    allowed = {"https", "http"} if settings.WEBHOOK_NETWORKS else {"https"}
    if parts.scheme not in allowed or not parts.hostname or port == 0:
        raise Undelivered(_("地址应该以 https:// 开头"))
    if not address.isascii():
        raise Undelivered(_("地址里的汉字请写成百分号编码"))
    if parts.username is not None or parts.password is not None:
        raise Undelivered(_("地址里不能有用户名和密码"))
    return parts


def _send(parts: SplitResult, content: bytes, headers: dict[str, str]) -> int:
    host = parts.hostname or ""
    port = parts.port or (443 if parts.scheme == "https" else 80)
    where = _reachable(host, port, is_plain=parts.scheme == "http")
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with _connected(host, port, where, is_plain=parts.scheme == "http") as connection:
        connection.request("POST", path, body=content, headers=headers)
        answer = connection.getresponse()
        answer.read(READ)
        return answer.status


def _reachable(host: str, port: int, *, is_plain: bool) -> str:
    """One address behind the name; every one must be allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Undelivered(_("找不到这个地址")) from error
    addresses = [str(each[4][0]) for each in found]
    if not addresses or not all(_is_allowed(each, is_plain=is_plain) for each in addresses):
        raise Undelivered(_("不能发往内部网络的地址"))
    return addresses[0]


def _is_allowed(text: str, *, is_plain: bool) -> bool:
    """Public addresses by https; inner ones only in the networks the settings name."""
    address = ipaddress.ip_address(text.split("%")[0])
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in ipaddress.ip_network(each) for each in settings.WEBHOOK_NETWORKS):
        return True
    return not is_plain and _is_public(address)


def _is_public(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Of IPv6 the public unicast block only: elsewhere, and in 6to4, an inner IPv4 one may hide."""
    if isinstance(address, ipaddress.IPv6Address) and (
        address not in PUBLIC_IPV6 or address.sixtofour is not None
    ):
        return False
    return address.is_global and not address.is_multicast


@contextmanager
def _connected(
    host: str, port: int, where: str, *, is_plain: bool
) -> Iterator[http.client.HTTPConnection]:
    """A connection to the checked address that still names, and proves, the host."""
    line = socket.create_connection((where, port), SECONDS)
    if not is_plain:
        context = ssl.create_default_context()
        line = context.wrap_socket(line, server_hostname=host, do_handshake_on_connect=False)
    with line, _cut_off(line):
        if isinstance(line, ssl.SSLSocket):
            line.do_handshake()
        connection = http.client.HTTPConnection(host, port, timeout=SECONDS)
        connection.sock = line
        yield connection


@contextmanager
def _cut_off(line: socket.socket) -> Iterator[None]:
    """Hang up after LONGEST: a byte every nine seconds would keep any time limit of a read."""
    timer = threading.Timer(LONGEST, line.shutdown, [socket.SHUT_RDWR])
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
