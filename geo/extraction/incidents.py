"""Gathered sentences as records: each incident with date, places, actors, claims, toll and quote, and the scopes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID, uuid5

from geo.borders import Border
from geo.extraction.actors import find_actors
from geo.extraction.claims.teasers import find_teasers, is_inside
from geo.extraction.drafts import Draft, Many, Unit, read_units
from geo.extraction.events import name_event, read_segments
from geo.extraction.flags import flag_article, flag_incident
from geo.extraction.gathering import gather
from geo.extraction.places import UNITS, Spot, as_incident_place, holds, rank_of, read_spots, stretch_of
from geo.extraction.settling import lend_places, lift_sums, part_counted, settle_leads, settle_sums
from geo.extraction.titles import make_title
from geo.extraction.when import OLD_AFTER_DAYS, before, choose_date, inferred, last_day, read_dates, recalls
from geo.gazetteer import Gazetteer
from geo.model import (
    Article,
    Claim,
    DateRange,
    Flag,
    Incident,
    IncidentPlace,
    Resolution,
    Role,
    Scope,
    Span,
)
from geo.text import Document
from geo.totals import count_totals

NAMESPACE = UUID("6f0a7a52-51c8-5d0e-9d53-0c8f5f6f2a11")
"""Namespace of the ids of incidents and scopes; changing it would orphan every shared link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Extraction:
    """What was read out of an article beside its place names."""

    incidents: tuple[Incident, ...]
    """In the order first reported."""
    scopes: tuple[Scope, ...]
    roles: Mapping[int, Role]
    """``event`` or ``background`` by index of the toponym; the others keep the role they have."""
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the stages before have found in the text of an article."""

    resolutions: Sequence[Resolution]
    dates: Sequence[DateRange]
    claims: Sequence[Claim]
    """Those of ``claims.find_claims``; each ends up in one incident or in one scope."""


def read_incidents(
    article: Article, document: Document, found: Found, *, border: Border | None, gazetteer: Gazetteer
) -> Extraction:
    """The incidents and scopes of an article; looks at no file, no clock and no network.

    ``border`` gives the stretch meant by "along the line from A to B"; None when no border is in view.
    """
    resolutions, dates, claims = found.resolutions, found.dates, found.claims
    teasers = find_teasers(document)
    spots = [spot for spot in read_spots(document, resolutions, gazetteer) if not is_inside(spot.start, teasers)]
    segments = [segment for segment in read_segments(document) if not is_inside(segment.start, teasers)]
    datings = read_dates(document, dates, published=article.published)
    units = read_units(document, segments, spots, datings, claims)
    drafts, groups = gather(document, units, claims, article.published)
    drafts = settle_leads(drafts, groups)
    drafts = settle_sums(drafts, groups)
    drafts = part_counted(document, drafts, groups)
    lift_sums(drafts, claims, groups)
    lend_places(document, drafts, spots, gazetteer)
    identity = _identify(article, drafts)
    scopes, scoped = _make_scopes(article, groups, claims, identity, spots)
    dated = _date_drafts(article, drafts)
    background = _find_background(dated, document, article.published)
    making = _Making(article, document, border, claims, scoped, _name_nations(resolutions, gazetteer))
    full = tuple(
        making.incident(identity[id(draft)], draft, when, background=old)
        for (draft, when), old in zip(dated, background, strict=True)
    )
    return Extraction(
        incidents=full,
        scopes=scopes,
        roles=_assign_roles(full, spots),
        flags=tuple(flag_article(article, document, dates, teasers)),
    )


# ---- incidents -------------------------------------------------------------------------------------------------------
_STALE_AFTER_DAYS = 45
"""An incident this long before the report came out is not its news, whatever else it tells."""
_HERE = ("event", "venue")
"""Uses of a place name that say where the incident was."""


def _identify(article: Article, drafts: Sequence[Draft]) -> dict[int, str]:
    """Id of each incident by the identity of its draft."""
    identity: dict[int, str] = {}
    taken: set[str] = set()
    for draft in drafts:
        first = _first_told(draft)
        where = next((spot.start for spot in first.spots), first.start)  # one sentence may hold two incidents
        chosen = str(uuid5(NAMESPACE, f"{article.id}/incident/{first.start}/{where}"))
        while chosen in taken:  # two incidents may begin with the same words
            chosen = str(uuid5(NAMESPACE, f"{chosen}/next"))
        taken.add(chosen)
        identity[id(draft)] = chosen
    return identity


def _first_told(draft: Draft) -> Unit:
    """The part of the text that first speaks of the event."""
    return next((unit for unit in draft.units if unit.segment and unit.segment.cues), draft.units[0])


def _date_drafts(article: Article, drafts: Sequence[Draft]) -> list[tuple[Draft, DateRange]]:
    dated: dict[int, DateRange] = {}
    last: DateRange | None = None
    for draft in drafts:
        when = dated[id(draft)] = _date_of(draft, dated, last, article)
        if not draft.recalled and when.start is not None:
            last = when
    return [(draft, dated[id(draft)]) for draft in drafts]


def _date_of(draft: Draft, dated: Mapping[int, DateRange], last: DateRange | None, article: Article) -> DateRange:
    """The date its own words give, else that of the event it is put before, of its telling, or of news around it."""
    chosen = choose_date([dating.range for dating in draft.dates])
    if chosen:
        return chosen
    first = draft.units[0].segment
    reference = dated.get(id(draft.after), last) if draft.after else draft.base.range if draft.base else last
    if first and first.days_before is not None and reference is not None:
        earlier = before(reference, first.days_before)
        if earlier:
            return earlier
    if draft.recalled:
        return inferred(None, "recalled without a date")
    told = [dating.range for unit in draft.units for dating in unit.dates]
    if told:
        return replace(told[0], rule=f"the day it was told of: {told[0].rule}")
    if last is not None:
        return replace(last, text="", span=None, rule="the day of the incident told before")
    return inferred(article.published, "the day of publication")


def _places_of(draft: Draft, border: Border | None) -> Iterator[IncidentPlace]:
    spots = draft.spots
    lines = any(spot.place.kind == "line" for spot in spots)
    stretch = stretch_of([spot for spot in spots if spot.place.kind != "line"], border) if lines else None
    fine = any(rank_of(spot.place) > 0 for spot in spots if spot.use in _HERE)
    found = False
    for spot in spots:
        if spot.use in _HERE and fine and rank_of(spot.place) == 0:
            continue
        found = found or spot.use in _HERE
        yield as_incident_place(spot, border, stretch if spot.place.kind == "line" else None)
    if not found:
        yield IncidentPlace(place=None, precision="unknown")


def _find_background(
    dated: Sequence[tuple[Draft, DateRange]], document: Document, published: date | None
) -> Iterator[bool]:
    """Which incidents ended well before the newest of the article, or before it came out, or are only recalled."""
    ends = [day for draft, when in dated if not draft.recalled and (day := last_day(when))]
    newest = max(ends, default=None)
    reach = _ROUND_UP_DAYS if _is_round_up(dated) else OLD_AFTER_DAYS
    for number, (draft, when) in enumerate(dated):
        end = last_day(when)
        if end is None:
            yield draft.recalled or recalls(_quote_of(draft, document))
            continue
        open_end = when.end is None and when.start is not None
        old = newest is not None and (newest - end).days > reach and not open_end
        old = old and (draft.units[0].entry == 0 or draft.recalled)
        known = number > 0 and end != newest and _is_known_event(draft, document)
        yield old or known or (published is not None and (published - end).days > _STALE_AFTER_DAYS and not open_end)


_ROUND_UP_DAYS = 14
"""How far back the news of a round-up goes."""
_FEWEST_DAYS = 4
"""Days of news from which an article is one."""


def _is_round_up(dated: Sequence[tuple[Draft, DateRange]]) -> bool:
    """Whether an article tells what happened on many days, none of them only background to another."""
    days = {when.start for draft, when in dated if not draft.recalled and when.precision == "day" and when.start}
    newest = max(days, default=None)
    return newest is not None and sum((newest - day).days <= _ROUND_UP_DAYS for day in days) >= _FEWEST_DAYS


def _quote_of(draft: Draft, document: Document) -> str:
    sentence = document.sentences[_first_told(draft).sentence]
    return document.lower[sentence.start : sentence.end]


def _is_known_event(draft: Draft, document: Document) -> bool:
    """ "Saturday's suicide attack": the reader is taken to know of it."""
    dates = draft.dates
    return bool(dates) and document.text[dates[0].end : dates[0].end + 2] in ("'s", "’s")


@dataclass(frozen=True, slots=True)
class _Making:
    """What the incidents of one article are made from."""

    article: Article
    document: Document
    border: Border | None
    claims: Sequence[Claim]
    scoped: set[int]
    """Indices of the claims that scopes have taken."""
    nations: Mapping[str, tuple[str, str]]
    """Code and name of the country of each place and people named."""

    def incident(self, identity: str, draft: Draft, when: DateRange, *, background: bool) -> Incident:
        """The incident with its places, its own claims, its actors, its toll and the type they leave it with."""
        own = [index for index in dict.fromkeys(draft.claims) if index not in self.scoped]
        claims = tuple(_reindex(self.claims, own))
        words = " ".join([self.document.text[unit.start : unit.end] for unit in draft.units])
        covered = draft.many.claims if draft.many else ()
        counted = [self.claims[index] for index in (*draft.claims, *covered)]
        parties = [claim.subject_party for claim in counted if claim.subject_party and claim.low != 0]
        taken = bool(claims) and all(c.metric == "captured" and c.subject_party != "objects" for c in claims)
        event_type, sub_event_type = name_event(draft.kinds, words, parties, taken=taken)
        places = tuple(_places_of(draft, self.border))
        actors = find_actors(words, claims, sub_event_type, self.nations)
        sentence = self.document.sentences[_first_told(draft).sentence]
        return Incident(
            id=identity,
            title=make_title(sub_event_type, places),
            event_type=event_type,
            sub_event_type=sub_event_type,
            dates=when,
            background=background,
            places=places,
            actors=actors,
            claims=claims,
            totals=count_totals(claims),
            quote=Span(start=sentence.start, end=sentence.end),
            articles=(self.article.id,),
            flags=tuple(flag_incident(claims, actors, when, lent=draft.lent)),
        )


def _name_nations(resolutions: Sequence[Resolution], gazetteer: Gazetteer) -> dict[str, tuple[str, str]]:
    """Code and name of the country of each place and people named, by the name in small letters."""
    nations = {}
    for found in resolutions:
        code = found.place.country if found.place else None
        country = gazetteer.country(code) if code else None
        if code:
            nations[found.toponym.text.lower()] = code, country.name if country else code
    return nations


def _reindex(claims: Sequence[Claim], indices: Sequence[int], scope: str | None = None) -> Iterator[Claim]:
    """The claims of one holder, their part-of relation counted in its own list."""
    position = {index: number for number, index in enumerate(indices)}
    for index in indices:
        claim = claims[index]
        whole = position.get(claim.subset_of) if claim.subset_of is not None else None
        changed = whole != claim.subset_of or (scope is not None and scope != claim.scope)
        yield replace(claim, subset_of=whole, scope=scope or claim.scope) if changed else claim


# ---- scopes ----------------------------------------------------------------------------------------------------------
def _make_scopes(
    article: Article,
    groups: Sequence[Many],
    claims: Sequence[Claim],
    identity: Mapping[int, str],
    spots: Sequence[Spot],
) -> tuple[tuple[Scope, ...], set[int]]:
    """The figures for several places, and the indices of the claims they take."""
    codes = {
        spot.place.id: spot.place.adm1 if spot.place.kind == "adm1" and spot.place.adm1 else spot.place.id
        for spot in spots
    }
    scopes: list[Scope] = []
    taken: set[int] = set()
    for group in groups:
        indices = [index for index in dict.fromkeys(group.claims) if index not in taken]
        incidents = tuple(dict.fromkeys(identity[id(draft)] for draft in group.drafts if id(draft) in identity))
        named = group.places or [spot.place.id for draft in group.drafts for spot in draft.spots if spot.use in _HERE]
        places = tuple(dict.fromkeys(codes.get(place, place) for place in named))
        is_one = not incidents or (len(places) < 2 and len(incidents) < 2 and group.places)
        if not indices or (is_one and not group.running):
            continue
        taken.update(indices)
        scope_id = str(uuid5(NAMESPACE, f"{article.id}/scope/{claims[indices[0]].span.start}"))
        scopes.append(
            Scope(
                id=scope_id,
                incidents=incidents,
                places=places,
                claims=tuple(_reindex(claims, indices, scope_id)),
            )
        )
    return tuple(scopes), taken


# ---- roles -----------------------------------------------------------------------------------------------------------
def _assign_roles(incidents: Sequence[Incident], spots: Sequence[Spot]) -> dict[int, Role]:
    """Roles of the toponyms that name an incident's place, again or with the units around it; news before old news."""
    roles: dict[int, Role] = {}
    for background in (True, False):
        known = {
            joined.place.id: joined.place
            for incident in incidents
            if incident.background is background
            for joined in incident.places
            if joined.place is not None and joined.role != "origin"
        }
        role: Role = "background" if background else "event"
        for spot in spots:
            if spot.use == "dateline" or (background and spot.index in roles):
                continue
            around = spot.place.kind in UNITS and spot.use not in ("venue", "origin")
            if spot.place.id in known or (around and any(holds(spot.place, place) for place in known.values())):
                roles[spot.index] = role
    return roles
