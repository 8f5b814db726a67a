"""Lists of the desk as rows for a spreadsheet. Masked values stay masked."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from huiyin.accounts.actions import Opened
from huiyin.accounts.models import Token, Unmasking
from huiyin.congress.models import Appointment, Deputy, Unit

CHUNK = 2_000
Rows = Iterator[list[Any]]


def deputy_headers() -> list[str]:
    return [
        _("姓名"),
        _("性别"),
        _("民族"),
        _("单位及职务"),
        _("手机"),
        _("代表团"),
        _("选区或者选举单位"),
        _("代表证号"),
        _("状态"),
        _("当选日期"),
        _("终止日期"),
        _("登录名"),
    ]


def deputy_rows(deputies: Any) -> Rows:
    for deputy in deputies.select_related("person__user", "electing_base").iterator(CHUNK):
        person = deputy.person
        yield [
            person.name,
            person.get_sex_display(),
            person.ethnic_group,
            person.post,
            str(person.phone),
            deputy.delegation,
            str(deputy.electing_base or ""),
            deputy.card_number,
            deputy.get_state_display(),
            deputy.elected_on,
            deputy.ended_on,
            person.user.username if person.user else "",
        ]


def public_deputy_headers() -> list[str]:
    return [_("姓名"), _("哪一级"), _("代表团"), _("从哪选出")]


def public_deputy_rows(deputies: Any) -> Rows:
    """What everybody may see of a deputy."""
    for deputy in deputies.iterator(CHUNK):
        base = str(deputy.electing_base or "")
        yield [deputy.person.name, deputy.congress.short_name, deputy.delegation, base]


def unit_headers() -> list[str]:
    return [_("名称"), _("简称"), _("性质"), _("机关代字"), _("在用")]


def unit_rows(units: Iterable[Unit]) -> Rows:
    for unit in units:
        yield [
            unit.name,
            unit.short_name,
            unit.get_kind_display(),
            unit.document_prefix,
            unit.is_active,
        ]


def appointment_headers() -> list[str]:
    return [_("姓名"), _("登录名"), _("角色"), _("单位或者委员会"), _("开始"), _("结束")]


def appointment_rows(appointments: Iterable[Appointment]) -> Rows:
    for appointment in appointments:
        yield [
            appointment.user.name,
            appointment.user.username,
            appointment.get_role_display(),
            appointment.body,
            appointment.starts_on,
            appointment.ends_on,
        ]


def account_headers() -> list[str]:
    return [
        *(_("姓名"), _("登录名"), _("身份")),
        *(_("开通时间"), _("最近登录"), _("能登录"), _("已换一次性密码"), _("第二因素")),
    ]


def account_rows(accounts: Any) -> Rows:
    """`with_factor` says whether a second factor is set up."""
    for user in accounts.iterator(CHUNK):
        yield [
            *(user.name, user.username, user.acting_as),
            *(user.date_joined, user.last_login, user.is_active),
            *(not user.must_change_password, user.with_factor),
        ]


def opened_headers() -> list[str]:
    return [_("姓名"), _("代表团"), _("登录名"), _("一次性密码"), _("登录地址")]


def opened_rows(opened: Iterable[tuple[Deputy, Opened]], address: str) -> Rows:
    """What is cut into slips and handed over; the passwords stand nowhere else."""
    for deputy, new in opened:
        yield [new.user.name, deputy.delegation, new.user.username, new.password, address]


def token_headers() -> list[str]:
    return [
        *(_("姓名"), _("登录名"), _("用途"), _("能做什么")),
        *(_("有效期到"), _("最近使用"), _("撤销时间")),
    ]


def token_rows(tokens: Iterable[Token]) -> Rows:
    for token in tokens:
        yield [
            *(token.user.name, token.user.username, token.name),
            _("读和写") if token.can_write else _("只读"),
            *(token.expires_on, token.used_on, token.revoked_at),
        ]


def unmasking_headers() -> list[str]:
    return [_("时间"), _("谁看的"), _("看了谁的"), _("哪一项"), _("理由")]


def unmasking_rows(unmaskings: Iterable[Unmasking]) -> Rows:
    for unmasking in unmaskings:
        yield [
            unmasking.at,
            unmasking.by.name,
            unmasking.item_label,
            unmasking.field_label,
            unmasking.reason,
        ]
