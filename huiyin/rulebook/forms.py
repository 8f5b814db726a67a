"""What one types to change a rule or a day."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.rulebook.calculations import (
    CLASS_NAMES,
    CLASSES,
    FLAGS,
    LONGEST_CLASS,
    is_duration,
    is_well_formed,
    sheet_names,
)
from huiyin.rulebook.choices import Unit
from huiyin.rulebook.models import Rule
from huiyin.ui.forms import DayInput, SearchInput, words_field


class FilterForm(forms.Form):
    region = forms.ModelChoiceField(
        Rule.objects.places(),
        label=_("地区"),
        required=False,
        to_field_name="code",
        empty_label=None,
    )
    typed = forms.CharField(label=_("事项"), required=False, max_length=60, widget=SearchInput)
    unconfirmed = forms.BooleanField(label=_("只看本地尚未确认的"), required=False)


CLASS_LABELS = {
    "A": _("解决了的"),
    "B": _("正在解决、列入计划的（须有日期和责任人）"),
    "C": _("受条件或政策限制的"),
    "D": _("留作参考、向上反映的（不单列就空着）"),
}


class RuleForm(forms.Form):
    """One rule's new version. Which field holds its value depends on what it is counted in."""

    amount = forms.IntegerField(label=_("数目"), min_value=1, max_value=10_000)
    unit = forms.ChoiceField(label=_("单位"), choices=Unit)
    number = forms.IntegerField(label=_("规定"), min_value=1, max_value=10_000)
    flag = forms.TypedChoiceField(
        label=_("规定"),
        choices=[("yes", _("是")), ("no", _("否"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    valid_from = forms.DateField(
        label=_("从哪天起"),
        widget=DayInput,
        help_text=_("这天以前开始的期限仍按原来的规定。"),
    )
    source = forms.CharField(label=_("依据"), max_length=120, help_text=_("例如：兰州市办理办法"))
    article = forms.CharField(label=_("条款"), max_length=60, required=False)
    article_text = words_field(_("条款大意"), required=False, most=500, rows=3)
    is_confirmed = forms.BooleanField(label=_("本地已确认"), required=False)

    def __init__(self, *args, rule, **kwargs):
        kwargs.setdefault("initial", _initial(rule))
        super().__init__(*args, **kwargs)
        self.key = rule.key
        kept = _value_fields(rule.key)
        for name in {"amount", "unit", "number", "flag"} - kept:
            del self.fields[name]
        for name, label in sheet_names(rule.key).items():
            self.fields[name] = forms.IntegerField(
                label=label, min_value=0, max_value=100, initial=rule.value[name]
            )
        if rule.key in CLASSES:
            self._ask_classes(rule)

    def _ask_classes(self, rule: Rule) -> None:
        for name in CLASS_NAMES:
            self.fields[name] = forms.CharField(
                label=CLASS_LABELS[name],
                max_length=LONGEST_CLASS,
                required=name != "D",
                initial=rule.value.get(name, ""),
                help_text=_("先写标记，空一格再写文字，例如：甲 已解决。没有标记的只写文字。"),
            )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        names = _value_fields(self.key)
        if not names & set(self.errors) and not is_well_formed(self.key, self._value()):
            self.add_error(next(iter(sorted(names))), _wrong(self.key))
        return cleaned

    def change(self) -> dict[str, Any]:
        """What the action takes."""
        names = ("valid_from", "source", "article", "article_text", "is_confirmed")
        return {"value": self._value()} | {name: self.cleaned_data[name] for name in names}

    def _value(self) -> Any:
        if is_duration(self.key):
            return {self.cleaned_data["unit"]: self.cleaned_data["amount"]}
        if names := sheet_names(self.key):
            return {name: self.cleaned_data[name] for name in names}
        if self.key in CLASSES:
            return {
                name: self.cleaned_data[name] for name in CLASS_NAMES if self.cleaned_data[name]
            }
        return self.cleaned_data["flag" if "flag" in self.fields else "number"]


class DayForm(forms.Form):
    date = forms.DateField(label=_("日期"), widget=DayInput)
    is_working = forms.TypedChoiceField(
        label=_("这天"),
        choices=[("no", _("放假")), ("yes", _("上班"))],
        coerce=lambda chosen: chosen == "yes",
        widget=forms.RadioSelect,
    )
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("例如：国庆节"))
    source = forms.CharField(label=_("依据"), max_length=120, required=False)
    region = forms.ModelChoiceField(
        Rule.objects.places().exclude(parent=None),
        label=_("适用地区"),
        required=False,
        to_field_name="code",
        empty_label=_("全国"),
    )

    def __init__(self, *args, only=None, **kwargs):
        """`only` is the one region whose calendar the person keeps; None is every region."""
        super().__init__(*args, **kwargs)
        if only is not None:
            field = self.fields["region"]
            field.queryset = field.queryset.filter(pk=only.pk)
            field.required, field.empty_label = True, None


def _value_fields(key: str) -> set[str]:
    if is_duration(key):
        return {"amount", "unit"}
    if names := sheet_names(key):
        return set(names)
    if key in CLASSES:
        return set(CLASS_NAMES)
    return {"flag"} if key in FLAGS else {"number"}


def _wrong(key: str) -> Any:
    return _("每一类的文字要不同。") if key in CLASSES else _("这个数目太大了。")


def _initial(rule: Rule) -> dict[str, Any]:
    """The rule as it holds now; the new version's day is for the person to say."""
    told = {"source": rule.source, "article": rule.article, "article_text": rule.article_text}
    if is_duration(rule.key):
        unit, amount = next(iter(rule.value.items()))
        return told | {"unit": unit, "amount": amount}
    return told | {"number": rule.value, "flag": "yes" if rule.value is True else "no"}
