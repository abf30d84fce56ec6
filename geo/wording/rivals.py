"""Rival claims of one incident, line by line on one scale."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from geo.model import Article, Claim
from geo.text import display_text
from geo.wording.figures import bar_of, group_claims, longest_of, name_party, name_subject, write_figure
from geo.wording.papers import sentence_of, source_of
from geo.wording.words import Words

_MOST_LINES = 8
_LONGEST_QUOTE = 400


def describe_groups(claims: Sequence[Claim], articles: Mapping[str, Article], words: Words) -> list[dict[str, Any]]:
    """What is counted, and a line for each that differs, in the words of ``geo/web/page/claims.js``."""
    people = [claim for claim in claims if claim.unit == "people"]
    return [
        {
            "what": name_subject(group, words),
            "lines": [
                _describe_line(claim, articles, longest_of(people if claim in people else group.claims), words)
                for claim in _distinct(group.claims)
            ],
        }
        for group in group_claims(claims)
    ]


def _distinct(claims: tuple[Claim, ...]) -> list[Claim]:
    found = {(c.claimant_party, c.low, c.best, c.high, c.qualifier, c.stance): c for c in reversed(claims)}
    return list(reversed(found.values()))[:_MOST_LINES]


def _describe_line(claim: Claim, articles: Mapping[str, Article], longest: int, words: Words) -> dict[str, Any]:
    article = articles.get(claim.article_id)
    said = {"denies": "claim.denies", "no_comment": "claim.no_comment"}.get(claim.stance)
    party = name_party(claim.claimant_party, words)
    source = source_of(article, words) if article else ""
    own = words("status.own_wording") if article and article.own_wording else ""
    return {
        "who": party,
        "figure": "–" if said else write_figure(claim, words),
        "bar": None if said else bar_of(claim, longest),
        "quote": display_text(sentence_of(article, claim.span))[:_LONGEST_QUOTE] if article else "",
        "source": words.join([part for part in (words(said, party=party) if said else "", source, own) if part]),
    }
