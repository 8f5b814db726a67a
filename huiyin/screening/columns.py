"""Which lists there are, which columns each may have, and under what headers people keep them."""

from collections.abc import Iterable, Mapping
from typing import Final

from huiyin.kernel.spreadsheets.columns import plain

SYNONYMS: Final[Mapping[str, tuple[str, ...]]] = {
    "record_id": ("id", "记录号", "登记号", "选民编号", "登记编号", "选民号", "编号", "voter_id", "registration_id"),
    "person_id": ("id", "record_id", "人口编号", "人员编号", "人员ID", "编号", "population_id"),
    "name": ("姓名", "选民姓名", "学生姓名", "full_name", "xm"),
    "former_name": ("曾用名", "别名", "其他姓名", "other_name", "alias"),
    "sex": ("性别", "gender", "xb"),
    "ethnic_group": ("民族", "族别", "ethnicity", "nation", "mz"),
    "birth_date": ("出生日期", "出生年月日", "生日", "出生年月", "出生时间", "dob", "born_on", "date_of_birth", "birthday", "born", "csrq"),
    "document_kind": ("证件类型", "证件种类", "证件类别", "id_type", "document_type"),
    "identity_number": ("身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "居民身份证号", "居民身份证号码", "身份证", "证件号", "证件号码", "id_number", "id_card", "identity_no", "id_no", "sfzh"),
    "address": ("户籍地址", "户籍地", "户口所在地", "户籍住址", "住址", "地址", "家庭住址", "household_address", "registered_address", "hjdz"),
    "household_number": ("户号", "家庭户号", "户编号", "household_id", "household", "hh"),
    "relation": ("与户主关系", "关系", "户主关系", "relation_to_head"),
    "current_address": ("现住址", "现居住地", "居住地址", "现住地址", "居住地", "residence", "current_residence"),
    "community": ("社区", "村", "社区村", "社区/村", "村社区", "村(居)委会", "居委会", "所在社区", "village"),
    "constituency": ("选区", "选区代码", "选区编号", "选区号", "选区名称", "district", "constituency_code"),
    "voter_group": ("选民小组", "小组", "组别", "group"),
    "place_kind": ("登记地类型", "登记类型", "登记方式", "登记地", "place", "registration_place", "place_type"),
    "unit": ("单位", "单位名称", "工作单位", "employer", "work_unit"),
    "phone": ("电话", "手机", "手机号", "手机号码", "联系电话", "电话号码", "联系方式", "mobile", "tel", "telephone", "phone_number"),
    "change_kind": ("变动类型", "变更类型", "三增三减", "change", "change_type"),
    "source": ("来源", "信息来源", "数据来源"),
    "certificate_number": ("证明编号", "资格证明编号", "选民资格证明编号", "选民资格证明号", "证明号", "certificate", "certificate_no"),
    "registered_at": ("登记时间", "登记日期", "录入时间", "created_at", "entered_at"),
    "registered_by": ("登记人", "录入人", "经办人", "clerk", "entered_by"),
    "status": ("状态", "登记状态", "state"),
    "reason": ("原因", "事由", "原因代码"),
    "note": ("备注", "说明", "remark", "remarks", "notes"),
    "nationality": ("国籍", "country"),
    "moved_out_on": ("迁出日期", "迁出时间"),
    "moved_in_on": ("迁入日期", "迁入时间"),
    "died_on": ("死亡日期", "去世日期", "死亡时间", "date_of_death", "death_date"),
    "from_on": ("起始日期", "开始日期", "起", "剥夺起始日期", "from", "start", "starts_on", "from_date"),
    "until_on": ("截止日期", "结束日期", "止", "剥夺截止日期", "until", "end", "ends_on", "until_date", "to_date"),
    "kind": ("类型", "类别", "种类", "type"),
    "direction": ("方向", "迁移方向", "迁入迁出", "迁移类型"),
    "moved_on": ("迁移日期", "变动日期", "迁移时间", "move_date", "date"),
    "from_code": ("迁出地代码", "迁出地", "from_area"),
    "to_code": ("迁入地代码", "迁入地", "to_area"),
    "school": ("学校", "院校", "学校名称", "university"),
    "county_organ": ("县级机关", "是否县级机关", "县直机关"),
    "seat": ("驻地", "单位驻地", "所在地", "单位所在地", "city_seat"),
    "not_county_led": ("不属县级以下领导", "非县属", "非县属企业"),
    "army": ("军队单位", "军人", "是否军人", "现役"),
    "retired": ("退休", "是否退休", "离退休"),
    "issued_on": ("开具日期", "签发日期", "发证日期", "issue_date"),
    "issued_by": ("开具选区", "开出选区", "签发选区", "from_constituency"),
    "used_in": ("使用选区", "接收选区", "登记选区", "used_constituency", "used"),
    "permit_number": ("居住证号", "居住证编号", "permit"),
    "decision": ("停止行使选举权利决定", "停止行使选举权决定", "决定", "是否停止选举权", "stop_decision"),
    "constituency_name": ("选区名", "选区全称"),
    "seats": ("应选代表名额", "代表名额", "名额", "应选名额", "n_seats"),
    "population": ("人口数", "人口", "常住人口", "residents"),
    "area": ("选区范围", "范围", "区划范围", "limits", "area_words"),
    "division_code": ("行政区划代码", "区划代码", "所属区划", "division"),
}  # fmt: skip

PERSON: Final = (
    "name", "former_name", "sex", "ethnic_group", "birth_date", "document_kind", "identity_number",
    "address", "household_number", "relation", "current_address", "community", "constituency",
    "voter_group", "place_kind", "unit", "phone", "change_kind", "source", "certificate_number",
    "registered_at", "registered_by", "status", "reason", "note",
)  # fmt: skip

OWN: Final[Mapping[str, tuple[str, ...]]] = {
    "registrations": (),
    "population": ("nationality", "moved_in_on", "moved_out_on", "died_on"),
    "last_roll": (),
    "deceased": ("died_on",),
    "deprived": ("kind", "from_on", "until_on"),
    "moved": ("direction", "moved_on", "from_code", "to_code"),
    "students": ("school",),
    "staff": ("county_organ", "seat", "not_county_led", "army", "retired"),
    "certificates": ("issued_on", "issued_by", "used_in"),
    "permits": ("permit_number",),
    "custody": ("decision", "from_on", "until_on"),
    "constituencies": ("constituency_name", "seats", "population", "area", "division_code"),
}

# A list of places has one row for each of them, under these words.
OTHER_WORDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("constituencies", "constituency_name"): ("选区名称", "名称", "name"),
    ("constituencies", "constituency"): ("代码", "code"),
    ("staff", "unit"): ("单位",),
    ("students", "unit"): ("院系", "班级"),
    ("certificates", "certificate_number"): ("编号", "number"),
}

# One of these must be there, or nothing can be told of anybody.
NEEDED: Final[Mapping[str, tuple[str, ...]]] = {
    "constituencies": ("constituency",),
    "certificates": ("certificate_number", "identity_number", "name"),
}
NEEDED_OF_PEOPLE: Final = ("name", "identity_number")

# A million rows are not kept for columns that no check asks for; of lists named here only these are.
ASKED: Final[Mapping[str, tuple[str, ...]]] = {
    "registrations": (
        "name", "former_name", "sex", "ethnic_group", "birth_date", "document_kind",
        "identity_number", "address", "current_address", "community", "constituency", "place_kind",
        "unit", "certificate_number", "registered_at", "registered_by",
    ),
    "population": (
        "name", "former_name", "birth_date", "relation", "unit", "nationality", "moved_in_on",
        "moved_out_on", "died_on",
    ),
    "last_roll": (),
    "students": (),
}  # fmt: skip
# What the compared columns are made of.
COMPARED: Final = (
    "name", "former_name", "sex", "birth_date", "identity_number", "address", "household_number",
    "current_address", "community", "phone",
)  # fmt: skip


def identity_column(kind: str) -> str:
    """The column that names a row of this list."""
    return "person_id" if kind == "population" else "record_id"


def columns_of(kind: str) -> tuple[str, ...]:
    """Canonical columns of a list, its own id first."""
    own = tuple(name for name in OWN[kind] if name not in PERSON)
    return (identity_column(kind), *PERSON, *own)


def kept(kind: str) -> tuple[str, ...]:
    """Of the columns of a list those that its table has, as they were typed."""
    if kind not in ASKED:
        return columns_of(kind)
    return (identity_column(kind), *ASKED[kind])


def read(kind: str) -> tuple[str, ...]:
    """The columns of a list that are read at all."""
    compared = COMPARED if is_compared(kind) else ()
    return tuple(dict.fromkeys((*kept(kind), *compared)))


def is_compared(kind: str) -> bool:
    """Whether people of this list are looked for anywhere."""
    return ASKED.get(kind) != () and kind != "constituencies"


def needed(kind: str) -> tuple[str, ...]:
    return NEEDED.get(kind, NEEDED_OF_PEOPLE)


def matched(
    headers: Iterable[str], kind: str, mapping: Mapping[str, str] | None = None
) -> dict[str, int]:
    """Canonical name -> place of its column: a person's choice first, then the exact name, then synonyms."""
    headers = list(headers)
    places: dict[str, int] = {}
    for at, header in enumerate(headers):
        if plain(header):
            places.setdefault(plain(header), at)
    found: dict[str, int] = {}
    for names in _rounds(kind, mapping or {}):
        for column, words in names.items():
            known = [places[plain(word)] for word in words if plain(word) in places]
            if column not in found and known and known[0] not in found.values():
                found[column] = known[0]
    return found


def _rounds(kind: str, mapping: Mapping[str, str]) -> Iterable[Mapping[str, Iterable[str]]]:
    """An exact name anywhere beats a synonym, so that `unit` is never taken for something else."""
    free = [name for name in columns_of(kind) if name not in mapping]
    yield {name: (header,) for name, header in mapping.items() if header}
    yield {name: (name,) for name in free}
    yield {name: OTHER_WORDS.get((kind, name), ()) for name in free}
    yield {name: SYNONYMS.get(name, ()) for name in free}
