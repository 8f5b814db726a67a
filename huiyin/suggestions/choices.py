"""States, classes and reasons of a suggestion's life (domain.md 2.3 to 2.9)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The codes in comments are those of domain.md 2.4."""

    DRAFT = "draft", _("草稿")  # S0
    COLLECTING = "collecting", _("待联名")  # S1
    EXAMINING = "examining", _("审查中")  # S2, S3
    RETURNED = "returned", _("退回修改")  # S3R
    REFUSED = "refused", _("不予受理")  # SN
    LETTER = "letter", _("作来信处理")  # SL
    REGISTERED = "registered", _("已立案")  # S4
    ASSIGNING = "assigning", _("拟交办")  # S5
    HANDED_OVER = "handed_over", _("待签收")  # S6
    HANDLING = "handling", _("办理中")  # S7
    RETURN_ASKED = "return_asked", _("申请退办")  # S7B
    DRAFTING = "drafting", _("拟答复")  # S8
    REVIEWING = "reviewing", _("待审核签发")  # S8A
    REPLIED = "replied", _("已答复，待评价")  # S9, S10
    RATED = "rated", _("已评价")  # S11
    REDOING = "redoing", _("重新办理")  # S12
    COORDINATING = "coordinating", _("协调研究")  # S12B
    TRACKING = "tracking", _("承诺跟踪")  # S14
    CLOSED = "closed", pgettext_lazy("状态", "办结")  # S13
    WITHDRAWN = "withdrawn", _("已撤回")  # SX


FINISHED = (State.CLOSED, State.WITHDRAWN, State.REFUSED, State.LETTER)
BEFORE_NUMBER = (State.DRAFT, State.COLLECTING, State.EXAMINING, State.RETURNED)


class Subject(models.TextChoices):
    POLITICS_LAW = "politics_law", _("政治法律")
    FINANCE = "finance", _("财政经济")
    CONSTRUCTION = "construction", _("城建环保")
    EDUCATION_HEALTH = "education_health", _("教科文卫")
    FARMING = "farming", _("农业农村")
    SOCIAL = "social", _("社会保障")
    OTHER = "other", _("其他")


class Openness(models.TextChoices):
    """The deputy's wish; publication is decided by the committee (domain.md 2.12)."""

    FULL = "full", _("同意全文公开")
    TITLE = "title", _("仅同意公开标题")
    CLOSED = "closed", _("不宜公开")


class SignatureState(models.TextChoices):
    INVITED = "invited", _("待确认")
    SIGNED = "signed", _("已签名")
    STALE = "stale", _("文本已改，待重签")
    DECLINED = "declined", _("不附议")
    REMOVED = "removed", _("已移除")


class Reason(models.TextChoices):
    """Why a suggestion is not accepted as it is (domain.md 2.3)."""

    N01 = "N01", _("为本人、亲属或只为本单位解决个人问题")
    N02 = "N02", _("转递他人信件或材料")
    N03 = "N03", _("检举、控告、申诉类来信")
    N04 = "N04", _("涉及具体的司法或监察案件")
    N05 = "N05", _("涉及正在进行的招标投标的具体中标人")
    N06 = "N06", _("学术讨论、产品推介")
    N07 = "N07", _("法律或政策咨询")
    N08 = "N08", _("没有实际内容")
    N09 = "N09", _("不属本行政区域国家机关职权")
    N10 = "N10", _("与本人有利害关系或干扰正常经济活动")
    N11 = "N11", _("涉及国家秘密，应走保密渠道")
    N12 = "N12", _("一件写了几个事项，请分开提出")
    N13 = "N13", _("法律法规规定不应作为代表建议的其他情形")


class AssignmentRole(models.TextChoices):
    LEAD = "lead", _("主办")
    COHANDLER = "cohandler", _("会办")


class AssignmentState(models.TextChoices):
    PROPOSED = "proposed", _("拟交办")
    HANDED_OVER = "handed_over", _("待签收")
    HANDLING = "handling", _("办理中")
    RETURN_ASKED = "return_asked", _("申请退办")
    RETURNED = "returned", _("已退办")
    OPINION_GIVEN = "opinion_given", _("会办意见已送")
    REPLIED = "replied", _("已答复")
    ENDED = "ended", _("已终止")


class ContactKind(models.TextChoices):
    MEETING = "meeting", _("座谈")
    VISIT = "visit", _("走访")
    TELEPHONE = "telephone", _("电话")
    OTHER = "other", _("其他")


FACE_TO_FACE = (ContactKind.MEETING, ContactKind.VISIT)


class ResultClass(models.TextChoices):
    """The product's default scheme; names are settings of the congress (domain.md 2.6)."""

    A = "A", _("A 已解决或采纳")
    B = "B", _("B 正在解决或列入计划")
    C = "C", _("C 因条件或政策限制暂难解决")
    D = "D", _("D 留作参考或向上反映")


class ReplyState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    REVIEWING = "reviewing", _("送审")
    SIGNED = "signed", _("已签发")


class Score(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class PromiseKind(models.TextChoices):
    DO = "do", _("办实事")
    PLAN = "plan", _("列入规划计划")
    FUND = "fund", _("安排资金")
    RULE = "rule", _("立规建制")
    REPORT = "report", _("向上反映")


class PromiseState(models.TextChoices):
    DRAFT = "draft", _("随答复拟定")
    DROPPED = "dropped", _("拟定时删去")
    OPEN = "open", _("在办")
    CLAIMED = "claimed", _("单位称已完成，待核实")
    KEPT = "kept", _("已兑现")
    BROKEN = "broken", _("未能兑现，已书面说明")


class PublicationState(models.TextChoices):
    PROPOSED = "proposed", _("待审定")
    PUBLISHED = "published", _("已公开")
    KEPT_CLOSED = "kept_closed", _("不公开")
    TAKEN_BACK = "taken_back", _("已撤下")
