"""Who receives what a resident says: the station of the place, and a congress where somebody reads it."""

from huiyin.congress.choices import Role
from huiyin.congress.models import Appointment, Congress, Deputy
from huiyin.kernel import clock
from huiyin.regions.models import Region
from huiyin.venues.models import Placement, Venue


def destination(
    *, region: Region | None = None, venue: Venue | None = None, deputy: Deputy | None = None
) -> tuple[Congress | None, Venue | None]:
    """The venue's or deputy's own congress, else the nearest one upwards that has a clerk."""
    if venue is None and deputy is not None:
        return deputy.congress, _place_of(deputy)
    if venue is None and region is not None:
        venue = _nearest_venue(region)
    if venue is not None:
        return venue.congress, venue
    return _nearest_congress(region), None


def venues_in(congress: Congress, region_ids: set[int]) -> dict[int, Venue]:
    """The venue of the congress that receives what is said in each street or town, by its region."""
    here = Venue.objects.open().filter(congress=congress, region__in=region_ids)
    return {venue.region_id: venue for venue in here.order_by("-kind", "-pk")}


def _place_of(deputy: Deputy) -> Venue | None:
    """The deputy's main place, when the same congress keeps it."""
    placements = Placement.objects.filter(deputy=deputy, venue__congress=deputy.congress_id)
    main = placements.order_by("-is_main", "pk").select_related("venue").first()
    return main.venue if main else None


def _nearest_venue(region: Region) -> Venue | None:
    """In the street or town itself; a county has too many to guess."""
    open_here = Venue.objects.open().filter(region=region).select_related("congress__region")
    return open_here.order_by("kind", "pk").first()


def _nearest_congress(region: Region | None) -> Congress | None:
    staffed = Appointment.objects.filter(role=Role.CLERK).in_force(clock.today())
    congresses = Congress.objects.select_related("region")
    read = list(congresses.filter(pk__in=staffed.values("congress"))) or list(congresses)
    above = [one for one in read if region and region.path.startswith(one.region.path)]
    if above:
        return max(above, key=lambda congress: len(congress.region.path))
    return min(read, key=lambda congress: len(congress.region.path), default=None)
