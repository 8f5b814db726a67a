"""Questions about many suggestions: who sees them, where they stand, what is like them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q, Subquery

from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel import search_fields
from huiyin.opinions.models import Matter
from huiyin.rulebook.models import Clock
from huiyin.suggestions import visibility
from huiyin.suggestions.choices import (
    FINISHED,
    AssignmentRole,
    AssignmentState,
    Mode,
    RecordState,
    ReplyState,
    SignatureState,
    State,
)

WEEK = 7
# What a row never shows; the texts alone would make a page of 25 rows weigh 200 KB.
UNLISTED = ("situation", "proposals", "examination_words", "search")

# What a row or a spreadsheet shows. Naming it halves the time a list spends on its query.
LISTED = (
    *(
        "number",
        "motion_number",
        "title",
        "state",
        "subject",
        "round",
        "n_cosigners",
        "n_cohandlers",
        "n_opinions",
    ),
    *("submitted_at", "handed_over_at", "replied_at", "closed_at", "congress"),
    *("lead__person__name", "lead_unit__name", "lead_unit__short_name"),
    *("clock__rule_key", "clock__started_on", "clock__due_on", "clock__stopped_on"),
    *("clock__yellow_on", "clock__orange_on", "clock__is_void"),
)


SEARCHED = ("number", "motion_number", "title", "situation", "proposals")


class SuggestionQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        return self.visible_from(seats_of(user))

    def visible_from(self, seats: Seats) -> Self:
        """What a person with these seats may see: it depends on nothing else."""
        return self.filter(visibility.of_suggestions(seats))

    def unfinished(self) -> Self:
        return self.exclude(state__in=FINISHED)

    def on_the_table(self) -> Self:
        """What a hand-over meeting decides: one unit, or a lead with co-handlers. Papers proposed
        in another mode have parts or agreements to write and go their own way."""
        usual = [Mode.SINGLE, Mode.COHANDLED]
        return self.filter(state__in=[State.REGISTERED, State.ASSIGNING], mode__in=usual)

    def numbered_or_handed_in(self) -> Self:
        """What the committee works on: nothing that deputies still write."""
        return self.exclude(state__in=[State.DRAFT, State.COLLECTING])

    def numbered(self) -> Self:
        return self.exclude(number="")

    def public(self) -> Self:
        return self.filter(is_published=True)

    def citing(self, matters: "models.QuerySet[Matter]") -> Self:
        """Those that residents' matters led to; each once, however many of them it cites."""
        origins = _model("Origin").objects.filter(kind=Matter.item_kind())
        return self.filter(
            pk__in=origins.filter(item_id__in=matters.values("pk")).values("suggestion")
        )

    def for_list(self) -> Self:
        """Everything a row shows, in one query."""
        return self.select_related("lead__person", "lead_unit", "clock").only(*LISTED)

    def with_proposed_unit(self) -> Self:
        """The lead unit a clerk has proposed: the director reads it before handing over."""
        proposed = _model("Assignment").objects.filter(
            suggestion=OuterRef("pk"), role=AssignmentRole.LEAD, state=AssignmentState.PROPOSED
        )
        return self.annotate(proposed_unit=Subquery(proposed.values("unit__name")[:1]))

    def for_page(self) -> Self:
        """Everything the head of a page shows, in one query.

        No more than that: with ten joins PostgreSQL plans fifty times as long as it reads.
        """
        followers = _model("Suggestion").objects.filter(merged_into=OuterRef("pk"))
        brought_in = _model("OldItem").objects.filter(suggestion=OuterRef("pk"))
        attached = _model("Attachment").objects.filter(suggestion=OuterRef("pk"))
        return (
            self.annotate(
                leads_others=Exists(followers),
                is_old=Exists(brought_in),
                has_attachments=Exists(attached),
            )
            .select_related(
                "term",
                "session",
                "lead_unit",
                "clock",
                "reply_clock",
                "publication",
                "merged_into",
            )
            .defer("search", "merged_into__search")
        )

    def matching(
        self,
        *,
        q: str = "",
        state: Sequence[str] = (),
        stage: str = "",
        subject: str = "",
        unit: str = "",
        year: str = "",
        handed: str = "",
        rated: bool = False,
        replied: bool = False,
        result: str = "",
    ) -> Self:
        """The lists' filters, all of them at once."""
        found: Any = search_fields.matching(self, q, recheck_fields=SEARCHED)
        conditions = {
            "state__in": state,
            "subject": subject,
            "lead_unit__name__icontains": unit,
            "submitted_at__year": year,
            "handed_over_at__year": handed,
        }
        found = found.filter(**{name: value for name, value in conditions.items() if value})
        if stage:
            found = found.filter(is_between=stage == "between", submitted_at__isnull=False)
        if handed:
            found = found.exclude(state=State.WITHDRAWN)
        if rated:
            found = found.filter(Exists(_ratings()))
        if replied:
            found = found.filter(replied_at__isnull=False)
        if result:
            found = found.filter(Exists(_signed_replies(result_class=result)))
        return found

    def in_tab(self, tab: str, today: dt.date) -> Self:
        """One of the desk's tabs; the first one is everything under way."""
        if tab == "done":
            return self.filter(state__in=FINISHED)
        return self.unfinished().with_running_clock().filter(desk_tabs(today).get(tab, Q()))

    def counted_by_tab(self, today: dt.date) -> dict[str, int]:
        """How many rows each of the desk's tabs has, in one query."""
        counts = {f"n_{tab}": Count("pk", filter=q) for tab, q in desk_tabs(today).items()}
        found = self.unfinished().with_running_clock().order_by().aggregate(**counts)
        return {name.removeprefix("n_"): count for name, count in found.items()}

    def with_running_clock(self) -> Self:
        """The clock where it runs: an index holds all of these, and no stopped one."""
        running = FilteredRelation("clock", condition=Q(clock__stopped_on=None))
        return self.alias(running=running)

    def of_deputy(self, user: Any) -> Self:
        """What bears the person's name or asks for it, with what it asks of him."""
        seats = seats_of(user)
        asks = _own_signatures(seats)
        return self.filter(visibility.signed(seats)).annotate(
            asks_to_sign=Exists(
                asks.filter(
                    state__in=[SignatureState.INVITED, SignatureState.STALE],
                    suggestion__state__in=[State.DRAFT, State.COLLECTING, State.RETURNED],
                )
            ),
            asks_to_confirm=Exists(
                _model("FaceRecord").objects.filter(
                    suggestion=OuterRef("pk"),
                    deputy__in=seats.signer_ids,
                    state=RecordState.RECORDED,
                )
            ),
            asks_to_rate=Exists(
                asks.filter(
                    Exists(_unrated_letters()),
                    state=SignatureState.SIGNED,
                    suggestion__state=State.REPLIED,
                )
            ),
        )

    def in_deputy_tab(self, tab: str, user: Any) -> Self:
        return self.filter(deputy_tabs(user).get(tab, Q()))

    def counted_by_deputy_tab(self, user: Any) -> dict[str, int]:
        counts = {
            tab: Count("pk", filter=condition) for tab, condition in deputy_tabs(user).items()
        }
        return self.order_by().aggregate(all=Count("pk"), **counts)


def desk_tabs(today: dt.date) -> dict[str, Q]:
    """The desk's tabs: parts of what is under way, asked `with_running_clock`."""
    return {
        "overdue": Clock.overdue_q(today, prefix="running__"),
        "week": Clock.due_within_q(today, WEEK, prefix="running__"),
        "examining": Q(state=State.EXAMINING),
        "assigning": Q(state__in=[State.REGISTERED, State.ASSIGNING]),
        "returns": Q(state__in=[State.RETURN_ASKED, State.EXTENSION_ASKED])
        | Q(pk__in=_returning()),
        "unhappy": Q(state__in=[State.REDOING, State.COORDINATING]) | Q(round__gt=1),
        "rated": Q(state=State.RATED),
    }


def deputy_tabs(user: Any) -> dict[str, Q]:
    own = Q(lead__in=seats_of(user).deputy_ids)
    writing = Q(state__in=[State.DRAFT, State.COLLECTING])
    return {
        "sign": Q(asks_to_sign=True),
        "rate": Q(asks_to_rate=True),
        "confirm": Q(asks_to_confirm=True),
        "returned": own & Q(state=State.RETURNED),
        "writing": own & writing,
        "under_way": ~Q(state__in=FINISHED) & ~writing & ~Q(state=State.RETURNED),
        "done": Q(state__in=FINISHED),
    }


def newest_first() -> Any:
    return F("submitted_at").desc(nulls_first=True)


def most_urgent_first() -> Any:
    return F("clock__due_on").asc(nulls_last=True)


def _returning() -> Any:
    assignments = _model("Assignment").objects
    asking = [
        AssignmentState.RETURN_ASKED,
        AssignmentState.EXTENSION_ASKED,
        AssignmentState.RECALL_ASKED,
    ]
    return assignments.filter(state__in=asking).values("suggestion")


def _own_signatures(seats: Seats) -> Any:
    signatures = _model("Signature").objects
    return signatures.filter(suggestion=OuterRef("pk"), deputy__in=seats.deputy_ids)


def _unrated_letters() -> Any:
    """Letters of the open round that this signature has not rated: one, or one a part."""
    own = _model("Rating").objects.filter(reply=OuterRef("pk"), signature=OuterRef(OuterRef("pk")))
    return _model("Reply").objects.filter(
        ~Exists(own),
        suggestion=OuterRef("suggestion"),
        round=OuterRef("suggestion__round"),
        state=ReplyState.SIGNED,
    )


def _ratings() -> Any:
    return _model("Rating").objects.filter(reply__suggestion=OuterRef("pk"))


def _signed_replies(**more: Any) -> Any:
    return _model("Reply").objects.filter(
        suggestion=OuterRef("pk"), round=OuterRef("round"), state=ReplyState.SIGNED, **more
    )


def _model(name: str) -> Any:
    """By name: these tables stand on the suggestion, not under it."""
    return apps.get_model("suggestions", name)
