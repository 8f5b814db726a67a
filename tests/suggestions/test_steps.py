"""Every step of every table: the right person, the wrong person, the wrong state."""

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.db import transaction

from huiyin.kernel import steps, trail
from huiyin.kernel.workflow import NotAllowed, NotPossible
from huiyin.suggestions import actions, workflow
from huiyin.suggestions.choices import AssignmentRole, Score, SignatureState
from huiyin.suggestions.workflow import ASSIGNMENT, PROMISE, PUBLICATION, SIGNATURE, SUGGESTION
from tests.congress.factories import DeputyFactory, UnitFactory
from tests.suggestions import walk
from tests.suggestions.walk import TEXT, City, fresh


@dataclass
class Case:
    """`arrange` makes the item, `act` is the call, `right` and `wrong` name people of the city."""

    table: Any
    step: str
    arrange: Callable[[City], Any]
    act: Callable[[City, Any, Any], Any]
    right: str
    wrong: str
    wrong_state: str | None = "withdrawn"

    def __str__(self) -> str:
        return f"{self.table.name}.{self.step}"


def _returned(city):
    return actions.return_for_revision(
        city.submitted(), reasons=["N12"], words="请分开写", by=city.clerk
    )


def _invited_signature(city):
    return city.invited().signatures.get(deputy=city.cosigner)


def _signed_signature(city):
    return city.signed().signatures.get(deputy=city.cosigner)


def _declined(city):
    return actions.decline(_invited_signature(city), by=city.cosigner_user)


def _proposed(city):
    return city.task(city.assigned())


def _lead_task(city):
    return city.task(city.handling())


def _cotask(city):
    return city.cotask(city.handling(cohandled=True))


def _return_asked(city):
    task = _lead_task(city)
    actions.ask_return(task, reason="职责在别的部门", by=city.unit_clerk)
    return fresh(task)


def _opinion_given(city):
    return actions.give_opinion(_cotask(city), opinion=walk.OPINION, by=city.finance_clerk)


def _promise(city):
    return city.promise(city.tracking())


def _claimed(city):
    return actions.claim_done(_promise(city), evidence="已投入使用", by=city.unit_clerk)


def _kept(city):
    return actions.confirm(_claimed(city), by=city.clerk)


def _coordinating(city, promises=()):
    suggestion = city.replied(result_class="B" if promises else "A", promises=promises)
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说清")
    suggestion = fresh(suggestion)
    suggestion = city.reply_again(suggestion)
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="还是没有")
    return fresh(suggestion)


def _coordinating_with_promise(city):
    return _coordinating(city, promises=[walk.promised("装电梯")])


def _rated(city):
    suggestion = city.replied()
    walk.rate(suggestion, by=city.deputy_user)
    return fresh(suggestion)


def _publication(city):
    return actions.propose_publication(city.registered(), by=city.clerk)


def _published(city):
    return actions.publish(_publication(city), title="标题", text="正文", by=city.clerk)


def _withdrawal_asked(city):
    suggestion = actions.ask_withdrawal(
        city.submitted(joint=True), words="情况有变", by=city.deputy_user
    )
    return suggestion.signatures.get(deputy=city.cosigner)


def _judge(name):
    verb = getattr(actions, name)
    return lambda city, item, by: verb(item, reasons=["N08"], words="没有具体内容", by=by)


def _plain(name):
    verb = getattr(actions, name)
    return lambda city, item, by: verb(item, by=by)


def _worded(name):
    verb = getattr(actions, name)
    return lambda city, item, by: verb(item, words="理由写在这里", by=by)


def _tasks(city):
    return [actions.Task(city.unit, AssignmentRole.LEAD)]


def _guest(city):
    return DeputyFactory(term=city.term, with_user=True)


def _contact(city, item, by):
    return actions.log_contact(
        item, kind="visit", on=walk.TODAY, persons="李科长、代表", summary="实地查看", by=by
    )


def _publish(city, item, by):
    return actions.publish(item, title="标题", text="正文", by=by)


def _sign(city, item, by):
    return actions.sign(item, text_hash=item.suggestion.text_hash, by=by)


def _invite(city, item, by):
    return actions.invite(item, deputies=[_guest(city)], by=by)


def _draft(city, item, by):
    return actions.draft_reply(item, result_class="A", body=walk.BODY, by=by)


def _revise(city, item, by):
    return actions.revise(item, text=replace(TEXT, title="改过的标题"), by=by)


# fmt: off
CASES = [
    #    table       step                   arrange            act                                                                       right            wrong
    Case(SUGGESTION, "revise",              City.written,      _revise,                                                                  "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "invite",              City.written,      _invite,                                                                  "deputy_user",   "clerk"),
    Case(SUGGESTION, "invite_more",         _returned,         _invite,                                                                  "deputy_user",   "clerk", None),
    Case(SUGGESTION, "submit",              City.written,      _plain("submit"),                                                         "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "resubmit",            _returned,         _plain("resubmit"),                                                       "deputy_user",   "clerk"),
    Case(SUGGESTION, "return_for_revision", City.submitted,    _judge("return_for_revision"),                                            "clerk",         "deputy_user"),
    Case(SUGGESTION, "refuse",              City.submitted,    _judge("refuse"),                                                         "director",      "government"),
    Case(SUGGESTION, "treat_as_letter",     City.submitted,    _judge("treat_as_letter"),                                                "clerk",         "unit_clerk"),
    Case(SUGGESTION, "register",            City.submitted,    _plain("register"),                                                       "clerk",         "deputy_user"),
    Case(SUGGESTION, "propose_units",       City.registered,   lambda c, s, by: actions.propose_units(s, tasks=_tasks(c), by=by),       "clerk",         "government"),
    Case(SUGGESTION, "hand_over",           City.assigned,     _plain("hand_over"),                                                      "director",      "clerk"),
    Case(SUGGESTION, "add_cohandler",       City.handling,     lambda c, s, by: actions.add_cohandler(s, unit=c.finance, by=by),        "clerk",         "unit_clerk"),
    Case(SUGGESTION, "draft_reply",         City.handling,     _draft,                                                                   "unit_clerk",    "finance_clerk"),
    Case(SUGGESTION, "send_for_review",     City.drafted,      _plain("send_for_review"),                                                "unit_clerk",    "clerk"),
    Case(SUGGESTION, "send_back",           City.reviewing,    _worded("send_back"),                                                     "leader",        "unit_clerk"),
    Case(SUGGESTION, "sign_reply",          City.reviewing,    _plain("sign_reply"),                                                     "leader",        "unit_clerk"),
    Case(SUGGESTION, "rate",                City.replied,      lambda c, s, by: walk.rate(s, by=by),                                     "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "close",               lambda c: _unsolved_rated(c), _plain("close"),                                               "clerk",         "deputy_user"),
    Case(SUGGESTION, "decide_redo",         _coordinating,     _worded("decide_redo"),                                                   "clerk",         "unit_clerk"),
    Case(SUGGESTION, "decide_accept",       _coordinating,     _worded("decide_accept"),                                                 "director",      "deputy_user"),
    Case(SUGGESTION, "decide_track",        _coordinating_with_promise, _worded("decide_track"),                                         "clerk",         "leader"),
    Case(SUGGESTION, "propose_publication", City.registered,   _plain("propose_publication"),                                            "clerk",         "deputy_user"),
    Case(SUGGESTION, "ask_withdrawal",      lambda c: c.submitted(joint=True), _worded("ask_withdrawal"),                                "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "withdraw",            City.handling,     _plain("withdraw"),                                                       "deputy_user",   "clerk"),

    Case(SIGNATURE,  "sign",                _invited_signature, _sign,                                                                   "cosigner_user", "deputy_user", "removed"),
    Case(SIGNATURE,  "decline",             _invited_signature, _plain("decline"),                                                       "cosigner_user", "deputy_user", "removed"),
    Case(SIGNATURE,  "remove_signer",       _signed_signature, _plain("remove_signer"),                                                  "deputy_user",   "cosigner_user", "removed"),
    Case(SIGNATURE,  "invite",              _declined,         lambda c, s, by: _asked_again(s, by),                                     "deputy_user",   "cosigner_user", None),
    Case(SIGNATURE,  "agree_withdrawal",    _withdrawal_asked, _plain("agree_withdrawal"),                                               "cosigner_user", "clerk", "removed"),

    Case(ASSIGNMENT, "sign_for",            lambda c: c.task(c.handed_over()), _plain("sign_for"),                                      "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "ask_return",          _lead_task,        lambda c, t, by: actions.ask_return(t, reason="不是我们的事", by=by).assignment, "unit_clerk", "clerk", "ended"),
    Case(ASSIGNMENT, "grant_return",        _return_asked,     lambda c, t, by: actions.grant_return(t, ruling="同意", by=by),           "government",    "unit_clerk", "ended"),
    Case(ASSIGNMENT, "refuse_return",       _return_asked,     lambda c, t, by: actions.refuse_return(t, ruling="请继续办", by=by),      "clerk",         "unit_clerk", "ended"),
    Case(ASSIGNMENT, "log_contact",         _lead_task,        _contact,                                                                 "unit_clerk",    "deputy_user", "ended"),
    Case(ASSIGNMENT, "give_opinion",        _cotask,           lambda c, t, by: actions.give_opinion(t, opinion=walk.OPINION, by=by),    "finance_clerk", "unit_clerk", "ended"),
    Case(ASSIGNMENT, "ask_again",           _opinion_given,    _worded("ask_again"),                                                     "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "urge",                _lead_task,        _plain("urge"),                                                           "government",    "unit_clerk", "ended"),
    Case(ASSIGNMENT, "remove_cohandler",    _cotask,           _worded("remove_cohandler"),                                              "clerk",         "unit_clerk", "ended"),

    Case(PROMISE,    "claim_done",          _promise,          lambda c, p, by: actions.claim_done(p, evidence="已完成", by=by),         "unit_clerk",    "finance_clerk", "dropped"),
    Case(PROMISE,    "confirm",             _claimed,          _plain("confirm"),                                                        "clerk",         "unit_clerk", "dropped"),
    Case(PROMISE,    "send_back_promise",   _claimed,          _worded("send_back_promise"),                                             "clerk",         "deputy_user", "dropped"),
    Case(PROMISE,    "break_promise",       _promise,          lambda c, p, by: actions.break_promise(p, reason="管线要先改", by=by),    "leader",        "unit_clerk", "dropped"),
    Case(PROMISE,    "rate_promise",        _kept,             lambda c, p, by: actions.rate_promise(p, score="satisfied", by=by),       "deputy_user",   "clerk", "dropped"),
    Case(PROMISE,    "reopen_promise",      _kept,             _worded("reopen_promise"),                                                "clerk",         "deputy_user", "dropped"),

    Case(PUBLICATION, "publish",            _publication,      _publish,                                                                 "clerk",         "unit_clerk", "taken_back"),
    Case(PUBLICATION, "update_publication", _published,        lambda c, p, by: actions.update_publication(p, title="标题", text="改过", by=by), "clerk", "unit_clerk", "taken_back"),
    Case(PUBLICATION, "keep_closed",        _publication,      lambda c, p, by: actions.keep_closed(p, reason="涉及第三人", by=by),      "clerk",         "leader", "taken_back"),
    Case(PUBLICATION, "take_back",          _published,        lambda c, p, by: actions.take_back(p, reason="有差错", by=by),            "director",      "deputy_user", "taken_back"),
]
# fmt: on

# Taken inside other steps: by the system, or by whoever takes the step they belong to.
FOLLOWING = {
    "suggestion": {"sign_for", "ask_return", "grant_return", "refuse_return", "finish_round", "redo", "coordinate", "track", "settle", "reopen"},
    "signature": {"ask_again"},
    "assignment": {"hand_over", "reply", "redo", "end"},
    "promise": {"open", "drop"},
    "publication": {"propose_again"},
}  # fmt: skip


def _unsolved_rated(city):
    suggestion = city.replied(result_class="C")
    walk.rate(suggestion, by=city.deputy_user)
    return fresh(suggestion)


def _asked_again(signature, by):
    actions.invite(signature.suggestion, deputies=[signature.deputy], by=by)
    return fresh(signature)


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
    signature = actions.remove_signer(_invited_signature(city), by=city.deputy_user)

    actions.invite(signature.suggestion, deputies=[city.cosigner], by=city.deputy_user)

    assert fresh(signature).state == SignatureState.INVITED
