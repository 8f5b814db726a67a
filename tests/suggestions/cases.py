"""Each step a person takes: how to come there, the call, who may and who may not."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.choices import AssignmentRole, Score
from huiyin.suggestions.workflow import (
    ASSIGNMENT,
    ATTACHMENT,
    FACE_RECORD,
    MOTION,
    PROMISE,
    PUBLICATION,
    REMARK,
    SIGNATURE,
    SUGGESTION,
)
from tests.congress.factories import DeputyFactory
from tests.remembering import remembered
from tests.suggestions import moved, walk, ways
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


@remembered
def _returned(city):
    return actions.return_for_revision(
        city.submitted(), reasons=["N12"], words="请分开写", by=city.clerk
    )


@remembered
def invited_signature(city):
    return city.invited().signatures.get(deputy=city.cosigner)


@remembered
def _signed_signature(city):
    return city.signed().signatures.get(deputy=city.cosigner)


@remembered
def _declined(city):
    return actions.decline(invited_signature(city), by=city.cosigner_user)


def _proposed(city):
    return city.task(city.assigned())


def _lead_task(city):
    return city.task(city.handling())


@remembered
def _cotask(city):
    return city.cotask(city.handling(cohandled=True))


@remembered
def _return_asked(city):
    task = _lead_task(city)
    actions.ask_return(task, reason="职责在别的部门", by=city.unit_clerk)
    return fresh(task)


@remembered
def _opinion_given(city):
    return actions.give_opinion(_cotask(city), opinion=walk.OPINION, by=city.finance_clerk)


def _promise(city):
    return city.promise(city.tracking())


@remembered
def _left_over(city):
    """A promise that is open when its term is over."""
    promise = _promise(city)
    type(city.term).objects.filter(pk=city.term.pk).update(
        ends_on=walk.TODAY - walk.dt.timedelta(1)
    )
    return fresh(promise)


@remembered
def _claimed(city):
    return actions.claim_done(_promise(city), evidence="已投入使用", by=city.unit_clerk)


@remembered
def _kept(city):
    return actions.confirm(_claimed(city), by=city.clerk)


@remembered
def _coordinating(city, promises=()):
    suggestion = city.replied(result_class="B" if promises else "A", promises=promises)
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="没有说清")
    suggestion = fresh(suggestion)
    suggestion = city.reply_again(suggestion)
    walk.rate(suggestion, by=city.deputy_user, score=Score.DISSATISFIED, words="还是没有")
    return fresh(suggestion)


@remembered
def _convened(city, promises=()):
    return ways.convened(city, _coordinating(city, promises))


@remembered
def _convened_with_promise(city):
    return _convened(city, promises=[walk.promised("装电梯")])


@remembered
def _rated(city):
    suggestion = city.replied()
    walk.rate(suggestion, by=city.deputy_user)
    return fresh(suggestion)


@remembered
def _publication(city):
    return actions.propose_publication(city.registered(), by=city.clerk)


@remembered
def _published(city):
    return actions.publish(_publication(city), title="标题", text="正文", by=city.clerk)


@remembered
def _withdrawal_asked(city):
    suggestion = actions.ask_withdrawal(
        city.submitted(joint=True), words="情况有变", by=city.deputy_user
    )
    return suggestion.signatures.get(deputy=city.cosigner)


@remembered
def _part(city):
    return ways.parts(ways.divided(city))[0]


@remembered
def _part_drafted(city):
    part = _part(city)
    actions.draft_part(part, result_class="A", body=walk.BODY, by=city.unit_clerk)
    return fresh(part)


@remembered
def _part_sent(city):
    return actions.send_part(_part_drafted(city), by=city.unit_clerk)


@remembered
def _referred(city):
    return actions.refer(ways.for_reference(city), by=city.director).assignments.get()


@remembered
def _closed(city):
    return actions.close(_unsolved_rated(city), by=city.clerk)


def _extend(city, item, by):
    return actions.ask_extension(item, reason="管线要先迁改", until=walk.dt.date(2026, 8, 5), by=by)


@remembered
def _secret(city):
    text = replace(TEXT, is_secret=True)
    suggestion = actions.write(city.lead, text=text, by=city.deputy_user)
    return actions.submit(suggestion, by=city.deputy_user)


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
    Case(SUGGESTION, "merge",               City.registered,   lambda c, s, by: actions.merge(s, into=c.registered(), words="同一件事", by=by), "clerk", "government"),
    Case(SUGGESTION, "unmerge",             ways.merged,       _worded("unmerge"),                                                       "clerk",         "deputy_user"),
    Case(SUGGESTION, "refer",               ways.for_reference, _plain("refer"),                                                         "director",      "clerk"),
    Case(SUGGESTION, "distribute",          ways.distributing, lambda c, s, by: actions.distribute(s, tasks=_tasks(c), by=by),          "government",    "clerk"),
    Case(SUGGESTION, "ask_agreement",       ways.joint_drafted, _plain("ask_agreement"),                                                 "unit_clerk",    "finance_clerk"),
    Case(SUGGESTION, "reopen_handling",     lambda c: _closed(c), lambda c, s, by: actions.reopen_handling(s, ground="test", words="没有办", by=by), "director", "leader"),
    Case(SUGGESTION, "confide",             _secret,           lambda c, s, by: actions.confide(s, users=[c.clerk], by=by),             "director",      "clerk", "draft"),
    Case(SUGGESTION, "unconfide",           _secret,           lambda c, s, by: actions.unconfide(s, users=[c.clerk], by=by),           "director",      "clerk", "draft"),
    Case(SUGGESTION, "hand_over",           City.assigned,     _plain("hand_over"),                                                      "director",      "clerk"),
    Case(SUGGESTION, "add_cohandler",       City.handling,     lambda c, s, by: actions.add_cohandler(s, unit=c.finance, by=by),        "clerk",         "unit_clerk"),
    Case(SUGGESTION, "draft_reply",         City.handling,     _draft,                                                                   "unit_clerk",    "finance_clerk"),
    Case(SUGGESTION, "send_for_review",     City.drafted,      _plain("send_for_review"),                                                "unit_clerk",    "clerk"),
    Case(SUGGESTION, "send_back",           City.reviewing,    _worded("send_back"),                                                     "leader",        "unit_clerk"),
    Case(SUGGESTION, "sign_reply",          City.reviewing,    _plain("sign_reply"),                                                     "leader",        "unit_clerk"),
    Case(SUGGESTION, "rate",                City.replied,      lambda c, s, by: walk.rate(s, by=by),                                     "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "close",               lambda c: _unsolved_rated(c), _plain("close"),                                               "clerk",         "deputy_user"),
    Case(SUGGESTION, "decide_redo",         _convened,         _worded("decide_redo"),                                                   "clerk",         "unit_clerk"),
    Case(SUGGESTION, "decide_accept",       _convened,         _worded("decide_accept"),                                                 "director",      "deputy_user"),
    Case(SUGGESTION, "decide_track",        _convened_with_promise,     _worded("decide_track"),                                         "clerk",         "leader"),
    Case(SUGGESTION, "propose_publication", City.registered,   _plain("propose_publication"),                                            "clerk",         "deputy_user"),
    Case(SUGGESTION, "ask_withdrawal",      lambda c: c.submitted(joint=True), _worded("ask_withdrawal"),                                "deputy_user",   "cosigner_user"),
    Case(SUGGESTION, "withdraw",            City.handling,     _plain("withdraw"),                                                       "deputy_user",   "clerk"),

    Case(SIGNATURE,  "sign",                invited_signature, _sign,                                                                   "cosigner_user", "deputy_user", "removed"),
    Case(SIGNATURE,  "decline",             invited_signature, _plain("decline"),                                                       "cosigner_user", "deputy_user", "removed"),
    Case(SIGNATURE,  "remove_signer",       _signed_signature, _plain("remove_signer"),                                                  "deputy_user",   "cosigner_user", "removed"),
    Case(SIGNATURE,  "invite",              _declined,         lambda c, s, by: _asked_again(s, by),                                     "deputy_user",   "cosigner_user", None),
    Case(SIGNATURE,  "agree_withdrawal",    _withdrawal_asked, _plain("agree_withdrawal"),                                               "cosigner_user", "clerk", "removed"),

    Case(ASSIGNMENT, "sign_for",            lambda c: c.task(c.handed_over()), _plain("sign_for"),                                      "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "ask_return",          _lead_task,        lambda c, t, by: actions.ask_return(t, reason="不是我们的事", by=by).assignment, "unit_clerk", "clerk", "ended"),
    Case(ASSIGNMENT, "grant_return",        _return_asked,     lambda c, t, by: actions.grant_return(t, ruling="同意", by=by),           "government",    "unit_clerk", "ended"),
    Case(ASSIGNMENT, "refuse_return",       _return_asked,     lambda c, t, by: actions.refuse_return(t, ruling="请继续办", by=by),      "clerk",         "unit_clerk", "ended"),
    Case(ASSIGNMENT, "urge",                _lead_task,        _plain("urge"),                                                           "government",    "unit_clerk", "ended"),
    Case(ASSIGNMENT, "ask_extension",       _lead_task,        _extend,                                                                  "unit_clerk",    "clerk", "ended"),
    Case(ASSIGNMENT, "grant_extension",     ways.extension_asked, lambda c, t, by: actions.grant_extension(t, ruling="同意", by=by),     "clerk",         "unit_clerk", "ended"),
    Case(ASSIGNMENT, "refuse_extension",    ways.extension_asked, lambda c, t, by: actions.refuse_extension(t, ruling="不必", by=by),    "government",    "unit_clerk", "ended"),
    Case(ASSIGNMENT, "agree",               lambda c: ways.joint_task(ways.joint_drafted(c)), _plain("agree"),                           "finance_leader", "leader", "ended"),
    Case(ASSIGNMENT, "disagree",            lambda c: ways.joint_task(ways.joint_drafted(c)), _worded("disagree"),                       "finance_leader", "finance_clerk", "ended"),
    Case(ASSIGNMENT, "draft_part",          _part,             lambda c, t, by: actions.draft_part(t, body=walk.BODY, by=by),            "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "send_part",           lambda c: _part_drafted(c), _plain("send_part"),                                             "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "send_back_part",      lambda c: _part_sent(c), _worded("send_back_part"),                                          "leader",        "unit_clerk", "ended"),
    Case(ASSIGNMENT, "sign_part",           lambda c: _part_sent(c), _plain("sign_part"),                                                "leader",        "finance_leader", "ended"),
    Case(ASSIGNMENT, "note",                lambda c: _referred(c), _plain("note"),                                                      "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "ask_recall",          lambda c: c.task(c.replied()), lambda c, t, by: actions.ask_recall(t, reason="附错了", by=by), "leader",      "unit_clerk", "ended"),
    Case(ASSIGNMENT, "grant_recall",        ways.recall_asked, lambda c, t, by: actions.grant_recall(t, ruling="属实", by=by),           "clerk",         "leader", "ended"),
    Case(ASSIGNMENT, "refuse_recall",       ways.recall_asked, lambda c, t, by: actions.refuse_recall(t, ruling="没有附错", by=by),      "director",      "government", "ended"),
    Case(ASSIGNMENT, "log_contact",         _lead_task,        _contact,                                                                 "unit_clerk",    "deputy_user", "ended"),
    Case(ASSIGNMENT, "give_opinion",        _cotask,           lambda c, t, by: actions.give_opinion(t, opinion=walk.OPINION, by=by),    "finance_clerk", "unit_clerk", "ended"),
    Case(ASSIGNMENT, "ask_again",           _opinion_given,    _worded("ask_again"),                                                     "unit_clerk",    "finance_clerk", "ended"),
    Case(ASSIGNMENT, "remove_cohandler",    _cotask,           _worded("remove_cohandler"),                                              "clerk",         "unit_clerk", "ended"),

    Case(PROMISE,    "claim_done",          _promise,          lambda c, p, by: actions.claim_done(p, evidence="已完成", by=by),         "unit_clerk",    "finance_clerk", "dropped"),
    Case(PROMISE,    "confirm",             _claimed,          _plain("confirm"),                                                        "clerk",         "unit_clerk", "dropped"),
    Case(PROMISE,    "send_back_promise",   _claimed,          _worded("send_back_promise"),                                             "clerk",         "deputy_user", "dropped"),
    Case(PROMISE,    "break_promise",       _promise,          lambda c, p, by: actions.break_promise(p, reason="管线要先改", by=by),    "leader",        "unit_clerk", "dropped"),
    Case(PROMISE,    "explain_promise",     _left_over,        lambda c, p, by: actions.explain_promise(p, reason="管线未移交", by=by), "leader",        "unit_clerk", "dropped"),
    Case(PROMISE,    "rate_promise",        _kept,             lambda c, p, by: actions.rate_promise(p, score="satisfied", by=by),       "deputy_user",   "clerk", "dropped"),
    Case(PROMISE,    "reopen_promise",      _kept,             _worded("reopen_promise"),                                                "clerk",         "deputy_user", "dropped"),

    Case(REMARK, "answer_on_the_spot",      ways.remark,       lambda c, r, by: actions.answer_on_the_spot(r, answer="已安排", by=by), "clerk",         "deputy_user", "answered"),
    Case(REMARK, "pass_remark",             ways.remark,       lambda c, r, by: actions.pass_remark(r, unit=c.unit, by=by),              "director",      "unit_clerk", "answered"),
    Case(REMARK, "answer_remark",           lambda c: actions.pass_remark(ways.remark(c), unit=c.unit, by=c.clerk), lambda c, r, by: actions.answer_remark(r, answer="已安排", by=by), "unit_clerk", "finance_clerk", "answered"),
    Case(REMARK, "turn_into_suggestion",    ways.remark,       _plain("turn_into_suggestion"),                                           "deputy_user",   "clerk", None),

    Case(MOTION, "set_kind",             moved.written,     lambda c, m, by: motions.set_kind(m, kind="supervision", by=by),         "deputy_user",    "clerk"),
    Case(MOTION, "submit",               moved.signed,      lambda c, m, by: motions.submit(m, by=by),                               "deputy_user",    "cosigner_user"),
    Case(MOTION, "resubmit",             moved.returned,    lambda c, m, by: motions.resubmit(m, by=by),                             "deputy_user",    "clerk"),
    Case(MOTION, "become_suggestion",    moved.written,     lambda c, m, by: motions.become_suggestion(m, by=by),                    "deputy_user",    "clerk"),
    Case(MOTION, "register",             moved.submitted,   lambda c, m, by: motions.register(m, by=by),                             "clerk",          "committee_user"),
    Case(MOTION, "ask_revision",         moved.submitted,   lambda c, m, by: motions.ask_revision(m, words="写明内容", by=by),       "clerk",          "deputy_user"),
    Case(MOTION, "pass_to_committee",    moved.registered,  lambda c, m, by: motions.pass_to_committee(m, committee=c.committee, by=by), "clerk",      "committee_user"),
    Case(MOTION, "give_opinion",         moved.examining,   moved.opine,                                                             "committee_user", "deputy_user"),
    Case(MOTION, "put_on_agenda",        moved.deciding,    lambda c, m, by: motions.put_on_agenda(m, words="第二次会议", **moved.HELD, by=by),    "director",       "committee_user"),
    Case(MOTION, "refer",                moved.deciding,    moved.refer,                                                             "director",       "clerk"),
    Case(MOTION, "convert",              moved.deciding,    lambda c, m, by: motions.convert(m, **moved.HELD, by=by),                              "director",       "clerk"),
    Case(MOTION, "refuse",               moved.deciding,    moved.refuse,                                                            "director",       "clerk"),
    Case(MOTION, "adopt",                moved.on_agenda,   moved.vote,                                                              "director",       "clerk"),
    Case(MOTION, "report",               moved.referred,    lambda c, m, by: motions.report(m, report="审议完毕", by=by),            "committee_user", "leader"),
    Case(MOTION, "hand_to_organ",        moved.reported,    moved.hand,                                                              "director",       "committee_user"),
    Case(MOTION, "conclude",             moved.reported,    moved.conclude,                                                          "director",       "committee_user"),
    Case(MOTION, "answer",               moved.handed_over, moved.answer,                                                            "leader",         "unit_clerk"),
    Case(MOTION, "answer_again",         moved.answered,    lambda c, m, by: motions.answer_again(m, words="写明时间", by=by),       "director",       "leader"),
    Case(MOTION, "close",                moved.answered,    lambda c, m, by: motions.close(m, by=by),                                "director",       "leader"),
    Case(MOTION, "ask_withdrawal",       moved.registered,  lambda c, m, by: motions.ask_withdrawal(m, words="另有安排", by=by),     "deputy_user",    "clerk"),
    Case(MOTION, "withdraw",             moved.withdrawal_asked, lambda c, m, by: motions.withdraw(m, **moved.HELD, by=by),                        "director",       "deputy_user"),
    Case(MOTION, "publish",              moved.on_agenda,   lambda c, m, by: motions.publish(m, by=by),                              "director",       "committee_user"),
    Case(MOTION, "take_back",            moved.public,      lambda c, m, by: motions.take_back(m, reason="有差错", by=by),           "director",       "committee_user"),
    Case(SIGNATURE, "ask_reconsideration", moved.lead_of_refused, lambda c, s, by: motions.ask_reconsideration(s, words="请再议", by=by), "deputy_user", "clerk", "removed"),
    Case(SIGNATURE, "leave_motion",      moved.cosigner_of, lambda c, s, by: motions.leave_motion(s, by=by),                         "cosigner_user",  "deputy_user", "removed"),
    Case(SUGGESTION, "record_vote",      lambda c: moved.of_delegation(c).suggestion, moved.record_vote,                             "deputy_user",    "clerk"),
    Case(SUGGESTION, "convene",          _coordinating,     lambda c, s, by: ways.convene(s, by=by),                                      "clerk",          "unit_clerk"),

    Case(FACE_RECORD, "confirm",         lambda c: face_record(c), lambda c, r, by: actions.confirm_face(r, by=by),                    "deputy_user",    "unit_clerk", None),
    Case(FACE_RECORD, "dispute",         lambda c: face_record(c), lambda c, r, by: actions.dispute_face(r, words="没有见面", by=by),  "deputy_user",    "clerk", "confirmed"),

    Case(ATTACHMENT, "remove",           ways.attached,           lambda c, a, by: actions.remove_attachment(a, words="拿错了", by=by),    "deputy_user",    "cosigner_user", None),

    Case(PUBLICATION, "publish",            _publication,      _publish,                                                                 "clerk",         "unit_clerk", "taken_back"),
    Case(PUBLICATION, "update_publication", _published,        lambda c, p, by: actions.update_publication(p, title="标题", text="改过", by=by), "clerk", "unit_clerk", "taken_back"),
    Case(PUBLICATION, "keep_closed",        _publication,      lambda c, p, by: actions.keep_closed(p, reason="涉及第三人", by=by),      "clerk",         "leader", "taken_back"),
    Case(PUBLICATION, "take_back",          _published,        lambda c, p, by: actions.take_back(p, reason="有差错", by=by),            "director",      "deputy_user", "taken_back"),
]
# fmt: on

# Taken inside other steps: by the system, or by whoever takes the step they belong to.
FOLLOWING = {
    "suggestion": {"move", "return_motion", "leave_motion", "convert", "finish_motion", "end_motion", "release", "follow_hand_over", "follow_reply", "follow_recall", "pass_to_office", "answer_in_parts", "recall", "recall_part", "ask_extension", "inform_extension", "grant_extension", "refuse_extension", "sign_for", "ask_return", "grant_return", "refuse_return", "finish_round", "redo", "coordinate", "track", "settle", "reopen"},
    "signature": {"ask_again"},
    "assignment": {"hand_over", "reply", "redo", "end", "inform_extension", "reply_jointly", "withdraw_agreement", "distribute", "drop_recall"},
    "promise": {"open", "drop", "undo_promise"},
    "publication": {"propose_again"},
    "remark": set(),
    "face_record": set(),
    "attachment": {"discard"},
    "motion": {"drop", "reject", "reconsider", "lapse"},
}  # fmt: skip


@remembered
def face_record(city):
    """A visit the unit has logged and the deputy has not looked at."""
    contact = _contact(city, _lead_task(city), city.unit_clerk)
    return contact.face_record


@remembered
def _unsolved_rated(city):
    suggestion = city.replied(result_class="C")
    walk.rate(suggestion, by=city.deputy_user)
    return fresh(suggestion)


def _asked_again(signature, by):
    actions.invite(signature.suggestion, deputies=[signature.deputy], by=by)
    return fresh(signature)
