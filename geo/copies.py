"""Which reports of one incident are one report: the same wire text under other headlines is one source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain

from geo.model import Article, Claim
from geo.text import match_key

COPIED_SHARE = 0.5
"""Share of a text's runs of words that stand in another text from which on it is a copy.

Of the sample reports and the annotated articles, each in words of its own, no two share more than 0.12. In the table of
tests/test_copies.py a wire edited lightly, or with a paragraph more or less, keeps 0.68 and more; a report that cites a
sentence of it has 0.19 at most.
"""
RUN_WORDS = 4
"""Words in a run: three in a row are often common speech ("killed in a"), five miss lightly edited copies."""

_WORD = re.compile(r"\w+")
_CREDIT = re.compile(
    r"\((?:with (?:additional )?inputs?[^)\n]*|reuters|afp|ap|dpa|ani|pti|app|efe|xinhua|agencies|web ?desk)\)",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^\s*[^\n.!?؟۔]{2,60}?(?:\(\w[\w ]{1,20}\)|\d|[A-Z]{3}|:)\s*(?:--?|[–—:])\s+")
"""What stands before the first sentence: "QUETTA, Oct 13 (Wire) -", "کوئٹہ:"."""
_BOILERPLATE = re.compile(
    r"^\W*(?:reporting|writing|editing|additional reporting|compiled|edited|translated) by\b|^\W*by [a-z][^.\n]{2,60}$"
    r"|^\W*(?:read|also read|read also|related|see also|more on this|source|sources|photo|file photo|image|watch)\s*:"
    r"|^\W*(?:read more|follow us|subscribe|sign up|copyright|all rights reserved|click here|share this)\b|©"
    r"|^\W*(?:یہ بھی پڑھیں|مزید پڑھیں|نور ولولئ|بیشتر بخوانید|همچنان بخوانید)",
    re.IGNORECASE,
)
"""Lines about a report, which an outlet puts under all of its own."""


def find_copies(articles: Sequence[Article]) -> tuple[str, ...]:
    """Ids of those articles that only repeat the text of another, in the order given.

    Of several with one text the earliest published is the original; of one day, the longest. A text that cites another
    beside words of its own is no copy. Linear in the length of all texts.
    """
    seen: dict[int, tuple[int, ...]] = {}
    copied: set[str] = set()
    for number, (article, runs) in enumerate(sorted(((a, _find_runs(a.text)) for a in articles), key=_rank)):
        known = runs & seen.keys()
        shared = Counter(chain.from_iterable(map(seen.__getitem__, known)))
        original, count = min(shared.items(), key=lambda pair: (-pair[1], pair[0]), default=(number, 0))
        if count >= COPIED_SHARE * len(runs) > 0:
            copied.add(article.id)
        else:
            original = number
        seen.update({run: (*seen[run], original) for run in known if original not in seen[run]})
        seen.update(dict.fromkeys(runs - known, (original,)))
    return tuple(article.id for article in articles if article.id in copied)


def drop_repeated(claims: Iterable[Claim], copied: Collection[str]) -> list[Claim]:
    """Claims, those left out that a copied article only says again; what it says otherwise stays."""
    claims = list(claims)
    said = {_saying(claim) for claim in claims if claim.article_id not in copied}
    kept = []
    for claim in claims:
        if claim.article_id in copied:
            if _saying(claim) in said:
                continue
            said.add(_saying(claim))
        kept.append(claim)
    return kept


def _rank(pair: tuple[Article, frozenset[int]]) -> tuple[date, int, str]:
    article, runs = pair
    return article.published or date.max, -len(runs), article.id


@lru_cache(maxsize=1_000)
def _find_runs(text: str) -> frozenset[int]:
    """Every run of words of what a report itself says, as hashes; some 40 kB each, and asked for again with every
    report that joins the same incident."""
    lines = (_CREDIT.sub(" ", line) for line in _DATELINE.sub("", text, count=1).split("\n"))
    told = " ".join(line for line in lines if not _BOILERPLATE.search(line))
    words = _WORD.findall(match_key(told))
    return frozenset(map(hash, zip(*(words[start:] for start in range(RUN_WORDS)), strict=False)))


def _saying(claim: Claim) -> tuple[object, ...]:
    """Who says what, whatever article it stands in."""
    figure = (claim.low, claim.best, claim.high, claim.qualifier)
    part = claim.subset_of is not None
    what = (claim.metric, claim.unit, claim.subject_party, claim.subject.lower())
    return (*what, *figure, claim.claimant_party, claim.stance, claim.status, part)
