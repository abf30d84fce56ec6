"""The newest changes as a feed: Atom (RFC 4287) with points in GeoRSS Simple (OGC 17-002r1), for readers and for maps.

An entry keeps its id for ever, its time is that of its incident's last revision; nothing of it says when it was asked
for, so an unchanged feed is answered in a line.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO, NamedTuple
from urllib.parse import quote
from uuid import UUID

from lxml import etree
from lxml.builder import ElementMaker

from geo import __version__
from geo.exchange.formats import Setting
from geo.exchange.rows import join_parts
from geo.exchange.sentences import list_claims, say_claim
from geo.exchange.shapes import position_of
from geo.exchange.table import LICENCE, Selection, attribution_of, safe_line
from geo.model import Incident
from geo.store import Store
from geo.store.stream import open_stream
from geo.text import safe_url
from geo.wording.naming import category_of, event_places, name_province, write_title

ATOM, GEORSS = "http://www.w3.org/2005/Atom", "http://www.georss.org/georss"
MOST_ENTRIES = 200

_NSMAP = {None: ATOM, "georss": GEORSS}
_E, _G = ElementMaker(namespace=ATOM, nsmap=_NSMAP), ElementMaker(namespace=GEORSS, nsmap=_NSMAP)
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""When a feed without entries was updated."""
_API = "/border-incidents/api/incidents.atom"


def choose_newest(store: Store, ids: Sequence[str]) -> list[str]:
    """Those of the incidents that changed last, the newest change first, no more than a feed holds."""
    wanted, found = set(ids), dict[str, None]()
    with open_stream(store) as stream:
        for id_, _ in stream.changes("incident", ids):
            if id_ in wanted:
                found[id_] = None
            if len(found) == min(MOST_ENTRIES, len(wanted)):
                break
    return list(found)


class Addresses(NamedTuple):
    """Where a feed and what it tells of can be read."""

    feed: str
    page: str
    incident: Callable[[str], str]
    """By its id."""


def write_feed(stream: BinaryIO, selection: Selection, setting: Setting, addresses: Addresses | None = None) -> None:
    """Write the incidents of a selection, as ``choose_newest`` gives them, as a feed.

    Its addresses are those of the dashboard unless others are given; they may be relative to the feed (RFC 4287, 2).
    """
    addresses = addresses or _on_the_dashboard(selection, setting)
    times = _read_times(setting.store, selection.ids)
    newest = max((last for _, last in times.values()), default=NEVER)
    feed = _E.feed(
        _E.id(f"urn:border-incidents:{setting.border.code}:{quote(selection.query, safe='')}"),
        _E.title(setting.words("app.title")),
        _E.subtitle(safe_line(selection.asked or setting.border.name)),
        _E.updated(stamp(newest)),
        _E.author(_E.name("Border Incidents")),
        _E.link(rel="self", type="application/atom+xml", href=addresses.feed),
        _E.link(rel="alternate", type="text/html", href=addresses.page),
        _E.rights(f"{LICENCE}. {attribution_of(selection)}"),
        _E.generator("Border Incidents", version=__version__),
        *(_entry(i, times[i.id], addresses.incident(i.id), selection, setting) for i in selection.incidents),
    )
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", setting.words.language)
    stream.write(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _on_the_dashboard(selection: Selection, setting: Setting) -> Addresses:
    query = f"?{selection.query}" if selection.query else ""
    return Addresses(
        feed=f"{setting.public_url}{_API}{query}",
        page=f"{setting.public_url}/{query}",
        incident=lambda id_: f"{setting.public_url}/?incident={quote(id_, safe='')}",
    )


def _read_times(store: Store, ids: Sequence[str]) -> dict[str, tuple[datetime, datetime]]:
    """First and last change of each incident."""
    times: dict[str, tuple[datetime, datetime]] = {}
    with open_stream(store) as stream:
        for id_, time in stream.changes("incident", ids):
            times[id_] = (time, times[id_][1] if id_ in times else time)
    return times


def _entry(
    incident: Incident, times: tuple[datetime, datetime], address: str, selection: Selection, setting: Setting
) -> etree._Element:
    first, last = times
    words = setting.words
    entry = _E.entry(
        _E.id(_name(incident.id)),
        _E.title(safe_line(write_title(incident, words))),
        _E.published(stamp(first)),
        _E.updated(stamp(last)),
        _E.link(rel="alternate", type="text/html", href=address),
        _E.category(term=category_of(incident), label=words(f"event.{category_of(incident)}")),
        _E.summary(safe_line(". ".join(_summarise(incident, selection, setting)) + ".")),
    )
    for url in dict.fromkeys(safe_url(source.url) for source in selection.sources_of(incident)):
        if url:
            entry.append(_E.link(rel="via", href=url))
    entry.extend(_place(incident, setting))
    return entry


def _summarise(incident: Incident, selection: Selection, setting: Setting) -> Iterator[str]:
    """Whether a person has checked it, and who claims what: a figure for several places with how many it is for."""
    words = setting.words
    yield words(f"status.{incident.status}")
    yield from dict.fromkeys(say_claim(claim, words) for claim in list_claims(incident))
    for scope in selection.scopes_of(incident):
        area = words("place.total_places", n=words.number(len(scope.places)))
        yield from dict.fromkeys(f"{say_claim(claim, words)} ({area})" for claim in scope.claims)


def _place(incident: Incident, setting: Setting) -> Iterator[etree._Element]:
    """A point for a named place; of several the names only, for an entry of GeoRSS Simple has one shape."""
    places = event_places(incident)
    named = [place.place for place in places if place.precision == "exact" and place.place]
    point = position_of(named[0]) if len(places) == len(named) == 1 else None
    if point:
        yield _G.point(f"{round(point[1], 4)} {round(point[0], 4)}")
    provinces = (name_province(place.adm1, setting.gazetteer, setting.words) for place in places if place.adm1)
    names = [place.place.name for place in places if place.place] or list(dict.fromkeys(provinces))
    if names:
        yield _G.featurename(join_parts(names))


def _name(id_: str) -> str:
    """The incident's id as a URN."""
    try:
        return UUID(id_).urn
    except ValueError:
        return f"urn:border-incidents:incident:{quote(id_, safe='')}"


def stamp(time: datetime) -> str:
    """A moment as Atom writes it."""
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
