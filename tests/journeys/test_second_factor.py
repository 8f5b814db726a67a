"""Where the second factor is demanded, nothing opens before it is set up, and nobody enters without it."""

import base64
import hmac
import struct
import time

from django.core.cache import cache

from tests.journeys.town import PASSWORD

HALF_A_MINUTE = 30
TO_TYPE_IT = 15  # seconds that a code must still be good for


def test_staff_set_up_the_second_factor_and_enter_with_it(town, windows, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    clerk = town.clerk
    clerk.is_second_factor_demanded = True
    clerk.save(update_fields=["is_second_factor_demanded"])
    window = windows(width=390)

    window.open("/desk/suggestions/")
    log_in(window, clerk.username)
    window.open("/desk/suggestions/")
    confirm(window)
    window.reads("设置验证器")
    secret = window.main.locator(".code").inner_text()
    window.fill(code=code_now(secret))
    window.press("设好了")
    window.open("/desk/")
    window.reads("待办")

    log_out(window)
    log_in(window, clerk.username)
    window.reads("再输一次验证码")
    cache.clear()  # a code counts once; the next one would come in half a minute
    window.fill(code=code_now(secret))
    window.press("登录")
    window.open("/desk/")
    window.reads("待办")


def test_a_password_alone_opens_nothing(town, windows, settings):
    settings.SECOND_FACTOR_DEMANDED = True
    director = town.director
    director.is_second_factor_demanded = True
    director.save(update_fields=["is_second_factor_demanded"])
    window = windows(width=1280)
    window.open("/account/login/")
    log_in(window, director.username)

    for path in ("/desk/", "/overview/", "/desk/suggestions/", "/desk/matters/", "/profile/"):
        window.open(path)
        assert window.path.startswith("/account/")


def log_in(window, name: str) -> None:
    window.fill(login=name, password=PASSWORD)
    window.press("登录")


def confirm(window) -> None:
    """Before anything about the second factor changes, the password is asked once more."""
    window.reads("再确认一次是您本人")
    window.fill(password=PASSWORD)
    window.press("确认")


def log_out(window) -> None:
    window.press("退出")
    if "/account/logout" in window.path:
        window.press("退出")
    window.open("/account/login/")


def code_now(secret: str) -> str:
    """RFC 6238 in six lines, so that the test does not ask the code it tests.

    A code that is about to change is let go by, as people do.
    """
    left = HALF_A_MINUTE - time.time() % HALF_A_MINUTE
    if left < TO_TYPE_IT:
        time.sleep(left)
    key = base64.b32decode(secret.strip() + "=" * (-len(secret.strip()) % 8))
    counter = struct.pack(">Q", int(time.time()) // HALF_A_MINUTE)
    digest = hmac.digest(key, counter, "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
