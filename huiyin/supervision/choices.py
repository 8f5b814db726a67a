"""States, criteria and results of supervision (docs/practice.md, key items)."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class KeyState(models.TextChoices):
    CANDIDATE = "candidate", _("候选")
    DROPPED = "dropped", _("未列入")
    DECIDED = "decided", _("已确定，待通知")
    SUPERVISED = "supervised", _("督办中")
    REPORTED = "reported", _("已报告，待审议")
    CONCLUDED = "concluded", _("督办结束")


ON_NOTICE = (KeyState.SUPERVISED, KeyState.REPORTED, KeyState.CONCLUDED)
CHOSEN = (KeyState.DECIDED, *ON_NOTICE)


class Criterion(models.TextChoices):
    """Why an item is worth the chairpersons' own eye (Qingdao art. 21, Shandong art. 14)."""

    MAJOR = "major", _("事关全局或群众反映强烈")
    MANY = "many", _("多名代表提出")
    WIDE = "wide", _("综合性强、涉及面广、办理难度大")
    FOCUS = "focus", _("常委会和政府年度重点")


class ActKind(models.TextChoices):
    """What counts as an act of supervision."""

    MEETING = "meeting", _("座谈调度")
    VISIT = "visit", _("现场视察")
    HEARING = "hearing", _("听证询问")
    URGE = "urge", _("书面催办")


class Result(models.TextChoices):
    SOLVED = "solved", _("已解决")
    PARTLY = "partly", _("部分解决，继续跟踪")
    UNSOLVED = "unsolved", pgettext_lazy("督办结果", "没有解决")


class AppraisalState(models.TextChoices):
    RUNNING = "counting", _("计分中")
    SHOWN = "shown", _("单位核对中")
    FINAL = "final", _("已定案")


class CardState(models.TextChoices):
    DRAFT = "card_draft", _("计分中")
    SHOWN = "card_shown", _("待单位核对")
    AGREED = "card_agreed", _("单位已确认")
    FINAL = "card_final", _("已定案")


class Line(models.TextChoices):
    """The lines of the score sheet (docs/practice.md, appraisal): five that give points, three that take some."""

    ON_TIME = "on_time", _("按期答复")
    CONTACT = "contact", _("联系代表")
    QUALITY = "quality", _("答复质量")
    SATISFACTION = "satisfaction", _("代表满意")
    IMPLEMENTATION = "implementation", _("落实和承诺兑现")
    LATE = "late", _("逾期答复")
    REDO = "redo", _("重新办理")
    BROKEN = "broken", _("承诺未兑现")


GIVING = (Line.ON_TIME, Line.CONTACT, Line.QUALITY, Line.SATISFACTION, Line.IMPLEMENTATION)
OF_PROMISES = (Line.IMPLEMENTATION, Line.BROKEN)


class Wanted(models.TextChoices):
    """What a unit asks for when it objects to one row of its score sheet."""

    COUNTS_WELL = "counts_well", _("应当算作做到")
    LEFT_OUT = "left_out", _("不应当计入")


class RulingState(models.TextChoices):
    OPEN = "ruling_open", _("待裁定")
    GRANTED = "ruling_granted", _("异议成立")
    REFUSED = "ruling_refused", _("异议不成立")


class ReviewState(models.TextChoices):
    CHOSEN = "review_chosen", _("待送报告")
    REPORTED = "review_reported", _("已送报告，待测评")
    VOTING = "review_voting", _("正在测评")
    COUNTED = "review_counted", _("已测评")
    RECTIFYING = "review_rectifying", _("整改中")
    RECTIFIED = "review_rectified", _("已报整改，待审")
    ENDED = "review_ended", _("整改通过")
    CANCELLED = "review_cancelled", _("已取消")


RESULT_OUT = (
    ReviewState.COUNTED,
    ReviewState.RECTIFYING,
    ReviewState.RECTIFIED,
    ReviewState.ENDED,
)


class Vote(models.TextChoices):
    SATISFIED = "satisfied", _("满意")
    BASICALLY = "basically", _("基本满意")
    DISSATISFIED = "dissatisfied", _("不满意")
    ABSTAINED = "abstained", _("弃权")


class AwardKind(models.TextChoices):
    SUGGESTION = "suggestion", _("优秀建议")
    UNIT = "unit", _("先进承办单位")


class AwardState(models.TextChoices):
    NOMINATING = "award_nominating", _("推荐候选")
    JUDGING = "award_judging", _("评委打分")
    PROPOSED = "award_proposed", _("拟定名单")
    PUBLISHED = "award_published", _("公示中")
    DECIDED = "award_decided", _("已表彰")


class CandidateState(models.TextChoices):
    NOMINATED = "award_nominated", _("候选")
    REMOVED = "award_removed", _("已移出")
    PROPOSED = "award_chosen", _("拟表彰")
    UNCHOSEN = "award_unchosen", _("未入选")
    AWARDED = "award_given", _("已表彰")


class Merit(models.TextChoices):
    """Why a suggestion or a unit stands on the short list: each a fact the system holds."""

    ALL_SATISFIED = "all_satisfied", _("联名代表都表示满意")
    SOLVED = "solved", _("已解决或采纳（A 类）")
    KEPT = "kept", _("承诺全部兑现")
    FROM_VOICES = "from_voices", _("来自居民反映")
    JOINT = "joint", _("多名代表联名")
    KEY_ITEM = "key_item", _("列入重点督办")
    HIGH_SCORE = "high_score", _("年度评分靠前")
    NEVER_LATE = "never_late", _("没有逾期答复")
    PASSED = "passed", _("常委会测评通过")
    NOMINATED = "nominated", _("推荐")


class CallState(models.TextChoices):
    DRAFT = "call_draft", _("拟稿")
    OPEN = "call_open", _("征集中")
    CLOSED = "call_closed", _("已结束")


class ClueState(models.TextChoices):
    OFFERED = "clue_offered", _("待认领")
    TAKEN = "clue_taken", _("已认领")
    DROPPED = "clue_dropped", _("已撤下")


class PrecheckState(models.TextChoices):
    ASKED = "precheck_asked", _("待预审")
    COMMENTED = "precheck_commented", _("已反馈")
    WITHDRAWN = "precheck_withdrawn", _("代表已收回")
