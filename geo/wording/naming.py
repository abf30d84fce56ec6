"""What an incident is called on the page: title, place, days, in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from geo.gazetteer import Gazetteer
from geo.model import Incident, IncidentPlace, Place, Scope
from geo.taxonomy import event_category
from geo.text import display_text
from geo.wording.words import Words

_MOST_NAMES = 2
_AT_LINE_KM = 0.5
_SEVERAL = 2
_LONGEST_TITLE = 240
"""Code points of a title in lists: four lines of a card; longer ones are read where the incident is opened."""


def category_of(incident: Incident) -> str:
    """The category an incident is drawn by."""
    return event_category(incident.event_type, incident.sub_event_type)


def name_place(place: Place, words: Words) -> str:
    """A place in the reader's language, else in English."""
    return display_text(place.names.get(words.language) or place.name)


def name_province(code: str, gazetteer: Gazetteer, words: Words) -> str:
    """A province by its ISO 3166-2 code; the code itself when nobody knows it."""
    place = gazetteer.adm1(code)
    return name_place(place, words) if place else code


def name_country(code: str, gazetteer: Gazetteer, words: Words) -> str:
    """A country by its ISO 3166-1 code."""
    if words.has(f"country.{code}"):
        return words(f"country.{code}")
    place = gazetteer.country(code)
    return name_place(place, words) if place else code


def event_places(incident: Incident) -> list[IncidentPlace]:
    """Where it happened, each place once; where it came from is left out unless there is nothing else."""
    happened = [place for place in incident.places if place.role != "origin"] or list(incident.places)
    return list({(place.place.id if place.place else place.adm1): place for place in happened}.values())


def write_title(incident: Incident, words: Words) -> str:
    """The heading of an incident: the record's own in English, else made of kind and places."""
    if words.language == "en":
        return display_text(incident.title)
    names = _names(event_places(incident), words)
    kind = words(f"event.{category_of(incident)}")
    return words("incident.title", kind=kind, places=_list_names(names, words)) if names else kind


def cut_title(title: str) -> str:
    """A title that a list can hold, cut between words."""
    if len(title) <= _LONGEST_TITLE:
        return title
    cut = title[:_LONGEST_TITLE]
    return f"{cut.rpartition(' ')[0] or cut}…"


def write_place(
    incident: Incident, scopes: Sequence[Scope], distance_km: float | None, gazetteer: Gazetteer, words: Words
) -> str:
    """Where it was in one line: "Spin Boldak, Kandahar, 6 km from the line"."""
    total = name_total(scopes, words, brief=False)
    if total:
        return total
    places = event_places(incident)
    names = _names(places, words)
    if not names:
        return words("precision.unknown")
    where = _list_names(names, words)
    provinces_named = {place.adm1 for place in places if place.adm1}
    if len(provinces_named) == 1:
        province = name_province(next(iter(provinces_named)), gazetteer, words)
        if province not in names:
            where = words.join([where, province])
    return _with_distance(where, distance_km, words)


def find_province(incident: Incident, gazetteer: Gazetteer, words: Words) -> tuple[str, str] | None:
    """Code and name of the one province that an incident was in; None when it was in several, or nobody knows."""
    codes = {place.adm1 for place in event_places(incident) if place.adm1}
    return next(((code, name_province(code, gazetteer, words)) for code in codes), None) if len(codes) == 1 else None


def name_total(scopes: Sequence[Scope], words: Words, *, brief: bool) -> str:
    """The area of a figure for several places, the widest of them: "Eight provinces"; empty when there is none."""
    widest = max((len(scope.places) for scope in scopes), default=0)
    if widest < _SEVERAL:
        return ""
    kind = "provinces" if all(_is_code(place) for scope in scopes for place in scope.places) else "places"
    named = words(f"place.{kind}" if brief else f"place.total_{kind}", n=words.running(widest))
    return named[:1].upper() + named[1:]


def write_area(places: Sequence[str], words: Words) -> list[str]:
    """How wide a total is: "7 provinces"; nothing where it names one place or none."""
    if len(places) < _SEVERAL:
        return []
    kind = "provinces" if all(map(_is_code, places)) else "places"
    return [words(f"place.{kind}", n=words.number(len(places)))]


def write_days(incident: Incident, words: Words, *, year: bool = True, short: bool = False) -> str:
    """The days of an incident."""
    dates = incident.dates
    start, end = dates.start, dates.end
    if dates.precision == "month" and start:
        return words.month_of(start)
    if dates.precision == "year" and start:
        return words.isolate(str(start.year))
    return words.days(start, end, year=year, short=short)


def write_period(start: date, end: date, words: Words) -> str:
    """The period of the page."""
    return words.period(start, end)


def province_names(codes: Sequence[str], gazetteer: Gazetteer, words: Words) -> Mapping[str, str]:
    """Names of provinces by code."""
    return {code: name_province(code, gazetteer, words) for code in codes}


def _names(places: Sequence[IncidentPlace], words: Words) -> list[str]:
    return [name_place(place.place, words) for place in places if place.place is not None]


def _list_names(names: Sequence[str], words: Words) -> str:
    shown = words.join(names[:_MOST_NAMES])
    rest = len(names) - _MOST_NAMES
    return words.count("place.and_more", rest, places=shown) if rest > 0 else shown


def _with_distance(where: str, distance_km: float | None, words: Words) -> str:
    if distance_km is None:
        return where
    if distance_km < _AT_LINE_KM:
        return words("place.at_line", place=where)
    return words("place.distance", place=where, km=words.number(round(distance_km)))


def _is_code(place: str) -> bool:
    return ":" not in place
