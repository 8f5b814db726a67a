"""The lives of supervision's items as tables: buttons, checks, law, and docs/workflows/."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.kernel.workflow import Step, Words, Workflow
from huiyin.supervision import permissions as may
from huiyin.supervision.choices import (
    ON_NOTICE,
    AppraisalState,
    AwardState,
    CallState,
    CandidateState,
    CardState,
    ClueState,
    KeyState,
    PrecheckState,
    ReviewState,
    RulingState,
)
from huiyin.supervision.models import (
    Appraisal,
    Award,
    AwardObjection,
    Call,
    Candidate,
    CardObjection,
    Clue,
    KeyItem,
    Precheck,
    Review,
    Scorecard,
)


def everyone_was_asked(item: KeyItem) -> Words | None:
    if not item.opinions.exists():
        return _("还没有征求意见，至少要有一条。")
    return None


def something_was_done(item: KeyItem) -> Words | None:
    """A report rests on acts, not on intentions."""
    return None if item.acts.exists() else _("还没有记录过督办活动。")


def is_hidden(item: KeyItem) -> Words | None:
    return _("已经公开了。") if item.is_published else None


def is_open_to_all(item: KeyItem) -> Words | None:
    return None if item.is_published else _("还没有公开。")


def was_counted(appraisal: Appraisal) -> Words | None:
    return None if appraisal.counted_at else _("还没有计分。")


def units_were_heard(appraisal: Appraisal) -> Words | None:
    """Every objection is ruled on, and the time to object is over or every unit has agreed."""
    if CardObjection.objects.open().filter(card__appraisal=appraisal).exists():
        return _("还有异议没有裁定。")
    is_running = appraisal.clock is not None and clock.today() <= appraisal.clock.due_on
    if is_running and appraisal.cards.filter(state=CardState.SHOWN).exists():
        return _("核对期还没有过，也还有单位没有确认。")
    return None


def nothing_is_disputed(card: Scorecard) -> Words | None:
    return _("还有异议没有裁定。") if card.objections.open().exists() else None


def still_time_to_object(card: Scorecard) -> Words | None:
    running = card.appraisal.clock
    if running is not None and clock.today() > running.due_on:
        return _("核对期已过。")
    return None


def most_have_voted(review: Review) -> Words | None:
    """Ballots of more than half of all members, else there is nothing to count."""
    voted = review.voters.filter(has_voted=True).count()
    if voted * 2 <= review.n_members:
        return _("投票的还不到全体组成人员的半数，现在%(n)d票。") % {"n": voted}
    return None


def was_not_passed(review: Review) -> Words | None:
    return _("测评已经通过。") if review.is_passed else None


def jury_is_complete(award: Award) -> Words | None:
    """Every candidate needs so many jurors who are free to judge it."""
    candidates = list(award.candidates.standing())
    if not candidates:
        return _("还没有候选。")
    n_jurors = award.jurors.count()
    for candidate in candidates:
        free = n_jurors - candidate.recusals.count()
        if free < award.n_needed:
            words = {"candidate": candidate.quoted, "free": free, "needed": award.n_needed}
            return _("“%(candidate)s”能打分的评委只有%(free)d位，至少要%(needed)d位。") % words
    return None


def everyone_was_scored(award: Award) -> Words | None:
    for candidate in award.candidates.standing():
        n = candidate.scores.count()
        if n < award.n_needed:
            words = {"candidate": candidate.quoted, "n": n, "needed": award.n_needed}
            return _("“%(candidate)s”只有%(n)d位评委打分，至少要%(needed)d位。") % words
    return None


def objections_are_over(award: Award) -> Words | None:
    if AwardObjection.objects.open().filter(candidate__award=award).exists():
        return _("还有异议没有核查。")
    if award.clock is not None and clock.today() <= award.clock.due_on:
        return _("公示期还没有过，到%(day)s。") % {"day": award.clock.due_on}
    return None


def is_nominating(candidate: Candidate) -> Words | None:
    return _("已经开始打分。") if candidate.award.state != AwardState.NOMINATING else None


def is_judging(candidate: Candidate) -> Words | None:
    return None if candidate.award.state == AwardState.JUDGING else _("现在不打分。")


def is_published(candidate: Candidate) -> Words | None:
    """Objections are taken as long as the publication lasts."""
    award = candidate.award
    if award.state != AwardState.PUBLISHED:
        return _("现在不在公示期。")
    if award.clock is not None and clock.today() > award.clock.due_on:
        return _("公示期已过。")
    return None


def is_not_over(call: Call) -> Words | None:
    return _("截止日期已过，请先修改。") if call.ends_on <= clock.today() else None


def call_is_open(clue: Clue) -> Words | None:
    return None if clue.call.state == CallState.OPEN else _("征集已经结束。")


# fmt: off
KEY_ITEM = Workflow[Any, KeyItem](
    "key_item",
    #    name                    button               from                                      to                   who                            closed while        law
    Step("revise_key_item",      _("修改"),           (KeyState.CANDIDATE,),                    None,                may.can_revise_key_item,       None,               "青岛21"),
    Step("give_key_opinion",     _("提意见"),         (KeyState.CANDIDATE,),                    None,                may.can_give_key_opinion,      None,               "青岛21"),
    Step("decide_key_item",      _("主任会议确定"),   (KeyState.CANDIDATE,),                    KeyState.DECIDED,    may.can_decide_key_item,       everyone_was_asked, "代表法52"),
    Step("drop_key_item",        _("不列入"),         (KeyState.CANDIDATE, KeyState.DECIDED),   KeyState.DROPPED,    may.can_drop_key_item,         None,               "代表法52"),
    Step("issue_notice",         _("印发督办通知"),   (KeyState.DECIDED,),                      KeyState.SUPERVISED, may.can_issue_notice,          None,               "代表法52"),
    Step("log_act",              _("记录督办活动"),   (KeyState.SUPERVISED,),                   None,                may.can_log_act,               None,               "青岛35"),
    Step("report_key_item",      _("提交督办报告"),   (KeyState.SUPERVISED,),                   KeyState.REPORTED,   may.can_report_key_item,       something_was_done, "青岛35"),
    Step("send_back_key_report", _("退回补充"),       (KeyState.REPORTED,),                     KeyState.SUPERVISED, may.can_send_back_key_report,  None,               "青岛35"),
    Step("conclude_key_item",    _("审议结束"),       (KeyState.REPORTED,),                     KeyState.CONCLUDED,  may.can_conclude_key_item,     None,               "青岛35"),
    Step("publish_key_item",     _("公开"),           ON_NOTICE,                                None,                may.can_publish_key_item,      is_hidden,          "青岛30"),
    Step("take_back_key_item",   _("撤下公开"),       ON_NOTICE,                                None,                may.can_take_back_key_item,    is_open_to_all,     "青岛30"),
)
APPRAISAL = Workflow[Any, Appraisal](
    "appraisal",
    Step("recount",              _("重新计分"),       (AppraisalState.RUNNING,),                None,                may.can_recount,               None,               "青岛31"),
    Step("show_cards",           _("送单位核对"),     (AppraisalState.RUNNING,),                AppraisalState.SHOWN, may.can_show_cards,           was_counted,        "青岛31"),
    Step("finish_appraisal",     _("定案"),           (AppraisalState.SHOWN,),                  AppraisalState.FINAL, may.can_finish_appraisal,     units_were_heard,   "青岛31"),
)

SCORECARD = Workflow[Any, Scorecard](
    "scorecard",
    Step("recount_card",         _("重新计分"),       (CardState.DRAFT, CardState.SHOWN, CardState.AGREED), None,    may.by_the_system,             None,               "青岛31"),
    Step("show_card",            _("送单位核对"),     (CardState.DRAFT,),                       CardState.SHOWN,     may.by_the_system,             None,               "青岛31"),
    Step("object_to_row",             _("提出异议"),       (CardState.SHOWN,),                       None,                may.can_object_to_row,              still_time_to_object, "青岛31"),
    Step("agree_card",           _("确认评分"),       (CardState.SHOWN,),                       CardState.AGREED,    may.can_agree_card,            nothing_is_disputed, "青岛31"),
    Step("finish_card",          _("定案"),           (CardState.SHOWN, CardState.AGREED),      CardState.FINAL,     may.by_the_system,             None,               "青岛31"),
)

CARD_OBJECTION = Workflow[Any, CardObjection](
    "card_objection",
    Step("grant_objection",      _("异议成立"),       (RulingState.OPEN,),                      RulingState.GRANTED, may.can_grant_objection,       None,               "青岛31"),
    Step("refuse_objection",     _("异议不成立"),     (RulingState.OPEN,),                      RulingState.REFUSED, may.can_refuse_objection,      None,               "青岛31"),
)

REVIEW = Workflow[Any, Review](
    "review",
    Step("hand_in_report",       _("送交报告"),       (ReviewState.CHOSEN,),                    ReviewState.REPORTED, may.can_hand_in_report,       None,               "庆阳"),
    Step("open_ballot",          _("开始测评"),       (ReviewState.REPORTED,),                  ReviewState.VOTING,  may.can_open_ballot,           None,               "地方组织法51"),
    Step("vote",                 _("投票"),           (ReviewState.VOTING,),                    None,                may.can_vote,                  None,               "地方组织法51"),
    Step("close_ballot",         _("结束投票并计票"), (ReviewState.VOTING,),                    ReviewState.COUNTED, may.can_close_ballot,          most_have_voted,    "地方组织法51"),
    Step("order_rectify",        _("责成整改"),       (ReviewState.COUNTED,),                   ReviewState.RECTIFYING, may.can_order_rectify,      was_not_passed,     "青岛39"),
    Step("report_rectified",     _("报告整改情况"),   (ReviewState.RECTIFYING,),                ReviewState.RECTIFIED, may.can_report_rectified,    None,               "青岛39"),
    Step("rectify_again",        _("退回再改"),       (ReviewState.RECTIFIED,),                 ReviewState.RECTIFYING, may.can_rectify_again,      None,               "青岛39"),
    Step("accept_rectified",     _("整改通过"),       (ReviewState.RECTIFIED,),                 ReviewState.ENDED,   may.can_accept_rectified,      None,               "青岛39"),
    Step("cancel_review",        _("取消"),           (ReviewState.CHOSEN, ReviewState.REPORTED), ReviewState.CANCELLED, may.can_cancel_review,      None,               ""),
)
AWARD = Workflow[Any, Award](
    "award",
    Step("nominate",             _("推荐候选"),       (AwardState.NOMINATING,),                 None,                 may.can_nominate,            None,                 ""),
    Step("appoint_jury",         _("聘请评委"),       (AwardState.NOMINATING,),                 None,                 may.can_appoint_jury,        None,                 "庆阳"),
    Step("start_judging",        _("开始打分"),       (AwardState.NOMINATING,),                 AwardState.JUDGING,   may.can_start_judging,       jury_is_complete,     "庆阳"),
    Step("close_judging",        _("结束打分"),       (AwardState.JUDGING,),                    AwardState.PROPOSED,  may.can_close_judging,       everyone_was_scored,  ""),
    Step("publish_award",        _("公示"),           (AwardState.PROPOSED,),                   AwardState.PUBLISHED, may.can_publish_award,       None,                 ""),
    Step("decide_award",         _("决定表彰"),       (AwardState.PUBLISHED,),                  AwardState.DECIDED,   may.can_decide_award,        objections_are_over,  ""),
)

CANDIDATE = Workflow[Any, Candidate](
    "candidate",
    Step("remove_candidate",     _("移出"),           (CandidateState.NOMINATED,),              CandidateState.REMOVED,  may.can_remove_candidate, is_nominating,        ""),
    Step("score",                _("打分"),           (CandidateState.NOMINATED,),              None,                 may.can_score,               is_judging,           ""),
    Step("recuse",               _("回避"),           (CandidateState.NOMINATED,),              None,                 may.can_recuse,              is_judging,           ""),
    Step("propose_candidate",    _("拟表彰"),         (CandidateState.NOMINATED,),              CandidateState.PROPOSED, may.by_the_system,        None,                 ""),
    Step("pass_over",            _("未入选"),         (CandidateState.NOMINATED,),              CandidateState.UNCHOSEN, may.by_the_system,        None,                 ""),
    Step("object_to_award",      _("提出异议"),       (CandidateState.PROPOSED,),               None,                 may.can_object_to_award,     is_published,         ""),
    Step("strike",               _("异议成立，取消"), (CandidateState.PROPOSED,),               CandidateState.REMOVED,  may.by_the_system,        None,                 ""),
    Step("award",                _("授予"),           (CandidateState.PROPOSED,),               CandidateState.AWARDED,  may.by_the_system,        None,                 ""),
)

AWARD_OBJECTION = Workflow[Any, AwardObjection](
    "award_objection",
    Step("uphold_objection",     _("异议成立"),       (RulingState.OPEN,),                      RulingState.GRANTED,  may.can_uphold_objection,    None,                 ""),
    Step("dismiss_objection",    _("异议不成立"),     (RulingState.OPEN,),                      RulingState.REFUSED,  may.can_dismiss_objection,   None,                 ""),
)

CALL = Workflow[Any, Call](
    "call",
    Step("change_call",          _("修改"),           (CallState.DRAFT,),                       None,                 may.can_change_call,         None,                 "代表法24"),
    Step("issue_call",           _("发出征集"),       (CallState.DRAFT,),                       CallState.OPEN,       may.can_issue_call,          is_not_over,          "代表法24"),
    Step("offer_clue",           _("放入线索"),       (CallState.OPEN,),                        None,                 may.can_offer_clue,          None,                 ""),
    Step("close_call",           _("结束征集"),       (CallState.OPEN,),                        CallState.CLOSED,     may.can_close_call,          None,                 ""),
)

CLUE = Workflow[Any, Clue](
    "clue",
    Step("take_clue",            _("认领，写成建议"), (ClueState.OFFERED,),                     ClueState.TAKEN,      may.can_take_clue,           call_is_open,         "代表法24"),
    Step("drop_clue",            _("撤下"),           (ClueState.OFFERED,),                     ClueState.DROPPED,    may.can_drop_clue,           None,                 ""),
)

PRECHECK = Workflow[Any, Precheck](
    "precheck",
    Step("comment",              _("反馈预审意见"),   (PrecheckState.ASKED,),                   PrecheckState.COMMENTED, may.can_comment,          None,                 "重庆9 青岛11"),
    Step("withdraw_precheck",    _("收回"),           (PrecheckState.ASKED,),                   PrecheckState.WITHDRAWN, may.can_withdraw_precheck, None,                ""),
)
# fmt: on

ALL = (
    KEY_ITEM,
    APPRAISAL,
    SCORECARD,
    CARD_OBJECTION,
    REVIEW,
    AWARD,
    CANDIDATE,
    AWARD_OBJECTION,
    CALL,
    CLUE,
    PRECHECK,
)
# What the first line of a trail is called: items come into the world by no step of their own.
CREATED = {
    "propose_key_item": _("提出候选"),
    "open_appraisal": _("开始评分"),
    "open_card": _("建立评分表"),
    "file_objection": _("提出异议"),
    "choose_unit": _("选定报告单位"),
    "open_award": _("开始评选"),
    "shortlist": _("按规则入选"),
    "nominate_candidate": _("推荐"),
    "file_award_objection": _("提出异议"),
    "draft_call": _("拟稿"),
    "add_clue": _("放入线索"),
    "offer_draft": _("送预审"),
}
