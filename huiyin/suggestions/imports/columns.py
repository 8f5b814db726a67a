"""The columns of a file of old items, their other names, and the template that explains them."""

from dataclasses import dataclass
from functools import cache
from io import BytesIO

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import spreadsheets
from huiyin.kernel.wording import kept
from huiyin.suggestions.choices import Gap


@dataclass(frozen=True)
class Column:
    """One of our fields: its name on the sheet, how it is filled in, an example, other names."""

    label: str | Promise
    how: str | Promise
    example: str
    others: tuple[str, ...] = ()
    is_required: bool = False


DAY = _("日期，例如 2019-03-05、2019年3月5日、20190305 都行")
ONE_A_LINE = _("一行一个（单元格里用 Alt+回车换行），各部分用 | 隔开：")

# fmt: off
COLUMNS: dict[str, Column] = {
    "kind": Column(pgettext_lazy("旧件", "类型"), _("“建议”或“议案转建议”；不填就是建议"), "建议", ("件别", "kind", "type")),
    "number": Column(pgettext_lazy("旧件", "编号"), _("当年的编号。纯数字的，按本级的编号格式加上届和次；编号和原系统编号至少填一个"), "126", ("建议编号", "建议号", "案号", "number")),
    "old_id": Column(pgettext_lazy("旧件", "原系统编号"), _("原系统里的唯一编号；同一次会议的同一编号只导一次"), "JY2019-0126", ("原编号", "系统编号", "旧系统编号", "旧编号", "old id", "id")),
    "motion_number": Column(pgettext_lazy("旧件", "议案号"), _("议案转建议的，原来的议案号"), "", ("原议案号", "motion number")),
    "congress": Column(pgettext_lazy("旧件", "人大"), _("可以不填；填了就要和导入到的人大一致"), "", ("人大名称", "congress")),
    "term": Column(pgettext_lazy("旧件", "届"), _("例如 16、第十六届；也可以把届次写在一起：第十六届第三次会议"), "16", ("届次", "届数", "term"), is_required=True),
    "session": Column(pgettext_lazy("旧件", "次会议"), _("例如 3、第三次会议；闭会期间提出的写“闭会”"), "3", ("会次", "会议", "次", "session")),
    "title": Column(pgettext_lazy("旧件", "标题"), _("不超过 80 个字"), "关于为翠园小区加装电梯的建议", ("案由", "建议标题", "题目", "title"), is_required=True),
    "situation": Column(pgettext_lazy("旧件", "正文"), _("建议全文；分成两部分的，这里写情况和问题"), "翠园小区建于一九九六年，没有电梯。", ("建议内容", "内容", "情况和问题", "案据", "body", "text"), is_required=True),
    "proposals": Column(pgettext_lazy("旧件", "具体建议"), _("全文都在“正文”里的，这一列空着"), "列入明年加装电梯计划。", ("建议措施", "方案", "proposals")),
    "subject": Column(pgettext_lazy("旧件", "类别"), _("政治法律、财政经济、城建环保、教科文卫、农业农村、社会保障、其他"), "城建环保", ("分类", "建议类别", "subject")),
    "lead": Column(pgettext_lazy("旧件", "领衔代表"), _("一个姓名；代表团提出的写“安宁代表团（团长姓名）”"), "王芳", ("提出人", "提案人", "代表姓名", "领衔人", "proposer", "lead"), is_required=True),
    "cosigners": Column(pgettext_lazy("旧件", "附议代表"), _("姓名用顿号隔开"), "李强、张伟", ("联名代表", "附议人", "联名人", "co-signers", "cosigners")),
    "submitted_on": Column(pgettext_lazy("旧件", "提出日期"), DAY, "2019-01-10", ("提交日期", "收到日期", "提交时间", "submitted on", "received on"), is_required=True),
    "accepted_on": Column(pgettext_lazy("旧件", "立案日期"), DAY, "2019-01-12", ("受理日期", "登记日期", "accepted on")),
    "handed_over_on": Column(pgettext_lazy("旧件", "交办日期"), DAY, "2019-03-05", ("交办时间", "handed over on")),
    "mode": Column(pgettext_lazy("旧件", "办理方式"), _("单办、主办会办、分别办理、联合主办、市政府办理；不填就看单位"), "主办会办", ("mode",)),
    "lead_units": Column(pgettext_lazy("旧件", "主办单位"), _("一个；分别办理的写各分办单位，联合主办的第一个是牵头单位，用顿号隔开"), "市住建局", ("承办单位", "分办单位", "lead unit", "lead units")),
    "cohandlers": Column(pgettext_lazy("旧件", "会办单位"), _("用顿号隔开"), "市财政局", ("协办单位", "co-handling units", "co-handlers")),
    "signed_for_on": Column(pgettext_lazy("旧件", "签收日期"), DAY, "2019-03-07", ("签收时间", "signed for on")),
    "returns": Column(pgettext_lazy("旧件", "退办"), _("单位 | 日期 | 理由；没有同意的，后面再写 | 不同意"), "市规划局 | 2019-03-08 | 不属本单位职责", ("退办记录", "returns")),
    "extensions": Column(pgettext_lazy("旧件", "延期"), _("延到哪天 | 理由"), "", ("延期记录", "extensions")),
    "contacts": Column(pgettext_lazy("旧件", "沟通记录"), _("日期 | 座谈、走访、电话或其他 | 参加人 | 内容；代表签字确认过的，后面再写 | 已确认"), "2019-04-02 | 座谈 | 王芳、李科长 | 当面商量了安排 | 已确认", ("面复记录", "沟通", "见面记录", "contacts", "face to face")),
    "replied_on": Column(pgettext_lazy("旧件", "答复日期"), DAY, "2019-05-20", ("答复时间", "replied on")),
    "document_number": Column(pgettext_lazy("旧件", "答复文号"), _("原来的文号"), "兰建办〔2019〕12号", ("文号", "reply number", "document number")),
    "result_class": Column(pgettext_lazy("旧件", "答复类别"), _("A、B、C、D，或者本级自己的叫法"), "B", ("结果类别", "办理结果", "class", "result class")),
    "reply": Column(pgettext_lazy("旧件", "答复正文"), _("答复全文"), "已列入计划，明年完成。", ("答复内容", "reply", "reply text")),
    "part_replies": Column(pgettext_lazy("旧件", "分办答复"), _("分别办理的：单位 | 日期 | 文号 | 类别 | 正文；这时前面的答复日期写最早的一份"), "", ("part replies",)),
    "ratings": Column(pgettext_lazy("旧件", "评价"), _("姓名 | 态度 | 结果 | 日期 | 意见；只写“满意”，就是领衔代表对态度和结果都满意"), "王芳 | 满意 | 基本满意 | 2019-06-01", ("代表评价", "满意度", "ratings", "rating")),
    "again_on": Column(pgettext_lazy("旧件", "再次答复日期"), DAY, "", ("第二次答复日期", "again replied on")),
    "again_number": Column(pgettext_lazy("旧件", "再次答复文号"), _("原来的文号"), "", ("again reply number",)),
    "again_class": Column(pgettext_lazy("旧件", "再次答复类别"), _("和答复类别一样"), "", ("again class",)),
    "again_reply": Column(pgettext_lazy("旧件", "再次答复正文"), _("答复全文"), "", ("again reply text",)),
    "again_ratings": Column(pgettext_lazy("旧件", "再次评价"), _("和评价一样"), "", ("第二次评价", "again ratings")),
    "promises": Column(pgettext_lazy("旧件", "承诺"), _("事项 | 承诺日期 | 责任人 | 完成日期；没完成的最后一部分空着，会进入承诺台账；没兑现的写“未兑现：原因”"), "三号楼加装电梯 | 2020-06-30 | 李局长 | 2020-05-12", ("承诺事项", "promises")),
    "publication": Column(pgettext_lazy("旧件", "公开"), _("“公开”或“不公开”；公开的会自动遮盖个人信息"), "公开", ("是否公开", "公开情况", "publication", "public")),
    "closed_on": Column(pgettext_lazy("旧件", "办结日期"), DAY, "2019-06-20", ("办结时间", "结案日期", "closed on")),
    "secrecy": Column(pgettext_lazy("旧件", "保密"), _("保密办理的不从这里导入，请手工录入"), "", ("是否保密", "保密办理", "secret")),
}
# fmt: on
REPEATED = {
    *("returns", "extensions", "contacts", "part_replies", "ratings", "again_ratings", "promises")
}
LABELS = {name: column.label for name, column in COLUMNS.items()}
# Which figures cannot be counted where a whole column is not there.
TOLD_BY = {
    "contacts": Gap.TALKS,
    "returns": Gap.RETURNS,
    "extensions": Gap.EXTENSIONS,
    "ratings": Gap.RATINGS,
    "promises": Gap.PROMISES,
}


@cache
def fields() -> dict[str, tuple[str, ...]]:
    """Every name a column may have: ours in Chinese and in English, and those of other systems."""
    chinese = {name: kept(column.label) for name, column in COLUMNS.items()}
    with translation.override("en"):
        english = {name: str(column.label) for name, column in COLUMNS.items()}
    return {
        name: (chinese[name], english[name], *column.others) for name, column in COLUMNS.items()
    }


def template() -> bytes:
    """A workbook to fill in, a sheet that explains it, and an example that stays out of the import."""
    out = BytesIO()
    headers = [str(column.label) for column in COLUMNS.values()]
    example = [column.example for column in COLUMNS.values()]
    explained = [[str(column.label), _need(column), _how(name)] for name, column in COLUMNS.items()]
    spreadsheets.write_sheets(
        out,
        [
            (gettext("旧件"), headers, []),
            (gettext("怎么填"), [gettext("列"), gettext("要不要填"), gettext("写法")], explained),
            (gettext("例子"), headers, [example]),
        ],
    )
    return out.getvalue()


def _need(column: Column) -> str:
    return gettext("必填") if column.is_required else gettext("选填")


def _how(name: str) -> str:
    how = str(COLUMNS[name].how)
    return f"{ONE_A_LINE}{how}" if name in REPEATED else how
