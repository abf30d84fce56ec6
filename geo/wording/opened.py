"""An incident, opened: rival claims by party, the sentence behind each, places with their reasons, sources."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from geo.copies import drop_repeated
from geo.gazetteer import Gazetteer
from geo.model import Article, Claim, Correction, Incident, Place, Resolution, Scope, Source
from geo.text import display_text, safe_url
from geo.wording.corrected import say_corrected
from geo.wording.figures import (
    bar_of,
    group_claims,
    longest_of,
    name_party,
    name_subject,
    write_figure,
    write_plain_figure,
)
from geo.wording.naming import name_country, name_place, name_province
from geo.wording.papers import say_withheld, sentence_of, source_of
from geo.wording.words import Words

_COLUMNS = 2
_MOST_RIVALS = 4
_MOST_OTHERS = 8
_MOST_PLACES = 24
_LONGEST_QUOTE = 600


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that is told of one incident."""

    incident: Incident
    scopes: Sequence[Scope]
    """Figures for several places that it is part of."""
    articles: Mapping[str, Article]
    """By id: those that report it, and those that make a claim of it."""
    reports: Sequence[Incident]
    """What each article reported, before they were joined."""
    resolutions: Sequence[Resolution]
    """What the places of those reports were read from."""
    corrections: Sequence[Correction] = ()
    """What was corrected of it since it was published, newest first."""

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Its own claims, then those of its scopes."""
        return (*self.incident.claims, *(claim for scope in self.scopes for claim in scope.claims))


def list_articles(incident: Incident, scopes: Sequence[Scope]) -> list[str]:
    """Ids of the articles that report an incident or make a claim of it, each once."""
    claims = (*incident.claims, *(claim for scope in scopes for claim in scope.claims))
    return list(dict.fromkeys([*incident.articles, *(claim.article_id for claim in claims)]))


def describe_opened(told: Told, gazetteer: Gazetteer, words: Words, *, located: bool = False) -> dict[str, Any]:
    """What is shown of an opened incident below its title, in the words of ``geo/web/page/incident.js``.

    With ``located``, each claim of the incident's own has its number, by which the words that make it are found.
    """
    incident = told.incident
    papers = _Papers(
        incident=incident, articles=told.articles, claims=told.claims, words=words, located=located
    )  # fmt: skip
    parties = _choose_parties(drop_repeated(told.claims, incident.copied))
    own_wording = any(article.own_wording for article in told.articles.values())
    return {
        "labels": _labels(incident, told.articles, words),
        "flags": _write_flags(incident, words),
        "lead": _lead(papers, told.reports),
        "parties": [_describe_party(party, papers) for party in parties],
        "rows": _rows(parties, papers),
        "no_figures": words("claim.none"),
        "places_title": words("incident.places"),
        "places": list(_describe_places(told.resolutions, gazetteer, words)),
        "sources_title": words("incident.sources"),
        "sources": _sources(told.articles.values(), incident.copied, words),
        "read": words("article.read"),
        "articles": [
            [article.id, display_text(article.title or papers.source(article.id))] for article in told.articles.values()
        ],
        "correction": say_corrected(told.corrections, words) or words("incident.no_correction"),
        "samples": words("app.samples") if own_wording else "",
    }


@dataclass(frozen=True)
class _Papers:
    """What the articles say of one incident."""

    incident: Incident
    articles: Mapping[str, Article]
    claims: tuple[Claim, ...]
    """Its own and those of its scopes."""
    words: Words
    located: bool = False

    def number(self, claim: Claim) -> dict[str, int]:
        """Where a claim stands among those of the incident, where that is asked for."""
        own = self.incident.claims
        return {"n": own.index(claim)} if self.located and claim in own else {}

    def sentence(self, claim: Claim) -> str:
        """The sentence that makes a claim."""
        article = self.articles.get(claim.article_id)
        return display_text(sentence_of(article, claim.span))[:_LONGEST_QUOTE] if article else ""

    def is_in_readers_language(self, claim: Claim) -> bool:
        """Whether the article that has a claim is in the language of the page."""
        article = self.articles.get(claim.article_id)
        return article is not None and article.language == self.words.language

    def distinct(self, claims: Sequence[Claim]) -> list[Claim]:
        """The different things that are claimed, current ones first; of equal ones the one in the reader's language."""

        def rank(claim: Claim) -> tuple[bool, bool, bool]:
            foreign = not self.is_in_readers_language(claim)
            return claim.status != "current", claim.subset_of is not None, foreign

        found: dict[tuple[object, ...], Claim] = {}
        for claim in sorted(claims, key=rank):
            said = (claim.low, claim.best, claim.high, claim.stance, claim.status, claim.claimant_party)
            found.setdefault(said, claim)
        return list(found.values())

    def source(self, article_id: str) -> str:
        """Outlet and day of an article."""
        article = self.articles.get(article_id)
        return source_of(article, self.words) if article else ""


def _labels(incident: Incident, articles: Mapping[str, Article], words: Words) -> list[str]:
    labels = [words(f"status.{incident.status}")]
    if any(article.own_wording for article in articles.values()):
        labels.append(words("status.own_wording"))
    if incident.background:
        labels.append(words("status.background"))
    return [*labels, *say_withheld(articles.values(), words)]


def _write_flags(incident: Incident, words: Words) -> str:
    """What a careful reader should know of how it was read, each thing once."""
    keys = dict.fromkeys(f"flag.{flag.code}" for flag in incident.flags)
    return " ".join(words(key) for key in keys if words.has(key))


def _lead(papers: _Papers, reports: Sequence[Incident]) -> dict[str, str] | None:
    """The sentence that reports the incident, as its first article in the reader's language has it."""
    told = [(papers.articles.get(report.articles[0]), report.quote) for report in reports if report.articles]
    quoted = [(article, quote) for article, quote in told if article and quote]
    quoted.sort(key=lambda pair: pair[0].language != papers.words.language)
    for article, quote in quoted:
        text = display_text(article.text[quote.start : quote.end])[:_LONGEST_QUOTE]
        return {"text": text, "source": papers.source(article.id), "lang": article.language or ""}
    return None


def _choose_parties(claims: Sequence[Claim]) -> list[str]:
    """Who gets a column: the two with most to say, governments first; all others stand below them."""
    counts: dict[str, int] = {}
    for claim in claims:
        counts[claim.claimant_party] = counts.get(claim.claimant_party, 0) + 1
    return sorted(counts, key=lambda party: (not party.startswith("state:"), -counts[party], party))[:_COLUMNS]


def _describe_party(party: str, papers: _Papers) -> dict[str, str]:
    words = papers.words
    named = [claim for claim in papers.claims if claim.claimant_party == party and claim.claimant]
    longest = max(named, key=lambda claim: (papers.is_in_readers_language(claim), len(claim.claimant)), default=None)
    key = "claim.report_says" if party == "author" else "claim.says"
    return {
        "name": words(key, party=name_party(party, words)),
        "detail": display_text(longest.claimant if longest else ""),
    }


def _rows(parties: Sequence[str], papers: _Papers) -> list[dict[str, Any]]:
    people = [claim for claim in papers.claims if claim.unit == "people"]
    rows = []
    for group in group_claims(papers.claims):
        if group.metric == "wounded" and _has_killed(group.subject, group.claims, papers):
            continue  # said beside the dead of the same party
        longest = longest_of(people if group.claims[0] in people else group.claims)
        said = papers.distinct(group.claims)
        others = [claim for claim in said if claim.claimant_party not in parties][:_MOST_OTHERS]
        rows.append(
            {
                "what": name_subject(group, papers.words),
                "cells": [
                    [_describe_claim(c, papers, longest) for c in said if c.claimant_party == party][:_MOST_RIVALS]
                    for party in parties
                ],
                "others": [_describe_claim(claim, papers, longest, named=True) for claim in others],
            }
        )
    return rows


def _has_killed(subject: str, wounded: Sequence[Claim], papers: _Papers) -> bool:
    """Whether everyone who counts the wounded of a party counts its dead too."""
    killed = {
        (c.claimant_party, c.article_id)
        for c in papers.claims
        if c.metric == "killed" and (c.subject_party or "people") == subject
    }
    return all((claim.claimant_party, claim.article_id) in killed for claim in wounded)


def _describe_claim(claim: Claim, papers: _Papers, longest: int, *, named: bool = False) -> dict[str, Any]:
    words = papers.words
    article = papers.articles.get(claim.article_id)
    figure, before, after, bar = "", "", "", None
    if claim.stance == "asserts":
        figure, before, bent = write_plain_figure(claim, words)
        after = " ".join(filter(None, (bent, _wounded_beside(claim, papers))))
        bar = bar_of(claim, longest)
    else:
        stem = "claim.denies" if claim.stance == "denies" else "claim.no_comment"
        before = words(stem, party=name_party(claim.claimant_party, words))
    return {
        "before": before,
        "figure": figure,
        "after": after,
        "bar": bar,
        "who": display_text(claim.claimant),
        "quote": papers.sentence(claim),
        "source": papers.source(claim.article_id),
        "notes": list(_notes(claim, article, words, named=named)),
        **papers.number(claim),
    }


def _notes(claim: Claim, article: Article | None, words: Words, *, named: bool) -> Iterator[str]:
    if named:
        yield name_party(claim.claimant_party, words)
    if claim.status == "superseded":
        yield words("claim.superseded")
    if claim.subset_of is not None:
        yield words("claim.subset")
    if article and article.own_wording:
        yield words("status.own_wording")


def _wounded_beside(claim: Claim, papers: _Papers) -> str:
    """ "and 30 wounded", where the same claimant says so of the same party."""
    if claim.metric != "killed" or claim.subset_of is not None:
        return ""
    for other in papers.claims:
        same = (other.claimant_party, other.article_id, other.subject_party) == (
            claim.claimant_party,
            claim.article_id,
            claim.subject_party,
        )
        if same and other.metric == "wounded" and other.stance == "asserts" and other.subset_of is None:
            return papers.words("claim.and_wounded", n=write_figure(other, papers.words))
    return ""


def _describe_places(resolutions: Iterable[Resolution], gazetteer: Gazetteer, words: Words) -> Iterator[dict[str, str]]:
    """Each place, what it was taken for, by which rule, and what it was not taken for."""
    seen: set[str] = set()
    for resolution in resolutions:
        place = resolution.place
        identity = place.id if place else resolution.toponym.text
        if identity in seen or len(seen) >= _MOST_PLACES:
            continue
        seen.add(identity)
        yield _describe_place(resolution, gazetteer, words)


def _describe_place(resolution: Resolution, gazetteer: Gazetteer, words: Words) -> dict[str, str]:
    place = resolution.place
    name = display_text(resolution.toponym.text)
    reason = display_text(resolution.reason)
    others = [c.place for c in resolution.candidates if place is None or c.place.id != place.id][:_MOST_RIVALS]
    rejected = words.join([_name_rival(other, gazetteer, words) for other in others])
    if place is None:
        return {"name": name, "text": words("place.left_open", reason=reason), "not": rejected}
    taken = words("place.taken", place=name_place(place, words), kind=words(f"kind.{place.kind}"))
    area = _name_area(place, gazetteer, words)
    return {
        "name": name,
        "text": f"{words.join([taken, area]) if area else taken}. {words.name(f'{reason[:1].upper()}{reason[1:]}.')}",
        "not": words("incident.not_chosen", names=rejected) if rejected else "",
    }


def _name_rival(place: Place, gazetteer: Gazetteer, words: Words) -> str:
    name, area = name_place(place, words), _name_area(place, gazetteer, words)
    return words.name(f"{name} ({area})" if area else name)


def _name_area(place: Place, gazetteer: Gazetteer, words: Words) -> str:
    """The province that a place is in, else its country; empty for what lies in several."""
    if place.adm1 and place.kind != "adm1":
        return name_province(place.adm1, gazetteer, words)
    return name_country(place.country, gazetteer, words) if place.country and place.kind != "country" else ""


def _sources(articles: Iterable[Article], copied: Collection[str], words: Words) -> list[dict[str, Any]]:
    """Each outlet and page, and whether it only repeats the text of another."""
    told: dict[Source, bool] = {}
    for article in articles:
        for source in article.sources:
            told[source] = told.get(source, True) and article.id in copied
    return [
        {
            "outlet": display_text(source.outlet),
            "url": safe_url(source.url),
            "date": words.day(source.published, short=True) if source.published else "",
            "copy": words("incident.copied") if repeats else "",
        }
        for source, repeats in told.items()
    ]
