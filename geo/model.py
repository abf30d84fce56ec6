"""The records everything is made of: frozen, keyword-only, with the meaning of None said.

Offsets are Unicode code points into ``Article.text``, end exclusive. Coordinates are WGS 84
degrees, always in the order latitude, longitude. Dates are local to the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["event", "background", "mention", "metonym", "demonym"]
PlaceKind = Literal["country", "adm1", "adm2", "settlement", "crossing", "area", "line", "poi"]
Precision = Literal["exact", "near", "adm2", "adm1", "line", "country", "unknown"]
PlaceRole = Literal["event", "origin", "target"]
DatePrecision = Literal["day", "days", "week", "month", "year", "unknown"]
ActorKind = Literal["state forces", "armed group", "civilians", "other"]
Metric = Literal["killed", "wounded", "captured", "displaced", "destroyed"]
Stance = Literal["asserts", "denies", "no_comment"]
ClaimStatus = Literal["current", "superseded"]
Status = Literal["lead", "draft", "imported", "reviewed", "published", "withdrawn"]
Scheme = Literal["acled", "ucdp", "csv", "geojson"]
Verdict = Literal["same", "different"]
ReleasedPrecision = Literal["adm2", "adm1", "country"]
HiddenField = Literal["actors", "claims", "quote", "sources", "text"]

WHOLE_INCIDENT = "incident"
"""Value of ``Claim.scope`` for a figure about its own incident alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A piece of an article's text."""

    start: int
    """First code point."""
    end: int
    """One past the last code point."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts came from: an outlet and its page."""

    outlet: str
    """Name of the outlet as it writes itself."""
    url: str | None = None
    """Address of the page; None when only the outlet is known."""
    published: date | None = None
    """Day the outlet published it; None when unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One report, as it was received."""

    id: str
    """Stable id: uuid5 of source and canonical text, or the caller's own."""
    text: str
    """The body, never altered after reading; all offsets count in it."""
    title: str | None = None
    """Headline; None when there is none."""
    url: str | None = None
    """Where it was found; None for pasted text and files."""
    publisher: str | None = None
    """Outlet that published it; None when unknown."""
    published: date | None = None
    """Day of publication, the anchor of relative dates; None when unknown."""
    retrieved: datetime | None = None
    """When it was read in, UTC; None in tests and pure functions."""
    language: str | None = None
    """ISO 639-1; None until guessed."""
    sha256: str = ""
    """Hash of the bytes as received, for evidence."""
    own_wording: bool = False
    """True for the sample reports: the sentences are this project's, never an outlet's quotation."""
    sources: tuple[Source, ...] = ()
    """Outlets the facts come from; for an ordinary article, its own publisher."""
    flags: tuple[Flag, ...] = ()
    """What a careful reader should know about how it was received, e.g. that its encoding was guessed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name where it stands in the text."""

    span: Span
    text: str
    """The name as written, without feature words such as "province"."""
    role: Role = "mention"
    rule: str = ""
    """Rule that recognised it, in words."""
    feature: str | None = None
    """Feature word beside the name ("province", "district", "city", "crossing", "river"); None when bare."""
    relation: str | None = None
    """"near", "outside", "along", "from", "to" ... where a preposition changes what is meant; None otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of the gazetteer."""

    id: str
    """``geonames:1140025``, ``border:torkham``, ``adm1:AF-PKA``, ``country:AF``."""
    name: str
    """Name in English."""
    kind: PlaceKind
    country: str | None
    """ISO 3166-1 alpha-2; None for a place of several countries, such as a border line."""
    adm1: str | None = None
    """ISO 3166-2 of the first-level unit; None when it has none or several."""
    lat: float | None = None
    """Representative point; None when no single point can stand for it (a border line)."""
    lon: float | None = None
    population: int | None = None
    """None when unknown; GeoNames' 0 means unknown."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Names by ISO 639-1 language."""
    uncertainty_km: float | None = None
    """How far off the point may be; None when the source does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place a toponym may mean, and how well it fits (0..1)."""

    place: Place
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a toponym was found to mean, and why."""

    toponym: Toponym
    place: Place | None
    """None when no place is sure enough; ``reason`` says why."""
    score: float
    """Chance that ``place`` is right, 0..1."""
    reason: str
    """The rule, in words a reader understands."""
    candidates: tuple[Candidate, ...] = ()
    """The rivals, best first; the chosen place among them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """What an editor says a name means, wherever an article in its language uses it."""

    id: str
    """Names what it is about: language, border and name."""
    name_key: str
    """The name as ``geo.text.match_key`` gives it."""
    language: str
    """ISO 639-1, of the articles it holds for."""
    border: str
    """Code of the border in view, e.g. ``AF-PK``."""
    place_id: str | None
    """Place of the gazetteer; None when the name means no place."""
    who: str
    """The editor's name."""
    time: datetime
    """UTC."""
    article_id: str
    """The article in which the editor met the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """When something happened, as precisely as the words say."""

    start: date | None
    """First day; None when unknown."""
    end: date | None
    """Last day, inclusive; None when unknown or still going on."""
    precision: DatePrecision
    text: str = ""
    """The words read; empty when the date was inferred."""
    rule: str = ""
    """Rule that read them, in words."""
    span: Span | None = None
    """Where the words stand; None when inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """A party to an incident."""

    name: str
    """Canonical name, e.g. "Military Forces of Pakistan", "Tehreek-e-Taliban Pakistan"."""
    kind: ActorKind
    side: str | None = None
    """``attacker``, ``target``, ``party`` (both fire) or None when the text does not say."""
    party: str | None = None
    """Party code as in claims: ``forces:PK``, ``group:TTP``, ``civilians``; None when unknown."""
    aliases: tuple[str, ...] = ()
    """Names the article uses for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one party says an incident cost; rival claims are kept apart, never averaged."""

    metric: Metric
    subject: str
    """Who or what was hit, in the article's words; empty when unsaid."""
    subject_party: str | None = None
    """``forces:XX``, ``militants``, ``civilians``, ``people``, ``objects``; None when unsaid."""
    unit: str = "people"
    """What is counted: people, families, houses, posts, vehicles ..."""
    low: int | None = None
    """Smallest number the words allow ("at least 58" is 58); None when they give no number."""
    best: int | None = None
    """The number said; None for a range or a vague word."""
    high: int | None = None
    """Largest number the words allow; None when they set no upper bound."""
    qualifier: str | None = None
    """The word that bends the number: at least, more than, about, range, dozens, none, none_reported."""
    claimant: str = ""
    """Who says so, in the article's words; empty when the author says it unattributed."""
    claimant_party: str = "author"
    """``state:XX``, ``group:NAME``, un, ngo, medical, local, media, author, other; ``database:NAME`` for the coders of
    another database."""
    stance: Stance = "asserts"
    status: ClaimStatus = "current"
    """superseded when the article itself replaces the figure ("raising the toll to")."""
    subset_of: int | None = None
    """Index, in the same list of claims, of the claim this one is a part of; None when it is whole."""
    scope: str = WHOLE_INCIDENT
    """``incident``, or the id of the scope whose several places the figure covers."""
    span: Span
    """The phrase that says it."""
    article_id: str = ""
    """Article it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """The figures of one metric for one incident by the coding rules of the contract."""

    low: int | None = None
    best: int | None = None
    """None where the claims differ."""
    high: int | None = None
    """None where a claim sets no upper bound or nothing is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentPlace:
    """Where an incident happened, no more precisely than the report says."""

    place: Place | None
    """None when the report names no place that could be resolved."""
    adm1: str | None = None
    """ISO 3166-2 from the text, else from the polygon join; None when neither says."""
    role: PlaceRole = "event"
    precision: Precision = "unknown"
    radius_km: float | None = None
    """Radius of the disc for ``near``; None for other precisions."""
    border_km_start: float | None = None
    """For precision ``line``: first kilometre of the stretch along the border; None for others."""
    border_km_end: float | None = None
    distance_to_border_km: float | None = None
    """Kilometres from the point to the border; None when there is no point or it is not joined yet."""
    side: str | None = None
    """ISO country code of the side of the border; None when unknown."""
    nearest_crossing: str | None = None
    """Place id of the nearest crossing; None when not joined yet."""
    toponym: int | None = None
    """Index of the toponym in the reading; None when inferred."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something a careful reader should know about a reading."""

    code: str
    """Short name, e.g. ``teaser_figure``, ``impossible_date``, ``single_source``."""
    detail: str
    """One sentence."""
    span: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """One thing that happened, once."""

    id: str
    """Stable uuid5."""
    title: str
    """Short heading made from type, place and date; never a sentence of the source."""
    event_type: str
    """ACLED event type, or ``border_action``."""
    sub_event_type: str
    """ACLED sub-event type; for a border action: closure, reopening, crossing refused."""
    dates: DateRange
    places: tuple[IncidentPlace, ...] = ()
    actors: tuple[Actor, ...] = ()
    claims: tuple[Claim, ...] = ()
    """Claims about this incident alone; those for several places are in scopes."""
    totals: Mapping[str, Toll] = field(default_factory=dict)
    """``killed`` and ``wounded``; parts, superseded claims and scoped figures left out."""
    quote: Span | None = None
    """Sentence or sentences that report it, in the article of the same index as ``articles[0]``."""
    background: bool = False
    """True for an earlier event recalled for context."""
    articles: tuple[str, ...] = ()
    """Ids of the articles that report it, first report first."""
    copied: tuple[str, ...] = ()
    """Ids of those of them that only repeat the text of another."""
    status: Status = "draft"
    """``draft`` until a person has reviewed it: read by machine, not checked; ``imported`` when the coders of another
    database made it."""
    tags: tuple[str, ...] = ()
    flags: tuple[Flag, ...] = ()
    version: int = 1
    edited: tuple[str, ...] = ()
    """Names of the fields that a person changed; what is read later leaves them as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Figures for several places or for a longer time than any one incident took, counted once."""

    id: str
    incidents: tuple[str, ...]
    """Ids of the incidents it covers; none for a running total ("70 killed since October"), which belongs to no one."""
    places: tuple[str, ...]
    """ISO 3166-2 codes or place ids it covers, as its claimant means them; none where a running total names none."""
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Victim:
    """A name of someone reported killed, wounded, captured or missing; it is not shown to readers."""

    span: Span
    """Where it stands; empty, at 0, for one that only the headline has."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """All that the text stages read out of one article."""

    article_id: str
    language: str
    toponyms: tuple[Resolution, ...] = ()
    incidents: tuple[Incident, ...] = ()
    scopes: tuple[Scope, ...] = ()
    flags: tuple[Flag, ...] = ()
    victims: tuple[Victim, ...] | None = None
    """Whom it names; None until it is looked for, which only the store needs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportedRow:
    """A row of another database's file, cell for cell as it came."""

    id: str
    """Id of the report that was made from it."""
    scheme: Scheme
    """The codebook it follows."""
    key: str
    """The event's id in that database."""
    columns: tuple[str, ...]
    """The heads of its columns, as the file writes them or, where it has none, as the codebook does."""
    cells: tuple[str, ...]
    """As many as there are columns; never altered."""
    position: int = 0
    """Its place among the rows of its file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person says of two reports: that they tell of one incident, or of two."""

    id: str
    """Names the pair, in either order."""
    kept_id: str
    """Id of a report of the incident that kept its name."""
    other_id: str
    """Id of the report that was joined to it, or split off from it."""
    verdict: Verdict
    who: str
    """The editor's name."""
    time: datetime
    """UTC."""
    reason: str = ""
    """In the editor's words; empty when none was given."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One field of an incident before and after a correction, as JSON values."""

    field: str
    """Name of the field of ``Incident``."""
    before: object
    after: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """A change to an incident that was published, with its reason, for readers to see."""

    number: int
    """Counts up; the newest has the highest."""
    incident_id: str
    time: datetime
    """UTC."""
    who: str
    """Who corrected it; kept for the newsroom, never shown to readers."""
    changes: tuple[FieldChange, ...]
    reason: str
    """In the publisher's words, for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """What of an incident may leave the newsroom; one that limits nothing lifts those before it."""

    incident_id: str
    precision: ReleasedPrecision | None = None
    """The most precise place that may leave; None for as precise as it is known."""
    not_before: datetime | None = None
    """UTC; until then nothing of it leaves. None for no delay."""
    hidden: tuple[HiddenField, ...] = ()
    """What never leaves."""
    who: str
    """The editor's name."""
    time: datetime
    """UTC."""
    reason: str = ""
    """In the editor's words; it does not leave either."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One change to the store; each carries the hash of the one before."""

    sequence: int
    time: datetime
    """UTC."""
    who: str
    """``machine`` for the pipeline, else the editor's name."""
    what: str
    """Kind and id of the record, e.g. ``incident:5f3c...``."""
    before: str | None
    """JSON of the record before; None for a new one."""
    after: str | None
    """JSON of the record after; None for a removal."""
    reason: str
    previous_hash: str
    hash: str
    """sha256 over the fields above."""
