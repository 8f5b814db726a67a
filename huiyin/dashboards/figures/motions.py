"""Conversion of motions into suggestions (docs/practice.md, rates)."""

from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure
from huiyin.dashboards.figures.tally import Tally


def conversion(tally: Tally, listed_at: str = "") -> Figure:
    """Motions turned into suggestions, of the motions handed in; with their list, for who may open it."""
    return Figure(
        "conversion",
        _("议案转建议率"),
        tally.totals["converted"],
        tally.totals["moved"],
        definition=_("转作建议的议案件数 ÷ 提出的议案件数"),
        excluded=_("没有提出的草稿不算，保密办理的不算"),
        source=_("公式为产品提出，待本地确认"),
        href=listed_at,
    )
