"""One congress with thousands of suggestions: the demonstration city, and rows by COPY."""

import dataclasses
import datetime as dt
import hashlib
import random
from collections.abc import Iterable, Iterator
from itertools import count, islice
from typing import Any, TypeVar

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from django.db.models import Max, Model

from huiyin.accounts.models import User
from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment, Congress, Deputy, Session, Unit
from huiyin.demo import build, stories
from huiyin.kernel import clock, search
from huiyin.kernel.models import Entry
from huiyin.regions.models import Region
from huiyin.rulebook.choices import Key
from huiyin.rulebook.models import Clock, Rule
from huiyin.suggestions.choices import AssignmentRole, AssignmentState, SignatureState, State
from huiyin.suggestions.models import Assignment, Reply, Signature, Suggestion
from huiyin.suggestions.models.suggestion import hash_of_text

MANY = 100_000
YEARS = 12
# Ten entries each: a million rows of trail for a hundred thousand suggestions.
STEPS = ("write", "invite", "submit", "register", "propose_units", "hand_over", "sign_for")
STEPS += ("draft_reply", "sign_reply", "close")
AT_ONCE = 10_000
DAY = dt.timedelta(days=1)
# Of a hundred thousand, some thousands are under way.
UNDER_WAY = {
    State.EXAMINING: 600,
    State.ASSIGNING: 700,
    State.HANDED_OVER: 300,
    State.HANDLING: 900,
    State.DRAFTING: 200,
    State.REVIEWING: 100,
    State.REPLIED: 400,
    State.TRACKING: 400,
}
UNNUMBERED = (State.EXAMINING, State.LETTER)
WITH_UNIT = {
    State.HANDED_OVER: AssignmentState.HANDED_OVER,
    State.HANDLING: AssignmentState.HANDLING,
    State.DRAFTING: AssignmentState.HANDLING,
    State.REVIEWING: AssignmentState.HANDLING,
    State.REPLIED: AssignmentState.REPLIED,
    State.TRACKING: AssignmentState.REPLIED,
    State.CLOSED: AssignmentState.REPLIED,
}
Thing = TypeVar("Thing")
ANSWERED = (State.REPLIED, State.TRACKING, State.CLOSED)


def fill(many: int = MANY) -> None:
    """The city, then the bulk, the same for the same day."""
    found()
    author = Author(random.Random(17), clock.today(), many)
    for states in batched(enumerate(_states(many)), AT_ONCE):
        rows = Rows()
        for number, state in states:
            rows.add(author.write(number, state))
        rows.copy()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def found() -> None:
    """The demonstration city with a handful of real lives."""
    build.build(size=build.Size(suggestions=6, other_matters=3, imported=60), tell=lambda _: None)


def session_of(username: str) -> str:
    """A session as the login makes it, without the password's fifth of a second."""
    user = User.objects.get(username=username)
    session = SessionStore()
    session["_auth_user_id"] = str(user.pk)
    session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
    session["_auth_user_hash"] = user.get_session_auth_hash()
    session.save()
    return str(session.session_key)


def batched(things: Iterable[Thing], size: int) -> Iterator[list[Thing]]:
    """What itertools has from Python 3.12 on."""
    given = iter(things)
    while some := list(islice(given, size)):
        yield some


def _states(many: int) -> list[str]:
    """Every kind of state spread over the years' numbers."""
    open_ones = [state for state, n in UNDER_WAY.items() for _ in range(n * many // MANY)]
    rest = [State.CLOSED] * (many - len(open_ones) - many // 50) + [State.LETTER] * (many // 50)
    random.Random(5).shuffle(rest)
    random.Random(6).shuffle(open_ones)
    return [*rest, *open_ones]


@dataclasses.dataclass
class Written:
    """A suggestion and what grows on it."""

    suggestion: Suggestion
    clocks: list[Clock]
    signatures: list[Signature]
    assignments: list[Assignment]
    replies: list[Reply]
    entries: list[Entry]

    def rows(self) -> Iterator[Model]:
        yield from self.clocks
        yield self.suggestion
        yield from self.signatures
        yield from self.assignments
        yield from self.replies
        yield from self.entries


class Author:
    """Writes suggestions that look like the demonstration's, with keys given beforehand."""

    def __init__(self, chance: random.Random, today: dt.date, many: int) -> None:
        self.chance, self.today, self.many = chance, today, many
        self.congress = Congress.objects.select_related("region").get(region__code="620100")
        self.session = Session.objects.filter(term__congress=self.congress).latest("starts_on")
        self.deputies = list(Deputy.objects.filter(congress=self.congress).order_by("pk"))
        self.units = list(Unit.objects.filter(congress=self.congress).order_by("pk"))
        self.leader = _leader(self.congress)
        self.rules = _rules(self.congress.region)
        self.stories = _stories(self.congress.region)
        self.keys = {model: _keys_after_last(model) for model in Rows.ORDER}

    def write(self, number: int, state: str) -> Written:
        handed_over = self._handed_over_on(number, state)
        suggestion = self._suggestion(number, state, handed_over)
        written = Written(suggestion, [], self._signatures(suggestion), [], [], [])
        if state in WITH_UNIT:
            self._hand_over(written, handed_over)
        elif state not in UNNUMBERED:
            self._run(written, Key.HANDOVER_BETWEEN_SESSION, handed_over, 7)
            self._propose(written)
        written.entries = [self._entry(suggestion, place) for place in range(1, len(STEPS) + 1)]
        suggestion.version, suggestion.head = len(STEPS), written.entries[-1].hash
        return written

    def _handed_over_on(self, number: int, state: str) -> dt.date:
        if state in UNDER_WAY:
            return self.today - DAY * self.chance.randint(2, 100)
        return self.today - DAY * (YEARS * 365 - (YEARS - 1) * 365 * number // self.many)

    def _suggestion(self, number: int, state: str, handed_over: dt.date) -> Suggestion:
        story, unit = self.chance.choice(self.stories)
        at = clock.at(handed_over, 10)
        has_number, was_handed_over = state not in UNNUMBERED, state in WITH_UNIT
        written = f"SY-{number:06d}" if has_number else ""
        row = Suggestion(
            pk=next(self.keys[Suggestion]),
            congress=self.congress,
            term_id=self.session.term_id,
            session=self.session,
            number=written,
            state=state,
            lead=self.chance.choice(self.deputies),
            title=f"{story.title}（{number}）",
            situation=story.situation,
            proposals=story.proposals,
            subject=story.subject,
            text_hash=hash_of_text(story.title, story.situation, story.proposals),
            submitted_at=at - DAY * 9,
            registered_at=at - DAY * 3 if has_number else None,
            handed_over_at=at if was_handed_over else None,
            replied_at=at + DAY * 60 if state in ANSWERED else None,
            closed_at=at + DAY * 75 if state == State.CLOSED else None,
            lead_unit=unit if was_handed_over else None,
            n_cosigners=self.chance.choice([0, 0, 1, 2]),
            is_published=state == State.CLOSED and number % 3 == 0,
            created_at=at - DAY * 10,
            updated_at=at,
        )
        # COPY reads the text form of a tsvector.
        row.search = _vector(search.tokens(written, row.text()))
        return row

    def _signatures(self, suggestion: Suggestion) -> list[Signature]:
        others = self.chance.sample(self.deputies, suggestion.n_cosigners)
        names = [suggestion.lead, *(deputy for deputy in others if deputy != suggestion.lead)]
        return [
            Signature(
                pk=next(self.keys[Signature]),
                suggestion=suggestion,
                deputy=deputy,
                is_lead=deputy == suggestion.lead,
                state=SignatureState.SIGNED,
                text_hash=suggestion.text_hash,
                signed_version=1,
                signed_at=suggestion.submitted_at,
                version=1,
            )
            for deputy in names
        ]

    def _hand_over(self, written: Written, day: dt.date) -> None:
        suggestion = written.suggestion
        is_closed = suggestion.state == State.CLOSED
        reply = self._run(written, Key.REPLY_NORMAL, day, 90, is_closed=is_closed)
        suggestion.reply_clock = reply
        assignment = Assignment(
            pk=next(self.keys[Assignment]),
            suggestion=suggestion,
            unit=suggestion.lead_unit,
            role=AssignmentRole.LEAD,
            state=WITH_UNIT[suggestion.state],
            handed_over_at=suggestion.handed_over_at,
            clock=reply,
            version=1,
        )
        written.assignments.append(assignment)
        if suggestion.state in ANSWERED:
            written.replies.append(self._reply(suggestion, assignment))

    def _propose(self, written: Written) -> None:
        """A unit named, and the director's hand-over awaited."""
        _story, unit = self.chance.choice(self.stories)
        assignment = Assignment(
            pk=next(self.keys[Assignment]),
            suggestion=written.suggestion,
            unit=unit,
            role=AssignmentRole.LEAD,
            state=AssignmentState.PROPOSED,
            version=1,
        )
        written.assignments.append(assignment)

    def _run(
        self, written: Written, key: str, day: dt.date, days: int, *, is_closed: bool = False
    ) -> Clock:
        due = day + DAY * days
        row = Clock(
            pk=next(self.keys[Clock]),
            region=self.congress.region,
            rule_key=key,
            rule=self.rules[key],
            started_on=day,
            start_words="首次交办",
            due_on=due,
            yellow_on=due - DAY * 15,
            orange_on=due - DAY * 5,
            stopped_on=day + DAY * self.chance.randint(40, 95) if is_closed else None,
        )
        written.clocks.append(row)
        written.suggestion.clock = row
        return row

    def _reply(self, suggestion: Suggestion, assignment: Assignment) -> Reply:
        return Reply(
            pk=next(self.keys[Reply]),
            suggestion=suggestion,
            assignment=assignment,
            round=1,
            state="signed",
            result_class="A",
            body="您提出的建议收悉。经研究并到现场查看，现答复如下：所提事项已列入本年度计划。" * 4,
            document_number=f"兰字〔2026〕{suggestion.pk}号",
            drafted_by=self.leader,
            signed_by=self.leader,
            signed_at=suggestion.replied_at,
            version=1,
        )

    def _entry(self, suggestion: Suggestion, place: int) -> Entry:
        return Entry(
            pk=next(self.keys[Entry]),
            item_kind=Suggestion.item_kind(),
            item_id=suggestion.pk,
            sequence=place,
            at=suggestion.submitted_at + DAY * place,
            step=STEPS[place - 1],
            state=suggestion.state,
            actor_kind="user",
            actor_id=self.leader.pk,
            actor_label=self.leader.name,
            hash=hashlib.sha256(f"{suggestion.pk} {place}".encode()).hexdigest(),
        )


class Rows:
    """Rows of many tables, gathered and then copied, the tables pointed at first."""

    ORDER = (Clock, Suggestion, Signature, Assignment, Reply, Entry)

    def __init__(self) -> None:
        self.lines: dict[type[Model], list[tuple[Any, ...]]] = {model: [] for model in self.ORDER}

    def add(self, written: Written) -> None:
        for row in written.rows():
            self.lines[type(row)].append(_values(row))

    def copy(self) -> None:
        for model, lines in self.lines.items():
            _copy(model, lines)


def _values(row: Model) -> tuple[Any, ...]:
    return tuple(
        field.get_db_prep_save(getattr(row, field.attname), connection)
        for field in row._meta.concrete_fields
    )


def _copy(model: type[Model], lines: Iterable[tuple[Any, ...]]) -> None:
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    with connection.cursor() as cursor:
        with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as out:
            for line in lines:
                out.write_row(line)
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM \"{table}\""
        )


def _vector(words: Iterable[str]) -> str:
    return " ".join("'{}'".format(word.replace("\\", "\\\\").replace("'", "''")) for word in words)


def _keys_after_last(model: type[Model]) -> Iterator[int]:
    return count((model._default_manager.aggregate(last=Max("pk"))["last"] or 0) + 1)


def _leader(congress: Congress) -> User:
    found = Appointment.objects.filter(congress=congress, role=Role.UNIT_LEADER).order_by("pk")
    return found.select_related("user")[0].user


def _rules(region: Region) -> dict[str, Rule]:
    today = clock.today()
    keys = (Key.REPLY_NORMAL, Key.HANDOVER_BETWEEN_SESSION)
    return {key: Rule.objects.in_force(key, region, today) for key in keys}


def _stories(region: Region) -> list[tuple[stories.Story, Unit]]:
    """Every story told of many places, with the unit that handles it."""
    units = {unit.short_name: unit for unit in Unit.objects.filter(congress__region=region)}
    places = Region.objects.inside(region).filter(level="community").order_by("code")[:300]
    names = list(places.values_list("name", flat=True)) or [region.name]
    told = [stories.tell(template, name) for name in names for template in stories.templates()]
    return [(story, units[story.unit]) for story in told]
