"""Conversion of motions into suggestions (domain.md 2.8)."""

from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure, Scope


def conversion(scope: Scope) -> Figure:
    """Motions turned into suggestions, of the motions handed in. None while no motions are kept: no zero."""
    return Figure(
        "conversion",
        _("议案转建议率"),
        None,
        0,
        definition=_("转作建议的议案件数 ÷ 提出的议案件数"),
        excluded=_("平台还没有登记议案，不显示数字"),
        source=_("公式为产品提出，待本地确认"),
    )
