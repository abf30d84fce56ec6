"""Names of people whom an article reports killed, wounded, captured or missing: found so that they can be withheld.

Not shown by default: whoever is named where an article tells of death, wounds, capture, disappearance, burial or
mourning is taken for a victim, in English, Urdu, Pashto and Dari, but for places and organisations, for those who
speak, and for holders of an office who are not said to be harmed. That takes in the leaders of armed groups whose death
is the news: an editor who wants their names shown lifts them. A name missed does more harm than one withheld for
nothing, but what someone says must keep its speaker.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from geo.model import Article, Incident, Reading, Scope, Span, Victim
from geo.victims.arabic import find_arabic
from geo.victims.english import find_english

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_LATIN = re.compile(r"[A-Z]")


def find_victims(text: str, places: Collection[str] = ()) -> list[Span]:
    """Where the names stand, in reading order, none inside another; ``places`` are names known to be places'."""
    found: set[tuple[int, int]] = set()
    if _LATIN.search(text):
        found.update(find_english(text, frozenset(place.lower() for place in places)))
    if _ARABIC.search(text):
        found.update(find_arabic(text))
    return [Span(start=start, end=end) for start, end in _widest(found)]


def list_claimants(reading: Reading) -> frozenset[str]:
    """Who says something, by what was read out of an article, in its words."""
    holders: Iterable[Incident | Scope] = (*reading.incidents, *reading.scopes)
    return frozenset(claim.claimant for holder in holders for claim in holder.claims if claim.claimant)


def list_places(reading: Reading) -> frozenset[str]:
    """The names that were found to be places, as the article writes them; "Jammu and Kashmir" is two."""
    texts = [found.toponym.text for found in reading.toponyms if found.place is not None]
    return frozenset((*texts, *(part for text in texts for part in text.split(" and "))))


def look_for_victims(article: Article, reading: Reading) -> tuple[Victim, ...]:
    """Whom an article names, by what else was read out of it."""
    return list_victims(article, list_claimants(reading), list_places(reading))


def list_victims(article: Article, claimants: Collection[str] = (), places: Collection[str] = ()) -> tuple[Victim, ...]:
    """Whom an article names in its text or headline, but for those who are known to say something."""
    text, title = article.text, article.title or ""
    found = [Victim(span=span, name=text[span.start : span.end]) for span in find_victims(text, places)]
    known = {victim.name for victim in found}
    headed = {title[span.start : span.end] for span in find_victims(title, places)} if title else set()
    found += [Victim(span=Span(start=0, end=0), name=name) for name in sorted(headed - known)]
    return tuple(victim for victim in found if not any(_is_of(victim.name, claimant) for claimant in claimants))


def _is_of(name: str, claimant: str) -> bool:
    """Whether a claimant is called so; the relatives of someone are others."""
    return re.search(rf"(?<!\w)(?<!\bof ){re.escape(name)}(?!\w|['’]s?\b)", claimant) is not None


def _widest(found: set[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names that overlap are one."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if kept and start < kept[-1][1]:
            kept[-1] = kept[-1][0], max(end, kept[-1][1])
        else:
            kept.append((start, end))
    return kept
