"""Accounts of deputies, and who may keep whose account."""

import datetime as dt

import pytest

from huiyin.accounts.models import User
from huiyin.congress import actions, permissions
from huiyin.congress.choices import EndGround, MandateState, Role
from huiyin.congress.models import accounts_matching, accounts_of
from huiyin.congress.seats import seats_of
from huiyin.kernel import clock, trail, verify
from huiyin.kernel.workflow import NotAllowed, NotPossible
from tests.accounts.factories import UserFactory
from tests.congress.factories import (
    AppointmentFactory,
    CongressFactory,
    DeputyFactory,
    PersonFactory,
    TermFactory,
    person_as,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return person_as(Role.CLERK)


@pytest.fixture
def administrator():
    return person_as(Role.SYSTEM_ADMINISTRATOR)


# A deputy's first account --------------------------------------------------------------------------


def test_a_new_account_lets_the_person_act_in_all_mandates_and_is_told_in_the_trail(clerk):
    deputy = DeputyFactory()
    county = DeputyFactory(person=deputy.person, of_county=True)

    opened = actions.give_account(deputy, username="170001", by=clerk)

    user = User.objects.get(person=deputy.person)
    assert user.check_password(opened.password)
    assert (user.name, user.must_change_password) == (deputy.person.name, True)
    assert user.acting_as == "兰州市人民代表大会代表、城关区人民代表大会代表"
    assert seats_of(user).deputy_ids == {deputy.pk, county.pk}
    assert [(e.step, e.words) for e in trail.entries_of([deputy])][1:] == [
        ("give_account", "170001")
    ]


def test_nobody_gets_a_second_account(clerk):
    deputy = DeputyFactory(with_user=True)

    with pytest.raises(NotPossible, match="已经有账号"):
        actions.give_account(deputy, username="170001", by=clerk)

    assert not User.objects.filter(username="170001").exists()


@pytest.mark.parametrize("kind", ["suspended", "ended"])
def test_only_who_sits_gets_an_account(clerk, kind):
    with pytest.raises(NotPossible):
        actions.give_account(DeputyFactory(**{kind: True}), username="170001", by=clerk)


@pytest.mark.parametrize("role", [Role.MEMBER, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR])
def test_only_who_keeps_deputies_or_accounts_gives_one(role):
    deputy = DeputyFactory()

    with pytest.raises(NotAllowed):
        actions.give_account(deputy, username="170001", by=person_as(role))
    with pytest.raises(NotAllowed):
        actions.give_accounts(deputy.congress, [deputy.pk], by=person_as(role))


def test_an_account_by_another_seat_is_taken_over_with_its_password(clerk):
    liaison = person_as(Role.LIAISON, user__name="王建国", user__password="as it was")
    deputy = DeputyFactory(person__name="王建国")

    actions.link_account(deputy, user=liaison, by=clerk)

    liaison.refresh_from_db()
    assert (liaison.password, liaison.must_change_password) == ("as it was", False)
    assert seats_of(liaison).deputy_ids == {deputy.pk}
    assert liaison.acting_as == "兰州人大 家站联络员、兰州市人民代表大会代表"


def test_an_account_of_somebody_else_is_not_taken_over(clerk):
    deputy = DeputyFactory(person__name="王建国")
    namesake = PersonFactory(name="王建国", user=UserFactory(name="王建国")).user

    for other in (UserFactory(name="李红"), namesake):
        with pytest.raises(NotPossible, match="别人的账号"):
            actions.link_account(deputy, user=other, by=clerk)


def test_nobody_takes_a_mandate_for_the_own_account(clerk):
    with pytest.raises(NotPossible, match="不能给自己任职"):
        actions.link_account(DeputyFactory(person__name=clerk.name), user=clerk, by=clerk)


def test_a_login_name_is_the_card_number_else_with_the_area_else_a_serial():
    UserFactory(username="170009")
    cards = ["170008", "170009", "170008", "", "第十七号"]
    deputies = [DeputyFactory(card_number=card) for card in cards]

    assert actions.propose_usernames(deputies) == [
        "170008",
        "620100-170009",
        "620100-170008",
        f"d{deputies[3].pk}",
        f"d{deputies[4].pk}",
    ]


@pytest.mark.parametrize("n", [1, 3])
def test_many_accounts_cost_the_same_statements_and_leave_a_trail_that_holds(
    clerk, django_assert_num_queries, n
):
    deputies = [DeputyFactory() for _number in range(n)]
    DeputyFactory(with_user=True)
    seats_of(clerk)

    with django_assert_num_queries(22):
        given = actions.give_accounts(CongressFactory(), [d.pk for d in deputies], by=clerk)

    assert {deputy for deputy, _opened in given} == set(deputies)
    assert {new.user.acting_as for _d, new in given} == {"兰州市人民代表大会代表"}
    assert all(seats_of(new.user).deputy_ids == {d.pk} for d, new in given)
    trail.seal_all()
    assert list(verify.faults()) == []


def test_of_those_asked_for_only_sitting_ones_of_the_congress_without_account_get_one(clerk):
    without = [DeputyFactory(suspended=True), DeputyFactory(of_other=True)]
    asked = [*without, DeputyFactory(with_user=True)]

    assert actions.give_accounts(CongressFactory(), [d.pk for d in asked], by=clerk) == []


def test_not_more_than_a_reader_waits_for(clerk):
    with pytest.raises(NotPossible):
        actions.give_accounts(CongressFactory(), range(actions.AT_ONCE + 1), by=clerk)


# Whose account it is to keep -----------------------------------------------------------------------


def keeps(administrator, account):
    return permissions.can_give_password(administrator, account)


def test_an_administrator_keeps_those_who_sit_in_the_own_congress(administrator):
    stranger = AppointmentFactory(clerk=True, of_other=True).user

    assert keeps(administrator, person_as(Role.CLERK))
    assert keeps(administrator, DeputyFactory(with_user=True).person.user)
    assert not keeps(administrator, stranger)
    assert not keeps(administrator, administrator)
    assert not keeps(administrator, UserFactory())


def test_who_sits_above_and_below_is_kept_above(administrator):
    below = AppointmentFactory(administrator=True, of_county=True).user
    deputy = DeputyFactory(with_user=True)
    DeputyFactory(person=deputy.person, of_county=True)

    assert (keeps(administrator, deputy.person.user), keeps(below, deputy.person.user)) == (
        True,
        False,
    )


def test_passwords_are_one_administrators_and_second_factors_anothers():
    account = person_as(Role.CLERK)
    able = {
        role: (
            permissions.can_give_password(user, account),
            permissions.can_close_account(user, account),
            permissions.can_reset_second_factor(user, account),
        )
        for role in Role
        if (user := AppointmentFactory(role=role, **_unit_of(role)).user)
    }

    assert {role: may for role, may in able.items() if any(may)} == {
        Role.SYSTEM_ADMINISTRATOR: (True, True, False),
        Role.SECURITY_ADMINISTRATOR: (False, False, True),
    }


def _unit_of(role):
    return {role: True} if role in {"government", "unit_clerk", "unit_leader"} else {}


def test_whose_last_seat_was_here_is_kept_here_until_seated_elsewhere(administrator):
    gone = AppointmentFactory(clerk=True, ends_on=clock.today()).user
    before = keeps(administrator, gone)
    AppointmentFactory(user=gone, clerk=True, of_other=True)

    assert (before, keeps(administrator, gone)) == (True, False)


def test_accounts_without_a_seat_are_those_with_nothing_left_to_answer(administrator):
    dismissed = AppointmentFactory(clerk=True, ends_on=clock.today()).user
    resigned = DeputyFactory(with_user=True, ended=True, end_ground=EndGround.RESIGNED)
    DeputyFactory(with_user=True, suspended=True)
    DeputyFactory(
        with_user=True,
        state=MandateState.ENDED,
        end_ground=EndGround.TERM_OVER,
        term=TermFactory(number=16),
    )
    AppointmentFactory(clerk=True, starts_on=clock.today() + dt.timedelta(days=3))

    found = accounts_matching(accounts_of([CongressFactory().pk]), state="seatless")

    assert set(found) == {dismissed, resigned.person.user}
