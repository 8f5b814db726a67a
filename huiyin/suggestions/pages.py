"""Which step has which page: its address, its form, its action, and what is said when it is done."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.congress.seats import Seats, seats_of
from huiyin.kernel.compiled import Place, Question
from huiyin.kernel.workflow import Workflow
from huiyin.suggestions import actions
from huiyin.suggestions.actions import motions
from huiyin.suggestions.forms import asking, confiding, records
from huiyin.suggestions.forms import motions as motion_forms
from huiyin.suggestions.forms import steps as forms
from huiyin.suggestions.forms.remarks import AnswerRemarkForm, PassRemarkForm
from huiyin.suggestions.forms.writing import DistributeForm, UnitsForm
from huiyin.suggestions.models import (
    Assignment,
    FaceRecord,
    Motion,
    Promise,
    Publication,
    Remark,
    Signature,
    Suggestion,
)
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

QUESTIONS_KEPT = 512  # each for one kind of item, of one person
Act = Callable[[Any, dict[str, Any], Any], Any]


@dataclass(frozen=True)
class StepPage:
    """`address` is the part before the item's number; a step without questions is one button."""

    workflow: Workflow[Any, Any]
    step: str
    address: str
    act: Act
    done: Any
    form: type[forms.StepForm] = forms.StepForm
    hint: Any = ""
    tone: str = "quiet"
    template: str = "suggestions/step.html"

    @property
    def name(self) -> str:
        """The URL's name: the step's own for the suggestion, with its item before it for others."""
        if self.workflow is SUGGESTION:
            return self.step
        return f"{self.workflow.name}_{self.step}"

    @property
    def path(self) -> str:
        return f"{self.address}/<int:pk>/{self.step.replace('_', '-')}/"

    @property
    def label(self) -> Any:
        return self.workflow.steps[self.step].label

    @property
    def asks_nothing(self) -> bool:
        return self.form is forms.StepForm

    @property
    def is_for_deputies(self) -> bool:
        return self.address.startswith("deputy")


DESK, DEPUTY = "desk/suggestions", "deputy/suggestions"
TASKS, LEDGER, COPIES = "desk/tasks", "desk/promises", "desk/publications"
MINUTES = "desk/remarks"
NAMES, KEPT = "deputy/signatures", "deputy/promises"
OWN_MOTIONS, MOTIONS, TALKS = "deputy/motions", "desk/motions", "deputy/talks"


def _plain(verb: Any) -> Act:
    return lambda item, given, by: verb(item, by=by)


def _with_words(verb: Any) -> Act:
    """The form's fields are the verb's own keywords."""
    return lambda item, given, by: verb(item, **given, by=by)


def _propose(item: Suggestion, given: dict[str, Any], by: Any) -> Any:
    tasks = [actions.Task(*task) for task in given["tasks"]]
    return actions.propose_units(item, tasks=tasks, mode=given["mode"], by=by)


def _distribute(item: Suggestion, given: dict[str, Any], by: Any) -> Any:
    tasks = [actions.Task(*task) for task in given["tasks"]]
    return actions.distribute(item, tasks=tasks, mode=given["mode"], by=by)


class ProposeForm(UnitsForm):
    """The lead's list begins with the units that got such papers before; nothing is chosen ahead."""

    def __init__(self, *args: Any, item: Suggestion, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        self.advice = actions.advise(item)
        if self.advice.proposals:
            nobody, *units = self.field("lead").choices
            likely = [(found.unit.pk, found.unit.name) for found in self.advice.proposals]
            groups = [(_("以往这类建议交给"), likely), (_("全部单位"), units)]
            self.field("lead").choices = [nobody, *groups]


# fmt: off
PAGES = [
    # a deputy and the paper
    StepPage(SUGGESTION, "submit",              DEPUTY, _plain(actions.submit),                   _("已提交，代工委会尽快审查。"),         hint=_("提交以后不能再改，除非代工委退回请您修改。"), tone="primary"),
    StepPage(SUGGESTION, "resubmit",            DEPUTY, _plain(actions.resubmit),                 _("已重新提交。"),                       hint=_("代工委会看到新的一稿，旧稿也留着。"), tone="primary"),
    StepPage(SUGGESTION, "rate",                DEPUTY, _with_words(actions.rate),                _("已评价，谢谢。"),                     forms.RateForm, _("每位代表各评各的。评价结束前，承办单位看不到。"), "primary"),
    StepPage(SUGGESTION, "ask_withdrawal",      DEPUTY, _with_words(actions.ask_withdrawal),      _("已请联名代表确认。"),                 forms.WordsForm, _("联名建议要全体同意才能撤回。"), "warning"),
    StepPage(SUGGESTION, "withdraw",            DEPUTY, _with_words(actions.withdraw),            _("已撤回。"),                           forms.OptionalWordsForm, _("撤回以后办理就停了，居民和承办单位都会知道。"), "warning"),
    StepPage(SIGNATURE,  "decline",             NAMES,  _with_words(actions.decline),             _("已告诉领衔代表。"),                   forms.OptionalWordsForm),
    StepPage(SIGNATURE,  "remove_signer",       NAMES,  _plain(actions.remove_signer),            _("已移除。"),                           tone="warning"),
    StepPage(SIGNATURE,  "agree_withdrawal",    NAMES,  _plain(actions.agree_withdrawal),         _("已同意撤回。"),                       tone="warning"),
    StepPage(PROMISE,    "rate_promise",        KEPT,   _with_words(actions.rate_promise),        _("已评价，谢谢。"),                     forms.RatePromiseForm, tone="primary"),
    StepPage(SUGGESTION, "record_vote",         DEPUTY, _with_words(motions.record_vote),         _("已记录代表团表决。"),                 motion_forms.DelegationVoteForm, _("表决针对现在这一稿；文字再改，要重新表决。"), "primary"),
    StepPage(FACE_RECORD, "confirm",            TALKS,  _with_words(actions.confirm_face),        _("已确认，谢谢。"),                     forms.OptionalWordsForm, _("确认承办单位记录的面谈属实。"), "primary"),
    StepPage(FACE_RECORD, "dispute",            TALKS,  _with_words(actions.dispute_face),        _("已记下，代工委和承办单位会看到。"),   records.DisputeForm),
    # a deputy and the motion
    StepPage(MOTION,     "submit",              OWN_MOTIONS, _plain(motions.submit),              _("议案已提出，等大会秘书处登记。"),     hint=_("提出以后文字和联名不能再改；表决以前可以申请撤回。"), tone="primary"),
    StepPage(MOTION,     "resubmit",            OWN_MOTIONS, _plain(motions.resubmit),            _("议案已重新提出。"),                   hint=_("秘书处会看到新的一稿，旧稿也留着。"), tone="primary"),
    StepPage(MOTION,     "set_kind",            OWN_MOTIONS, _with_words(motions.set_kind),       _("已改类别。"),                         motion_forms.KindForm),
    StepPage(MOTION,     "become_suggestion",   OWN_MOTIONS, _plain(motions.become_suggestion),   _("已改作建议，核对后再提交。"),         hint=_("文字、各稿和联名都保留，只是改按建议提出。")),
    StepPage(MOTION,     "ask_withdrawal",      OWN_MOTIONS, _with_words(motions.ask_withdrawal), _("已送主席团决定。"),                   forms.WordsForm, _("表决以前可以申请，主席团同意后终止。"), "warning"),
    StepPage(SIGNATURE,  "ask_reconsideration", NAMES,  _with_words(motions.ask_reconsideration), _("已记下您要求复议。"),                 forms.WordsForm, _("超过半数且达到法定人数的提案人要求，主席团就再次决定。"), "primary"),
    StepPage(SIGNATURE,  "leave_motion",        NAMES,  _with_words(motions.leave_motion),        _("已退出联名。"),                       forms.OptionalWordsForm, _("退出以后联名不足法定人数的，议案终止。"), "warning"),
    # the secretariat, the committees, the presidium
    StepPage(MOTION,     "register",            MOTIONS, _plain(motions.register),                _("已登记编号。"),                       hint=_("议案号单独编，以后转为建议也保留。"), tone="primary"),
    StepPage(MOTION,     "ask_revision",        MOTIONS, _with_words(motions.ask_revision),       _("已请代表修改。"),                     forms.WordsForm, _("文字只能由代表自己改；也可以建议代表改作建议。")),
    StepPage(MOTION,     "pass_to_committee",   MOTIONS, _with_words(motions.pass_to_committee),  _("已交委员会。"),                       motion_forms.CommitteeForm, tone="primary"),
    StepPage(MOTION,     "give_opinion",        MOTIONS, _with_words(motions.give_opinion),       _("意见已送主席团。"),                   motion_forms.OpinionOnMotionForm, tone="primary"),
    StepPage(MOTION,     "put_on_agenda",       MOTIONS, _with_words(motions.put_on_agenda),      _("已记录：列入议程。"),                 motion_forms.DecisionForm),
    StepPage(MOTION,     "refer",               MOTIONS, _with_words(motions.refer),              _("已记录：交会后审议。"),               motion_forms.ReferForm),
    StepPage(MOTION,     "convert",             MOTIONS, _with_words(motions.convert),            _("已转为建议，联名、各稿和议案号都保留。"), motion_forms.OptionalDecisionForm, _("一步转为已立案的建议，接着拟定承办单位。"), "primary"),
    StepPage(MOTION,     "refuse",              MOTIONS, _with_words(motions.refuse),             _("已记录，理由已送提案代表。"),         motion_forms.RefuseMotionForm, _("要书面告诉代表理由。"), "warning"),
    StepPage(MOTION,     "adopt",               MOTIONS, _with_words(motions.record_plenary_vote), _("表决结果已记录。"),                  motion_forms.PlenaryVoteForm, _("全体代表的过半数赞成才算通过。"), "primary"),
    StepPage(MOTION,     "report",              MOTIONS, _with_words(motions.report),             _("报告已送常委会。"),                   motion_forms.MotionReportForm, tone="primary"),
    StepPage(MOTION,     "hand_to_organ",       MOTIONS, _with_words(motions.hand_to_organ),      _("已交有关机关。"),                     motion_forms.HandToOrganForm, tone="primary"),
    StepPage(MOTION,     "conclude",            MOTIONS, _with_words(motions.conclude),           _("审议结果已记录。"),                   motion_forms.ConcludeMotionForm),
    StepPage(MOTION,     "answer",              MOTIONS, _with_words(motions.answer),             _("报告已送常委会。"),                   motion_forms.AnswerMotionForm, tone="primary"),
    StepPage(MOTION,     "answer_again",        MOTIONS, _with_words(motions.answer_again),       _("已退回重报。"),                       forms.WordsForm),
    StepPage(MOTION,     "close",               MOTIONS, _with_words(motions.close),              _("已办结。"),                           forms.OptionalWordsForm),
    StepPage(MOTION,     "withdraw",            MOTIONS, _with_words(motions.withdraw),           _("已记录：同意撤回。"),                 motion_forms.OptionalDecisionForm, _("主席团同意以后才办。"), "warning"),
    StepPage(MOTION,     "publish",             MOTIONS, _plain(motions.publish),                 _("已公开。"),                           hint=_("公开案由、提出者、决定和结果；代表同意全文公开的，也公开隐去个人信息的正文。")),
    StepPage(MOTION,     "take_back",           MOTIONS, _with_words(motions.take_back),          _("已从公开页撤下。"),                   forms.ReasonForm, tone="warning"),
    # the committee
    StepPage(SUGGESTION, "convene",             DESK,   _with_words(actions.convene),             _("已记录，代表会收到。"),               records.ConveningForm, _("写明谁召集、谁参加、商定了什么、下一步做什么。"), "primary"),
    StepPage(SUGGESTION, "register",            DESK,   _plain(actions.register),                 _("已立案。"),                           hint=_("立案后给编号，编号不会重复使用。"), tone="primary"),
    StepPage(SUGGESTION, "return_for_revision", DESK,   _with_words(actions.return_for_revision), _("已退回代表修改。"),                   forms.JudgeForm, _("请先和代表沟通过再退回。建议的文字只能由代表自己改。")),
    StepPage(SUGGESTION, "treat_as_letter",     DESK,   _with_words(actions.treat_as_letter),     _("已作来信处理。"),                     forms.JudgeForm, _("转有关单位参考，不编号，不要求书面答复。")),
    StepPage(SUGGESTION, "refuse",              DESK,   _with_words(actions.refuse),              _("已记为不予受理。"),                   forms.JudgeForm, _("请先告知代表。"), "warning"),
    StepPage(SUGGESTION, "propose_units",       DESK,   _propose,                                 _("已拟定承办单位，等负责人交办。"),     ProposeForm, _("一个主办单位，可以有几个会办单位，写清各办什么。"), "primary", "suggestions/propose_units.html"),
    StepPage(SUGGESTION, "merge",               DESK,   _with_words(actions.merge),               _("已并案，代表都会知道。"),             asking.MergeForm, _("内容相同或相近的并案办理，每一件仍单独答复代表、单独评价。")),
    StepPage(SUGGESTION, "unmerge",             DESK,   _with_words(actions.unmerge),             _("并案已撤销。"),                       forms.WordsForm, _("撤销以后单独交办；已经开始计算的期限继续算。"), "warning"),
    StepPage(SUGGESTION, "refer",               DESK,   _plain(actions.refer),                    _("已转单位参考。"),                     hint=_("转有关单位工作中参考，没有法定答复期限，代表会知道。"), tone="primary"),
    StepPage(SUGGESTION, "distribute",          DESK,   _distribute,                              _("已分办，承办单位和代表都会知道。"),   DistributeForm, _("答复期限从人大首次交办起算，分办不重新计算。"), "primary", "suggestions/propose_units.html"),
    StepPage(SUGGESTION, "reopen_handling",     DESK,   _with_words(actions.reopen_handling),     _("已发回重新办理。"),                   asking.ReopenForm, _("测评、评估或检查发现没有落实的，发回单位重新办理。"), "warning"),
    StepPage(SUGGESTION, "hand_over",           DESK,   _plain(actions.hand_over),                _("已交办，期限开始计算。"),             hint=_("从今天起计算答复期限，代表、承办单位和居民都会收到通知。"), tone="primary"),
    StepPage(SUGGESTION, "add_cohandler",       DESK,   _with_words(actions.add_cohandler),       _("已增加会办单位。"),                   forms.CohandlerForm),
    StepPage(SUGGESTION, "close",               DESK,   _with_words(actions.close),               _("已办结。"),                           forms.OptionalWordsForm, tone="primary"),
    StepPage(SUGGESTION, "decide_redo",         DESK,   _with_words(actions.decide_redo),         _("已请承办单位再次办理。"),             forms.WordsForm, _("写明协调会的结果。")),
    StepPage(SUGGESTION, "decide_accept",       DESK,   _with_words(actions.decide_accept),       _("已办结。"),                           forms.WordsForm, _("写明代表同意采纳单位说明的情况。")),
    StepPage(SUGGESTION, "decide_track",        DESK,   _with_words(actions.decide_track),        _("已转入承诺跟踪。"),                   forms.WordsForm, _("写明跟踪什么、到什么时候。")),
    StepPage(SUGGESTION, "propose_publication", DESK,   _with_words(actions.propose_publication), _("已提出公开，系统隐去了个人信息，请审定。"), forms.OptionalWordsForm, _("先由系统隐去个人信息，代工委逐字审定以后才公开。代表说不宜公开的不公开。")),
    StepPage(SUGGESTION, "ask_agreement",       DESK,   _plain(actions.ask_agreement),            _("已请共同主办单位会签。"),             hint=_("共同主办单位同意以后才能送审。")),
    StepPage(SUGGESTION, "confide",             DESK,   _with_words(actions.confide),             _("已指定知悉人。"),                     confiding.ConfideForm, _("只有代表和这里指定的人能看到这件建议；每次指定都有记录。")),
    StepPage(SUGGESTION, "unconfide",           DESK,   _with_words(actions.unconfide),           _("已取消。"),                           confiding.UnconfideForm, tone="warning"),
    # the leader
    StepPage(SUGGESTION, "send_for_review",     DESK,   _plain(actions.send_for_review),          _("已送审。"),                           hint=_("送负责人审核签发。"), tone="primary"),
    StepPage(SUGGESTION, "sign_reply",          DESK,   _plain(actions.sign_reply),               _("已签发，答复已送代表。"),             hint=_("签发后编文号，送每一位联名代表评价，承诺进入台账。"), tone="primary"),
    StepPage(SUGGESTION, "send_back",           DESK,   _with_words(actions.send_back),           _("已退回重拟。"),                       forms.WordsForm),
    # the units
    StepPage(ASSIGNMENT, "sign_for",            TASKS,  _plain(actions.sign_for),                 _("已签收。"),                           tone="primary"),
    StepPage(ASSIGNMENT, "log_contact",         TASKS,  _with_words(actions.log_contact),         _("已记录。"),                           forms.ContactForm),
    StepPage(ASSIGNMENT, "give_opinion",        TASKS,  _with_words(actions.give_opinion),        _("会办意见已送主办单位。"),             forms.OpinionForm, tone="primary"),
    StepPage(ASSIGNMENT, "ask_return",          TASKS,  _with_words(actions.ask_return),          _("退办申请已送出。"),                   forms.ReturnForm, _("裁定以前请继续办，不能自行转给别的单位。")),
    StepPage(ASSIGNMENT, "grant_return",        TASKS,  _with_words(actions.grant_return),        _("已同意退办。"),                       forms.GrantForm, _("建议自己的期限从第一次交办算起，不会因退办而延长。")),
    StepPage(ASSIGNMENT, "refuse_return",       TASKS,  _with_words(actions.refuse_return),       _("已告知单位继续办理。"),               forms.RulingForm),
    StepPage(ASSIGNMENT, "ask_extension",       TASKS,  _with_words(actions.ask_extension),       _("延期申请已送出。"),                   asking.ExtensionForm, _("到期以前才能申请。")),
    StepPage(ASSIGNMENT, "grant_extension",     TASKS,  _with_words(actions.grant_extension),     _("已同意延期，代表会知道。"),           asking.GrantExtensionForm),
    StepPage(ASSIGNMENT, "refuse_extension",    TASKS,  _with_words(actions.refuse_extension),    _("已告知单位期限不变。"),               forms.RulingForm),
    StepPage(ASSIGNMENT, "agree",               TASKS,  _with_words(actions.agree),               _("已会签。"),                           forms.OptionalWordsForm, _("会签针对现在这一稿；稿子再改，要重新会签。"), "primary"),
    StepPage(ASSIGNMENT, "disagree",            TASKS,  _with_words(actions.disagree),            _("意见已送牵头单位。"),                 forms.WordsForm),
    StepPage(ASSIGNMENT, "send_part",           TASKS,  _plain(actions.send_part),                _("已送审。"),                           hint=_("送负责人审核签发。"), tone="primary"),
    StepPage(ASSIGNMENT, "sign_part",           TASKS,  _plain(actions.sign_part),                _("已签发，答复已送代表。"),             hint=_("各单位都答复以后，请代表分别评价。"), tone="primary"),
    StepPage(ASSIGNMENT, "send_back_part",      TASKS,  _with_words(actions.send_back_part),      _("已退回重拟。"),                       forms.WordsForm),
    StepPage(ASSIGNMENT, "note",                TASKS,  _with_words(actions.note),                _("已收阅。"),                           asking.NoteForm, tone="primary"),
    StepPage(ASSIGNMENT, "ask_recall",          TASKS,  _with_words(actions.ask_recall),          _("收回申请已送出。"),                   asking.RecallForm, tone="warning"),
    StepPage(ASSIGNMENT, "grant_recall",        TASKS,  _with_words(actions.grant_recall),        _("已同意收回，代表会知道。"),           forms.RulingForm, _("收回以后仍算同一轮，原文号不再使用，答复期限照旧。")),
    StepPage(ASSIGNMENT, "refuse_recall",       TASKS,  _with_words(actions.refuse_recall),       _("已告知单位。"),                       forms.RulingForm),
    StepPage(ASSIGNMENT, "ask_again",           TASKS,  _with_words(actions.ask_again),           _("已请会办单位重送意见。"),             forms.WordsForm),
    StepPage(ASSIGNMENT, "urge",                TASKS,  _with_words(actions.urge),                _("已催办，单位的经办和负责人会收到通知。"), forms.UrgeForm, _("期限不变，只提醒单位抓紧办。同一件任务一个工作日只催一次。")),
    StepPage(ASSIGNMENT, "remove_cohandler",    TASKS,  _with_words(actions.remove_cohandler),    _("已撤销会办。"),                       forms.WordsForm, tone="warning"),
    # the ledger
    StepPage(PROMISE,    "claim_done",          LEDGER, _with_words(actions.claim_done),          _("已报告，等代工委核实。"),             forms.EvidenceForm, tone="primary"),
    StepPage(PROMISE,    "confirm",             LEDGER, _with_words(actions.confirm),             _("已核实，代表和居民会知道。"),         forms.OptionalWordsForm, tone="primary"),
    StepPage(PROMISE,    "send_back_promise",   LEDGER, _with_words(actions.send_back_promise),   _("已退回继续办。"),                     forms.WordsForm),
    StepPage(PROMISE,    "break_promise",       LEDGER, _with_words(actions.break_promise),       _("已记下说明。"),                       forms.BrokenForm, _("由单位负责人说明，抄送代工委，代表会收到。"), "warning"),
    StepPage(PROMISE,    "explain_promise",     LEDGER, _with_words(actions.explain_promise),     _("已记下说明。"),                       forms.BrokenForm, _("任期结束时没有办完的承诺要书面说明；承诺继续有效，由原单位办下去。")),
    StepPage(PROMISE,    "reopen_promise",      LEDGER, _with_words(actions.reopen_promise),      _("已重新跟踪。"),                       forms.WordsForm),
    # the public copy
    StepPage(PUBLICATION, "publish",            COPIES, _with_words(actions.publish),             _("已公开。"),                           forms.PublicationForm, _("系统已隐去电话、证件号、车牌、门牌和邮箱。请再读一遍：人名和个案也要隐去。"), "primary"),
    StepPage(PUBLICATION, "update_publication", COPIES, _with_words(actions.update_publication),  _("公开内容已更新。"),                   forms.PublicationForm, _("系统已隐去电话、证件号、车牌、门牌和邮箱。请再读一遍：人名和个案也要隐去。")),
    StepPage(PUBLICATION, "keep_closed",        COPIES, _with_words(actions.keep_closed),         _("已记为不公开。"),                     forms.ReasonForm),
    StepPage(PUBLICATION, "take_back",          COPIES, _with_words(actions.take_back),           _("已从公开页撤下。"),                   forms.ReasonForm, tone="warning"),
]
# What deputies said at meetings; these have views of their own.
REMARKS = [
    StepPage(REMARK, "answer_on_the_spot",   MINUTES, _with_words(actions.answer_on_the_spot),   _("已记下答复，代表会收到。"), AnswerRemarkForm, tone="primary"),
    StepPage(REMARK, "pass_remark",          MINUTES, _with_words(actions.pass_remark),          _("已交单位，一个月内答复。"), PassRemarkForm, tone="primary"),
    StepPage(REMARK, "answer_remark",        MINUTES, _with_words(actions.answer_remark),        _("已答复代表。"),             AnswerRemarkForm, tone="primary"),
    StepPage(REMARK, "turn_into_suggestion", MINUTES, _plain(actions.turn_into_suggestion),      _("已起草，请补充具体建议后提交。")),
]
# Deputies and desks alike remove what they laid there; a view of its own leads each back home.
REMOVAL = StepPage(ATTACHMENT, "remove", "desk/attachments", _with_words(actions.remove_attachment), _("附件已移除。"), forms.WordsForm, _("文件会删除，列表里留下一行，写明什么时候、为什么移除的。"), "warning")
# fmt: on

ITEMS: dict[Workflow[Any, Any], Any] = {
    SUGGESTION: Suggestion,
    SIGNATURE: Signature,
    ASSIGNMENT: Assignment,
    PROMISE: Promise,
    PUBLICATION: Publication,
    FACE_RECORD: FaceRecord,
    MOTION: Motion,
}
BY_STEP = {(page.workflow.name, page.step): page for page in [*PAGES, *REMARKS]}


def visible_item(page: StepPage, user: Any, pk: int) -> Any:
    """The item, where this person may know of the step on it at all; else None."""
    return _visible(page.workflow, seats_of(user)).row(pk=pk)


@lru_cache(maxsize=QUESTIONS_KEPT)
def _visible(workflow: Workflow[Any, Any], seats: Seats) -> Question[Any]:
    return Question(_visible_items(workflow, seats).filter(pk=Place("pk")))


def _visible_items(workflow: Workflow[Any, Any], seats: Seats) -> Any:
    if workflow is REMARK:
        rows = Remark.objects.visible_from(seats).for_list()
        return rows.select_related("congress__region", "suggestion")
    visible = Suggestion.objects.visible_from(seats)
    if workflow is SUGGESTION:
        return visible.select_related("congress__region")
    items = ITEMS[workflow].objects.filter(suggestion__in=visible.values("pk"))
    return items.select_related("suggestion__congress__region")


def public_pages(items: Iterable[tuple[str, int]]) -> dict[tuple[str, int], tuple[str, str]]:
    """The address and the approved name of those suggestions among them that anyone may read."""
    kind = Suggestion.item_kind()
    ids = [pk for one, pk in items if one == kind]
    copies = Publication.objects.published().filter(suggestion__in=ids).for_list()
    return {
        (kind, copy.suggestion_id): (
            reverse("suggestions:published", args=copy.suggestion.public_address),
            f"{copy.suggestion.number} {copy.title}",
        )
        for copy in copies
    }
