"""Which step has which page: its form, its action, and what is said when it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.kernel.workflow import Workflow
from huiyin.supervision import actions
from huiyin.supervision.forms import awards, calls, key_items, reviews, scorecards, steps
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
from huiyin.supervision.workflow import (
    APPRAISAL,
    AWARD,
    AWARD_OBJECTION,
    CALL,
    CANDIDATE,
    CARD_OBJECTION,
    CLUE,
    KEY_ITEM,
    PRECHECK,
    REVIEW,
    SCORECARD,
)

Act = Callable[[Any, dict[str, Any], Any], Any]


@dataclass(frozen=True)
class Place:
    """Where the items of a workflow live: their table, the part of the address, their page."""

    model: Any
    address: str
    home: str
    owner: Callable[[Any], Any] = lambda item: item  # whose page it is shown on


@dataclass(frozen=True)
class StepPage:
    """One step's page; a step without questions is one button."""

    workflow: Workflow[Any, Any]
    step: str
    act: Act
    done: Any
    form: type[steps.StepForm] = steps.StepForm
    hint: Any = ""
    tone: str = "quiet"
    is_shown_closed: bool = True  # of a pair that undo one another only the open one is shown

    @property
    def place(self) -> Place:
        return PLACES[self.workflow.name]

    @property
    def path(self) -> str:
        return f"{self.place.address}/<int:pk>/{self.step.replace('_', '-')}/"

    @property
    def label(self) -> Any:
        return self.workflow.steps[self.step].label

    @property
    def asks_nothing(self) -> bool:
        return self.form is steps.StepForm and not self.hint


def _plain(verb: Any) -> Act:
    return lambda item, given, by: verb(item, by=by)


def _with(verb: Any) -> Act:
    """The form's fields are the verb's own keywords."""
    return lambda item, given, by: verb(item, **given, by=by)


PLACES = {
    "key_item": Place(KeyItem, "desk/key-items", "supervision:key_item"),
    "appraisal": Place(Appraisal, "desk/appraisals", "supervision:appraisal"),
    "scorecard": Place(Scorecard, "desk/scorecards", "supervision:scorecard"),
    "card_objection": Place(
        CardObjection, "desk/card-objections", "supervision:scorecard", lambda item: item.card
    ),
    "review": Place(Review, "desk/reviews", "supervision:review"),
    "award": Place(Award, "desk/awards", "supervision:award"),
    "candidate": Place(Candidate, "desk/candidates", "supervision:award", lambda item: item.award),
    "award_objection": Place(
        AwardObjection,
        "desk/award-objections",
        "supervision:award",
        lambda item: item.candidate.award,
    ),
    "call": Place(Call, "desk/calls", "supervision:call"),
    "clue": Place(Clue, "desk/clues", "supervision:call", lambda item: item.call),
    "precheck": Place(Precheck, "desk/prechecks", "supervision:precheck"),
}

# fmt: off
KEY_PAGES = [
    StepPage(KEY_ITEM, "revise_key_item",      _with(actions.revise_key_item),      _("已保存。"),                       key_items.ReviseForm),
    StepPage(KEY_ITEM, "give_key_opinion",     _with(actions.give_key_opinion),     _("意见已记下。"),                   key_items.OpinionForm, _("主任会议确定以前都可以改。")),
    StepPage(KEY_ITEM, "decide_key_item",      _with(actions.decide_key_item),      _("已登记主任会议的决定。"),         key_items.DecideForm, _("重点督办由主任会议确定，这里登记它的决定。"), "primary"),
    StepPage(KEY_ITEM, "drop_key_item",        _with(actions.drop_key_item),        _("已记为不列入。"),                 steps.WordsForm, tone="warning"),
    StepPage(KEY_ITEM, "issue_notice",         _with(actions.issue_notice),         _("督办通知已发，各方都会收到。"),   key_items.NoticeForm, _("从今天起计算向主任会议报告的期限。"), "primary"),
    StepPage(KEY_ITEM, "log_act",              _with(actions.log_act),              _("已记录。"),                       key_items.ActForm),
    StepPage(KEY_ITEM, "report_key_item",      _with(actions.report_key_item),      _("督办报告已提交。"),               key_items.ReportForm, tone="primary"),
    StepPage(KEY_ITEM, "send_back_key_report", _with(actions.send_back_key_report), _("已退回补充。"),                   steps.WordsForm),
    StepPage(KEY_ITEM, "conclude_key_item",    _with(actions.conclude_key_item),    _("督办已结束，代表和单位会知道。"), key_items.ConcludeForm, tone="primary"),
    StepPage(KEY_ITEM, "publish_key_item",     _with(actions.publish_key_item),     _("已公开。"),                       key_items.PublishForm, is_shown_closed=False),
    StepPage(KEY_ITEM, "take_back_key_item",   _with(actions.take_back_key_item),   _("已从公开页撤下。"),               steps.WordsForm, tone="warning", is_shown_closed=False),
]
APPRAISAL_PAGES = [
    StepPage(APPRAISAL, "recount",             _plain(actions.recount),             _("已重新计分。")),
    StepPage(APPRAISAL, "show_cards",          _plain(actions.show_cards),          _("已送各单位核对。"),               hint=_("每个单位会收到自己的评分，从今天起计算核对期限。"), tone="primary"),
    StepPage(APPRAISAL, "finish_appraisal",    _plain(actions.finish_appraisal),    _("评分已定案。"),                   hint=_("定案以后评分和名次不再变动。"), tone="primary"),
    StepPage(SCORECARD, "object_to_row",       _with(actions.object_to_row),        _("异议已送出，裁定后会通知您。"),   scorecards.ObjectForm, _("一次说一条记录。裁定成立的，评分立即重算。")),
    StepPage(SCORECARD, "agree_card",          _plain(actions.agree_card),          _("已确认。"),                       hint=_("确认以后不能再提异议。"), tone="primary"),
    StepPage(CARD_OBJECTION, "grant_objection",  _with(actions.grant_objection),    _("异议成立，评分已重算。"),         scorecards.RulingForm, tone="primary"),
    StepPage(CARD_OBJECTION, "refuse_objection", _with(actions.refuse_objection),   _("已裁定异议不成立。"),             scorecards.RulingForm),
]
REVIEW_PAGES = [
    StepPage(REVIEW, "hand_in_report",   _with(actions.hand_in_report),   _("报告已送交。"),               reviews.ReportForm, tone="primary"),
    StepPage(REVIEW, "open_ballot",      _with(actions.open_ballot),      _("测评开始，出席的组成人员可以投票了。"), reviews.BallotForm, _("勾选签到出席的人，只有他们能投票。"), "primary"),
    StepPage(REVIEW, "vote",             _with(actions.vote),             _("您的票已投。"),               reviews.VoteForm, _("每人一票，投后不能改。无记名投票不留下谁投了什么。"), "primary"),
    StepPage(REVIEW, "close_ballot",     _plain(actions.close_ballot),    _("已计票，结果已公布。"),       hint=_("结束以后不能再投，结果向社会公布。"), tone="primary"),
    StepPage(REVIEW, "order_rectify",    _with(actions.order_rectify),    _("已责成整改。"),               steps.WordsForm, tone="primary"),
    StepPage(REVIEW, "report_rectified", _with(actions.report_rectified), _("整改报告已送交。"),           reviews.RectificationForm, tone="primary"),
    StepPage(REVIEW, "rectify_again",    _with(actions.rectify_again),    _("已退回继续整改。"),           steps.WordsForm),
    StepPage(REVIEW, "accept_rectified", _with(actions.accept_rectified), _("已记为整改通过。"),           steps.OptionalWordsForm, tone="primary"),
    StepPage(REVIEW, "cancel_review",    _with(actions.cancel_review),    _("已取消。"),                   steps.WordsForm, tone="warning"),
]
AWARD_PAGES = [
    StepPage(AWARD, "nominate",      _with(actions.nominate),      _("已列入候选。"),                 awards.NominateForm),
    StepPage(AWARD, "appoint_jury",  _with(actions.appoint_jury),  _("评委已定，该回避的已自动回避。"), awards.JuryForm),
    StepPage(AWARD, "start_judging", _plain(actions.start_judging), _("评委可以打分了。"),             hint=_("开始后候选不再增减。评委看不到代表姓名，也看不到别人的分。"), tone="primary"),
    StepPage(AWARD, "close_judging", _plain(actions.close_judging), _("打分结束，名单已拟定。"),       hint=_("按平均分拟定名单；最后一名并列的都列入，由会议决定。"), tone="primary"),
    StepPage(AWARD, "publish_award", _plain(actions.publish_award), _("已公示，接受异议。"),           hint=_("从今天起计算公示期。"), tone="primary"),
    StepPage(AWARD, "decide_award",  _with(actions.decide_award),  _("已登记表彰决定，证书可以下载。"), awards.DecideAwardForm, _("由主任会议或常委会决定，这里登记它的决定。"), "primary"),
    StepPage(CANDIDATE, "remove_candidate", _with(actions.remove_candidate), _("已移出。"),            steps.WordsForm, tone="warning"),
    StepPage(CANDIDATE, "score",            _with(actions.score),            _("分数已记下。"),        awards.ScoreForm, _("只有您自己看得到，打分结束前可以改。"), "primary"),
    StepPage(CANDIDATE, "recuse",           _with(actions.recuse),           _("已回避。"),            awards.RecuseForm),
    StepPage(CANDIDATE, "object_to_award",  _with(actions.object_to_award),  _("异议已收到，核查后会通知您。"), awards.AwardObjectionForm),
    StepPage(AWARD_OBJECTION, "uphold_objection",  _with(actions.uphold_objection),  _("异议成立，候选已取消。"), scorecards.RulingForm, tone="warning"),
    StepPage(AWARD_OBJECTION, "dismiss_objection", _with(actions.dismiss_objection), _("已记为异议不成立。"),     scorecards.RulingForm),
]
CALL_PAGES = [
    StepPage(CALL, "change_call", _with(actions.change_call), _("已保存。"),               calls.ChangeCallForm),
    StepPage(CALL, "issue_call",  _plain(actions.issue_call), _("征集已发出，代表和县区代工委会收到。"), hint=_("每一位在任代表和下一级代工委都会收到通知。"), tone="primary"),
    StepPage(CALL, "offer_clue",  _with(actions.offer_clue),  _("已放入线索池。"),         calls.ClueForm),
    StepPage(CALL, "close_call",  _with(actions.close_call),  _("征集已结束。"),           steps.OptionalWordsForm),
    StepPage(CLUE, "drop_clue",   _with(actions.drop_clue),   _("已撤下。"),               steps.WordsForm, tone="warning"),
    StepPage(PRECHECK, "comment", _with(actions.comment),     _("意见已反馈代表。"),       calls.CommentForm, _("预审不作决定：文字由代表自己改，提交后还要审查。"), "primary"),
]
# fmt: on
PAGES = [*KEY_PAGES, *APPRAISAL_PAGES, *REVIEW_PAGES, *AWARD_PAGES, *CALL_PAGES]
BY_STEP = {(page.workflow.name, page.step): page for page in PAGES}
