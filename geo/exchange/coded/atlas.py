"""Where the databases' names and numbers of countries and provinces lie, and what they call ours."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from geo.gazetteer import Gazetteer
from geo.model import Place
from geo.settings import data_folder

_IN_BRACKETS = re.compile(r"\s*\([^)]*\)")
_UNIT = re.compile(r"\s+(?:province|district|region|state|governorate|agency|oblast|department)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """What the databases call a country."""

    iso_number: str
    """ISO 3166-1, as ACLED's ``iso``."""
    gleditsch_ward: str
    """Gleditsch and Ward's number, as UCDP's ``country_id``; empty when this project does not know it."""
    acled_region: str
    """Empty when this project does not know it, as UCDP's below."""
    ucdp_region: str


@cache
def load_codes() -> Mapping[str, Codes]:
    """The codes of each country by its ISO 3166-1 alpha-2 code."""
    with (data_folder() / "exchange" / "countries.csv").open(encoding="utf8", newline="") as lines:
        return {row.pop("code"): Codes(**row) for row in csv.DictReader(lines)}


class Atlas:
    """The gazetteer as the databases need it; answers are kept, for a file names each place many times."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer
        self._countries: dict[str, str | None] = {}
        self._provinces: dict[tuple[str | None, str], str | None] = {}

    def country_named(self, name: str) -> str | None:
        """ISO code of a country by its English name ("Yemen (North Yemen)"); None when no country is called so."""
        if name not in self._countries:
            self._countries[name] = self._find(_IN_BRACKETS.sub("", name).strip(), "country", None)
        return self._countries[name]

    def country_numbered(self, *, iso: str = "", gleditsch_ward: str = "") -> str | None:
        """ISO code of a country by one of its numbers; None when it is unknown."""
        return self._by_iso.get(_integer(iso)) if iso else self._by_gleditsch_ward.get(_integer(gleditsch_ward))

    def province_named(self, name: str, country: str | None) -> str | None:
        """ISO 3166-2 code of a first-level unit by its name; None when there is none of this name."""
        key = (country, name)
        if key not in self._provinces:
            self._provinces[key] = self._find(_UNIT.sub("", name.strip()), "adm1", country)
        return self._provinces[key]

    def province_at(self, lat: float, lon: float, country: str | None, named: str | None) -> str | None:
        """The first-level unit of a point; near a border the country that is named decides."""
        from geo.boundaries import join_with_country  # GeoPandas takes 0.5 s to import

        return join_with_country(lat, lon, country, named)

    def place(self, identity: str) -> Place | None:
        """The place of an id; None when the gazetteer has none."""
        return self._gazetteer.place(identity)

    def unit(self, adm1: str | None) -> Place | None:
        """The place of a first-level unit."""
        return self._gazetteer.adm1(adm1) if adm1 else None

    def country(self, code: str | None) -> Place | None:
        """The place of a country."""
        return self._gazetteer.country(code) if code else None

    def name_country(self, code: str | None) -> str:
        """English name of a country; empty when unknown."""
        place = self.country(code)
        return place.name if place else ""

    def name_unit(self, adm1: str | None) -> str:
        """English name of a first-level unit; empty when unknown."""
        place = self.unit(adm1)
        return place.name if place else ""

    @cached_property
    def line(self) -> Place | None:
        """The border line in view; None when it has no place of its own."""
        return next((place for place in self._gazetteer.border_places.values() if place.kind == "line"), None)

    @cached_property
    def _by_iso(self) -> Mapping[str, str]:
        return {codes.iso_number: code for code, codes in load_codes().items()}

    @cached_property
    def _by_gleditsch_ward(self) -> Mapping[str, str]:
        return {codes.gleditsch_ward: code for code, codes in load_codes().items() if codes.gleditsch_ward}

    def _find(self, name: str, kind: str, country: str | None) -> str | None:
        found = (place for place in self._gazetteer.find(name) if place.kind == kind)
        fits = (place for place in found if kind == "country" or place.country == country)
        place = next(fits, None)
        if place is None:
            return None
        return place.country if kind == "country" else place.adm1


def _integer(written: str) -> str:
    """A whole number without the ".0" that spreadsheets and pandas give it."""
    return written.strip().removesuffix(".0").lstrip("0") or "0"
