"""Names of victims in English: all where harm is told of, but for places and those who speak or hold an office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.victims import words
from geo.victims.candidates import Likeness, Name, Tokens, find_names, split_sentences, split_tokens, word_kind
from geo.victims.roles import Role, RoleReader

_HARM_SURELY = words.HARM - words.WEAK
_SUFFERS = re.compile(
    r"\b(?:was|were|been|being|is|are) (?:[a-z]+ly )?(?:shot|hit by|hurt|executed|struck by|crushed|burned|burnt)\b"
    r"|\b(?:lost|losing|laid down) (?:his|her|their)\b|\bshot (?:dead|and)\b|\bsurvived by\b"
)
"""What tells of harm with a word that alone does not."""
_JOINTS = words.KIN | words.RANKS | words.ROLES | words.HONORIFICS | frozenset(
    (",", "and", "&", ";", "(", ")", "-", "•", "*", "/", ".", "his", "her", "their", "s", "o", "d", "as", "well",
     "aged", "the", "a", "an", "old", "year", "year-old", "of", "another", "with", "or", "both", "also", "one")
)  # fmt: skip
_MOST_JOINTS = 8


@dataclass(slots=True)
class _Cast:
    """The names of a report with their roles."""

    names: list[Name]
    roles: list[Role]


def find_english(text: str, places: frozenset[str] = frozenset()) -> list[tuple[int, int]]:
    """Start and end of each name of a victim.

    ``places`` are names that were found to be places: alone, they are no person's.
    """
    tokens = split_tokens(text)
    if not _tells_of_harm(tokens):
        return []
    cast = _cast(text, tokens, places)
    speakers = {n.text.lower() for n, role in zip(cast.names, cast.roles, strict=True) if role is Role.SPEAKER}
    officials = {n.text.lower() for n, role in zip(cast.names, cast.roles, strict=True) if role is Role.OFFICE}
    victims = list(_choose(cast, speakers, officials))
    told = {name.text.lower() for name in victims}
    known = speakers | (officials - told)
    return [(n.start, n.end) for n in (*victims, *_find_later(cast, victims, known))]


def _tells_of_harm(tokens: Tokens) -> bool:
    if not _HARM_SURELY.isdisjoint(tokens.lower):
        return True
    return not words.VIOLENCE.isdisjoint(tokens.lower) or bool(_SUFFERS.search(" ".join(tokens.lower)))


def _cast(text: str, tokens: Tokens, places: frozenset[str]) -> _Cast:
    """Each name with its role by its own clause, or its neighbours'."""
    cast = _Cast([], [])
    sentences = list(split_sentences(tokens))
    harm = [not words.HARM.isdisjoint(tokens.lower[first:last]) for first, last in sentences]
    for number, (first, last) in enumerate(sentences):
        near = any(harm[max(0, number - 1) : number + 2]) or not words.VIOLENCE.isdisjoint(tokens.lower[first:last])
        names = find_names(text, tokens, first, last)
        reader = RoleReader(tokens, first, last, places, tells=harm[number], near=near)
        roles = [reader.find_role(name) for name in names]
        _spread(tokens, names, roles)
        _spread(tokens, names[::-1], roles_back := roles[::-1])
        cast.names += names
        cast.roles += roles_back[::-1]
    return cast


def _spread(tokens: Tokens, names: list[Name], roles: list[Role]) -> None:
    """Whoever stands in a list beside a victim is one, and beside a speaker speaks."""
    for place in range(1, len(names)):
        one, two = sorted((names[place - 1], names[place]), key=lambda name: name.first)
        between = tokens.lower[one.last : two.first]
        beside, role = roles[place - 1], roles[place]
        address = len(between) <= _MOST_JOINTS and _is_address(between)
        listed = len(between) <= _MOST_JOINTS and all(word in _JOINTS or word.isdigit() for word in between)
        if not (listed or address):
            continue
        if beside is Role.NONE and address and one is names[place - 1]:
            if role in (Role.UNKNOWN, Role.NEAR) and names[place].likeness < Likeness.NAMED:
                roles[place] = Role.NONE  # the district of a village
        elif not listed:
            continue
        elif beside is Role.HARMED and (
            role in (Role.UNKNOWN, Role.NEAR) or (role is Role.SPEAKER and between == ["and"])
        ):
            roles[place] = Role.HARMED
        elif beside is Role.NEAR and role is Role.UNKNOWN and names[place].likeness > Likeness.NONE:
            roles[place] = Role.NEAR
        elif beside is Role.SPEAKER and role in (Role.UNKNOWN, Role.NEAR) and between in (["and"], [","], [",", "and"]):
            roles[place] = Role.SPEAKER


def _is_address(between: list[str]) -> bool:
    """Whether nothing but a comma and "village" and the like stands between two names."""
    return "," in between and all(word == "," or word in words.PLACE_AFTER for word in between)


def _choose(cast: _Cast, speakers: set[str], officials: set[str]) -> Iterator[Name]:
    """The victims: whoever speaks is none, nor an official who is not said to be harmed."""
    spoken = [set(name.split()) for name in speakers]
    held = [set(name.split()) for name in officials]
    for name, role in zip(cast.names, cast.roles, strict=True):
        mine = set(name.text.lower().split())
        if any(mine <= other for other in spoken):
            continue
        if role is Role.HARMED or (role is Role.NEAR and not any(mine <= other for other in held)):
            yield name


def _find_later(cast: _Cast, victims: list[Name], known: set[str]) -> Iterator[Name]:
    """The other places where a victim is called by the name or one word of it, but for words of those who speak."""
    kept = {word for name in known for word in name.split()}
    taken = {name.start for name in victims}
    whole = {name.text.lower() for name in victims}
    parts = {word for name in whole if " " in name for word in name.split() if word not in kept and _tells_person(word)}
    for name, role in zip(cast.names, cast.roles, strict=True):
        low = name.text.lower()
        if name.start in taken or role is Role.SPEAKER or (role is Role.NONE and low not in whole):
            continue
        if low in whole or low in parts:
            yield name


def _tells_person(word: str) -> bool:
    """Whether one word of a name may stand for the person."""
    return len(word) > 2 and word not in words.HONORIFICS and word not in words.PARTICLES and word_kind(word) > 0
