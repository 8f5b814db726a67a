"""What the gallery of components shows: invented rows, one of every kind."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.kernel import clock
from huiyin.ui.forms import DayInput, SearchInput
from huiyin.ui.navigation import Entry

FACES = ("public", "deputy", "desk")
ROWS = (
    (
        "is-late",
        "17-3-0131",
        "增设中小学周边过街天桥",
        "公安局交警支队",
        "late",
        "已逾期",
        100,
        "逾期 3 天",
    ),
    ("", "17-3-0142", "提高基层医保报销比例", "医疗保障局", "wait", "待签收", 96, "今天到期"),
    ("", "17-3-0126", "加快老旧小区加装电梯", "住房和城乡建设局", "calm", "办理中", 82, "剩 12 天"),
    ("", "17-3-0098", "规范共享单车停放", "城市管理局", "go", "已答复", 20, "待评价 4 天"),
)
KEPT = {
    "path": "/desk/",
    "query": "q=路灯",
    "entries": [("逾期的", "?state=late", False), ("电梯", "?q=电梯", False)],
    "name": "",
}
ARITHMETIC = [
    ("起算", "2026-09-05 交办次日"),
    ("期限", "3 个月（《代表法》第五十一条）"),
    ("顺延", "无；到期日为星期六，按本市规则不顺延"),
]
FACTS = [
    ("领衔代表", "张建国"),
    ("附议", "李红、马穆萨"),
    ("主办单位", "市住房和城乡建设局"),
]
TABS = [
    {"url": "?", "label": "全部", "count": 37, "current": True},
    {"url": "?state=late", "label": "逾期", "count": 3, "tone": "late"},
    {"url": "?state=week", "label": "本周到期", "count": 9},
]
COLUMNS_CHART = {
    "category": "月份",
    "categories": ["6月", "7月", "8月", "9月", "10月", "11月"],
    "series": [
        {"name": "收到", "values": [38, 52, 61, 47, 88, 99]},
        {"name": "办结", "values": [30, 41, 50, 52, 70, 91]},
    ],
    "unit": "件",
}
PARTS_CHART = {
    "category": "类别",
    "categories": ["城建环保", "教育", "医疗卫生", "交通"],
    "series": [{"name": "件数", "values": [46, 31, 25, 18]}],
    "unit": "件",
}
PIPELINE = [
    ("", "培训", None),
    ("", "调研", 61),
    ("", "撰写", 38),
    ("", "征集", 22),
    ("is-stuck", "预审", 3),
    ("", "审查", 12),
    ("", "交办", 9),
    ("", "督办", 127),
    ("", "评议", 31),
    ("is-missing", "评选", None),
]
NAVIGATION = [
    Entry("待办", "#todo", "home", current=True, count=3),
    Entry("民意", "#voices", "voice"),
    Entry("写建议", "#write", "write"),
    Entry("我的", "#mine", "person"),
]


class SampleForm(forms.Form):
    title = forms.CharField(label=_("标题"), max_length=20, help_text=_("一句话说清楚一件事。"))
    words = forms.CharField(
        label=_("内容"), max_length=200, widget=forms.Textarea(attrs={"rows": 4})
    )
    day = forms.DateField(label=_("哪一天"), widget=DayInput, required=False)
    place = forms.ChoiceField(
        label=_("在哪里"), choices=[("", _("请选择")), ("a", "武威路社区"), ("b", "西站街道")]
    )
    kind = forms.ChoiceField(
        label=_("哪一类"), choices=[("a", "城建环保"), ("b", "教育卫生")], widget=forms.RadioSelect
    )
    tell = forms.MultipleChoiceField(
        label=_("怎么告诉您"),
        choices=[("a", "短信"), ("b", "站内")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    photo = forms.FileField(label=_("照片"), required=False, help_text=_("不超过 10 MB。"))
    agree = forms.BooleanField(label=_("我已看过隐私说明"))


class SampleFilter(forms.Form):
    q = forms.CharField(label=_("找"), required=False, widget=SearchInput)
    state = forms.ChoiceField(
        label=_("状态"), required=False, choices=[("", _("全部")), ("late", _("已逾期"))]
    )


class SamplePage:
    """Looks like a ListPage without a table behind it."""

    number, last, previous, next = 3, 9, 2, 4
    sort, descending, is_falling, count, count_label = "due", False, False, 211, "211"
    numbers = (1, None, 2, 3, 4, None, 9)
    kept_query = ""


def samples(query: Mapping[str, str]) -> dict[str, Any]:
    """Everything the gallery page needs."""
    face = query.get("face", "deputy")
    return {
        "gallery_face": f"base_{face if face in FACES else 'deputy'}.html",
        "now": clock.now(),
        "due": dt.date(2026, 12, 5),
        "sample_rows": ROWS,
        "sample_page": SamplePage(),
        "empty_form": SampleForm(prefix="empty"),
        "refused_form": SampleForm({"title": "加装电梯" * 8, "words": "三号楼没有电梯。"}),
        "filter_form": SampleFilter(query),
        "kept": KEPT,
        "arithmetic": ARITHMETIC,
        "facts": FACTS,
        "tabs": TABS,
        "columns_chart": COLUMNS_CHART,
        "parts_chart": PARTS_CHART,
        "shared_words": ["翠园", "加装电梯"],
        "pipeline": PIPELINE,
        "navigation": NAVIGATION,
        "congress_name": "兰州人大",
    }
