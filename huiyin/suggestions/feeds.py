"""News for feed readers: what was published, answered and promised, and what was moved."""

from typing import Any

from django.contrib.syndication.views import Feed
from django.db.models import F
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.suggestions.models import Motion, Promise, Publication
from huiyin.texts.redacting import redact

NEWEST = 30


class Suggestions(Feed):
    """The newest published suggestions, in their redacted words."""

    feed_type = Atom1Feed
    title = _("代表建议")
    subtitle = _("新公开的代表建议")

    def link(self) -> str:
        return reverse("suggestions:public")

    def items(self) -> Any:
        published = Publication.objects.published().of_this_house().for_page()
        return published.order_by("-published_at", "-pk")[:NEWEST]

    def item_title(self, item: Publication) -> str:
        return f"{item.suggestion.number} {item.title}"

    def item_description(self, item: Publication) -> str:
        return item.text

    def item_link(self, item: Publication) -> str:
        return reverse("suggestions:published", args=item.suggestion.public_address)

    def item_pubdate(self, item: Publication) -> Any:
        return item.published_at

    def item_updateddate(self, item: Publication) -> Any:
        return item.updated_at


class Replies(Suggestions):
    """The newest replies whose redacted words are public."""

    title = _("代表建议的答复")
    subtitle = _("新公开的承办单位答复")

    def items(self) -> Any:
        answered = Publication.objects.published().of_this_house().exclude(reply="").for_page()
        return answered.order_by(F("suggestion__replied_at").desc(nulls_last=True), "-pk")[:NEWEST]

    def item_description(self, item: Publication) -> str:
        return item.reply

    def item_guid(self, item: Publication) -> str:
        return f"{self.item_link(item)}#reply"

    item_guid_is_permalink = False


class Promises(Feed):
    """The newest promises of published replies; when one is kept or broken its entry is renewed."""

    feed_type = Atom1Feed
    title = _("承诺台账")
    subtitle = _("承办单位新作的承诺和兑现情况")

    def link(self) -> str:
        return reverse("suggestions:promises")

    def items(self) -> Any:
        promises = Promise.objects.public().that_are_news()
        return promises.for_public_list().order_by("-updated_at", "-pk")[:NEWEST]

    def item_title(self, item: Promise) -> str:
        return f"{item.unit} · {item.get_state_display()} · {item.suggestion.number}"

    def item_description(self, item: Promise) -> str:
        return f"{item.public_text}（{item.promised_on:%Y-%m-%d}）"

    def item_link(self, item: Promise) -> str:
        return reverse("suggestions:published", args=item.suggestion.public_address)

    def item_guid(self, item: Promise) -> str:
        return f"{self.item_link(item)}#promise-{item.pk}"

    item_guid_is_permalink = False

    def item_pubdate(self, item: Promise) -> Any:
        return item.created_at.astimezone(clock.ZONE)

    def item_updateddate(self, item: Promise) -> Any:
        return item.updated_at


class Motions(Feed):
    """The newest published motions: who proposed what, and where it stands; the text where it is open."""

    feed_type = Atom1Feed
    title = _("代表议案")
    subtitle = _("新公开的代表议案和大会的决定")

    def link(self) -> str:
        return reverse("suggestions:public_motions")

    def items(self) -> Any:
        newest = Motion.objects.public().select_related("suggestion").defer("suggestion__search")
        return newest.order_by("-updated_at", "-pk")[:NEWEST]

    def item_title(self, item: Motion) -> str:
        return f"{item.number} {item.suggestion.title}"

    def item_description(self, item: Motion) -> str:
        paper, said = item.suggestion, [item.get_state_display()]
        if item.is_text_public:
            said += [redact(paper.situation), redact(paper.proposals)]
        return "\n\n".join(said)

    def item_link(self, item: Motion) -> str:
        return reverse("suggestions:published_motion", args=[item.pk])

    def item_pubdate(self, item: Motion) -> Any:
        return item.submitted_at

    def item_updateddate(self, item: Motion) -> Any:
        return item.updated_at
