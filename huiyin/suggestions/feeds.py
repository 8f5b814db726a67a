"""News of published replies, for feed readers."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from huiyin.suggestions.models import Publication

NEWEST = 30


class Replies(Feed):
    """Atom feed of the newest published suggestions and replies."""

    feed_type = Atom1Feed
    title = _("代表建议和答复")
    subtitle = _("已公开的代表建议、承办单位的答复和承诺")

    def link(self) -> str:
        return reverse("suggestions:public")

    def items(self) -> Any:
        published = Publication.objects.published().for_page()
        return published.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Publication) -> str:
        return f"{item.suggestion.number} {item.title}"

    def item_description(self, item: Publication) -> str:
        return item.reply or item.text

    def item_link(self, item: Publication) -> str:
        return reverse("suggestions:published", args=[item.suggestion.number])

    def item_pubdate(self, item: Publication) -> Any:
        return item.published_at

    def item_updateddate(self, item: Publication) -> Any:
        return item.updated_at
