"""What a site asks robots to leave alone: its robots.txt, as RFC 9309 reads it.

Python's own reader takes ``*`` and ``$`` in a path for plain signs and the first rule that fits instead of the longest
one; most sites of news would be read against their will with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

NAME = "border-incidents"
"""The name that a robots.txt can speak to."""
MOST_BYTES = 512_000
"""Of a robots.txt that are read; the RFC asks for 500 kibibytes at least."""
MOST_RULES = 5_000
_NORMAL = re.compile(r"%([0-9a-fA-F]{2})")


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site allows this program."""

    paths: tuple[tuple[str, bool], ...] = ()
    """Patterns of paths, and whether they are allowed; of those that fit, the longest counts."""
    delay_s: float | None = None
    """Seconds it asks for between two requests; None when it does not say."""

    def allow(self, target: str) -> bool:
        """Whether a path with its query may be fetched; what no rule speaks of may be."""
        wanted = _normalise(target)
        fitting = [(len(pattern), allowed) for pattern, allowed in self.paths if _fits(pattern, wanted)]
        return max(fitting)[1] if fitting else True


EVERYTHING = Rules()


def read_rules(data: bytes, *, name: str = NAME) -> Rules:
    """The rules for this program: those of the groups that name it, else those for all (``*``)."""
    groups: dict[str, list[tuple[str, str]]] = {}
    named: list[list[tuple[str, str]]] = []
    opened = False
    for key, value in _lines(data):
        if key != "user-agent":
            for group in named:
                group.append((key, value))
        elif not opened:
            named = []
        opened = key == "user-agent"
        token = value.partition("/")[0].strip().lower()
        if opened and token in (name, "*"):
            named.append(groups.setdefault(token, []))
    return _make_rules(groups.get(name, groups.get("*", [])))


def _lines(data: bytes) -> Iterable[tuple[str, str]]:
    for line in data[:MOST_BYTES].decode("utf-8-sig", errors="replace").splitlines():
        key, colon, value = line.partition("#")[0].partition(":")
        if colon and key.strip().lower() in ("user-agent", "allow", "disallow", "crawl-delay"):
            yield key.strip().lower(), value.strip()


def _make_rules(lines: Iterable[tuple[str, str]]) -> Rules:
    paths: list[tuple[str, bool]] = []
    delay: float | None = None
    for key, value in lines:
        if key == "crawl-delay":
            delay = float(value) if re.fullmatch(r"\d{1,6}(\.\d{1,6})?", value, re.ASCII) else delay
        elif value and len(paths) < MOST_RULES:
            paths.append((_normalise(value), key == "allow"))
    return Rules(tuple(paths), delay)


def _normalise(path: str) -> str:
    """Escapes in capitals and letters beyond ASCII as escapes, so that two ways to write a path are one."""
    escaped = "".join(sign if sign.isascii() else "".join(f"%{byte:02X}" for byte in sign.encode()) for sign in path)
    return _NORMAL.sub(lambda found: found[0].upper(), escaped)


def _fits(pattern: str, path: str) -> bool:
    """Whether a path begins as the pattern says: ``*`` is any piece, ``$`` the end.

    Each piece is taken where it first stands, which finds a fit whenever there is one and never goes back.
    """
    ends = pattern.endswith("$")
    first, *pieces = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    last = pieces.pop() if ends and pieces else None
    for piece in pieces:
        found = path.find(piece, at)
        if found < 0:
            return False
        at = found + len(piece)
    if last is not None:
        return len(path) - len(last) >= at and path.endswith(last)
    return not ends or at == len(path)
