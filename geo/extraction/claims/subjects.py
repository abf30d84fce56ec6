"""Which party those counted belong to, from the words used for them."""

from __future__ import annotations

import re

from geo.extraction.claims import words as w
from geo.extraction.claims.parties import TALIBAN, Parties

_OUTRIGHT_MILITANT = re.compile(
    r"militant|terrorist|insurgent|kh[aw]+[ae]*rij|kharij|fitna|\bttp\b|tehre?e?k|pakistani taliban|islamic state"
    r"|\bisk?p?\b"
    r"|\bisil\b|gunm[ae]n|attacker|assailant|bomber|infiltrator|extremist|jihadist|separatist|rebel|\bbla\b|bandit"
    r"|outlaw"
    r"|gul bahadur|boko haram|qaida|qaeda|houthi|intruder|hijacker|guerrilla|shabaab|\bm23\b|\biswap\b|\brsf\b"
    r"|\beln\b|\bypg\b"
)
_FORCES = re.compile(
    r"soldier|troop|security (?:force|personnel|official|men)|polic|\barmy\b|guard|frontier corps|\bfc\b|levies"
    r"|ranger|military"
    r"|border force|servicem|constabular|scouts|\bforce\b|battalion|regiment|brigade|commando|paramilitar|constable"
    r"|sepoy|\bnaik\b|havildar|subedar|rifleman|\bjawans?\b|officer|personnel|\bmarines?\b|\bnavy\b"
    r"|sons of the (?:soil|nation|motherland)"
    r"|lieutenant|colonel|captain|\bmajor\b|brigadier|general\b|sergeant|corporal|airm[ae]n|inspector|\bcops?\b|cadet|forces?\b"
)
_FAMILY = re.compile(r"famil|relative|wom[ae]n|child|girl|boy|villager|civilian|resident|tribes|elder")
_OWN = re.compile(r"\b(?:its|their|his|our)(?: own)?\b|'s own\b")
_BARE_HARM = frozenset(("wounded", "injured", "dead"))


def subject_party(
    phrase: str, head: str, offset: int, parties: Parties, claimant: str, inherited: str | None
) -> str | None:
    """The party of those counted; a bare count takes that of the figure before it."""
    lower = phrase.lower()
    if head in ("no", "none", "nobody", "one", "no-one"):
        return "people"
    if not head or (inherited and (head in _BARE_HARM or (head in ("others", "other") and "more" in lower))):
        return inherited or "people"
    if head in ("himself", "herself") or _OUTRIGHT_MILITANT.search(lower):
        return "militants"
    if TALIBAN.search(lower):
        return "forces:AF" if parties.taliban_rule else "militants"
    if head in w.CIVILIANS or (head not in w.FORCES and _FAMILY.search(lower)):
        return "civilians"
    if head in w.MILITANTS:
        spoken_for = head in ("fighter", "fighters") and claimant == "state:AF"
        return "forces:AF" if (spoken_for or head.startswith("mujahid")) and parties.taliban_rule else "militants"
    if head in w.FORCES or _FORCES.search(lower):
        return _forces(lower, offset, parties, claimant)
    if _OWN.search(lower) and head in ("men", "members", "losses") and (own := side_of(claimant)):
        return own
    return "objects" if head in w.OBJECTS else (inherited if head in w.COUNTED else None) or "people"


def side_of(claimant: str) -> str | None:
    """The party of those a side has lost: its forces, or its fighters; None for a claimant who is no side."""
    if claimant.startswith("state:"):
        return "forces:" + claimant.removeprefix("state:")
    return "militants" if claimant.startswith("group:") else None


def _forces(lower: str, offset: int, parties: Parties, claimant: str) -> str | None:
    """ "soldiers" without a country are those of the state that speaks, else of the place, else those named last."""
    code = parties.country_of(lower) or parties.country_attacked(offset) or parties.country_of_forces(lower, offset)
    if code is None and _OWN.search(lower):
        code = parties.last_country(parties.lower[max(0, offset - 150) : offset])
    if code is None and claimant.startswith("state:"):
        code = claimant.removeprefix("state:")
    code = code or parties.country_at(offset) or parties.forces or parties.default
    if code:
        parties.forces = code
        return f"forces:{code}"
    return None
