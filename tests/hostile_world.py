"""A store with hostile text in every field of articles, incidents and totals that holds words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from geo.model import (
    Actor,
    Article,
    Candidate,
    Claim,
    DateRange,
    Flag,
    Incident,
    IncidentPlace,
    Place,
    Reading,
    Resolution,
    Scope,
    Source,
    Span,
    Toponym,
)
from geo.store import Store, open_store

NOON = datetime(2025, 11, 26, 12, tzinfo=UTC)
PROBES = (
    "{{7919*7907}}", "${7919*7907}", "{{7*7}}", "{% raw %}", "`id`", "<script>window.hurt=1;alert(1)</script>",
    "<img src=https://foreign.example/x.png onerror=window.hurt=1>", '"><svg onload=window.hurt=1>',
    "</textarea></title>", "<iframe srcdoc='<script>top.hurt=1</script>'></iframe>", "![x](https://foreign.example/y.png)",
    "[x](javascript:window.hurt=1)", "<b>&amp;]]></b>", "\u202egnp.exe\u202c", "\u202b\u2066x\u2069",
    "\\u003cscript\\u003e",
)  # fmt: skip
MARKUP = f"{' '.join(PROBES)} {'W' * 300}"
FORMULAS = ('=HYPERLINK("https://foreign.example")', "+1+1", "-1+1", "@SUM(A1)", "\t=1+1")
PRODUCT = str(7919 * 7907)
"""What a template that ran would leave; nothing else has this number."""
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e"
"""Marks that turn writing round; the page's own are isolates, which are others."""
JAVASCRIPT, FOREIGN = "javascript:window.hurt=1", "https://foreign.example/<script>window.hurt=1</script>"


def fill(path: Path) -> Store:
    """A new store: an incident for markup, and one for each beginning of a formula."""
    store = open_store(path)
    with store.change(who=MARKUP[:200], time=NOON) as change:
        for number, text in enumerate((MARKUP, *FORMULAS)):
            article = make_article(number, text)
            change.add_article(article, make_reading(article, text))
            incident = make_incident(number, text)
            change.show(incident, reason=text)
            change.add_report(incident, incident_id=incident.id, position=0)
        second = replace(make_article(90, MARKUP), url=JAVASCRIPT)
        change.add_article(second, make_reading(second, MARKUP))
        change.add_scope(make_scope(), article_id="h0", position=0)
    return store


def make_article(number: int, text: str) -> Article:
    return Article(
        id=f"h{number}",
        text=f"Shells fell on {text} at dawn. The army of {text} said three were killed.\n\n{text}",
        title=text,
        url=JAVASCRIPT if number % 2 else FOREIGN,
        publisher=text,
        published=date(2025, 11, 2),
        language="en",
        sha256="0" * 64,
        sources=(
            Source(outlet=text, url=FOREIGN, published=date(2025, 11, 2)), Source(outlet=f"2 {text}", url=JAVASCRIPT),
        ),
        flags=(Flag(code=text[:60], detail=text),),
    )  # fmt: skip


def make_place(text: str) -> Place:
    return Place(
        id=text[:100], name=text, kind="settlement", country="AF", adm1="AF-KHO", lat=33.3, lon=69.9,
        names={"ur": text, "ps": text, "fa": text},
    )  # fmt: skip


def make_incident(number: int, text: str) -> Incident:
    article = make_article(number, text)
    quoted = Span(start=0, end=article.text.index(" at dawn"))
    return Incident(
        id=f"i{number}",
        title=text,
        event_type=text,
        sub_event_type=text,
        dates=DateRange(start=date(2025, 11, 2), end=date(2025, 11, 2), precision="day", text=text, rule=text),
        places=(
            IncidentPlace(place=make_place(text), adm1="AF-KHO", precision="exact", side="AF", distance_to_border_km=9,
                          nearest_crossing=text[:100], toponym=0),
            IncidentPlace(place=replace(make_place(f"2 {text}"), kind="crossing"), adm1="AF-KHO", precision="near",
                          radius_km=5.0),
        ),
        actors=(Actor(name=text, kind="other", side="target", party=f"group:{text}", aliases=(text,)),),
        claims=(make_claim(number, text), replace(make_claim(number, text), claimant_party="state:AF", low=5, best=5)),
        quote=quoted,
        articles=(article.id,),
        tags=(text,),
        flags=(Flag(code=text[:60], detail=text, span=quoted),),
    )  # fmt: skip


def make_claim(number: int, text: str) -> Claim:
    start = make_article(number, text).text.index("three were killed")
    return Claim(
        metric="killed", subject=text, subject_party=f"forces:{text}", unit="people", low=3, best=3, high=3,
        qualifier=text, claimant=text, claimant_party=f"group:{text}", span=Span(start=start, end=start + 17),
        article_id=f"h{number}",
    )  # fmt: skip


def make_reading(article: Article, text: str) -> Reading:
    start = article.text.index(text)
    toponym = Toponym(span=Span(start=start, end=start + len(text)), text=text, role="event", rule=text)
    place = make_place(text)
    rivals = (Candidate(place=place, score=0.9), Candidate(place=replace(place, id="other"), score=0.5))
    found = Resolution(toponym=toponym, place=place, score=0.9, reason=text, candidates=rivals)
    return Reading(article_id=article.id, language="en", toponyms=(found,), flags=(Flag(code=text[:60], detail=text),))


def make_scope() -> Scope:
    claim = replace(make_claim(0, MARKUP), scope="s0", low=58, best=58, high=58)
    return Scope(id="s0", incidents=("i0", "i1"), places=("AF-KHO", "AF-PKA", MARKUP[:100]), claims=(claim,))
