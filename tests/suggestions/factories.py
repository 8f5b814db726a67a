"""Suggestions in every situation, each row with the first line of its trail."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from huiyin.kernel import clock, steps, trail
from huiyin.suggestions.choices import (
    AssignmentRole,
    AssignmentState,
    PromiseState,
    PublicationState,
    ReplyState,
    ResultClass,
    SignatureState,
    State,
)
from huiyin.suggestions.models import (
    Assignment,
    Promise,
    Publication,
    Reply,
    Signature,
    Suggestion,
    TextVersion,
)
from huiyin.suggestions.models.suggestion import hash_of_text
from tests.accounts.factories import UserFactory
from tests.congress.factories import DeputyFactory, UnitFactory
from tests.rulebook.factories import ClockFactory

SITUATION = "翠园小区建于一九九六年，三号楼住着十几位七十岁以上的老人，没有电梯，上下楼很困难。"
PROPOSALS = "一、把翠园小区列入明年加装电梯计划。二、明确补贴标准和申请办法。"
HANDED_OVER_AT = clock.at(dt.date(2026, 3, 5))


class TrailedFactory(DjangoModelFactory):
    """Rows come into the world as the actions make them: with a trail."""

    class Meta:
        abstract = True

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return steps.create(model_class(*args, **kwargs), "write", by=trail.SYSTEM)


class SuggestionFactory(TrailedFactory):
    """A draft of a sitting deputy of Lanzhou; traits say how far it came."""

    class Meta:
        model = Suggestion
        skip_postgeneration_save = True

    class Params:
        collecting = factory.Trait(state=State.COLLECTING)
        examining = factory.Trait(
            state=State.EXAMINING, submitted_at=clock.at(dt.date(2026, 2, 20))
        )
        registered = factory.Trait(
            examining=True,
            state=State.REGISTERED,
            number=factory.Sequence(lambda number: f"17-5-{number + 1:04d}"),
            registered_at=clock.at(dt.date(2026, 2, 24)),
        )
        handed_over = factory.Trait(
            registered=True,
            state=State.HANDED_OVER,
            handed_over_at=HANDED_OVER_AT,
            lead_unit=factory.LazyAttribute(lambda item: UnitFactory(congress=item.lead.congress)),
            reply_clock=factory.SubFactory(ClockFactory),
            clock=factory.SelfAttribute("reply_clock"),
            task=factory.RelatedFactory(
                "tests.suggestions.factories.AssignmentFactory", "suggestion"
            ),
        )
        handling = factory.Trait(
            handed_over=True,
            state=State.HANDLING,
            task=factory.RelatedFactory(
                "tests.suggestions.factories.AssignmentFactory", "suggestion", handling=True
            ),
        )
        replied = factory.Trait(
            handling=True,
            state=State.REPLIED,
            replied_at=clock.at(dt.date(2026, 5, 20)),
            task=factory.RelatedFactory(
                "tests.suggestions.factories.AssignmentFactory", "suggestion", replied=True
            ),
        )
        closed = factory.Trait(
            replied=True, state=State.CLOSED, closed_at=clock.at(dt.date(2026, 6, 20))
        )
        published = factory.Trait(
            closed=True,
            is_published=True,
            publication_row=factory.RelatedFactory(
                "tests.suggestions.factories.PublicationFactory", "suggestion"
            ),
        )

    lead = factory.SubFactory(DeputyFactory, with_user=True)
    congress = factory.SelfAttribute("lead.congress")
    term = factory.SelfAttribute("lead.term")
    title = factory.Sequence(lambda number: f"关于为翠园小区{number + 1}号楼加装电梯的建议")
    situation = SITUATION
    proposals = PROPOSALS
    subject = "construction"
    text_hash = factory.LazyAttribute(
        lambda item: hash_of_text(item.title, item.situation, item.proposals)
    )

    @factory.post_generation
    def signed_by_the_lead(self, create, extracted, **kwargs):
        TextVersionFactory(suggestion=self)
        SignatureFactory(suggestion=self, deputy=self.lead, is_lead=True, signed=True)


class TextVersionFactory(DjangoModelFactory):
    class Meta:
        model = TextVersion

    suggestion = factory.SubFactory(SuggestionFactory)
    number = 1
    title = factory.SelfAttribute("suggestion.title")
    situation = factory.SelfAttribute("suggestion.situation")
    proposals = factory.SelfAttribute("suggestion.proposals")
    hash = factory.SelfAttribute("suggestion.text_hash")


class SignatureFactory(TrailedFactory):
    class Meta:
        model = Signature

    class Params:
        signed = factory.Trait(
            state=SignatureState.SIGNED,
            text_hash=factory.SelfAttribute("suggestion.text_hash"),
            signed_version=1,
            signed_at=clock.at(dt.date(2026, 2, 18)),
        )

    suggestion = factory.SubFactory(SuggestionFactory, collecting=True)
    deputy = factory.LazyAttribute(
        lambda signature: DeputyFactory(term=signature.suggestion.term, with_user=True)
    )


class AssignmentFactory(TrailedFactory):
    """The lead unit's task unless `cohandler=True`."""

    class Meta:
        model = Assignment

    class Params:
        cohandler = factory.Trait(
            role=AssignmentRole.COHANDLER,
            unit=factory.LazyAttribute(lambda task: UnitFactory(congress=task.suggestion.congress)),
        )
        proposed = factory.Trait(state=AssignmentState.PROPOSED, handed_over_at=None)
        handling = factory.Trait(
            state=AssignmentState.HANDLING, signed_at=clock.at(dt.date(2026, 3, 6))
        )
        replied = factory.Trait(handling=True, state=AssignmentState.REPLIED)

    suggestion = factory.SubFactory(SuggestionFactory, handed_over=True, task=None)
    unit = factory.SelfAttribute("suggestion.lead_unit")
    role = AssignmentRole.LEAD
    state = AssignmentState.HANDED_OVER
    handed_over_at = HANDED_OVER_AT


class ReplyFactory(TrailedFactory):
    """The signed reply of the first round, class A."""

    class Meta:
        model = Reply

    class Params:
        draft = factory.Trait(
            state=ReplyState.DRAFT, document_number="", signed_by=None, signed_at=None
        )

    suggestion = factory.SubFactory(SuggestionFactory, replied=True)
    assignment = factory.LazyAttribute(
        lambda reply: reply.suggestion.assignments.get(role=AssignmentRole.LEAD)
    )
    round = 1
    state = ReplyState.SIGNED
    result_class = ResultClass.A
    body = "您提出的建议收悉。翠园小区三号楼已列入加装电梯计划，施工单位已进场。"
    contact_name = "李科长"
    contact_telephone = "0931-0000000"
    document_number = factory.Sequence(lambda number: f"兰事字〔2026〕{number + 1}号")
    drafted_by = factory.SubFactory(UserFactory)
    signed_by = factory.SubFactory(UserFactory)
    signed_at = clock.at(dt.date(2026, 5, 20))


class PromiseFactory(TrailedFactory):
    class Meta:
        model = Promise

    class Params:
        kept = factory.Trait(
            state=PromiseState.KEPT,
            claimed_at=clock.at(dt.date(2026, 9, 20)),
            evidence="三号楼电梯已投入使用。",
            checked_at=clock.at(dt.date(2026, 9, 25)),
        )

    reply = factory.SubFactory(ReplyFactory, result_class=ResultClass.B)
    suggestion = factory.SelfAttribute("reply.suggestion")
    unit = factory.SelfAttribute("reply.assignment.unit")
    state = PromiseState.OPEN
    text = "三号楼加装电梯，年底前投入使用"
    responsible = "住建局老旧小区改造科 李科长"
    promised_on = dt.date(2026, 9, 30)


class PublicationFactory(TrailedFactory):
    class Meta:
        model = Publication

    suggestion = factory.SubFactory(SuggestionFactory, closed=True, is_published=True)
    state = PublicationState.PUBLISHED
    title = factory.SelfAttribute("suggestion.title")
    text = factory.LazyAttribute(
        lambda item: f"{item.suggestion.situation}\n\n{item.suggestion.proposals}"
    )
    reply = "您提出的建议收悉。"
    published_at = clock.at(dt.date(2026, 6, 25))
