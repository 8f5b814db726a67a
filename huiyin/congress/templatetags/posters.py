"""The QR code of a public page."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huiyin.kernel import codes

register = template.Library()


@register.simple_tag
def qr_of(path: str, label: str = "") -> SafeString:
    """A QR code that opens the path on this site; it carries the address and nothing else."""
    words = label or _("二维码，扫一扫打开这一页")
    return mark_safe(codes.qr_svg(f"{settings.SITE_ADDRESS}{path}", label=words))  # noqa: S308  made here, text escaped


@register.filter
def grouped(code: str) -> str:
    return codes.grouped(code)
