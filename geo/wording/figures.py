"""Claims as a reader sees them: the figure with the word that bends it, who says it, what it counts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.model import Claim
from geo.snapshot import Total
from geo.text import display_text
from geo.wording.words import Words

METRICS = ("killed", "wounded", "captured", "destroyed", "displaced")
"""In the order they are shown."""

_SUBJECTS = ("civilians", "forces", "militants", "people", "objects")
_MOST_ROWS = 2
_MOST_FIGURES = 3
_ROUGH = frozenset({"about", "nearly"})
_VAGUE = frozenset({"dozens", "hundreds", "none_reported", "none"})

Bar = tuple[float, float, int] | None
"""Low and high as shares of the longest figure of its scale, and whether there is no upper bound."""


@dataclass(frozen=True, slots=True)
class Group:
    """What is counted: people of one party killed, say; and every claim about it."""

    metric: str
    subject: str
    claims: tuple[Claim, ...]

    @property
    def rank(self) -> tuple[int, int]:
        """Where the group stands among others: the dead first."""
        return METRICS.index(self.metric), rank_subject(self.subject)


def rank_subject(subject: str) -> int:
    """Where a subject party stands among others."""
    kind = subject.partition(":")[0]
    return _SUBJECTS.index(kind) if kind in _SUBJECTS else len(_SUBJECTS)


def group_claims(claims: Iterable[Claim]) -> list[Group]:
    """Claims by what they count, the dead first."""
    groups: dict[tuple[str, str], list[Claim]] = {}
    for claim in claims:
        groups.setdefault((claim.metric, claim.subject_party or "people"), []).append(claim)
    found = [Group(metric, subject, tuple(members)) for (metric, subject), members in groups.items()]
    return sorted(found, key=lambda group: group.rank)


def stands(claim: Claim) -> bool:
    """Whether a claim gives a figure of its own that still holds."""
    return claim.stance == "asserts" and claim.status == "current" and claim.subset_of is None and has_figure(claim)


def has_figure(claim: Claim) -> bool:
    """Whether a claim gives a number or a word for one."""
    return any(value is not None for value in (claim.low, claim.best, claim.high)) or claim.qualifier in _VAGUE


def name_subject(group: Group, words: Words) -> str:
    """What a group counts: "Pakistani forces killed"."""
    return name_kind(group.metric, group.subject, words)


def name_kind(metric: str, subject: str, words: Words) -> str:
    """What is counted of whom."""
    return words("map.total.what", subject=name_subject_of(subject, words), metric=words(f"metric.{metric}"))


def name_subject_of(subject: str, words: Words) -> str:
    """A subject party by its code."""
    key = f"subject.{subject.replace(':', '_')}"
    return words(key if words.has(key) else "subject.people")


def write_total(total: Total, words: Words) -> str:
    """The dead of a total: "47", "23 to 58", "more than 200"."""
    low, high = max(total.low, 0), words.number(total.high)
    highest = words("summary.more_than", n=high) if total.open else high
    return highest if low == total.high else words("qualifier.range", low=words.number(low), high=highest)


@lru_cache(maxsize=1024)
def name_party(party: str, words: Words, *, short: bool = False) -> str:
    """Who a claimant speaks for: "Taliban government", "UN", the name of a group."""
    kind, _, name = party.partition(":")
    key = f"party.{'short.' if short else ''}{party.replace(':', '_')}"
    if words.has(key):
        return words(key)
    name = display_text(name)
    if kind in ("group", "database") and name:
        return name
    if kind == "state" and words.has(f"country.{name}"):
        return words(f"country.{name}")
    if kind in ("group", "state"):
        return name or words("party.other")
    return words("party.other")


def write_figure(claim: Claim, words: Words) -> str:
    """The figure as a card sets it: "58", "12+", "15–20", "dozens"."""
    low, best, high = claim.low, claim.best, claim.high
    if claim.qualifier in _VAGUE and (claim.qualifier != "none" or low == 0):
        return words(f"qualifier.{claim.qualifier}") if words.has(f"qualifier.{claim.qualifier}") else "–"
    if low is not None and high is not None and low != high:
        return words.isolate(f"{low:,}–{high:,}")
    number = best if best is not None else low if low is not None else high
    if number is None:
        return "–"
    return words.isolate(f"{number:,}+") if _is_open(claim) else words.number(number)


def write_plain_figure(claim: Claim, words: Words) -> tuple[str, str, str]:
    """The figure without a sign, and the words before and after it that bend it: ("200", "more than", "")."""
    figure, qualifier = write_figure(claim, words).replace("+", ""), claim.qualifier or ""
    if _is_open(claim):
        if "more" not in qualifier:
            return figure, words("qualifier.at_least"), ""
        before, _, after = words("summary.more_than").partition("{n}")
        return figure, before.strip(), after.strip()
    return figure, words("qualifier.about") if qualifier in _ROUGH else "", ""


def bar_of(claim: Claim, longest: int) -> Bar:
    """Where a figure lies on a scale from nothing to the longest; None without a number."""
    low = claim.low if claim.low is not None else claim.best
    high = claim.high if claim.high is not None else low
    if low is None or high is None or not longest:
        return None
    return round(low / longest, 4), round(high / longest, 4), int(_is_open(claim))


def longest_of(claims: Iterable[Claim]) -> int:
    """The largest number that any of the claims gives; 0 when none does."""
    return max(
        (value for claim in claims for value in (claim.low, claim.best, claim.high) if value is not None), default=0
    )


def write_rivals(claims: Sequence[Claim], words: Words) -> list[tuple[str, list[tuple[str, str]]]]:
    """The figures of a card: at most two things counted, each with the figures of those who differ."""
    groups = [group for group in group_claims(claims) if any(map(stands, group.claims))]
    deadly = [group for group in groups if group.metric == "killed"] or groups
    return [(name_subject(group, words), _pairs(group, words)) for group in deadly[:_MOST_ROWS]]


def _pairs(group: Group, words: Words) -> list[tuple[str, str]]:
    pairs = [
        (write_figure(c, words), name_party(c.claimant_party, words, short=True)) for c in group.claims if stands(c)
    ]
    return list(dict.fromkeys(pairs))[:_MOST_FIGURES]


def _is_open(claim: Claim) -> bool:
    return claim.low is not None and claim.high is None
