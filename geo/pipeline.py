"""The way of an article: text stages to a reading, provinces and border to its incidents, and into the store."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Protocol

from geo.aliases import apply_aliases
from geo.borders import Border, open_border
from geo.copies import find_copies
from geo.dates import find_dates
from geo.deduplication import find_decided, find_likeliest, find_split_off, join_incidents
from geo.errors import DataError
from geo.extraction import Found, read_incidents
from geo.extraction.claims import find_claims
from geo.gazetteer import Gazetteer, open_gazetteer
from geo.model import Alias, Article, Claim, Flag, Incident, IncidentPlace, Reading, Resolution, Role
from geo.recognition import find_toponyms
from geo.resolution import UNKNOWN_NAME, resolve_toponyms
from geo.settings import default_store, read_option
from geo.text import Document, prepare_document
from geo.totals import count_totals
from geo.victims import look_for_victims

if TYPE_CHECKING:  # SQLAlchemy takes 0.2 s to import, and reading needs no store
    from geo.geocoding import Locator
    from geo.store import Change, Store

SAME_WITHIN_DAYS = 10
"""Shown incidents farther apart in time are not even compared: late reports name the day, and few come later."""

UNANSWERED = "geocoder_unavailable"
"""Code of the flag of readings and incidents with a place that could not be asked for."""

UNSURE = 0.6
"""Chance below which a place should be looked at: of the places in the sample reports, one in twenty."""

_POINT_KINDS = frozenset({"settlement", "crossing", "poi", "area", "adm2"})
"""Kinds of place whose point lies in one province; of a country, a province or a line it says nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What the stages look things up in."""

    gazetteer: Gazetteer
    border: Border
    """The border in view."""
    locator: Locator | None = None
    """Asked for places that the gazetteer does not know; None where nobody is asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one article."""

    article: Article
    incidents: tuple[Incident, ...] = ()
    """The incidents shown that it reports, as they are after it."""
    joined: int = 0
    """How many of them other articles had reported before."""
    flags: tuple[str, ...] = ()
    """Codes of what a careful reader should know."""
    already_there: bool = False
    """True when the store held it before; then nothing was changed."""


def load_tools(border: str = "AF-PK", aliases: Iterable[Alias] = ()) -> Tools:
    """Gazetteer and border line, opened once; a border that is not built yet is built from the world's outlines.

    ``aliases`` are what editors say names mean, as ``Store.aliases`` has them.
    """
    kept = tuple(aliases)
    return _follow(border, kept) if kept else _open_tools(border)


def ask_for_places(tools: Tools, store: Store) -> Tools:
    """The same tools, which ask the server of BORDER_INCIDENTS_NOMINATIM for places that the gazetteer does not know.

    What it answers is kept in the store. Without the option they are the same and ask nobody; raises UsageError when
    it names a server that must not be asked.
    """
    if not read_option("BORDER_INCIDENTS_NOMINATIM") or store.read_only:
        return tools
    from geo.fetch import ask_service  # whoever asks nobody need not load what asks
    from geo.geocoding import open_locator

    return replace(tools, locator=open_locator(tools.border, cache=store.answers, fetch=ask_service))


@lru_cache(maxsize=2)
def _follow(border: str, aliases: tuple[Alias, ...]) -> Tools:
    """The same tools, with a gazetteer that follows the aliases."""
    tools = _open_tools(border)
    return replace(tools, gazetteer=tools.gazetteer.with_aliases(aliases))


@cache
def _open_tools(border: str) -> Tools:
    tools = Tools(gazetteer=open_gazetteer(border=border), border=_open_border(border))
    gc.freeze()  # the tools live for ever: collections need not look at them again
    return tools


def read_article(article: Article, tools: Tools) -> Reading:
    """All that the text stages read out of one article; looks at no file, no clock and no network.

    But for tools with a locator, which asks for the names in sentences of incidents that the gazetteer left open.
    """
    document = prepare_document(article.text, language=article.language)
    gazetteer = tools.gazetteer.in_language(document.language)
    resolutions = resolve_toponyms(document, find_toponyms(document, gazetteer), gazetteer, border=tools.border.code)
    resolutions = apply_aliases(resolutions, tools.gazetteer, document.language)
    reading, claims = _tell(article, document, resolutions, tools)
    wanted = _list_open(document, reading, claims) if tools.locator else []
    if not tools.locator or not wanted:
        return reading
    located = tools.locator.locate(resolutions, wanted)
    if list(located.resolutions) != list(resolutions):
        reading, _ = _tell(article, document, located.resolutions, tools)
    return _flag_unanswered(reading, located.unanswered)


def _tell(
    article: Article, document: Document, resolutions: Sequence[Resolution], tools: Tools
) -> tuple[Reading, Sequence[Claim]]:
    """What an article tells, its toponyms meaning these places, and the claims found in it."""
    dates = find_dates(document, published=article.published)
    claims = find_claims(document, article_id=article.id, resolutions=resolutions, published=article.published)
    found = Found(resolutions=resolutions, dates=dates, claims=claims)
    gazetteer = tools.gazetteer.in_language(document.language)
    extraction = read_incidents(article, document, found, border=tools.border, gazetteer=gazetteer)
    reading = Reading(
        article_id=article.id,
        language=document.language,
        toponyms=_give_roles(resolutions, extraction.roles),
        incidents=tuple(extraction.incidents),
        scopes=tuple(extraction.scopes),
        flags=(*article.flags, *extraction.flags),
    )
    return reading, claims


def _list_open(document: Document, reading: Reading, claims: Sequence[Claim]) -> list[int]:
    """Toponyms for which the gazetteer has no place, in sentences that report an incident or what one cost."""
    quotes = [incident.quote for incident in reading.incidents if incident.quote]
    told = {document.sentence_at(claim.span.start) for claim in claims} if quotes else set()
    for quote in quotes:
        told.update(range(document.sentence_at(quote.start), document.sentence_at(quote.end - 1) + 1))
    return [
        index
        for index, resolution in enumerate(reading.toponyms)
        if resolution.reason == UNKNOWN_NAME and document.sentence_at(resolution.toponym.span.start) in told
    ]


def _flag_unanswered(reading: Reading, unanswered: Sequence[int]) -> Reading:
    """The reading, it and its incidents flagged where a place in their sentences could not be asked for."""
    spans = [reading.toponyms[index].toponym.span for index in unanswered]
    flags = [Flag(code=UNANSWERED, detail="A place was left open: the geocoder did not answer.", span=s) for s in spans]

    def flag(incident: Incident) -> Incident:
        quote = incident.quote
        own = [f for f in flags if quote and f.span and quote.start <= f.span.start < quote.end]
        return replace(incident, flags=(*incident.flags, *own[:1]))

    return replace(reading, flags=(*reading.flags, *flags), incidents=tuple(map(flag, reading.incidents)))


def join_places(incident: Incident, border: Border) -> Incident:
    """The incident with the province of each of its places, and how each lies to the border."""
    return replace(incident, places=tuple(_join_place(place, border) for place in incident.places))


def join_reading(reading: Reading, border: Border) -> Reading:
    """The reading with the places of its incidents joined, and a flag where the place of one is not sure."""
    joined = (join_places(incident, border) for incident in reading.incidents)
    return replace(reading, incidents=tuple(_flag_unsure(incident, reading.toponyms) for incident in joined))


def read_to_keep(article: Article, tools: Tools) -> Reading:
    """All that a store keeps of an article: its reading, the places joined, and whom it names among the victims."""
    reading = join_reading(read_article(article, tools), tools.border)
    return replace(reading, victims=look_for_victims(article, reading))


def add_article(store: Store, article: Article, tools: Tools, *, time: datetime) -> Added:
    """Read an article into the store, in one transaction; one that is there already changes nothing."""
    reading = read_to_keep(article, tools)
    with store.change(time=time) as change:
        return keep_reading(change, article, reading)


def keep_reading(change: Change, article: Article, reading: Reading) -> Added:
    """Keep an article with what was read out of it, its places joined, and show its incidents."""
    if change.holds(article.id):
        return Added(article=article, already_there=True)
    change.add_article(article, reading)
    shown = [show_report(change, report, position) for position, report in enumerate(reading.incidents)]
    for position, scope in enumerate(reading.scopes):
        change.add_scope(scope, article_id=article.id, position=position)
    return Added(
        article=article,
        incidents=tuple({incident.id: incident for incident, _ in shown}.values()),
        joined=sum(joined for _, joined in shown),
        flags=tuple(dict.fromkeys(flag.code for flag in reading.flags)),
    )


def _open_border(code: str) -> Border:
    try:
        return open_border(code)
    except DataError:
        from geo.boundaries import ensure_border  # GeoPandas takes 0.5 s to import

        return open_border(code, folder=ensure_border(code, default_store().parent / "borders"))


def _give_roles(resolutions: Sequence[Resolution], roles: Mapping[int, Role]) -> tuple[Resolution, ...]:
    """The resolutions, those that extraction found to be places of an incident with that role."""
    return tuple(
        replace(resolution, toponym=replace(resolution.toponym, role=roles[index])) if index in roles else resolution
        for index, resolution in enumerate(resolutions)
    )


def _flag_unsure(incident: Incident, toponyms: Sequence[Resolution]) -> Incident:
    """The incident, flagged where one of its places may as well be another of that name."""
    named = [toponyms[place.toponym] for place in incident.places if place.place and place.toponym is not None]
    unsure = next((resolution for resolution in named if resolution.score < UNSURE), None)
    if unsure is None:
        return incident
    detail = f"The place may be another of that name: {unsure.toponym.text}."
    return replace(
        incident, flags=(*incident.flags, Flag(code="place_unsure", detail=detail, span=unsure.toponym.span))
    )


def _join_place(joined: IncidentPlace, border: Border) -> IncidentPlace:
    place = joined.place
    if place is None or place.lat is None or place.lon is None or place.kind not in _POINT_KINDS:
        return join_border(joined, border)
    from geo.boundaries import join_with_country  # GeoPandas takes 0.5 s to import

    named = joined.adm1 or place.adm1
    adm1 = join_with_country(place.lat, place.lon, place.country, named) or named
    return join_border(replace(joined, adm1=adm1), border)


def join_border(joined: IncidentPlace, border: Border) -> IncidentPlace:
    """A place whose province is known, with how it lies to the border."""
    place = joined.place
    if place is None:
        return joined
    side = joined.side or (place.country if place.country in border.countries else None)
    if place.lat is None or place.lon is None or place.kind not in _POINT_KINDS:
        return replace(joined, adm1=joined.adm1 or place.adm1, side=side)
    nearest = border.nearest_crossing(place.lat, place.lon)
    return replace(
        joined,
        side=side,
        distance_to_border_km=round(border.locate(place.lat, place.lon).distance_km, 2),
        nearest_crossing=nearest[0].place_id if nearest else None,
    )


def show_report(change: Change, report: Incident, position: int) -> tuple[Incident, bool]:
    """Show an incident of the article, joined with the one that other articles told of the same; True when joined."""
    same = find_incident(change, report)
    if same is None:
        return put_report(change, report, change.shown(report.id), position=position, reason="read"), False
    reason = f"also reported by article {report.articles[0]}"
    return put_report(change, report, same, position=position, reason=reason), True


def put_report(change: Change, report: Incident, before: Incident | None, *, position: int, reason: str) -> Incident:
    """Show a report as a new incident, or joined to the reports of the one shown before.

    One that was withdrawn because nothing told of it is a draft again. One that a person has checked or rejected stays
    as it is: the report is kept beside it, as news since.
    """
    members = change.reports_of(before.id) if before else []
    if before is not None and is_settled(before, members):
        change.add_report(report, incident_id=before.id, position=position)
        return before
    shown = keep_edits(before, tell_incident(change, [*members, report], before)) if before else report
    if shown.status == "withdrawn" and not members:
        shown = replace(shown, status="draft")
    change.show(shown, reason=reason)
    change.add_report(report, incident_id=shown.id, position=position)
    return shown


def find_incident(change: Change, report: Incident) -> Incident | None:
    """The shown incident that a report tells of: the one that persons put it into, else the likeliest by the rules."""
    near = {incident.id: incident for incident in change.find_near(report, days=SAME_WITHIN_DAYS)}
    decisions = change.decisions_about(report.id, list(near))
    named = {id_ for decision in decisions for id_ in (decision.kept_id, decision.other_id)}
    shown = change.incidents_of(named) if named else {}
    put, apart = find_decided(report.id, decisions, shown)
    if put is not None:
        return change.shown(put)
    joined = {shown[d.kept_id] for d in decisions if d.verdict == "same" and d.kept_id in shown}
    # what a person joined may differ in day, place or kind, so that the sum of it is like none of its reports
    told = {
        id_: change.reports_of(id_) if id_ in joined else (incident,)
        for id_, incident in near.items()
        if id_ not in apart
    }
    likeliest = find_likeliest(report, told)
    split_off = find_split_off(decisions, shown, likeliest)
    return next((near[id_] for id_ in likeliest if id_ not in split_off), None)


class Shelf(Protocol):
    """Where articles are looked up: a change, or the store."""

    def load_articles(self, ids: Sequence[str]) -> list[Article]:
        """Articles in the order of ``ids``."""


def tell_incident(shelf: Shelf, reports: Sequence[Incident], before: Incident) -> Incident:
    """An incident as its reports tell it, in place of what was shown under its id before."""
    articles = dict.fromkeys(id_ for report in reports for id_ in report.articles)
    copied = find_copies(shelf.load_articles(list(articles))) if len(articles) > 1 else ()
    told = join_incidents(reports, copied=copied) if len(reports) > 1 else reports[0]
    return replace(told, id=before.id, status=before.status, version=before.version + 1)


def is_settled(incident: Incident, reports: Sequence[Incident]) -> bool:
    """Whether a person has checked an incident, or rejected it: then nothing that is read changes it.

    One that is withdrawn and has no report was merged into another, or is told no more.
    """
    return incident.status in ("reviewed", "published") or (incident.status == "withdrawn" and bool(reports))


def keep_edits(before: Incident, told: Incident) -> Incident:
    """What the reports tell, with every field that a person changed as the person left it.

    Claims of articles that the person had not seen are added to those that they left.
    """
    if not before.edited:
        return told
    kept: dict[str, Any] = {name: getattr(before, name) for name in before.edited}
    if "claims" in kept:
        kept["claims"] = add_claims(before.claims, told, without=before.articles)
        kept["totals"] = count_totals(kept["claims"])
    return replace(told, **kept, edited=before.edited)


def add_claims(claims: Sequence[Claim], told: Incident, *, without: Sequence[str]) -> tuple[Claim, ...]:
    """Some claims and those that an incident has from other articles than the ones left out."""
    return (*claims, *pick_claims(told, [a for a in told.articles if a not in without], offset=len(claims)))


def pick_claims(incident: Incident, articles: Collection[str], *, offset: int = 0) -> tuple[Claim, ...]:
    """The claims that an incident has from some articles, to stand in a list after so many others."""
    wanted = [n for n, claim in enumerate(incident.claims) if claim.article_id in articles]
    place = {n: offset + k for k, n in enumerate(wanted)}
    picked = (incident.claims[n] for n in wanted)
    return tuple(
        claim if claim.subset_of is None else replace(claim, subset_of=place.get(claim.subset_of)) for claim in picked
    )
