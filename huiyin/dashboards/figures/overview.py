"""One congress in one year at a glance: what the overview and the public page of figures show."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from huiyin.dashboards.figures.figure import Figure, Scope
from huiyin.dashboards.figures.motions import conversion
from huiyin.dashboards.figures.opinions import clinics, opinions
from huiyin.dashboards.figures.pipeline import PipelineStep, pipeline
from huiyin.dashboards.figures.series import Series
from huiyin.dashboards.figures.suggestions import by_unit, rates, six_functions
from huiyin.dashboards.figures.supervision import supervision
from huiyin.dashboards.figures.tally import Tally
from huiyin.dashboards.figures.unrecorded import UNRECORDED


@dataclass(frozen=True)
class Overview:
    """Each part is counted when a page first asks for it: a page that is kept asks for none."""

    scope: Scope
    motions_at: str = ""  # their list's address, where the reader may open it
    with_supervision: bool = True  # whether the reader may open what supervision lists

    @cached_property
    def tally(self) -> Tally:
        return Tally(self.scope)

    @cached_property
    def rates(self) -> list[Figure]:
        return rates(self.tally)

    @property
    def inner_rates(self) -> list[Figure]:
        """Those of the public page, and what only the house discusses."""
        return [*self.rates, conversion(self.tally, self.motions_at)]

    @property
    def rates_chart(self) -> dict[str, Any]:
        """The shares among them."""
        shares = [figure for figure in self.inner_rates if figure.percent is not None]
        return {
            "category": _("指标"),
            "categories": [figure.name for figure in shares],
            "unit": "%",
            "sideways": True,
            "series": [{"name": _("比率"), "values": [figure.percent for figure in shares]}],
        }

    @cached_property
    def pipeline(self) -> list[PipelineStep]:
        return pipeline(self.scope)

    @cached_property
    def functions(self) -> list[Figure]:
        return six_functions(self.tally)

    @cached_property
    def supervision(self) -> list[Figure]:
        return supervision(self.tally, with_lists=self.with_supervision)

    @cached_property
    def opinions(self) -> list[Figure]:
        return opinions(self.scope)

    @cached_property
    def clinics(self) -> list[Figure]:
        return clinics(self.tally)

    unrecorded = UNRECORDED

    @cached_property
    def units(self) -> list[dict[str, Any]]:
        return by_unit(self.tally)

    @property
    def months(self) -> dict[str, Any]:
        return self._series.months

    @property
    def years(self) -> list[dict[str, Any]]:
        return self._series.years

    @cached_property
    def _series(self) -> Series:
        return Series(self.scope)
