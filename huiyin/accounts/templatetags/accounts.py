"""What the pages of accounts need to know about the house."""

from django import template
from django.conf import settings

register = template.Library()


@register.simple_tag
def is_demonstration() -> bool:
    return settings.DEMO
