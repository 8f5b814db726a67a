"""Every step of every table: the right person, the wrong person, the wrong state."""

from contextlib import contextmanager

import pytest
from django.db import transaction

from huiyin.kernel import steps, trail
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions, workflow
from huiyin.suggestions.choices import AssignmentRole, SignatureState
from tests.congress.factories import DeputyFactory, UnitFactory
from tests.suggestions import walk
from tests.suggestions.cases import CASES, FOLLOWING, Case, invited_signature
from tests.suggestions.walk import fresh


def each(case: Case):
    return pytest.param(case, id=str(case))


def test_every_step_has_its_case():
    for table in workflow.ALL:
        tested = {case.step for case in CASES if case.table is table}
        assert tested | FOLLOWING[table.name] == set(table.steps)


@pytest.mark.parametrize("case", [each(case) for case in CASES])
def test_only_the_right_person_takes_the_step_and_only_in_its_state(city, case):
    item = case.arrange(city)
    version = fresh(item).version
    right, wrong = getattr(city, case.right), getattr(city, case.wrong)

    if case.wrong_state:  # else the step has a twin for the other states
        with in_state(item, case.wrong_state), pytest.raises(NotPossible):
            case.act(city, item, right)
    with pytest.raises(NotAllowed):
        case.act(city, item, wrong)
    assert fresh(item).version == version

    case.act(city, item, right)
    assert case.step in walk.trail_of(item)[version:]


@contextmanager
def in_state(item, state):
    """What happens inside leaves no trace: one arrangement serves three questions."""
    with transaction.atomic():
        steps.change(steps.lock(item), "test", by=trail.SYSTEM, changes={"state": state})
        yield
        transaction.set_rollback(True)


def test_a_deputy_of_another_congress_is_not_invited(city):
    stranger = DeputyFactory(of_other=True)

    with pytest.raises(NotPossible, match="不是本级在任代表"):
        actions.invite(city.written(), deputies=[stranger], by=city.deputy_user)


def test_a_unit_of_another_congress_gets_no_task(city):
    stranger = UnitFactory(congress__other=True)

    with pytest.raises(NotPossible, match="本级"):
        actions.propose_units(
            city.registered(), tasks=[actions.Task(stranger, AssignmentRole.LEAD)], by=city.clerk
        )


def test_a_removed_name_can_be_asked_again(city):
    signature = actions.remove_signer(invited_signature(city), by=city.deputy_user)

    actions.invite(signature.suggestion, deputies=[city.cosigner], by=city.deputy_user)

    assert fresh(signature).state == SignatureState.INVITED
