"""Several geocoders as one: each is asked only when those before it know no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

from geopy.geocoders.base import Geocoder
from geopy.location import Location

from geo.gazetteer import Gazetteer
from geo.geocoding.gazetteer import GazetteerGeocoder
from geo.geocoding.nominatim import AnswerCache, Fetch, NominatimGeocoder
from geo.geocoding.service import read_service

Found: TypeAlias = Location | list[Location] | None


class ChainedGeocoder(Geocoder):  # type: ignore[misc]  # geopy has no types
    """Asks one geocoder after another until one knows an answer; takes whatever arguments they all take."""

    def __init__(self, geocoders: Sequence[Geocoder]) -> None:
        super().__init__(user_agent="border-incidents")
        self.geocoders = tuple(geocoders)

    def geocode(self, query: Any, **options: Any) -> Found:
        """The place or places of a name; see ``GazetteerGeocoder.geocode`` for the options."""
        return next((found for geocoder in self.geocoders if (found := geocoder.geocode(query, **options))), None)

    def reverse(self, query: Any, **options: Any) -> Found:
        """What is at or near a point; see ``GazetteerGeocoder.reverse`` for the options."""
        return next((found for geocoder in self.geocoders if (found := geocoder.reverse(query, **options))), None)


def open_geocoder(gazetteer: Gazetteer, *, cache: AnswerCache, fetch: Fetch) -> ChainedGeocoder:
    """The gazetteer, and after it the Nominatim server that BORDER_INCIDENTS_NOMINATIM names, if it names one.

    Raises UsageError when that server must not be asked, see ``service.make_service``.
    """
    service = read_service()
    online = [NominatimGeocoder(service, cache=cache, fetch=fetch)] if service else []
    return ChainedGeocoder([GazetteerGeocoder(gazetteer), *online])
