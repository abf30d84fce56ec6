"""Who took part: forces, armed groups and civilians, with the names that ACLED gives them over time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from geo.model import Actor, Claim
from geo.tokens import Sieve, lower_case, split_words

_NAMES = {"PK": "Pakistan", "AF": "Afghanistan"}
_ARMS = (
    r"(?:border |security |ground |armed |air |special )?(?:forces|force|army|military|troops|soldiers|guards|police|"
    r"aircraft|jets|warplanes|drones|air strikes|airstrikes|strikes|artillery|posts?|"
    r"فوج|فورسز|ځواک\S*|اردو|نیروها\S*|فوجی|پوځ\S*)"
)
_PAKISTANI_ARMS = r"\bispr\b|\bfrontier corps\b|\bfrontier constabulary\b|\bfc (?:troops|soldiers|personnel)\b"
_AFGHAN_ARMS = (
    r"\bislamic emirate\b|\bafghan taliban\b"
    r"|\btaliban (?:forces|fighters|border|government|soldiers|spokes\w+)\b"
)
_GROUPS: tuple[tuple[str, str, str], ...] = (
    ("Tehreek-e-Taliban Pakistan", "group:TTP",
     r"\bttp\b|tehre?e?k[- ]e[- ]taliban|pakistani taliban|fitna[- ]al[- ]khaw?arij|\bkhaw?arij\b"
     r"|ٹی ٹی پی|تحریک طالبان|خوارج|ټي ټي پي"),
    ("Islamic State Khorasan Province", "group:ISKP", r"\bisk?p?-?k\b|\biskp\b|islamic state|\bdaesh\b|داعش"),
    ("Balochistan Liberation Army", "group:BLA", r"\bbla\b|baloch(?:istan)? liberation army"),
    ("Hafiz Gul Bahadur Group", "group:Hafiz Gul Bahadur", r"gul bahadur"),
    ("Jamaat-ul-Ahrar", "group:Jamaat-ul-Ahrar", r"jamaat[- ]ul[- ]ahrar"),
    ("Unidentified armed group", "militants",
     r"\bmilitants?\b|\bterrorists?\b|\bgunm[ae]n\b|\binsurgents?\b|\binfiltrators?\b|suicide bombers?"
     r"|شدت پسند\S*|دہشت گرد\S*|مسلح"),
)  # fmt: skip
_CIVILIANS = re.compile(
    r"\bcivilians?\b|\bvillagers?\b|\bresidents?\b|\bchildren\b|\bwom[ae]n\b|\bworshippers\b|\bpassers-?by\b"
    r"|شہری|غیرنظامیان|ملکي"
)
_GROUP_PATTERNS = tuple((name, party, re.compile(words)) for name, party, words in _GROUPS)
_ARMED = re.compile(rf"(?<!\w){_ARMS}(?!\w)")
_WORDS_BEFORE = 3
_OWN_WORDS = (("PK", re.compile(_PAKISTANI_ARMS)), ("AF", re.compile(_AFGHAN_ARMS)))
_SIEVE = Sieve(
    {
        "group:TTP": r"^ttp$|tehre?e?k|taliban|fitna|khaw?arij|ٹی|تحریک|خوارج|ټي",
        "group:ISKP": r"^(?:k|is(?:k|kk|pk|kpk|kp))$|islamic|daesh|داعش",
        "group:BLA": r"^bla$|baloch",
        "group:Hafiz Gul Bahadur": r"bahadur",
        "group:Jamaat-ul-Ahrar": r"jamaat",
        "militants": r"militant|terrorist|gunm[ae]n|insurgent|infiltrator|suicide|شدت|دہشت|مسلح",
        "civilians": r"civilian|villager|resident|^children$|^wom[ae]n$|worshippers|passers|شہری|غیرنظامیان|ملکي",
        "PK": r"^(?:ispr|frontier|fc)$",
        "AF": r"islamic|afghan|taliban",
        "armed": rf"^(?:border|security|ground|armed|air|special|{_ARMS})",
    }
)
"""The words without which the pattern of a party has nothing to find; of ``armed`` those that can begin it."""
_BEFORE_TELLING = 16
"""Code points of a party's name that may stand before the word its sieve knows: "Pakistani Taliban", "Gul Bahadur"."""
_ONE_SIDED = frozenset(
    ("Suicide bomb", "Remote explosive/landmine/IED", "Attack", "Air/drone strike", "Abduction/forced disappearance",
     "Shelling/artillery/missile attack", "Grenade", "Sexual violence")
)  # fmt: skip

_HURT = ("killed", "wounded", "captured")


class _Told(NamedTuple):
    """The words of an incident, and what each may be part of."""

    text: str
    lower: str
    starts: list[int]
    marks: list[int]
    """Bits of the sieve for each word."""

    def search(self, pattern: re.Pattern[str], party: str) -> re.Match[str] | None:
        """The first place where a pattern finds a party, in small letters."""
        bit = _SIEVE.bit(party)
        first = next((start for start, bits in zip(self.starts, self.marks, strict=False) if bits & bit), None)
        return None if first is None else pattern.search(self.lower, max(0, first - _BEFORE_TELLING))

    def quote(self, found: re.Match[str]) -> str:
        """What was found, as written."""
        return self.text[found.start() : found.end()]


@lru_cache(maxsize=8)  # a sentence may tell of many incidents, each with all its words
def _sift(text: str) -> _Told:
    lower = lower_case(text)
    words = split_words(lower)
    return _Told(text, lower, words.starts, list(map(_SIEVE.__getitem__, words.words)))


def find_actors(
    text: str, claims: Sequence[Claim], sub_event_type: str, nations: Mapping[str, tuple[str, str]]
) -> tuple[Actor, ...]:
    """The parties that the sentences of an incident name, and those its claims count, in reading order.

    In a clash both sides are ``party``; where one side strikes, those it hit are ``target``. Names follow ACLED
    ("Military Forces of Pakistan"). ``nations`` gives code and name of the country of each place and people that the
    article names, by the name in small letters.
    """
    names = dict(nations.values())
    found: dict[str, tuple[int, Actor]] = {}
    told = _sift(text)
    for position, actor in (*_find_states(told, nations, names), *_find_others(text)):
        if actor.party and actor.party not in found:
            found[actor.party] = position, actor
    for claim in claims:
        party = claim.subject_party or ""
        if party not in found and (party.startswith("forces:") or party in ("civilians", "militants")):
            found[party] = len(text), _actor_of(party, names)
    if any(party.startswith("group:") for party in found):
        found.pop("militants", None)
    hurt = {claim.subject_party for claim in claims if claim.metric in _HURT and claim.low != 0}
    ordered = [actor for _, actor in sorted(found.values(), key=lambda pair: pair[0])]
    return tuple(_with_side(actor, sub_event_type, hurt) for actor in ordered)


def _find_armed(told: _Told) -> Iterator[re.Match[str]]:
    """Every match of ``_ARMED`` in reading order, tried only at the words that can begin one."""
    done, bit = 0, _SIEVE.bit("armed")
    for start in [start for start, bits in zip(told.starts, told.marks, strict=False) if bits & bit]:
        found = _ARMED.match(told.lower, start) if start >= done else None
        if found:
            done = found.end()
            yield found


def _find_states(
    told: _Told, nations: Mapping[str, tuple[str, str]], names: Mapping[str, str]
) -> Iterator[tuple[int, Actor]]:
    for match in _find_armed(told):
        for word in told.text[max(0, match.start() - 40) : match.start()].split()[-_WORDS_BEFORE:]:
            plain = word.strip(",.;:\"“”'’()").lower()
            nation = nations.get(plain.removesuffix("'s").removesuffix("’s"))
            if nation:
                yield match.start(), _state(nation[0], names, f"{word} {told.quote(match)}")
    for code, pattern in _OWN_WORDS:
        own = told.search(pattern, code)
        if own:
            yield own.start(), _state(code, names, told.quote(own))


def _state(code: str, names: Mapping[str, str], alias: str) -> Actor:
    name = f"Military Forces of {names.get(code) or _NAMES.get(code, code)}"
    return Actor(name=name, kind="state forces", party=f"forces:{code}", aliases=(alias,) if alias else ())


@lru_cache(maxsize=8)
def _find_others(text: str) -> tuple[tuple[int, Actor], ...]:
    return tuple(_find_groups(_sift(text)))


def _find_groups(told: _Told) -> Iterator[tuple[int, Actor]]:
    for name, party, pattern in _GROUP_PATTERNS:
        match = told.search(pattern, party)
        if match:
            yield match.start(), Actor(name=name, kind="armed group", party=party, aliases=(told.quote(match),))
    match = told.search(_CIVILIANS, "civilians")
    if match:
        yield match.start(), Actor(name="Civilians", kind="civilians", party="civilians", aliases=(told.quote(match),))


def _actor_of(party: str, names: Mapping[str, str]) -> Actor:
    if party.startswith("forces:"):
        return _state(party.removeprefix("forces:"), names, "")
    if party == "civilians":
        return Actor(name="Civilians", kind="civilians", party=party)
    return Actor(name="Unidentified armed group", kind="armed group", party=party)


def _with_side(actor: Actor, sub_event_type: str, hurt: set[str | None]) -> Actor:
    side: str | None = None
    if actor.kind == "civilians":
        side = "target"
    elif sub_event_type in ("Armed clash", "Government regains territory", "Non-state actor overtakes territory"):
        side = "party"
    elif sub_event_type in _ONE_SIDED:
        side = "target" if actor.party in hurt else "attacker" if actor.kind == "armed group" else None
    return Actor(name=actor.name, kind=actor.kind, side=side, party=actor.party, aliases=actor.aliases)
