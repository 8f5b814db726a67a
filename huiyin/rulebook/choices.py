"""Which rules there are, what they are counted in, and how much room the law leaves below it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Key(models.TextChoices):
    """Every rule the house asks for. A pack that names another is refused."""

    HANDOVER_BETWEEN_SESSION = "handover.between_session", _("闭会期间建议的交办")
    SIGNING_WINDOW = "signing.window", _("承办单位签收")
    RETURN_WINDOW = "return.window", _("承办单位申请退办")
    REHANDOVER_WINDOW = "rehandover.window", _("退办后重新交办")
    CONTACT_WINDOW = "contact.window", _("承办单位联系代表")
    COHANDLER_WINDOW = "cohandler.window", _("会办单位出具意见")
    COHANDLER_AGAIN = "cohandler.again", _("会办单位补充意见")
    URGE_AGAIN = "urge.again", _("催办后再次催办")
    DISTRIBUTE_WINDOW = "distribute.window", _("政府办分办")
    COUNTERSIGN_WINDOW = "countersign.window", _("共同主办单位会签")
    EXTENSION_CONSENT = "extension.consent", _("延期答复要经同意")
    EXTENSION_RULING = "extension.ruling", _("答复延期申请")
    REPLY_NORMAL = "reply.normal", _("答复代表")
    REPLY_MAX = "reply.max", _("答复代表（最长）")
    RATING_WINDOW = "rating.window", _("代表评价")
    REDO_WINDOW = "redo.window", _("不满意后重新办理")
    PROMISE_CHECK = "promise.check", _("核查承诺是否兑现")
    PROMISE_NOTICE = "promise.notice", _("承诺到期前提醒")
    LEDGER_NOTICE = "ledger.notice", _("承诺台账年度通报")
    REMARK_ANSWER = "remark.answer", _("视察、座谈中所提意见的答复")
    RECEPTION_CLASSIFY = "reception.classify", _("群众意见分类")
    RECEPTION_ANSWER = "reception.answer", _("群众意见答复")
    RECEPTION_COMPLEX = "reception.complex", _("复杂意见答复")
    RECEPTION_PUBLISH = "reception.publish", _("接待安排提前公布")
    RECEPTION_SAME = "reception.same", _("同一件事的话相隔多久以内")
    RESIDENT_RATE = "resident.rate", _("群众评价")
    RESIDENT_REOPEN = "resident.reopen", _("群众反映未解决后的处理")
    MOTION_SIGNERS = "motion.signers", _("议案联名人数")
    MOTION_BY_DELEGATION = "motion.by_delegation", _("代表团可以提出议案")
    DELEGATION_MAJORITY = "delegation.majority", _("代表团提出须全团过（百分之，须超过）")
    MOTION_BETWEEN = "motion.between", _("闭会期间可以提出议案")
    MOTION_SECOND_NUMBER = "motion.second_number", _("议案转为建议后另编建议号")
    MOTION_PASS = "motion.pass", _("闭会期间的议案交委员会")
    MOTION_OPINION = "motion.opinion", _("闭会期间的议案委员会提出意见")
    MOTION_REPORT = "motion.report", _("会后审议的议案提出审议结果报告")
    MOTION_ORGAN = "motion.organ", _("有关机关报告议案办理情况")
    MOTION_AGAIN = "motion.again", _("有关机关重新报告议案办理情况")
    MOTION_RECONSIDER = "motion.reconsider", _("要求复议的截止（最后一次主席团会议前几小时）")
    REPLY_CLASSES = "reply.classes", _("答复的结果类别")
    MEETING_CONFIRMED = "meeting.confirmed", _("代表确认的面复才计入见面率")
    KEY_COUNT_MIN = "key.count_min", _("每年重点督办建议件数")
    # supervision: key items, appraisal of units, awards, the yearly call
    KEY_REPORT = "key.report", _("重点督办向主任会议报告")
    APPRAISAL_WEIGHTS = "appraisal.weights", _("承办单位评分各项分值")
    APPRAISAL_DEDUCTIONS = "appraisal.deductions", _("承办单位评分扣分")
    APPRAISAL_ALIKE = "appraisal.alike", _("答复雷同的相似度（百分之）")
    APPRAISAL_REPLY = "appraisal.reply", _("承办单位核对评分")
    APPRAISAL_RULING = "appraisal.ruling", _("评分异议裁定")
    REVIEW_UNITS = "review.units_year", _("每年向常委会报告办理情况的单位数")
    REVIEW_REPORT = "review.report", _("报告单位送交书面报告")
    REVIEW_RECTIFY = "review.rectify", _("测评未通过后的整改")
    REVIEW_PASS = "review.pass", _("测评通过所需赞成票（占全体组成人员百分之，须超过）")
    AWARD_SUGGESTIONS = "award.suggestions", _("每年优秀建议件数")
    AWARD_UNITS = "award.units", _("每年先进承办单位个数")
    AWARD_CANDIDATES = "award.candidates", _("候选人选与名额之比（倍）")
    AWARD_JURY = "award.jury_min", _("每个候选至少几位评委打分")
    AWARD_OBJECTION = "award.objection", _("评选结果公示")
    AWARD_RULING = "award.ruling", _("公示异议核查")
    PRECHECK_WINDOW = "precheck.window", _("预审意见反馈代表")
    RECEPTION_PER_DEPUTY_YEAR = "reception.per_deputy_year", _("代表每年接待次数")
    GROUP_PER_YEAR = "group.per_year", _("代表小组每年活动次数")
    ABSENCE_LIMIT = "absence.limit", _("未经批准不出席会议次数")
    POINTS_LOW = "points.low", _("履职积分偏低线")
    ROLL_POSTING = "roll.posting", _("选民名单公布（选举日前）")
    CANDIDATE_FIRST = "candidate.first", _("初步候选人名单公布（选举日前）")
    CANDIDATE_FORMAL = "candidate.formal", _("正式候选人名单公布（选举日前）")
    OBJECTION_WINDOW = "objection.window", _("对选民名单提出申诉")
    DECISION_WINDOW = "decision.window", _("选举委员会处理申诉")
    SUIT_WINDOW = "suit.window", _("不服申诉决定起诉（选举日前）")
    WARNING_YELLOW = "warning.yellow", _("到期前黄色提醒")
    WARNING_ORANGE = "warning.orange", _("到期前橙色提醒")
    REMINDER_FROM = "reminder.from", _("提醒从几点起发")
    REMINDER_TO = "reminder.to", _("提醒到几点止")
    DIGEST_AT = "digest.at", _("每日摘要几点发")
    RATES_TELEPHONE = "rates.telephone_meets", _("电话算见面")
    RATES_FEW = "rates.few", _("比较时样本太少的件数")
    ROUTING_EXAMPLES = "routing.examples_min", _("推荐承办单位前至少学习的交办件数")
    ROLL_TO_WORKING_DAY = "counting.roll_to_working_day", _("到期日遇休息日顺延")
    RETENTION_VOICE = "retention.voice", _("群众意见保存")
    RETENTION_CONTACT = "retention.contact", _("群众联系方式保存")
    RETENTION_ATTACHMENT = "retention.attachment", _("群众所传图片保存")
    RETENTION_LOG = "retention.log", _("访问日志保存")


class Unit(models.TextChoices):
    MONTHS = "months", _("个月")
    WORKING_DAYS = "working_days", _("个工作日")
    DAYS = "days", _("日")


class Latitude(models.TextChoices):
    """What a law leaves to the rules of a smaller place."""

    NONE = "none", _("不得变更")
    SHORTER = "shorter", _("地方可以更短")
    LONGER = "longer", _("地方可以更长")
    FREE = "free", _("地方可以另定")


class Urgency(models.TextChoices):
    CALM = "calm", _("正常")
    YELLOW = "yellow", _("临近到期")
    ORANGE = "orange", _("即将到期")
    RED = "red", _("逾期")


# What a reminder says behind the name of its limit.
LEVELS = {
    Urgency.YELLOW: _("即将到期"),
    Urgency.ORANGE: _("快到期了"),
    Urgency.RED: _("已经逾期"),
}


class Holiday(models.TextChoices):
    """Names under which the calendar's package knows the public holidays."""

    NEW_YEAR = "New Year's Day", _("元旦")
    SPRING = "Spring Festival", _("春节")
    TOMB_SWEEPING = "Tomb-sweeping Day", _("清明节")
    LABOUR = "Labour Day", _("劳动节")
    DRAGON_BOAT = "Dragon Boat Festival", _("端午节")
    MID_AUTUMN = "Mid-autumn Festival", _("中秋节")
    NATIONAL = "National Day", _("国庆节")
    VICTORY = "Anti-Fascist 70th Day", _("抗战胜利纪念日")


class Area(models.TextChoices):
    """The part of the work a rule belongs to: how pages group them."""

    HANDLING = "handling", _("办理代表建议")
    MOTIONS = "motions", _("议案")
    RECEPTION = "reception", _("听取群众意见")
    DEPUTIES = "deputies", _("代表履职")
    ELECTION = "election", _("选举")
    RETENTION = "retention", _("资料保存")
    COUNTING = "counting", _("计算与提醒")


ELECTION_KEYS = frozenset(
    {
        Key.ROLL_POSTING,
        Key.CANDIDATE_FIRST,
        Key.CANDIDATE_FORMAL,
        Key.OBJECTION_WINDOW,
        Key.DECISION_WINDOW,
        Key.SUIT_WINDOW,
    }
)
DEPUTIES_KEYS = frozenset(
    {
        Key.RECEPTION_PER_DEPUTY_YEAR,
        Key.GROUP_PER_YEAR,
        Key.ABSENCE_LIMIT,
        Key.POINTS_LOW,
    }
)
AREA_OF_PREFIX = {
    "motion": Area.MOTIONS,
    "delegation": Area.MOTIONS,
    "reception": Area.RECEPTION,
    "resident": Area.RECEPTION,
    "retention": Area.RETENTION,
    "counting": Area.COUNTING,
    "rates": Area.COUNTING,
    "warning": Area.COUNTING,
    "reminder": Area.COUNTING,
    "digest": Area.COUNTING,
}


def area_of(key: str) -> Area:
    if key in ELECTION_KEYS:
        return Area.ELECTION
    if key in DEPUTIES_KEYS:
        return Area.DEPUTIES
    return AREA_OF_PREFIX.get(key.partition(".")[0], Area.HANDLING)


# A term that has a hard end by itself: the longest time the law allows at all.
MAXIMUM_OF = {Key.REPLY_NORMAL.value: Key.REPLY_MAX.value}
