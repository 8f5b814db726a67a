"""What stands around a list, as plain strings: a template's loop costs ten times as much."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django import template
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from huiyin.ui.lists import Paged, turn

register = template.Library()

GAP = '<li><span class="gap">…</span></li>'
HERE = ' aria-current="page"'


@register.simple_tag
def tab_links(tabs: Iterable[Mapping[str, Any]]) -> SafeString:
    """The tabs as a list of links, each with its count where there is one."""
    return SafeString(f"<ul>{''.join(map(_tab, tabs))}</ul>")


@register.simple_tag
def sort_links(page: Paged, **labels: str) -> SafeString:
    """The orders of a list of cards, which has no table head; pressed again, an order turns round."""
    links = "".join(_order(page, name, label) for name, label in labels.items())
    label = escape(_("排序"))
    return SafeString(f'<p class="sorts soft">{label}{links}</p>')


@register.simple_tag(takes_context=True)
def page_links(context: Context, page: Paged) -> SafeString:
    """The pager's list; what else the address asks stays in it."""
    return SafeString(f"<ul>{''.join(_links(page, context['request'].GET.copy()))}</ul>")


def _order(page: Paged, name: str, label: str) -> str:
    turned, arrow = turn(page, name)
    here = ' aria-current="true"' if arrow else ""
    sign = f'<span aria-hidden="true">{arrow}</span>' if arrow else ""
    return f' <a href="{escape(turned)}"{here}>{escape(label)}{sign}</a>'


def _tab(tab: Mapping[str, Any]) -> str:
    here, tone = HERE if tab.get("current") else "", tab.get("tone")
    kind = f"count count--{escape(tone)}" if tone else "count"
    n = tab.get("count")
    count = "" if n is None else f' <span class="{kind}">{escape(n)}</span>'
    return f'<li><a href="{escape(tab["url"])}"{here}>{escape(tab["label"])}{count}</a></li>'


def _links(page: Paged, query: Any) -> Iterator[str]:
    def address(number: int) -> str:
        query["page"] = number
        return escape(f"?{query.urlencode()}")

    if page.number > 1:
        yield _link(f'rel="prev" href="{address(page.previous)}"', _("上一页"))
    for number in page.numbers:
        if number is None:
            yield GAP
        elif number == page.number:
            yield f"<li><span{HERE}>{number}</span></li>"
        else:
            words = _("第 %(number)s 页") % {"number": number}
            yield _link(f'href="{address(number)}" aria-label="{escape(words)}"', number)
    if page.number < page.last:
        yield _link(f'rel="next" href="{address(page.next)}"', _("下一页"))


def _link(attributes: str, words: Any) -> str:
    return f"<li><a {attributes}>{escape(words)}</a></li>"
