"""Names to places and points to names, as geopy does it: the gazetteer, and a Nominatim server where one is named."""

from geo.geocoding.chain import ChainedGeocoder, open_geocoder
from geo.geocoding.gazetteer import GazetteerGeocoder
from geo.geocoding.locating import Located, Locator, open_locator
from geo.geocoding.nominatim import AnswerCache, Fetch, NominatimGeocoder
from geo.geocoding.service import Service, make_service, read_service

__all__ = [
    "AnswerCache",
    "ChainedGeocoder",
    "Fetch",
    "GazetteerGeocoder",
    "Located",
    "Locator",
    "NominatimGeocoder",
    "Service",
    "make_service",
    "open_geocoder",
    "open_locator",
    "read_service",
]
