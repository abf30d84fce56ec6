"""Corrections as a feed: Atom (RFC 4287), an entry for each, which keeps its id for ever and never changes its time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC
from typing import BinaryIO
from urllib.parse import quote

from lxml import etree
from lxml.builder import ElementMaker

from geo import __version__
from geo.exchange.feed import ATOM, MOST_ENTRIES, NEVER, Addresses, stamp
from geo.exchange.table import LICENCE, safe_line
from geo.wording.corrected import Corrected, say_changes
from geo.wording.words import Words

_E = ElementMaker(namespace=ATOM, nsmap={None: ATOM})


def write_corrections_feed(
    stream: BinaryIO, corrected: Sequence[Corrected], border: str, words: Words, addresses: Addresses
) -> None:
    """Write corrections, newest first, as a feed of a border such as "AF-PK"; older ones than it holds are left out."""
    feed = _E.feed(
        _E.id(f"urn:border-incidents:{border}:corrections"),
        _E.title(f"{words('corrections.title')}: {words('app.title')}"),
        _E.subtitle(words("corrections.lead")),
        _E.updated(stamp(max((one.time for one in corrected), default=NEVER))),
        _E.author(_E.name("Border Incidents")),
        _E.link(rel="self", type="application/atom+xml", href=addresses.feed),
        _E.link(rel="alternate", type="text/html", href=addresses.page),
        _E.rights(LICENCE),
        _E.generator("Border Incidents", version=__version__),
        *(_entry(one, words, addresses) for one in corrected[:MOST_ENTRIES]),
    )
    feed.set("{http://www.w3.org/XML/1998/namespace}lang", words.language)
    stream.write(etree.tostring(feed, xml_declaration=True, encoding="utf-8", pretty_print=True))


def _entry(one: Corrected, words: Words, addresses: Addresses) -> etree._Element:
    address = addresses.page if one.withdrawn else addresses.incident(one.incident_id)
    return _E.entry(
        _E.id(f"urn:border-incidents:correction:{quote(one.incident_id, safe='')}:{one.number}"),
        _E.title(safe_line(one.title)),
        _E.published(stamp(one.time)),
        _E.updated(stamp(one.time)),
        _E.link(rel="alternate", type="text/html", href=address),
        _E.summary(safe_line(" ".join(_summarise(one, words)))),
    )


def _summarise(one: Corrected, words: Words) -> Iterator[str]:
    day = one.time.astimezone(UTC).date()
    yield words("corrections.note", date=words.day(day), reason=one.reason)
    yield from (f"{said}." for said in say_changes(one, words))
