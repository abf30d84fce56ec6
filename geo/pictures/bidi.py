"""Which parts of a line of text run right to left, and in which order they stand: the Unicode Bidirectional Algorithm.

UAX 9 without embeddings and overrides, which ``geo.text.display_text`` takes out of what others wrote; isolates are
what ``geo.words`` sets round figures and names. Pillow's text engine knows the algorithm, but one font at a time, and
a line of Urdu has its figures in another font than its letters.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from unicodedata import bidirectional

_OPENERS = {"LRI": 0, "RLI": 1}
_ISOLATES = frozenset(("LRI", "RLI", "FSI"))
_STRONG_RIGHT = frozenset(("R", "AL"))
_NUMBERS = frozenset(("EN", "AN"))
_JOINERS = "\u200c\u200d"
"""They shape the letters beside them and stay with them, as marks do."""
_IGNORED = frozenset(("LRE", "RLE", "LRO", "RLO", "PDF", "BN"))


@lru_cache(maxsize=4096)
def order_runs(text: str, *, rtl: bool) -> tuple[tuple[str, bool], ...]:
    """Runs of one direction from left to right as they stand, and whether each runs right to left.

    Characters within a run keep their order of reading.
    """
    types = ["NSM" if c in _JOINERS else bidirectional(c) or "L" for c in text]
    levels = [0] * len(text)
    _resolve(types, levels, 0, len(text), int(rtl))
    shown = [i for i, kind in enumerate(types) if kind not in _ISOLATES and kind != "PDI" and kind not in _IGNORED]
    runs = [list(run) for _, run in groupby(shown, key=lambda i: levels[i])]
    highest = max((levels[run[0]] for run in runs), default=0)
    for level in range(highest, 0, -1):
        runs = _reverse_from(runs, levels, level)
    return tuple(("".join(text[i] for i in run), bool(levels[run[0]] % 2)) for run in runs)


def _reverse_from(runs: list[list[int]], levels: list[int], level: int) -> list[list[int]]:
    """Stretches of runs at a level or above it turned round (rule L2)."""
    turned: list[list[int]] = []
    for high, group in groupby(runs, key=lambda run: levels[run[0]] >= level):
        stretch = list(group)
        turned += stretch[::-1] if high else stretch
    return turned


def _resolve(types: list[str], levels: list[int], start: int, end: int, level: int) -> None:
    """Set the levels of a paragraph or of what an isolate holds."""
    outer: list[int] = []
    i = start
    while i < end:
        outer.append(i)
        if types[i] in _ISOLATES:
            close = _find_close(types, i, end)
            own = _OPENERS.get(types[i], _first_strong(types[i + 1 : close]))
            inner = level + 1 if (level + 1) % 2 == own else level + 2
            _resolve(types, levels, i + 1, close, inner)
            i = close
        else:
            i += 1
    settled = _settle_neutrals(_settle_weak([types[i] for i in outer], level), level)
    for i, kind in zip(outer, settled, strict=True):
        levels[i] = level + _rise(kind, level)


def _find_close(types: list[str], at: int, end: int) -> int:
    """Where the isolate that opens at ``at`` closes; the end when it never does (BD9)."""
    depth = 0
    for i in range(at, end):
        if types[i] in _ISOLATES:
            depth += 1
        elif types[i] == "PDI":
            depth -= 1
            if not depth:
                return i
    return end


def _first_strong(types: list[str]) -> int:
    """Direction of what is written, by its first strong character (P2 and P3)."""
    return next((int(kind in _STRONG_RIGHT) for kind in types if kind == "L" or kind in _STRONG_RIGHT), 0)


def _settle_weak(types: list[str], level: int) -> list[str]:
    """Marks, figures and what belongs to them (W1 to W7); everything else becomes neutral."""
    found = _settle_marks(types, level)
    for i in range(1, len(found) - 1):
        left, right = found[i - 1], found[i + 1]
        if left == right and ((found[i] == "ES" and left == "EN") or (found[i] == "CS" and left in _NUMBERS)):
            found[i] = left
    _join_terminators(found)
    strong = "R" if level % 2 else "L"
    for i, kind in enumerate(found):
        if kind in ("L", "R", "AL"):
            strong = found[i] = "R" if kind == "AL" else kind
        elif kind == "EN" and strong == "L":
            found[i] = "L"
        elif kind not in _NUMBERS:
            found[i] = "ON"
    return found


def _settle_marks(types: list[str], level: int) -> list[str]:
    """Marks go with their letter, and figures after Arabic letters are Arabic figures (W1 and W2)."""
    found: list[str] = []
    strong = before = "R" if level % 2 else "L"
    for kind in types:
        before = before if kind == "NSM" else "AN" if kind == "EN" and strong == "AL" else kind
        if before == "L" or before in _STRONG_RIGHT:
            strong = before
        found.append(before)
    return found


def _join_terminators(types: list[str]) -> None:
    """Per cent signs and the like go with the figures they stand at (W5)."""
    at = 0
    for kind, run in groupby(list(types)):
        length = len(list(run))
        if kind == "ET" and "EN" in (types[at - 1] if at else "", *types[at + length : at + length + 1]):
            types[at : at + length] = ["EN"] * length
        at += length


def _settle_neutrals(types: list[str], level: int) -> list[str]:
    """Neutrals go with what stands on both their sides, else with the line (N1 and N2)."""
    own = "R" if level % 2 else "L"
    sides = [("R" if kind in _NUMBERS else kind) for kind in types]
    found, at = list(types), 0
    for kind, run in groupby(types, key=lambda kind: kind == "ON"):
        length = len(list(run))
        if kind:
            left = sides[at - 1] if at else own
            right = sides[at + length] if at + length < len(types) else own
            found[at : at + length] = [left if left == right else own] * length
        at += length
    return found


def _rise(kind: str, level: int) -> int:
    """How far a character stands above its line's level (I1 and I2)."""
    if level % 2:
        return int(kind in ("L", *_NUMBERS))
    return 1 if kind == "R" else 2 if kind in _NUMBERS else 0
