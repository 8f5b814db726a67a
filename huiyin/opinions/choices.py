"""Channels a voice comes by, ways a matter can go, and the states on the way (docs/practice.md, residents' matters)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    WEB = "web", _("网上")
    CODE = "code", _("扫码")
    JOINED = "joined", _("同一件事，算我一个")
    WALK_IN = "walk_in", _("到家站面谈")
    PHONE = "phone", _("电话")
    HOME_VISIT = "home_visit", _("上门走访")
    MEETING = "meeting", _("座谈会")
    LETTER = "letter", _("来信")
    HOTLINE = "hotline", _("12345 热线")
    PLATFORM = "platform", _("其他平台")


# Written down by an officer who met the resident or opened the letter.
MET = (Channel.WALK_IN, Channel.PHONE, Channel.HOME_VISIT, Channel.MEETING, Channel.LETTER)


class State(models.TextChoices):
    """Where a matter stands. The R codes count these states (docs/practice.md)."""

    RECEIVED = "received", _("待分类")  # R0, R1
    ELSEWHERE = "elsewhere", _("已指明去处")  # R3e
    WITH_DEPUTY = "with_deputy", _("代表跟进")  # R3b
    WITH_DEPARTMENT = "with_department", _("部门办理")  # R3c, R4, R5
    IN_SUGGESTION = "in_suggestion", _("已写成代表建议")  # R3d
    ANSWERED = "answered", _("已有结果，待居民确认")  # R3a, R6, R7
    REOPENED = "reopened", _("居民说没解决，重新跟进")
    CLOSED = "closed", _("已了结")  # R8, R9
    MERGED = "merged", _("已并入同一件事")


class Way(models.TextChoices):
    """Every matter gets one; a deputy never handles a case himself (代表法 art. 31)."""

    ELSEWHERE = "elsewhere", _("不属代表受理，指明去处")
    ON_THE_SPOT = "on_the_spot", _("当场答复")
    DEPUTY = "deputy", _("代表跟进")
    DEPARTMENT = "department", _("转部门")
    HOTLINE = "hotline", _("转 12345 热线")
    SUGGESTION = "suggestion", _("写成代表建议")


class Subject(models.TextChoices):
    HOUSING = "housing", _("住房与物业")
    TRANSPORT = "transport", _("交通出行")
    SCHOOL = "school", _("教育")
    HEALTH = "health", _("医疗卫生")
    ELDERLY = "elderly", _("养老托育")
    ENVIRONMENT = "environment", _("环境卫生")
    LABOUR = "labour", _("就业与社保")
    SAFETY = "safety", _("安全")
    MARKET = "market", _("市场与消费")
    FARMING = "farming", _("农业农村")
    CONSTRUCTION = "construction", _("城市建设")
    OTHER = "other", _("其他")


class ProposalState(models.TextChoices):
    OPEN = "open", _("待确认")
    ACCEPTED = "accepted", _("已合并")
    REJECTED = "rejected", _("不是同一件事")


class Door(models.TextChoices):
    """Where a matter belongs that a deputy does not take (docs/practice.md, residents' matters)."""

    COURT = "court", _("已在或应当去法院的事")
    PETITION = "petition", _("信访程序中的事")
    POLICE = "police", _("应当报警或向公安机关反映的事")
    DISCIPLINE = "discipline", _("检举控告，向纪检监察机关反映")
    PRIVATE = "private", _("私人之间的纠纷，可找人民调解")
    OTHER = "other", _("其他")
