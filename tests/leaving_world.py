"""A store with something to hold back: an incident coarsened, one delayed, one with hidden fields, a victim's name.

Each has a word of its own in every field that holds words, so that whatever leaves can be searched for it.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from geo.model import (
    Actor,
    Article,
    Claim,
    DateRange,
    Flag,
    ImportedRow,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Release,
    Resolution,
    Scope,
    Source,
    Span,
    Toponym,
)
from geo.store import Store, open_store

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=100_000)
"""Ends the delay; not within anyone's life."""
COARSE, DELAYED, HIDDEN, VICTIM = "Zwartvenkalli", "Quellbarunda", "Hidrastomak", "Xerophil Vantobrek"
LAT, LON = 33.21987, 69.87651
"""Where the coarsened incident was."""
SECRETS = (COARSE, DELAYED, HIDDEN, VICTIM, "Vantobrek", f"{LAT:.4f}", f"{LON:.4f}")
OPEN = "Openkhel"
"""The word of an incident of which all may leave."""


WORDS = (OPEN, COARSE, DELAYED, HIDDEN)


def incident_of(word: str) -> str:
    """Id of the incident with a word; it gives nothing away."""
    return f"i-{WORDS.index(word)}"


def article_of(word: str) -> str:
    """The same of its article."""
    return f"a-{WORDS.index(word)}"


def fill(path: Path | str) -> Store:
    """A new store, opened for writing; the releases are the last of its changes."""
    store = open_store(path)
    with store.change(who="desk", time=NOON) as change:
        for word in (OPEN, COARSE, DELAYED, HIDDEN):
            article = make_article(word)
            change.add_article(article, make_reading(article, word))
        twin = replace(make_article(COARSE), id="a-twin", url="https://example.org/twin")
        change.add_article(twin, make_reading(twin, COARSE))
        for number, word in enumerate((OPEN, COARSE, DELAYED, HIDDEN)):
            incident = make_incident(word, number)
            change.show(incident, reason=f"read of {word}")
            change.add_report(incident, incident_id=incident.id, position=0)
        joined = replace(make_incident(COARSE, 1), id="i-twin", articles=("a-twin",), claims=())
        change.show(joined, reason="read")
        change.add_report(joined, incident_id=joined.id, position=0)
        change.add_scope(make_scope(), article_id=article_of(COARSE), position=0)
        change.keep_imported([make_row()], reason="imported")
    with store.change(who="desk", time=NOON + timedelta(hours=1)) as change:
        kept = replace(make_incident(COARSE, 1), articles=(article_of(COARSE), "a-twin"), version=2)
        change.show(kept, reason="merged")
        change.show(replace(joined, status="withdrawn", version=2), reason="merged")
        change.move_report("i-twin", incident_of(COARSE))
    with store.change(who="desk", time=NOON + timedelta(hours=2)) as change:
        for release in list_releases():
            change.keep_release(release, reason="safety")
    return store


def list_releases() -> list[Release]:
    """What the editors say."""
    said: dict[str, Any] = {"who": "night desk", "time": NOON, "reason": f"sources near {COARSE} are at risk"}
    return [
        Release(incident_id=incident_of(COARSE), precision="adm1", **said),
        Release(incident_id=incident_of(DELAYED), not_before=LATER, **said),
        Release(incident_id=incident_of(HIDDEN), hidden=("actors", "claims", "quote", "sources", "text"), **said),
    ]


def make_article(word: str) -> Article:
    """A report full of the word; all but the open one's also name the victim."""
    named = f"Sepoy {VICTIM} was killed at the post. "
    return Article(
        id=article_of(word),
        text=f"Shells fell on {word} at dawn. {named}"
        f"Guards of {word} said three were killed. The elder of {word} spoke.",
        title=f"Shelling at {word}, {VICTIM} dead",
        url=f"https://example.org/{word.lower()}-shelling",
        publisher=f"The {word} Gazette" if word == HIDDEN else "The Gazette",
        published=date(2025, 11, 2),
        language="en",
        sha256="0" * 64,
        sources=(
            Source(
                outlet=f"The {word} Gazette" if word == HIDDEN else "The Gazette",
                url=f"https://example.org/{word.lower()}-shelling",
                published=date(2025, 11, 2),
            ),
        ),
        flags=(Flag(code="encoding_guessed", detail="Read as UTF-8."),),
    )


def make_place(word: str) -> Place:
    """Where it was; that of the incident with hidden fields is not hidden."""
    word = "Marketkhel" if word == HIDDEN else word
    return Place(
        id=f"test:{word.lower()}", name=word, kind="settlement", country="AF", adm1="AF-KHO",
        lat=LAT if word == COARSE else 33.3, lon=LON if word == COARSE else 69.9,
        names={"ur": f"{word} ur", "fa": word},
    )  # fmt: skip


def make_incident(word: str, number: int) -> Incident:
    """An incident with the word in every field."""
    text = make_article(word).text
    quoted = Span(start=0, end=text.index(" at dawn"))
    day = date(2025, 11, 1 + number)
    return Incident(
        id=incident_of(word),
        title=f"Shelling at {word}, {VICTIM} killed",
        event_type="Explosions/Remote violence",
        sub_event_type="Shelling/artillery/missile attack",
        dates=DateRange(start=day, end=day, precision="day", text=f"the day {word} was hit", rule=word, span=quoted),
        places=(
            IncidentPlace(
                place=make_place(word), adm1="AF-KHO", precision="exact", side="AF", distance_to_border_km=12.5,
                nearest_crossing="border:ghulam-khan", toponym=0,
            ),
        ),
        actors=(Actor(name=f"{word} Guards" if word == HIDDEN else "Guards", kind="other", side="target",
                      aliases=(f"{word} post", VICTIM)),),
        claims=(make_claim(word), replace(make_claim(word), claimant_party="state:AF", low=5, best=5, high=5)),
        quote=quoted,
        articles=(article_of(word),),
        tags=(word, VICTIM),
        flags=(Flag(code="single_source", detail=f"Only {word} says so.", span=quoted),),
    )  # fmt: skip


def make_claim(word: str) -> Claim:
    text = make_article(word).text
    start = text.index("three were killed")
    return Claim(
        metric="killed", subject=f"guards of {word} and {VICTIM}", subject_party="people", low=3, best=3, high=3,
        claimant=f"the elder of {word}", claimant_party="local", span=Span(start=start, end=start + 17),
        article_id=article_of(word),
    )  # fmt: skip


def make_reading(article: Article, word: str) -> Reading:
    start = article.text.index(word)
    toponym = Toponym(span=Span(start=start, end=start + len(word)), text=word, role="event", rule=f"named {word}")
    found = Resolution(toponym=toponym, place=make_place(word), score=0.9, reason=f"{word} is in the table")
    flag = Flag(code="city_as_province", detail=f"{word} is a village.")
    return Reading(article_id=article.id, language="en", toponyms=(found,), flags=(flag,))


def make_scope() -> Scope:
    """A total of the open incident and the coarsened one."""
    claim = replace(make_claim(COARSE), scope="s-1", low=58, best=58, high=58, subject=f"people of {COARSE}")
    places = ("AF-KHO", "AF-PKA", f"test:{COARSE.lower()}")
    return Scope(id="s-1", incidents=(incident_of(OPEN), incident_of(COARSE)), places=places, claims=(claim,))


def make_row() -> ImportedRow:
    """A row of UCDP's that tells of the coarsened incident."""
    return ImportedRow(
        id=incident_of(COARSE), scheme="ucdp", key="1", columns=("id", "where_coordinates", "source_headline"),
        cells=("1", COARSE, f"{VICTIM} killed"),
    )  # fmt: skip


def find_secrets(data: bytes) -> list[str]:
    """The secrets in what leaves, spelt as text, as escaped text or in letters apart."""
    texts = [data.decode("utf-8", "replace"), data.decode("utf-16-le", "replace")]
    plain = [text.casefold() for text in texts]
    return [secret for secret in SECRETS if any(secret.casefold() in text for text in plain)]


def open_up(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of all that is packed in it."""
    yield path.read_bytes()
    if is_zipfile(path):
        with ZipFile(path) as packed:
            for name in packed.namelist():
                yield name.encode() + b"\n" + packed.read(name)


def unpack(data: bytes) -> bytes:
    """The bytes, without zlib's packing where they have it."""
    try:
        return data + zlib.decompress(data)
    except zlib.error:
        return data
