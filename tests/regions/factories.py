"""Divisions: a city under its province and country, and a county inside it."""

import factory

from huiyin.regions.choices import Level
from huiyin.regions.models import Region


class RegionFactory(factory.django.DjangoModelFactory):
    """The city of Lanzhou unless told otherwise; one row for each code."""

    class Meta:
        model = Region
        django_get_or_create = ("code",)

    class Params:
        country = factory.Trait(code="000000", name="全国", level=Level.COUNTRY, parent=None)
        province = factory.Trait(
            code="620000",
            name="甘肃省",
            level=Level.PROVINCE,
            parent=factory.SubFactory("tests.regions.factories.RegionFactory", country=True),
        )
        county = factory.Trait(
            code="620102",
            name="城关区",
            level=Level.COUNTY,
            parent=factory.SubFactory("tests.regions.factories.RegionFactory"),
        )
        qingdao = factory.Trait(
            code="370200",
            name="青岛市",
            parent=factory.SubFactory("tests.regions.factories.RegionFactory", country=True),
        )

    code = "620100"
    name = "兰州市"
    level = Level.CITY
    parent = factory.SubFactory("tests.regions.factories.RegionFactory", province=True)
    path = factory.LazyAttribute(
        lambda region: f"{region.parent.path if region.parent else '/'}{region.code}/"
    )
