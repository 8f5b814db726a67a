"""report.html: one file that an election clerk reads, prints and passes on; no program runs in it."""

from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any, Final

from huiyin.screening import kinds
from huiyin.screening.doubles.verdicts import RULES
from huiyin.screening.missing import REASONS
from huiyin.screening.outputs.markup import Bar, Head, bars, both, folded, heading, number, table
from huiyin.screening.outputs.summary import Figures

COLOURS: Final = {"B": "#a3231a", "W": "#8a5a00", "I": "#1d5a8f"}
MOST_BARS: Final = 12
WORST: Final = 20
SECTIONS: Final = (
    ("glance", "一览", "At a glance"),
    ("wrong", "错登", "Wrong"),
    ("doubles", "重登", "Doubles"),
    ("missing", "漏登", "Missing"),
    ("places", "各选区", "Constituencies"),
    ("unchecked", "未检查的项目", "Not checked"),
    ("lists", "读入的名单", "Lists read"),
)
RULE_WORDS: Final = {rule.name: (rule.zh, rule.en) for rule in RULES}


def write(figures: Figures, path: Path) -> None:
    path.write_text(page(figures), encoding="utf-8")


def page(figures: Figures) -> str:
    style = Path(__file__).with_name("report.css").read_text(encoding="utf-8")
    day = figures.results.settings.election_day.isoformat()
    parts = (_glance, _wrong, _doubles, _missing, _places, _unchecked, _lists)
    links = "".join(
        f'<li><a href="#{anchor}">{both(zh, en)}</a></li>' for anchor, zh, en in SECTIONS
    )
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<title>选民名册筛查报告 {day}</title><style>{style}</style></head><body>"
        f'<header><div><h1>选民名册筛查报告 <span lang="en">Roll screening report</span></h1>'
        f'<p>选举日 {day} <span lang="en">election day</span></p></div></header><main>'
        f'<nav aria-label="目录 Contents"><ul>{links}</ul></nav>'
        f"{''.join(part(figures) for part in parts)}</main>"
        f"<footer><p>{both('含个人信息：身份证号已隐去中间几位，请只在选举工作中使用。', 'Holds personal information; identity numbers are masked. For election work only.')}</p></footer>"
        "</body></html>"
    )


def section(anchor: str) -> str:
    return next(heading(2, zh, en, name) for name, zh, en in SECTIONS if name == anchor)


# At a glance -------------------------------------------------------------------------------------


def _glance(figures: Figures) -> str:
    certain, suspect = (
        _cluster(figures, certainty, "clusters") for certainty in ("certain", "suspect")
    )
    entries = (
        ("", figures.results.registrations, "登记总数", "registrations"),
        ("block", figures.total("wrong", "B"), "错登：必须解决", "wrong: must be solved"),
        ("human", figures.total("wrong", "W"), "错登：由人判断", "wrong: a person decides"),
        ("block", certain, "重登：确定（组）", "doubles: certain groups"),
        ("human", suspect, "重登：疑似（组）", "doubles: suspect groups"),
        ("note", sum(row["people"] for row in figures.missing), "漏登（人）", "missing people"),
    )
    shown = "".join(
        f'<li class="figure {kind}"><b>{number(value)}</b><span>{escape(zh)}</span><span lang="en">{escape(en)}</span></li>'
        for kind, value, zh, en in entries
    )
    return f'{section("glance")}<ul class="figures">{shown}</ul>{_advice(figures)}'


def _cluster(figures: Figures, certainty: str, what: str) -> int:
    return sum(row[what] for row in figures.clusters if row["certainty"] == certainty)


def _advice(figures: Figures) -> str:
    """What to do with the files, in the order of the work."""
    steps = (
        ("先看 handover 文件夹：每个选区一个表格，只列出要由人决定的，填好“处理决定”后用 huiyin screen-decisions 读回。", "Begin with the folder handover: one workbook for each constituency with only what a person must decide; read the decisions back with huiyin screen-decisions."),
        ("duplicates.csv 中标为 certain 的，看一眼即可保留一条、除名其余；标为 suspect 的必须核对，不可自动合并。", "In duplicates.csv, certain ones may be struck after a glance; suspects are never merged without a person."),
        ("missing.csv 是符合条件而没有登记的人，请上门或电话通知。", "missing.csv names eligible people who are not registered; please call on them."),
    )  # fmt: skip
    return f'<div class="hint"><p>{both("怎么用", "What to do")}</p><ol>{"".join(f"<li>{both(*step)}</li>" for step in steps)}</ol></div>'


# Wrong -------------------------------------------------------------------------------------------


def _wrong(figures: Figures) -> str:
    counts = [c for c in figures.counts if c["category"] == "wrong" and c["rows"]]
    chart = _chart(("发现最多的错登", "The most frequent kinds"), counts) if counts else _nothing()
    return (
        f"{section('wrong')}{_severities()}{chart}{_groups(figures)}{_examples(figures, 'wrong')}"
    )


def _nothing() -> str:
    return f"<p>{both('没有发现。', 'Nothing was found.')}</p>"


def _severities() -> str:
    """The legend of the colours."""
    grades = "".join(
        f'<li><span class="severity {grade}">■ {grade}</span> {both(zh, en)}</li>'
        for grade, (zh, en) in kinds.SEVERITIES.items()
    )
    return f'<ul class="grades">{grades}</ul>'


def _chart(title: tuple[str, str], counts: list[dict[str, Any]]) -> str:
    most = sorted(counts, key=lambda count: (-count["findings"], count["code"]))
    entries = [
        Bar(f"{c['code']} {kinds.BY_CODE[c['code']].zh}", c["findings"], number(c["findings"]), COLOURS[c["severity"]])
        for c in most[:MOST_BARS]
    ]  # fmt: skip
    return bars(title, entries, _kinds(title, counts))


def _kinds(title: tuple[str, str], counts: list[dict[str, Any]]) -> str:
    heads = (Head("代码与名称", "Kind"), Head("级别", "Grade"), Head("处数", "Findings", True))
    rows = [(_kind(c["code"]), _severity(c["severity"]), number(c["findings"])) for c in counts]
    return table(title, heads, rows)


def _kind(code: str) -> str:
    kind = kinds.BY_CODE[code]
    return f'<span class="code">{code}</span> {both(kind.zh, kind.en)}'


def _severity(severity: str) -> str:
    return f'<span class="severity {severity}">{severity} {escape(kinds.SEVERITIES[severity][0])}</span>'


def _groups(figures: Figures) -> str:
    if not figures.groups:
        return ""
    heads = (Head("选区", "Constituency"), Head("代码", "Code"), Head("情况", "Finding"))
    rows = [
        (escape(group["group_key"] or "未分选区"), group["code"], both(group["explanation_zh"], group["explanation_en"]))
        for group in figures.groups
    ]  # fmt: skip
    caption = ("关于整个选区的情况", "Findings about whole constituencies")
    return folded(f"{caption[0]}（{len(rows)}）", caption[1], table(caption, heads, rows))


def _examples(figures: Figures, category: str) -> str:
    """A few of each kind, so that the reader sees what is meant."""
    found = defaultdict(list)
    for example in figures.examples:
        if example["category"] == category:
            found[example["code"]].append(example)
    shown = "".join(
        f"<h3>{_kind(code)}</h3>{_items(examples)}" for code, examples in sorted(found.items())
    )
    return folded("每类举例", "Examples of each kind", shown) if shown else ""


def _items(examples: list[dict[str, Any]]) -> str:
    items = "".join(
        f"<li>{escape(example['record_id'])}：{escape(example['explanation_zh'])}"
        f'<span lang="en">{escape(example["explanation_en"])}</span></li>'
        for example in examples
    )
    return f'<ul class="examples">{items}</ul>'


# Doubles and missing -----------------------------------------------------------------------------


def _doubles(figures: Figures) -> str:
    if not figures.clusters:
        return section("doubles") + _nothing()
    words = {"certain": ("确定，看一眼即可除名", "certain, may be struck after a glance"), "suspect": ("疑似，必须由人决定", "suspect, a person must decide")}  # fmt: skip
    heads = (
        Head("把握", "Certainty"),
        Head("组数", "Groups", True),
        Head("登记行数", "Rows", True),
    )
    rows = [
        (both(*words[row["certainty"]]), number(row["clusters"]), number(row["rows"]))
        for row in figures.clusters
    ]
    counts = [c for c in figures.counts if c["category"] == "duplicate"]
    chart = _chart(("重登的种类", "Kinds of doubles"), counts) if counts else ""
    return (
        f"{section('doubles')}{table(('重登', 'Doubles'), heads, rows)}{chart}"
        f"{_some_groups(figures)}{_examples(figures, 'duplicate')}"
    )


def _some_groups(figures: Figures) -> str:
    """Two groups found by each rule."""
    found = defaultdict(list)
    for row in figures.pairs:
        found[row["certainty"], row["rule"]].append(row)
    shown = "".join(
        f"<h3>{both(*RULE_WORDS.get(rule, (rule, rule)))}</h3>{_items([_told(row) for row in rows])}"
        for (_, rule), rows in sorted(found.items())
    )
    return folded("每条规则举例", "Examples of each rule", shown)


def _told(row: dict[str, Any]) -> dict[str, str]:
    zh, _, en = row["explanation"].partition(" / ")
    return {"record_id": row["record_id"], "explanation_zh": zh, "explanation_en": en}


def _missing(figures: Figures) -> str:
    if "population" not in figures.results.given:
        return (
            section("missing")
            + f"<p>{both('没有给出人口登记信息，无法查漏。', 'No population register was given, so nobody can be found missing.')}</p>"
        )
    if not figures.missing:
        return section("missing") + _nothing()
    entries = [
        Bar(REASONS[row["reason"]][0], row["people"], number(row["people"]), COLOURS["I"])
        for row in figures.missing
    ]
    heads = (Head("原因", "Reason"), Head("人数", "People", True))
    rows = [(both(*REASONS[row["reason"]][:2]), number(row["people"])) for row in figures.missing]
    title = ("漏登的原因", "Why people are missing")
    return f"{section('missing')}{bars(title, entries, table(title, heads, rows))}{_examples(figures, 'missing')}"


# Constituencies ----------------------------------------------------------------------------------


def _places(figures: Figures) -> str:
    worst = figures.constituencies[:WORST]
    entries = [
        Bar(
            row["constituency"] or "未分选区",
            row["percent"],
            f"{row['percent']:.1f}%",
            COLOURS["B"],
        )
        for row in worst[:MOST_BARS]
    ]
    title = ("问题比例最高的选区", "Constituencies with the largest share of rows in question")
    return f"{section('places')}{bars(title, entries, _places_table(title, worst))}{_all_places(figures)}"


def _places_table(title: tuple[str, str], places: list[dict[str, Any]]) -> str:
    heads = (
        Head("选区", "Constituency"), Head("登记", "Rows", True), Head("错登", "Wrong", True),
        Head("重登", "Double", True), Head("必须解决", "Must be solved", True), Head("问题比例", "Share", True),
    )  # fmt: skip
    rows = [
        (escape(row["constituency"] or "未分选区"), number(row["rows"]), number(row["wrong"]), number(row["duplicate"]), number(row["blocking"]), f"{row['percent']:.1f}%")
        for row in places
    ]  # fmt: skip
    return table(title, heads, rows)


def _all_places(figures: Figures) -> str:
    """Every constituency by name; the summary has them for programs."""
    by_name = sorted(figures.constituencies, key=lambda row: row["constituency"])
    if len(by_name) <= WORST:
        return ""
    return folded(
        f"全部{len(by_name)}个选区",
        "All constituencies",
        _places_table(("全部选区", "All constituencies"), by_name),
    )


# What was not done, and with what ----------------------------------------------------------------


def _unchecked(figures: Figures) -> str:
    heads = (Head("项目", "Kind"), Head("为什么没有检查", "Why not"))
    rows = [
        (_kind(entry.kind.code), both(entry.reason_zh, entry.reason_en))
        for entry in figures.not_checked
    ]
    return f"{section('unchecked')}{table(('没有检查，不等于没有问题', 'Not checked does not mean that all is well'), heads, rows)}{_areas(figures)}"


def _areas(figures: Figures) -> str:
    """Address codes that the table lacks and many people carry were taken as right."""
    if not figures.areas:
        return ""
    heads = (Head("地址码", "Address code"), Head("人数", "People", True))
    rows = [(row["area"], number(row["people"])) for row in figures.areas]
    caption = (
        "下列地址码不在历史表中，但使用的人很多，按有效处理",
        "These address codes are in no table, but so many carry them that they were taken as valid",
    )
    return table(caption, heads, rows)


def _lists(figures: Figures) -> str:
    heads = (
        Head("名单", "List"),
        Head("文件", "Files"),
        Head("行数", "Rows", True),
        Head("不认识的表头", "Headers not known"),
    )
    rows = [
        (
            both(*kinds.LISTS[found.kind]),
            escape("、".join(Path(file).name for file in found.files)),
            number(found.rows),
            escape("、".join(found.unknown) or "—"),
        )
        for found in figures.results.lists
    ]
    return f"{section('lists')}{table(('读入的名单', 'Lists read'), heads, rows)}"
