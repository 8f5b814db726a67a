"""The kinds of error the screening knows, what each needs to be decided, and why one was not checked."""

from collections.abc import Set
from dataclasses import dataclass
from typing import Final, Literal

Category = Literal["wrong", "missing", "duplicate"]
Severity = Literal["B", "W", "I"]  # block until solved; a person decides; for information

CATEGORIES: Final[dict[str, tuple[str, str]]] = {
    "wrong": ("错登", "wrong"),
    "duplicate": ("重登", "double"),
    "missing": ("漏登", "missing"),
}
SEVERITIES: Final[dict[str, tuple[str, str]]] = {
    "B": ("必须解决", "must be solved"),
    "W": ("由人判断", "a person decides"),
    "I": ("供参考", "for information"),
}
LISTS: Final[dict[str, tuple[str, str]]] = {
    "registrations": ("本次登记名册", "the present registrations"),
    "population": ("人口登记信息", "the population register"),
    "last_roll": ("上届选民名册", "the last roll"),
    "deceased": ("死亡人员名单", "the list of the deceased"),
    "deprived": ("被剥夺政治权利人员名单", "the list of people deprived of political rights"),
    "moved": ("户口迁移名单", "the list of moves"),
    "students": ("在校学生名单", "the list of students"),
    "staff": ("单位人员名单", "the list of units' staff"),
    "certificates": ("选民资格证明台账", "the ledger of voter certificates"),
    "permits": ("居住证名单", "the list of residence permits"),
    "custody": ("羁押人员名单", "the list of people in custody"),
    "constituencies": ("选区名单", "the list of constituencies"),
}
COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "name": ("姓名", "name"),
    "sex": ("性别", "sex"),
    "birth_date": ("出生日期", "birth date"),
    "document_kind": ("证件类型", "kind of document"),
    "identity_number": ("身份证号", "identity number"),
    "address": ("住址", "address"),
    "constituency": ("选区", "constituency"),
    "place_kind": ("登记地类型", "kind of place"),
    "unit": ("单位", "unit"),
    "phone": ("电话", "phone"),
    "certificate_number": ("资格证明编号", "certificate number"),
    "registered_at": ("登记时间", "time of registration"),
    "registered_by": ("登记人", "clerk"),
    "household_number": ("户号", "household number"),
}
# What no list given to this command can decide, by what would decide it.
ELSEWHERE: Final[dict[str, tuple[str, str]]] = {
    "two_rolls": (
        "需要县、乡两级名册同时给出，本次只有一份名册",
        "needs the county's and the township's roll side by side; only one roll was given",
    ),
    "veterans": (
        "需要退役军人名单，本命令不接收这份名单",
        "needs the list of veterans, which this command does not take",
    ),
    "incapacity": (
        "需要精神病患者的鉴定材料和选举委员会的确认，不在名单里",
        "needs medical evidence and the committee's confirmation, which no list holds",
    ),
    "visits": (
        "需要入户核对的结果，不在名单里",
        "needs the results of door visits, which no list holds",
    ),
    "insurance": (
        "需要社会保险参保名单，本命令不接收这份名单",
        "needs the social-insurance list, which this command does not take",
    ),
    "overseas": (
        "需要回国华侨名单，本命令不接收这份名单",
        "needs the list of returned overseas citizens, which this command does not take",
    ),
    "collective": (
        "需要集体户分户台账，本命令不接收这份台账",
        "needs the ledger of collective households, which this command does not take",
    ),
    "division_history": (
        "需要村、社区和街巷的更名、划转台账，本命令不接收这份台账",
        "needs the history of villages, communities and streets, which this command does not take",
    ),
    "later": (
        "属于张榜、锁定、委托投票、提名之后的工作，由以后的环节检查",
        "belongs to posting, locking, proxies and nomination; checked when those steps come",
    ),
}


@dataclass(frozen=True)
class Kind:
    """One kind of error: domain numbering, and what must be there for it to be checked at all.

    `needs` names lists; "moved|population" means either. `columns` are columns of the
    registrations. `elsewhere` names what would decide it where no list of this command does.
    """

    code: str
    category: Category
    severity: Severity
    zh: str
    en: str
    needs: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    elsewhere: str = ""


@dataclass(frozen=True)
class NotChecked:
    kind: Kind
    reason_zh: str
    reason_en: str


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _kind(row: tuple[str, ...]) -> Kind:
    code, category, severity, zh, en, needs, columns, elsewhere = (*row, "", "", "")[:8]
    return Kind(
        code,
        category,  # type: ignore[arg-type]  # the table below is checked by a test
        severity,  # type: ignore[arg-type]
        zh,
        en,
        _words(needs),
        _words(columns),
        elsewhere,
    )


# fmt: off
KINDS: Final = tuple(map(_kind, (
    # code category severity 中文 English lists columns elsewhere
    ("E01", "wrong", "B", "身份证号位数不对或为空", "identity number of wrong length, or none", "", "identity_number"),
    ("E02", "wrong", "W", "15位旧身份证号", "old identity number of 15 digits", "", "identity_number"),
    ("E03", "wrong", "B", "身份证号校验位不对", "check character of the identity number wrong", "", "identity_number"),
    ("E04", "wrong", "W", "身份证号用了小写x、全角字或字母O、I", "identity number typed with small x, full width, or letters O, I", "", "identity_number"),
    ("E05", "wrong", "W", "身份证号前6位不是现行或历史地址码", "first six digits are no area code, now or in history", "", "identity_number"),
    ("E06", "wrong", "B", "身份证号里的出生日期不可能", "impossible birth date in the identity number", "", "identity_number"),
    ("E07", "wrong", "B", "出生日期与身份证号不一致", "birth date differs from the identity number", "", "identity_number birth_date"),
    ("E08", "wrong", "B", "性别与身份证号不一致", "sex differs from the identity number", "", "identity_number sex"),
    ("E09", "wrong", "B", "选举日不满18周岁", "younger than 18 on election day"),
    ("E10", "missing", "W", "新满18周岁未登记", "newly 18, not registered", "population"),
    ("E11", "wrong", "B", "姓名为空或含数字、字母、空格、问号", "name empty, or with digits, letters, spaces, question marks", "", "name"),
    ("E12", "wrong", "B", "生僻字打不出，用符号或拆字代替", "rare character replaced by a symbol or split", "", "name"),
    ("E13", "wrong", "W", "同一身份证号，姓名有繁简、异体之差", "one identity number, name in traditional or variant characters", "", "name identity_number"),
    ("E14", "wrong", "W", "同一身份证号，姓名音近或形近", "one identity number, name differs by sound or shape", "", "name identity_number"),
    ("E15", "wrong", "W", "少数民族姓名间隔号不规范", "dot in a minority name not U+00B7", "", "name"),
    ("E16", "wrong", "W", "少数民族长姓名被截断", "long minority name cut off", "", "name"),
    ("E17", "wrong", "W", "姓名颠倒、缺项、冠夫姓、别名或暂代名", "name reordered, shortened, another or a stand-in", "", "name"),
    ("E18", "duplicate", "B", "同一身份证号登记在两个选区", "one identity number in two constituencies", "", "identity_number constituency"),
    ("E19", "duplicate", "B", "同一身份证号在一个选区登记两次", "one identity number twice in a constituency", "", "identity_number"),
    ("E20", "duplicate", "W", "同一人有两个身份证号", "one person under two identity numbers", "", "name"),
    ("E21", "duplicate", "W", "同一身份证号登记了两个姓名", "one identity number under two names", "", "name identity_number"),
    ("E22", "duplicate", "B", "户籍地和单位重复登记", "registered at home and at the unit", "", "place_kind"),
    ("E23", "duplicate", "B", "学校和家庭重复登记", "registered at school and at home", "", "place_kind"),
    ("E24", "duplicate", "B", "凭证明在居住地登记，户籍地未除名", "registered by certificate, not struck at home", "certificates"),
    ("E25", "missing", "W", "已开资格证明，哪里都未登记", "certificate issued, registered nowhere", "certificates"),
    ("E26", "duplicate", "B", "同一资格证明用了两次", "one certificate used twice", "", "certificate_number"),
    ("E27", "wrong", "W", "县、乡名册所列选区不一致", "county's and township's roll name different constituencies", "", "", "two_rolls"),
    ("E28", "wrong", "W", "驻市区的县直机关人员登记在区里", "staff of a county's organ registered in the city district", "staff constituencies", "constituency"),
    ("E29", "wrong", "W", "不属县级以下领导的单位人员上了乡镇名册", "staff of a unit not led by the county on a township roll", "staff constituencies", "constituency"),
    ("E30", "wrong", "W", "军人、文职或军队管理人员上了地方名册", "army personnel on a local roll", "", "document_kind|unit"),
    ("E31", "missing", "W", "退役军人未增列", "discharged soldier not added", "", "", "veterans"),
    ("E32", "missing", "B", "户口在迁移途中，哪里都未登记", "moving house, registered nowhere", "moved"),
    ("E33", "wrong", "B", "已迁出，仍在原名册", "moved out, still on the roll", "moved|population"),
    ("E34", "missing", "B", "已迁入，未登记", "moved in, not registered", "moved"),
    ("E35", "wrong", "B", "已死亡，仍在名册", "dead, still on the roll", "deceased"),
    ("E36", "wrong", "B", "被剥夺政治权利，仍在名册", "deprived of political rights, still on the roll", "deprived"),
    ("E37", "missing", "B", "剥夺政治权利期满，未恢复登记", "deprivation ended, not restored to the roll", "deprived"),
    ("E38", "missing", "B", "被判刑但未剥夺政治权利，被误除名", "sentenced without deprivation, struck by mistake", "deprived"),
    ("E39", "wrong", "B", "决定停止行使选举权利的羁押人员仍在名册", "in custody with voting stopped, still on the roll", "custody"),
    ("E40", "missing", "B", "无证明、无确认，被当作无行为能力除名", "struck as incapable without evidence", "", "", "incapacity"),
    ("E41", "wrong", "I", "无行为能力未确认，在册而无说明", "incapacity unconfirmed, on the roll without a note", "", "", "incapacity"),
    ("E42", "wrong", "B", "外国人或已丧失国籍的人在名册", "foreigner, or citizenship lost", "", "document_kind"),
    ("E43", "missing", "I", "选举期间回国的华侨未登记", "overseas citizen in town not registered", "", "", "overseas"),
    ("E44", "duplicate", "B", "退休人员在原单位和社区重复登记", "retired person at the old unit and in the community", "", "place_kind"),
    ("E45", "missing", "W", "临时工、派遣工不在任何单位名单", "temporary staff on no unit's list", "", "", "insurance"),
    ("E46", "missing", "W", "有居住证的流动人口未询问、未注明", "holder of a residence permit not asked", "permits"),
    ("E47", "wrong", "W", "空挂户", "household where nobody lives", "", "", "visits"),
    ("E48", "missing", "W", "集体户未分户登记", "collective household not split", "", "", "collective"),
    ("E49", "wrong", "W", "区划、街巷变更后代码仍旧", "code older than the change of a division or street", "", "", "division_history"),
    ("E50", "wrong", "W", "住址不在选区范围内", "address outside the constituency", "constituencies", "address constituency"),
    ("E51", "wrong", "W", "选区每一代表所代表的人口相差过大", "people per deputy too far from the mean", "constituencies"),
    ("E52", "wrong", "B", "选区应选名额不是1至3名", "seats of the constituency are not 1 to 3", "constituencies"),
    ("E53", "wrong", "W", "选民数与人口数不相称", "voters out of proportion to residents", "constituencies", "constituency"),
    ("E54", "missing", "W", "同户成年子女未登记", "grown-up children of a registered household missing", "population", "household_number"),
    ("E55", "wrong", "I", "同一电话登记了5人以上", "one phone for more than five people", "", "phone"),
    ("E56", "wrong", "I", "1月1日出生的人过多", "too many born on 1 January", "", "constituency"),
    ("E57", "wrong", "W", "同一秒复制的登记行", "rows copied in the same second", "", "registered_at"),
    ("E58", "wrong", "B", "张榜后未经申诉处理增加", "added after posting without a decision", "", "", "later"),
    ("E59", "wrong", "B", "张榜名单与系统名单不一致", "posted list differs from the system's", "", "", "later"),
    ("E60", "wrong", "B", "锁定后无理由修改", "edited after the lock without a reason", "", "", "later"),
    ("E61", "wrong", "B", "委托投票超过3人或受托人不是选民", "proxy for more than three, or no voter", "", "", "later"),
    ("E62", "wrong", "B", "候选人不在名册或被剥夺政治权利", "candidate not on the roll, or deprived", "", "", "later"),
    ("E63", "wrong", "B", "联名推荐人不足10人或不在本选区", "fewer than ten nominators of the constituency", "", "", "later"),
    ("P02", "missing", "B", "应登记而未登记", "should be registered and is not", "population"),
    ("P01", "wrong", "B", "身份证号与人口登记信息不一致", "identity number differs from the population register", "population", "name identity_number"),
)))
# fmt: on
BY_CODE: Final = {kind.code: kind for kind in KINDS}


def not_checked(given: Set[str], filled: Set[str]) -> tuple[NotChecked, ...]:
    """The kinds these lists cannot decide. `filled` are the registrations' columns that some file has."""
    reasons = ((kind, _reason(kind, given, filled)) for kind in KINDS)
    return tuple(NotChecked(kind, *reason) for kind, reason in reasons if reason)


def is_checked(code: str, given: Set[str], filled: Set[str]) -> bool:
    return _reason(BY_CODE[code], given, filled) is None


def _reason(kind: Kind, given: Set[str], filled: Set[str]) -> tuple[str, str] | None:
    if kind.elsewhere:
        return ELSEWHERE[kind.elsewhere]
    lists = _lacking(kind.needs, given)
    if lists:
        zh, en = _named(lists, LISTS)
        return f"没有给出{zh}", f"{en} was not given"
    columns = _lacking(kind.columns, filled)
    if columns:
        zh, en = _named(columns, COLUMNS)
        return f"登记名册没有“{zh}”一列", f"the registrations have no column “{en}”"
    return None


def _lacking(needs: tuple[str, ...], there: Set[str]) -> str | None:
    return next((need for need in needs if there.isdisjoint(need.split("|"))), None)


def _named(needed: str, words: dict[str, tuple[str, str]]) -> tuple[str, str]:
    named = [words[word] for word in needed.split("|")]
    return "或".join(zh for zh, _ in named), " or ".join(en for _, en in named)
