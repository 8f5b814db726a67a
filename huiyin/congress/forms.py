"""What people type about congresses, deputies, units and appointments."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.accounts.models import User
from huiyin.congress.choices import EndGround, Level, MandateState, Role, Sex, UnitKind
from huiyin.congress.models import Committee, Deputy, Unit
from huiyin.kernel import clock, identity
from huiyin.regions.choices import Level as RegionLevel
from huiyin.regions.models import Region
from huiyin.ui.forms import DayInput, MomentInput, SearchInput, words_field

ALL = ("", _("全部"))


class RegionField(forms.ModelChoiceField):
    def label_from_instance(self, region: Any) -> str:
        return region.name


class DeputyFilter(forms.Form):
    """The public list: by level, county, delegation, name."""

    q = forms.CharField(label=_("姓名"), required=False, max_length=40, widget=SearchInput)
    level = forms.ChoiceField(label=_("层级"), required=False, choices=[ALL, *Level.choices])
    county = RegionField(
        label=_("县区"),
        required=False,
        queryset=Region.objects.at(RegionLevel.COUNTY).sorted_by_name(),
        to_field_name="code",
        empty_label=_("全部"),
    )
    delegation = forms.CharField(label=_("代表团"), required=False, max_length=60)


class DeskDeputyFilter(forms.Form):
    q = forms.CharField(label=_("姓名"), required=False, max_length=40, widget=SearchInput)
    delegation = forms.CharField(label=_("代表团"), required=False, max_length=60)
    state = forms.ChoiceField(label=_("状态"), required=False, choices=[ALL, *MandateState.choices])
    account = forms.ChoiceField(
        label=_("账号"),
        required=False,
        choices=[ALL, ("yes", _("已有账号")), ("no", _("还没有账号"))],
    )


class UnitFilter(forms.Form):
    q = forms.CharField(label=_("名称"), required=False, max_length=40, widget=SearchInput)
    kind = forms.ChoiceField(label=_("性质"), required=False, choices=[ALL, *UnitKind.choices])
    active = forms.ChoiceField(
        label=_("在用"),
        required=False,
        choices=[ALL, ("yes", _("在用")), ("no", _("已停用"))],
    )


class AppointmentFilter(forms.Form):
    q = forms.CharField(label=_("姓名或者登录名"), required=False, widget=SearchInput)
    role = forms.ChoiceField(label=_("角色"), required=False, choices=[ALL, *Role.choices])
    state = forms.ChoiceField(
        label=_("任职"),
        required=False,
        choices=[("", _("在任")), ("ended", _("已结束")), ("all", _("全部"))],
    )


class TokenFilter(forms.Form):
    q = forms.CharField(label=_("姓名、登录名或者用途"), required=False, widget=SearchInput)
    state = forms.ChoiceField(
        label=_("令牌"),
        required=False,
        choices=[("", _("有效的")), ("all", _("连同失效的"))],
    )


class UnmaskingFilter(forms.Form):
    q = forms.CharField(label=_("谁、看谁、理由"), required=False, widget=SearchInput)
    since = forms.DateField(label=_("从"), required=False, widget=DayInput)
    until = forms.DateField(label=_("到"), required=False, widget=DayInput)

    def clean_until(self) -> Any:
        """Nobody has looked after today; the end of time has no day after."""
        day = self.cleaned_data["until"]
        return day and min(day, clock.today())


class UnitForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    short_name = forms.CharField(label=_("简称"), max_length=20)
    kind = forms.ChoiceField(label=_("性质"), choices=UnitKind.choices)
    document_prefix = forms.CharField(
        label=_("机关代字"),
        max_length=12,
        required=False,
        help_text=_("答复文号里用，例如“兰民办”。"),
    )
    is_active = forms.BooleanField(label=_("在用"), required=False, initial=True)


class PersonForm(forms.Form):
    """The phone is typed anew or left alone: a masked value is never sent back."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=Sex.choices)
    ethnic_group = forms.CharField(label=_("民族"), max_length=20, required=False)
    post = forms.CharField(label=_("单位及职务"), max_length=120, required=False)
    phone = forms.CharField(
        label=_("新的手机号"), max_length=30, required=False, help_text=_("不改就空着。")
    )

    def clean_phone(self) -> str:
        phone = identity.normalise_phone(self.cleaned_data["phone"])
        if phone and not identity.is_phone(phone):
            raise forms.ValidationError(_("不像电话号码。"))
        return phone


class SuspendForm(forms.Form):
    on = forms.DateField(label=_("从哪天起"), widget=DayInput)
    words = words_field(_("依据"), most=500, rows=3)


class ResumeForm(forms.Form):
    words = words_field(_("依据"), most=500, rows=3)


class EndForm(forms.Form):
    ground = forms.ChoiceField(label=_("原因"), choices=EndGround.choices)
    on = forms.DateField(label=_("终止日期"), widget=DayInput)
    words = words_field(
        _("说明"), required=False, most=500, rows=3, help_text=_("例如公告的文号。")
    )


class HeadForm(forms.Form):
    """Naming a head asks nothing: the delegation is the deputy's."""


class GiveAccountForm(forms.Form):
    """A login name nobody has; proposed from the card's number."""

    username = forms.CharField(
        label=_("登录名"),
        max_length=60,
        validators=[User.username_validator],
        help_text=_("可以照用，也可以改。定了不再改。"),
    )


class LinkAccountForm(forms.Form):
    """The account that the person already has by another seat."""

    account = forms.CharField(
        label=_("已有的登录名"),
        max_length=60,
        help_text=_("本人已有工作人员或者别级代表的账号时填。账号上的姓名要和代表一样。"),
    )

    def clean_account(self) -> User:
        found = User.objects.filter(
            username__iexact=self.cleaned_data["account"], is_active=True
        ).first()
        if found is None:
            raise forms.ValidationError(_("没有这个登录名。"))
        return found


class GiveAccountsForm(forms.Form):
    """Who of those shown gets an account."""

    picked = forms.ModelMultipleChoiceField(
        queryset=Deputy.objects.none(),
        error_messages={"required": _("请至少选一位代表。")},
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, deputies, **options):
        super().__init__(*args, **options)
        self.fields["picked"].queryset = deputies


class WithoutAccountFilter(forms.Form):
    q = forms.CharField(label=_("姓名"), required=False, max_length=40, widget=SearchInput)
    delegation = forms.CharField(label=_("代表团"), required=False, max_length=60)


class AccountFilter(forms.Form):
    q = forms.CharField(label=_("姓名或者登录名"), required=False, widget=SearchInput)
    state = forms.ChoiceField(
        label=_("账号"),
        required=False,
        choices=[
            ("", _("能登录的")),
            ("seatless", _("没有身份还能登录的")),
            ("unused", _("还没换一次性密码的")),
            ("closed", _("已停用的")),
            ("all", _("全部")),
        ],
    )


class ReasonForm(forms.Form):
    """Why an account's way in is changed; it stands in the account's trail."""

    reason = forms.CharField(label=_("原因"), min_length=2, max_length=200)


class AppointForm(forms.Form):
    """An account that is there already, or a new one with a first password."""

    username = forms.CharField(
        label=_("登录名"), max_length=60, help_text=_("已有账号就填它的登录名；没有就新开一个。")
    )
    name = forms.CharField(
        label=_("姓名"), max_length=60, required=False, help_text=_("新开账号时填。")
    )
    email = forms.EmailField(label=_("邮箱"), required=False)
    role = forms.ChoiceField(label=_("角色"), choices=Role.choices)
    unit = forms.ModelChoiceField(
        label=_("单位"),
        required=False,
        queryset=Unit.objects.none(),
        empty_label=_("不选"),
        help_text=_("只有承办单位和政府办公厅的角色要选。"),
    )
    committee = forms.ModelChoiceField(
        label=_("委员会"),
        required=False,
        queryset=Committee.objects.none(),
        empty_label=_("不选"),
        help_text=_("专委会工作人员选。只能办自己委员会的事；不选就是为全部委员会工作。"),
    )
    starts_on = forms.DateField(label=_("从哪天起"), widget=DayInput, required=False)

    def __init__(self, *args, congress, **options):
        super().__init__(*args, **options)
        self.fields["unit"].queryset = congress.units.active().order_by("sort_key")
        self.fields["committee"].queryset = congress.committees.order_by("name")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["user"] = User.objects.filter(username__iexact=cleaned.get("username", "")).first()
        if cleaned["user"] is None and not cleaned.get("name"):
            self.add_error("name", _("没有这个登录名。要新开账号，请填姓名。"))
        return cleaned


class CommitteeForm(forms.Form):
    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("例如：财政经济委员会、城建环保工作委员会。")
    )


class GroupForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=60)
    field = forms.CharField(
        label=_("领域"), max_length=60, required=False, help_text=_("按专业编组的，写专业。")
    )


class TermForm(forms.Form):
    number = forms.IntegerField(label=_("第几届"), min_value=1, max_value=99)
    starts_on = forms.DateField(label=_("从哪天起"), widget=DayInput)


class SessionForm(forms.Form):
    number = forms.IntegerField(label=_("第几次会议"), min_value=1, max_value=99)
    starts_on = forms.DateField(label=_("开幕"), widget=DayInput)
    ends_on = forms.DateField(label=_("闭幕"), widget=DayInput)
    motion_deadline = forms.DateTimeField(label=_("议案截止"), widget=MomentInput, required=False)


def person_initial(deputy: Deputy) -> dict[str, Any]:
    person = deputy.person
    return {
        "name": person.name,
        "sex": person.sex,
        "ethnic_group": person.ethnic_group,
        "post": person.post,
    }
