"""What the demonstration refuses: settings, addresses and databases of a real installation."""

import ipaddress
import os
import socket
from urllib.parse import parse_qs, unquote, urlsplit

ON = {"1", "true", "yes", "on", "y", "t"}
DATABASES = ("DATABASE_URL", "DATABASE_OWNER_URL")
# Who sets one of these is about to run the real thing: docs/operations/README.md §4. A database of
# this machine is none of them; whose city it holds is asked of the database itself.
PRODUCTION = (
    *("SECRET_KEY", "ALLOWED_HOSTS", "CSRF_TRUSTED_ORIGINS", "SITE_ADDRESS", "TRUSTED_PROXIES"),
    *("HUIYIN_KEYS", "HUIYIN_VAR", "EMAIL_URL", "SMS_ADDRESS", "SMS_TOKEN", "CHAT_ROBOTS"),
)


class Refused(Exception):
    """The demonstration cannot run like this; the message says why."""


def refuse_production() -> None:
    """Known passwords must never be served to others, nor written into a real installation."""
    wish = os.environ.get("HUIYIN_DEMO", "").lower()
    if wish and wish not in ON:
        raise Refused(
            "make demo 只用于演示：HUIYIN_DEMO 已关闭。正式部署见 docs/operations/。\n"
            "make demo is for trying out, and HUIYIN_DEMO is off."
        )
    found = [name for name in PRODUCTION if os.environ.get(name)]
    if found and not wish:
        raise Refused(
            f"make demo 只用于演示，而这里有正式部署的设置：{'、'.join(found)}。"
            "确实要演示，请去掉它们，或明确写 HUIYIN_DEMO=1。\n"
            f"make demo is for trying out, but these settings are an installation's: {', '.join(found)}."
            " Unset them, or say HUIYIN_DEMO=1."
        )
    _refuse_other_machines()


def _refuse_other_machines() -> None:
    """Neither an address nor a database of another machine, whatever HUIYIN_DEMO says."""
    host = os.environ.get("HOST", "localhost")
    own_name = socket.gethostname()  # some shells export it as HOST
    if host not in {"localhost", own_name} and not _is_loopback(host):
        raise Refused(
            f"make demo 只在本机地址上运行，不能用 {host}。正式部署见 docs/operations/。\n"
            f"make demo serves this machine only, not {host}."
        )
    for name in DATABASES:
        if name in os.environ and not _is_of_this_machine(os.environ[name]):
            raise Refused(
                f"make demo 只用本机的数据库，而 {name} 指向别处。正式部署见 docs/operations/。\n"
                f"make demo uses a database of this machine only; {name} is elsewhere."
            )


def _is_of_this_machine(address: str) -> bool:
    """A socket or loopback; what an address leaves open, libpq takes from its own variables."""
    parts = urlsplit(address)
    query = parse_qs(parts.query)
    named = [unquote(parts.hostname or ""), *query.get("host", []), *query.get("hostaddr", [])]
    hosts = [host for host in named if host]
    hosts = hosts or [os.environ[name] for name in ("PGHOST", "PGHOSTADDR") if os.environ.get(name)]
    is_elsewhere = "service" in query or "PGSERVICE" in os.environ
    return not is_elsewhere and all(
        host.startswith("/") or host == "localhost" or _is_loopback(host) for host in hosts
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
