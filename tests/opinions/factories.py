"""Voices and matters as residents bring them, with every trail real."""

import factory
from factory.django import DjangoModelFactory

from huiyin.kernel import clock, codes, steps, trail
from huiyin.opinions.choices import Channel, ProposalState, State, Way
from huiyin.opinions.models import Matter, MergeProposal, Voice
from huiyin.rulebook import actions as rulebook
from tests.congress.factories import (
    CHENGGUAN,
    CongressFactory,
    DeputyFactory,
    UnitFactory,
    region,
)
from tests.rulebook.factories import load_rules

__all__ = ["MatterFactory", "MergeProposalFactory", "VoiceFactory", "load_rules", "town"]


def town(code, name, county=CHENGGUAN):
    """A street or town of the county."""
    path = f"{region(**county).path}{code}/"
    return region(code=code, name=name, level="township", path=path)


def _clock(matter, rule):
    return rulebook.start_clock(
        rule=rule, region=matter.congress.region, start=clock.today(), start_words="收到"
    )


class MatterFactory(DjangoModelFactory):
    """A matter waiting to be classified; traits put it further on its way. Clocks: `timed=True`."""

    class Meta:
        model = Matter

    congress = factory.SubFactory(CongressFactory)
    title = factory.Sequence(lambda number: f"翠园小区{number}号楼加装电梯")
    last_voice_at = factory.LazyFunction(clock.now)

    class Params:
        timed = factory.Trait(
            clock=factory.LazyAttribute(lambda m: _clock(m, "reception.classify"))
        )
        elsewhere = factory.Trait(
            state=State.ELSEWHERE,
            way=Way.ELSEWHERE,
            door="court",
            ended_at=factory.LazyFunction(clock.now),
        )
        with_deputy = factory.Trait(
            state=State.WITH_DEPUTY,
            way=Way.DEPUTY,
            deputy=factory.SubFactory(
                DeputyFactory, with_user=True, term__congress=factory.SelfAttribute("...congress")
            ),
        )
        with_department = factory.Trait(
            state=State.WITH_DEPARTMENT,
            way=Way.DEPARTMENT,
            unit=factory.SubFactory(UnitFactory, congress=factory.SelfAttribute("..congress")),
        )
        in_suggestion = factory.Trait(state=State.IN_SUGGESTION, way=Way.SUGGESTION)
        answered = factory.Trait(state=State.ANSWERED, way=Way.ON_THE_SPOT, answer="已经修好。")
        reopened = factory.Trait(state=State.REOPENED, is_reopened=True)
        closed = factory.Trait(
            state=State.CLOSED, answer="已经修好。", ended_at=factory.LazyFunction(clock.now)
        )
        merged = factory.Trait(
            state=State.MERGED,
            state_before_merge=State.RECEIVED,
            merged_into=factory.SubFactory(
                "tests.opinions.factories.MatterFactory",
                congress=factory.SelfAttribute("..congress"),
            ),
        )
        public = factory.Trait(
            is_public=True, public_title=factory.LazyAttribute(lambda matter: matter.title)
        )

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        return steps.create(model_class(*args, **kwargs), "receive", by=trail.RESIDENT)


class VoiceFactory(DjangoModelFactory):
    """What one resident said; the matter counts it."""

    class Meta:
        model = Voice

    matter = factory.SubFactory(MatterFactory)
    first_matter = factory.SelfAttribute("matter")
    congress = factory.SelfAttribute("matter.congress")
    venue = factory.SelfAttribute("matter.venue")
    code = factory.LazyFunction(codes.new_code)
    channel = Channel.WEB
    text = "三号楼没有电梯，楼里住着十几位老人，上下楼很困难，希望能加装。"
    received_at = factory.LazyFunction(clock.now)

    class Params:
        with_phone = factory.Trait(phone="19900001234")
        asked = factory.Trait(asked_at=factory.LazyFunction(clock.now), has_news=True)
        walk_in = factory.Trait(channel=Channel.WALK_IN, visitor_name="马秀兰")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        voice = steps.create(model_class(*args, **kwargs), "receive", by=trail.RESIDENT)
        matter = Matter.objects.get(pk=voice.matter_id)
        Matter.objects.filter(pk=matter.pk).update(n_voices=matter.n_voices + voice.n_people)
        return voice


class MergeProposalFactory(DjangoModelFactory):
    class Meta:
        model = MergeProposal
        skip_postgeneration_save = True

    congress = factory.SubFactory(CongressFactory)
    cohesion = 0.4
    shared_words = ["翠园小区", "加装电梯"]
    state = ProposalState.OPEN

    @factory.post_generation
    def matters(self, create, extracted, **kwargs):
        members = extracted or MatterFactory.create_batch(3, congress=self.congress)
        self.matters.set(members)
        MergeProposal.objects.filter(pk=self.pk).update(n_matters=len(members))
