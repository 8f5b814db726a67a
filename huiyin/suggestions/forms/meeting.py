"""The sheet of a hand-over meeting: one line a paper, a lead unit and those who help."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.congress.models import Unit
from huiyin.kernel import clock
from huiyin.suggestions.actions import Advice, Task
from huiyin.suggestions.choices import AssignmentRole, Subject
from huiyin.suggestions.models import Suggestion

MOST_COHANDLERS = 5
NAMES = re.compile(r"[、，,；;\s]+")


class MeetingFilter(forms.Form):
    """Which papers lie on the table."""

    stage = forms.ChoiceField(
        label=gettext_lazy("提出时间"),
        required=False,
        choices=[
            ("", gettext_lazy("全部")),
            ("session", gettext_lazy("会议期间")),
            ("between", gettext_lazy("闭会期间")),
        ],
    )
    subject = forms.ChoiceField(
        label=gettext_lazy("类别"),
        required=False,
        choices=[("", gettext_lazy("全部")), *Subject.choices],
    )


class DayForm(forms.Form):
    """Of which day's hand-over one wants to see the receipts."""

    day = forms.DateField(label=gettext_lazy("交办日期"), required=False)

    def clean_day(self) -> Any:
        day = self.cleaned_data["day"]
        return day if day is None or day <= clock.today() else clock.today()


class LineForm(forms.Form):
    """One paper. Nothing chosen and nothing typed leaves it for another meeting."""

    lead = forms.IntegerField(required=False)
    other = forms.CharField(label=gettext_lazy("其他主办单位"), required=False, max_length=60)
    helpers = forms.CharField(label=gettext_lazy("会办单位"), required=False, max_length=300)

    def __init__(
        self,
        sent: Any,
        *,
        item: Suggestion,
        units: Mapping[int, Unit],
        proposed: Sequence[Any],
        advice: Advice,
    ) -> None:
        self.item, self.units, self.advice = item, units, advice
        leads = [task.unit for task in proposed if task.is_lead]
        self.choices = _choices(leads, advice)
        initial = {
            "lead": leads[0].pk if leads else None,
            "helpers": "、".join(task.unit.name for task in proposed if not task.is_lead),
        }
        super().__init__(sent, prefix=f"line{item.pk}", initial=initial)

    def clean_other(self) -> Unit | None:
        typed = self.cleaned_data["other"].strip()
        return self._named(typed) if typed else None

    def clean_helpers(self) -> list[Unit]:
        names = [name for name in NAMES.split(self.cleaned_data["helpers"]) if name]
        if len(names) > MOST_COHANDLERS:
            raise forms.ValidationError(_("会办单位最多%(n)d个。") % {"n": MOST_COHANDLERS})
        return [self._named(name) for name in names]

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        lead = given.get("other") or self.units.get(given.get("lead") or 0)
        helpers = given.get("helpers") or []
        if helpers and not lead and not self.errors:
            raise forms.ValidationError(_("写了会办单位，还没有定主办单位。"))
        if lead in helpers or len(set(helpers)) != len(helpers):
            raise forms.ValidationError(_("同一个单位只能列一次。"))
        return given | {"unit": lead}

    def tasks(self) -> list[Task]:
        """The lead first; none where the line was left open."""
        lead, helpers = self.cleaned_data["unit"], self.cleaned_data["helpers"]
        if lead is None:
            return []
        return [Task(lead, AssignmentRole.LEAD), *(Task(unit) for unit in helpers)]

    @property
    def chosen(self) -> int | None:
        """The radio that is set: what was sent, else what was proposed before."""
        value = str(self["lead"].value() or "")
        return int(value) if value.isdecimal() else None

    def _named(self, typed: str) -> Unit:
        units = self.units.values()
        found = [unit for unit in units if typed in {unit.name, unit.short_name}]
        found = found or [unit for unit in units if typed in unit.name]
        if len(found) != 1:
            words = (
                _("没有叫“%(name)s”的单位。")
                if not found
                else _("“%(name)s”不止一个单位，请写全称。")
            )
            raise forms.ValidationError(words % {"name": typed})
        return found[0]


def _choices(leads: Sequence[Unit], advice: Advice) -> list[tuple[Unit, list[str]]]:
    """The unit that stands proposed, then those that got such papers before."""
    likely = {found.unit: found.words for found in advice.proposals}
    standing = [(unit, likely.pop(unit, [])) for unit in leads]
    return [*standing, *likely.items()]
