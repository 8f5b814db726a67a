"""Everybody a chain needs, with names and places one can believe."""

from huiyin.congress.models import Person, Unit
from huiyin.opinions.models import Matter
from tests.cities import load_national_rules
from tests.opinions.factories import MatterFactory
from tests.suggestions.walk import City
from tests.venues.factories import DutyFactory, OfficerFactory, PlacementFactory, VenueFactory

PASSWORD = "sui-bian-xie-yi-ge-9"
NAMES = {
    "clerk": ("马海燕", "代工委经办"),
    "director": ("何志远", "代工委负责人"),
    "unit_clerk": ("郭文博", "市住建局经办"),
    "leader": ("高永强", "市住建局负责人"),
    "finance_clerk": ("罗晓梅", "市财政局经办"),
    "deputy_user": ("王秀英", "市人大代表"),
    "cosigner_user": ("李国栋", "市人大代表"),
    "government": ("胡建国", "市政府办公室"),
}


class Town(City):
    """The city of the suggestions' tests, with a station, its officer and a deputy placed there."""

    def __init__(self) -> None:
        load_national_rules()
        super().__init__()
        self._name_people()
        self._name_units()
        self.venue = VenueFactory(congress=self.congress, name="武威路社区代表工作站")
        self.officer = OfficerFactory(venue=self.venue).user
        PlacementFactory(deputy=self.lead, venue=self.venue)
        DutyFactory(venue=self.venue, deputies=[self.lead])

    def matter_in_public(self) -> Matter:
        return MatterFactory(congress=self.congress, public=True, title="翠园小区三号楼加装电梯")

    def _name_people(self) -> None:
        for role, (name, acting_as) in NAMES.items():
            user = getattr(self, role)
            user.name, user.acting_as = name, acting_as
            user.set_password(PASSWORD)
            user.save()
        for deputy, user in ((self.lead, self.deputy_user), (self.cosigner, self.cosigner_user)):
            Person.objects.filter(pk=deputy.person_id).update(name=user.name)

    def _name_units(self) -> None:
        for unit, short in (
            (self.unit, "市住建局"),
            (self.finance, "市财政局"),
            (self.office, "市政府办"),
        ):
            Unit.objects.filter(pk=unit.pk).update(short_name=short)
        Unit.objects.filter(pk=self.office.pk).update(name="兰州市人民政府办公室")
