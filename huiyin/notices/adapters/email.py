"""E-mail by Django's own settings; the console in the demonstration."""

from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _

from huiyin.notices.adapters.errors import Undelivered
from huiyin.notices.models import Message


def deliver(message: Message) -> None:
    if not (message.user and message.user.email):
        raise Undelivered(_("收件人没有邮箱"))
    link = f"\n\n{settings.SITE_ADDRESS}{message.path}" if message.path else ""
    try:
        subject = " ".join(message.subject.split())  # a line of a header ends where it breaks
        send_mail(subject, message.words + link, None, [message.user.email])
    except (SMTPException, OSError, ValueError) as error:
        raise Undelivered(_("邮件没有发出：%(error)s") % {"error": type(error).__name__}) from error
