"""States, classes and reasons of a suggestion's life (docs/practice.md)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """The codes in comments, S0 to SX, count the states of a suggestion (docs/practice.md)."""

    DRAFT = "draft", _("草稿")  # S0
    COLLECTING = "collecting", _("待联名")  # S1
    EXAMINING = "examining", _("审查中")  # S2, S3
    MOTION_DONE = "motion_done", _("议案办结")  # M14
    MOVED = "moved", _("按议案办理")  # M2 to M7, M9 to M14
    RETURNED = "returned", _("退回修改")  # S3R
    REFUSED = "refused", _("不予受理")  # SN
    LETTER = "letter", _("作来信处理")  # SL
    REGISTERED = "registered", _("已立案")  # S4
    ASSIGNING = "assigning", _("拟交办")  # S5
    HANDED_OVER = "handed_over", _("待签收")  # S6
    DISTRIBUTING = "distributing", _("政府办分办")  # S6G
    HANDLING = "handling", _("办理中")  # S7
    RETURN_ASKED = "return_asked", _("申请退办")  # S7B
    EXTENSION_ASKED = "extension_asked", _("申请延期")  # S7E
    DRAFTING = "drafting", _("拟答复")  # S8
    REVIEWING = "reviewing", _("待审核签发")  # S8A
    REPLIED = "replied", _("已答复，待评价")  # S9, S10
    RATED = "rated", _("已评价")  # S11
    REDOING = "redoing", _("重新办理")  # S12
    COORDINATING = "coordinating", _("协调研究")  # S12B
    TRACKING = "tracking", _("承诺跟踪")  # S14
    CLOSED = "closed", pgettext_lazy("状态", "办结")  # S13
    MERGED = "merged", _("已并案")  # SM
    REFERRED = "referred", _("已转作参考")  # the mode of that name
    WITHDRAWN = "withdrawn", _("已撤回")  # SX


FINISHED = (
    State.CLOSED,
    State.WITHDRAWN,
    State.REFUSED,
    State.LETTER,
    State.REFERRED,
    State.MOTION_DONE,
)


class Proposer(models.TextChoices):
    """In whose name a paper is handed in (docs/practice.md, proposers)."""

    DEPUTIES = "deputies", _("代表")
    DELEGATION = "delegation", _("代表团")


class MotionKind(models.TextChoices):
    """What motions are usually about (Shanghai on motions, art. 6)."""

    REGULATION = "regulation", _("制定、修改、废止地方性法规")
    IMPLEMENTATION = "implementation", _("宪法法律实施中须由大会决定的")
    SUPERVISION = "supervision", _("对政府、法院、检察院的监督")
    MAJOR_MATTER = "major_matter", _("重大事项的决议、决定")
    OTHER = "other", _("大会职权内的其他事项")


class MotionState(models.TextChoices):
    """The codes in comments, M0 to MX, count the states of a motion (docs/practice.md)."""

    WRITING = "writing", _("起草和联名")  # M0, M1
    SUBMITTED = "submitted", _("已提出，待登记")  # M2
    RETURNED = "returned", _("请代表修改")
    REGISTERED = "registered", _("已登记")  # M3
    EXAMINING = "examining", _("委员会审查")  # M4
    DECIDING = "deciding", _("待主席团决定")  # M5
    ON_AGENDA = "on_agenda", _("已列入议程")  # M6
    REFERRED = "referred", _("交会后审议")  # M7
    CONVERTED = "converted", _("已转为建议")  # M8
    REFUSED = "refused", _("不作为议案")  # M9
    ADOPTED = "adopted", _("大会通过")  # M10
    REJECTED = "rejected", _("大会未通过")  # M10
    REPORTED = "reported", _("待常委会审议报告")  # M11
    HANDED_OVER = "handed_over", _("交有关机关办理")  # M12
    ANSWERED = "answered", _("机关已报告")  # M13
    CLOSED = "closed", pgettext_lazy("状态", "办结")  # M14
    WITHDRAWN = "withdrawn", _("已撤回")  # MX


MOTION_OVER = (
    MotionState.CONVERTED,
    MotionState.REFUSED,
    MotionState.CLOSED,
    MotionState.WITHDRAWN,
)


class Body(models.TextChoices):
    """Who decides on a motion; the director writes it down."""

    PRESIDIUM = "presidium", _("主席团")
    PLENARY = "plenary", _("大会全体会议")
    STANDING_COMMITTEE = "standing", _("常委会")


class Advice(models.TextChoices):
    """What a committee proposes to the presidium."""

    AGENDA = "agenda", _("列入本次会议议程")
    AFTER_SESSION = "after_session", _("交专门委员会会后审议")
    SUGGESTION = "suggestion", _("转为建议办理")
    NO_MOTION = "no_motion", _("不作为议案")


class Outcome(models.TextChoices):
    """What the standing committee makes of the report (Shanghai on motions, art. 19)."""

    ORGAN = "organ", _("交有关机关研究办理")
    PLAN = "plan", _("列入立法或工作计划")
    NEXT_SESSION = "next_session", _("建议列入下次大会议程")
    COMMITTEE_AGENDA = "committee_agenda", _("列入常委会会议议程")
    REFERENCE = "reference", _("作为工作参考")


class RecordState(models.TextChoices):
    """A face-to-face reply as the deputy saw it (Shandong art. 22)."""

    RECORDED = "recorded", _("待代表确认")
    CONFIRMED = "confirmed", _("代表已确认")
    DISPUTED = "disputed", _("代表有异议")


class ConveningKind(models.TextChoices):
    """What follows a second "not satisfied" (Chongqing art. 27, Henan art. 22)."""

    MEETING = "meeting", _("召集代表和单位面商")
    EXPERTS = "experts", _("请专家评估")
    EXPLANATION = "explanation", _("专题说明")


class Subject(models.TextChoices):
    POLITICS_LAW = "politics_law", _("政治法律")
    FINANCE = "finance", _("财政经济")
    CONSTRUCTION = "construction", _("城建环保")
    EDUCATION_HEALTH = "education_health", _("教科文卫")
    FARMING = "farming", _("农业农村")
    SOCIAL = "social", _("社会保障")
    OTHER = "other", _("其他")


class Openness(models.TextChoices):
    """The deputy's wish; publication is decided by the committee (docs/practice.md, publication)."""

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
    """Why a suggestion is not accepted as it is (docs/practice.md, reasons)."""

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


class Mode(models.TextChoices):
    """Who handles and who answers (docs/practice.md, modes). Merging is a state, not a mode."""

    SINGLE = "single", _("单办")
    COHANDLED = "cohandled", _("主办会办")
    SEPARATE = "separate", _("分别办理")
    JOINT = "joint", _("联合主办")
    GOVERNMENT = "government", _("市政府办理")
    DISTRIBUTED = "distributed", _("交政府办分办")
    REFERENCE = "reference", _("作参考")


class AssignmentRole(models.TextChoices):
    LEAD = "lead", _("主办")
    COHANDLER = "cohandler", _("会办")
    SEPARATE = "separate", _("分办")
    JOINT = "joint", _("共同主办")
    OFFICE = "office", _("分办机关")
    REFERENCE = "reference", _("参阅")


# Who owes the deputy a letter of its own, and who has a part in one.
ANSWERING = (AssignmentRole.LEAD, AssignmentRole.SEPARATE)
# The unit lists name first: who answers, or who passes on.
HEADS = (*ANSWERING, AssignmentRole.OFFICE)


class AssignmentState(models.TextChoices):
    PROPOSED = "proposed", _("拟交办")
    HANDED_OVER = "handed_over", _("待签收")
    HANDLING = "handling", _("办理中")
    RETURN_ASKED = "return_asked", _("申请退办")
    RETURNED = "returned", _("已退办")
    EXTENSION_ASKED = "extension_asked", _("申请延期")
    OPINION_GIVEN = "opinion_given", _("会办意见已送")
    AGREED = "agreed", _("已会签")
    REVIEWING = "reviewing", _("待审核签发")
    REPLIED = "replied", _("已答复")
    RECALL_ASKED = "recall_asked", _("申请收回答复")
    NOTED = "noted", _("已收阅")
    ENDED = "ended", _("已终止")


class RequestKind(models.TextChoices):
    """What a unit asks for in writing beside its release (T16, T33)."""

    EXTENSION = "extension", _("延期")
    RECALL = "recall", _("收回答复")


class ReopenGround(models.TextChoices):
    """What showed that a closed suggestion was not carried out (T37, Qingdao art. 31)."""

    TEST = "test", _("常委会测评")
    ASSESSMENT = "assessment", _("第三方评估")
    INSPECTION = "inspection", _("检查核实")


class Occasion(models.TextChoices):
    """Where a deputy said it (Qingdao art. 32)."""

    MEETING = "meeting", _("常委会会议")
    INSPECTION = "inspection", _("视察调研")
    TALK = "talk", _("座谈联系")


class RemarkState(models.TextChoices):
    NOTED = "noted", _("已记录")
    ASSIGNED = "assigned", _("待单位答复")
    ANSWERED = "answered", _("已答复代表")
    TURNED = "turned", _("已写成建议")


class ContactKind(models.TextChoices):
    MEETING = "meeting", _("座谈")
    VISIT = "visit", _("走访")
    TELEPHONE = "telephone", _("电话")
    OTHER = "other", _("其他")


FACE_TO_FACE = (ContactKind.MEETING, ContactKind.VISIT)


class ResultClass(models.TextChoices):
    """What a reply comes to, under the product's own names.

    Marks and words are the congress's (rule `reply.classes`); counting and the
    demand for a promise rest on these four meanings.
    """

    A = "A", _("A 已解决或采纳")
    B = "B", _("B 正在解决或列入计划")
    C = "C", _("C 因条件或政策限制暂难解决")
    D = "D", _("D 留作参考或向上反映")


class ReplyState(models.TextChoices):
    DRAFT = "draft", _("拟稿")
    REVIEWING = "reviewing", _("送审")
    SIGNED = "signed", _("已签发")


class AttachmentPart(models.TextChoices):
    """What an attachment belongs to."""

    TEXT = "text", _("正文附件")
    CONTACT = "contact", _("联系记录附件")
    REPLY = "reply", _("答复附件")
    PROMISE = "promise", _("兑现证明")
    SIGNED_PAPER = "signed_paper", _("签字件")


class AttachmentState(models.TextChoices):
    KEPT = "kept", _("在用")
    REMOVED = "removed", _("已移除")


class PaperKind(models.TextChoices):
    PDF = "pdf", "PDF"
    JPEG = "jpeg", _("图片")


class Score(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")


class Oddity(models.TextChoices):
    """Signs for the committee only that ratings may not have been given freely (peers' U16)."""

    TOGETHER = "together", _("三位以上代表在一分钟内全部评满意")
    AT_ONCE = "at_once", _("答复签发两分钟内就有评价")
    NO_CONTACT = "no_contact", _("代表说没有沟通，单位却记了见面")


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


class OldKind(models.TextChoices):
    """What an old item was handed in as."""

    SUGGESTION = "suggestion", _("建议")
    CONVERTED = "converted", _("议案转建议")


class Gap(models.TextChoices):
    """What the file of an old item does not tell; a rate that needs it leaves the item out."""

    TALKS = "talks", pgettext_lazy("旧件", "沟通记录")
    CLASSES = "classes", pgettext_lazy("旧件", "答复类别")
    RETURNS = "returns", pgettext_lazy("旧件", "退办")
    EXTENSIONS = "extensions", pgettext_lazy("旧件", "延期")
    RATINGS = "ratings", pgettext_lazy("旧件", "评价")
    PROMISES = "promises", pgettext_lazy("旧件", "承诺")
