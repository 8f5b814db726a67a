"""The deputy's paper, the names under it, the units it goes to, and the reply it gets."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.congress.choices import UnitKind
from huiyin.congress.models import Deputy, Unit
from huiyin.kernel import clock
from huiyin.suggestions.choices import (
    AssignmentRole,
    Mode,
    Openness,
    PromiseKind,
    Proposer,
    ResultClass,
    Subject,
)
from huiyin.suggestions.forms.steps import StepForm, units_of
from huiyin.suggestions.models.classes import classes_in
from huiyin.ui.forms import DayInput, ReadableField

LONGEST_PART = 6_000


class Part(ReadableField):
    """Demanded of a paper that is handed in, and not of a draft that is saved."""

    is_demanded_later = True

    def validate(self, value: str) -> None:
        """Empty for now is no error; how long it may be the validators say."""


class Pick(forms.ChoiceField):
    """A choice that is demanded later, in the same way."""

    is_demanded_later = True

    def validate(self, value: str) -> None:
        if value:
            super().validate(value)


class TextForm(forms.Form):
    """Beijing's mandatory parts: title, matter, proposals; name and card come with the account.

    A title is enough to keep a draft; what is missing stops the submission and not the saving.
    """

    proposer = forms.ChoiceField(
        label=_("以谁的名义提出"),
        choices=Proposer.choices,
        initial=Proposer.DEPUTIES,
        widget=forms.RadioSelect,
        help_text=_("以代表团名义的，由团长提交，附全团表决结果。"),
    )
    title = ReadableField(
        label=_("标题"),
        max_length=80,
        help_text=_("一件建议只写一件事，例如：关于为老旧小区加装电梯的建议。"),
    )
    situation = Part(
        label=_("情况和问题"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("哪里、什么事、影响多少人。有数字、有例子最好。"),
    )
    proposals = Part(
        label=_("具体建议"),
        max_length=LONGEST_PART,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("希望谁做什么、做到什么程度。"),
    )
    is_secret = forms.BooleanField(
        label=_("保密办理"),
        required=False,
        help_text=_(
            "担心打击报复或不便让更多人知道时勾选：只有您、联名代表和指定的人能看到，不公开，查找不到。涉及国家秘密的不要在本系统提出。"
        ),
    )
    subject = forms.ChoiceField(label=_("类别"), choices=Subject.choices, initial=Subject.OTHER)
    openness = forms.ChoiceField(
        label=_("能不能公开"),
        choices=Openness.choices,
        initial=Openness.FULL,
        widget=forms.RadioSelect,
    )
    wished_unit = forms.CharField(
        label=_("希望由哪个单位办"),
        max_length=80,
        required=False,
        help_text=_("只供参考，由代工委定。"),
    )

    def __init__(self, *args: Any, heads_delegation: bool = False, **kwargs: Any) -> None:
        """Only the head of a delegation is asked in whose name; others write in their own."""
        super().__init__(*args, **kwargs)
        if not heads_delegation:
            del self.fields["proposer"]

    def wording(self) -> dict[str, Any]:
        """What the deputy wrote, without what is chosen once when it is begun."""
        begun = ("proposer", "kind")
        return {name: given for name, given in self.cleaned_data.items() if name not in begun}

    def begun(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {name: given[name] for name in ("proposer", "kind") if name in given}

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        for name in ("situation", "proposals"):
            given[name] = given.get(name, "").replace("\r\n", "\n").strip()
        return given


class InviteForm(StepForm):
    """Names found by search; a box each."""

    q = forms.CharField(
        label=_("找代表"), required=False, max_length=30, help_text=_("姓名或代表团，一个字也行。")
    )
    deputies = forms.ModelMultipleChoiceField(
        label=_("请谁联名"),
        queryset=Deputy.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, item: Any, found: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, item=item, **kwargs)
        sitting = Deputy.objects.sitting().named().filter(congress=item.congress_id)
        self.field("deputies").queryset = sitting.exclude(pk=item.lead_id)
        if found is not None:
            self.field("deputies").choices = [(each.pk, _described(each)) for each in found]


def _described(deputy: Deputy) -> str:
    return (
        f"{deputy.person.name} · {deputy.delegation}" if deputy.delegation else deputy.person.name
    )


class UnitsForm(StepForm):
    """How it is handled, one head, up to five further units, a part each."""

    MODES: tuple[Mode, ...] = (
        Mode.SEPARATE,
        Mode.JOINT,
        Mode.GOVERNMENT,
        Mode.DISTRIBUTED,
        Mode.REFERENCE,
    )

    mode = forms.ChoiceField(label=_("办理方式"), required=False, widget=forms.RadioSelect)
    lead = forms.ModelChoiceField(
        label=_("主办单位"),
        queryset=Unit.objects.none(),
        help_text=_("分别办理和联合主办的，填第一个或牵头的单位；其余填在下面。"),
    )
    lead_part = forms.CharField(label=_("主办的事项"), max_length=300, required=False)

    MOST_COHANDLERS = 5

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units = self.units()
        self.field("mode").choices = [
            ("", _("单办，或者主办加会办")),
            *((mode.value, mode.label) for mode in self.MODES),
        ]
        self.field("mode").initial = ""
        choices = [("", _("没有")), *((unit.pk, unit.name) for unit in units)]
        self.field("lead").queryset = units
        self.field("lead").choices = [("", _("请选择")), *choices[1:]]
        for number in range(1, self.MOST_COHANDLERS + 1):
            self._add_cohandler(number, choices)
        self._by_pk = {unit.pk: unit for unit in units}

    def _add_cohandler(self, number: int, choices: list[Any]) -> None:
        self.fields[f"unit{number}"] = forms.TypedChoiceField(
            label=_("会办单位 %(number)d") % {"number": number},
            choices=choices,
            coerce=int,
            empty_value=None,
            required=False,
        )
        self.fields[f"part{number}"] = forms.CharField(
            label=_("会办 %(number)d 的事项") % {"number": number}, max_length=300, required=False
        )

    def units(self) -> Any:
        return units_of(self.item)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        chosen = [unit.pk for unit, _role, _part in self.tasks()]
        if len(set(chosen)) != len(chosen):
            raise forms.ValidationError(_("同一个单位只能列一次。"))
        return given | {"tasks": self.tasks()}

    def cohandlers(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The co-handlers' fields, two a line."""
        numbers = range(1, self.MOST_COHANDLERS + 1)
        return [(self[f"unit{number}"], self[f"part{number}"]) for number in numbers]

    def tasks(self) -> list[tuple[Unit, str, str]]:
        """The head first, then each unit that was named, in the roles of the mode."""
        given = self.cleaned_data
        default = (AssignmentRole.LEAD, AssignmentRole.COHANDLER)
        head, other = ROLES.get(given.get("mode", ""), default)
        named = [(given.get("lead"), head, given.get("lead_part", ""))]
        for number in range(1, self.MOST_COHANDLERS + 1):
            unit = self._by_pk.get(given.get(f"unit{number}"))
            named.append((unit, other, given.get(f"part{number}", "")))
        return [(unit, str(role), part) for unit, role, part in named if unit]


class DistributeForm(UnitsForm):
    """The government office names departments of the administration only."""

    MODES = (Mode.SEPARATE, Mode.JOINT)

    def units(self) -> Any:
        return units_of(self.item).filter(kind__in=[UnitKind.DEPARTMENT, UnitKind.DISTRICT])


# Head and further units of each mode that is not "lead with co-handlers".
ROLES: dict[str, tuple[AssignmentRole, AssignmentRole]] = {
    Mode.SEPARATE: (AssignmentRole.SEPARATE, AssignmentRole.SEPARATE),
    Mode.JOINT: (AssignmentRole.LEAD, AssignmentRole.JOINT),
    Mode.DISTRIBUTED: (AssignmentRole.OFFICE, AssignmentRole.OFFICE),
    Mode.REFERENCE: (AssignmentRole.REFERENCE, AssignmentRole.REFERENCE),
}


class ReplyForm(StepForm):
    result_class = Pick(
        label=_("结果类别"),
        widget=forms.RadioSelect,
    )
    body = Part(
        label=_("答复正文"),
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_("逐条回答：查了什么、做了什么、将做什么（谁、什么时候）、做不了的为什么。"),
    )
    contact_name = forms.CharField(label=_("联系人"), max_length=30, required=False)
    contact_telephone = forms.CharField(label=_("联系电话"), max_length=30, required=False)

    def __init__(self, *args: Any, item: Any, **kwargs: Any) -> None:
        """The classes are those of the congress (rule reply.classes)."""
        super().__init__(*args, item=item, **kwargs)
        classes = classes_in(item.congress.region)
        field = self.field("result_class")
        field.choices = list(classes.items())
        field.help_text = _("选“%(planned)s”的，至少要列一项承诺，写明日期和责任人。") % {
            "planned": classes[ResultClass.B]
        }


class PromiseForm(forms.Form):
    text = ReadableField(label=_("承诺做什么"), max_length=300)
    kind = forms.ChoiceField(label=_("类型"), choices=PromiseKind.choices, initial=PromiseKind.DO)
    promised_on = forms.DateField(label=_("什么时候做完"), widget=DayInput)
    responsible = forms.CharField(label=_("责任人"), max_length=60, help_text=_("处室和姓名。"))

    def clean_promised_on(self) -> Any:
        day = self.cleaned_data["promised_on"]
        if day < clock.today():
            raise forms.ValidationError(_("日期不能早于今天。"))
        return day


PromiseFormSet = forms.formset_factory(PromiseForm, extra=2, max_num=20, validate_max=True)
