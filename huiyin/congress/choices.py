"""Levels, roles and states of a congress and its people."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    PROVINCE = "province", _("省级")
    CITY = "city", _("市级")
    COUNTY = "county", _("县级")
    TOWNSHIP = "township", _("乡级")


class Role(models.TextChoices):
    """What an appointment lets one do (docs/practice.md, roles)."""

    CLERK = "clerk", _("代工委经办")
    DIRECTOR = "director", _("代工委负责人")
    MEMBER = "member", _("常委会组成人员")
    COMMITTEE = "committee", _("专委会工作人员")
    GOVERNMENT = "government", _("政府办公厅督查")
    UNIT_CLERK = "unit_clerk", _("承办单位经办")
    UNIT_LEADER = "unit_leader", _("承办单位负责人")
    LIAISON = "liaison", _("家站联络员")
    SYSTEM_ADMINISTRATOR = "system_administrator", _("系统管理员")
    SECURITY_ADMINISTRATOR = "security_administrator", _("安全管理员")
    AUDITOR = "auditor", _("审计管理员")


# Three separated administrators: one person may not hold two of them (docs/practice.md, administrators).
SEPARATED = frozenset({Role.SYSTEM_ADMINISTRATOR, Role.SECURITY_ADMINISTRATOR, Role.AUDITOR})


class AccountStep(models.TextChoices):
    """What becomes of somebody's way in."""

    OPEN_ACCOUNT = "open_account", _("开通账号")
    GIVE_PASSWORD = "give_password", _("给新的一次性密码")
    CHOOSE_PASSWORD = "choose_password", _("本人换了密码")
    RESET_SECOND_FACTOR = "reset_second_factor", _("重设第二因素")
    CLOSE_ACCOUNT = "close_account", _("停用账号")
    REOPEN_ACCOUNT = "reopen_account", _("恢复账号")


class UnitKind(models.TextChoices):
    OFFICE = "office", _("政府办公厅")
    DEPARTMENT = "department", _("政府部门")
    DISTRICT = "district", _("县区政府")
    COURT = "court", _("法院")
    PROCURATORATE = "procuratorate", _("检察院")
    SUPERVISION = "supervision", _("监委")
    OTHER = "other", _("其他机关")


class ElectingKind(models.TextChoices):
    CONSTITUENCY = "constituency", _("选区")
    ELECTING_UNIT = "electing_unit", _("选举单位")


class MandateState(models.TextChoices):
    ACTIVE = "active", _("执行职务")
    SUSPENDED = "suspended", _("暂停执行职务")
    ENDED = "ended", _("资格终止")


class EndGround(models.TextChoices):
    """The closed list of 代表法 art. 62; death ends a mandate naturally."""

    MOVED = "moved", _("迁出或者调离本行政区域")
    RESIGNED = "resigned", _("辞职被接受")
    ORDERED_TO_RESIGN = "ordered_to_resign", _("责令辞职被接受")
    ABSENT = "absent", _("未经批准两次不出席本级人代会会议")
    RECALLED = "recalled", _("被罢免")
    NATIONALITY = "nationality", _("丧失中华人民共和国国籍")
    POLITICAL_RIGHTS = "political_rights", _("被剥夺政治权利")
    CAPACITY = "capacity", _("丧失行为能力")
    DEATH = "death", _("去世")
    TERM_OVER = "term_over", _("任期届满")


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
